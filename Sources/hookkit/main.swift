import HookkitCLI
import Platform

Hookkit.start(Array(ProcessArguments.all.dropFirst()))
