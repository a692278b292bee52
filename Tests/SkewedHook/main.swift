#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import HookRuntime
import Platform

// The hook as it is shipped, linked with a clock that a test can set.
exit(runHook(ProcessArguments.all, .process))
