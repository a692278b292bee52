#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import HookRuntime
import Platform

exit(runHook(ProcessArguments.all, .process))
