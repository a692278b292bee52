#include "CStart.h"

#include <stdlib.h>

// Swift's CommandLine reads /proc/self/cmdline, and there is no /proc in a chroot such as the one in
// which a forge runs its hooks: every hook would be called by no name. Both glibc and dyld give the
// arguments to constructors, in static executables too; musl does not.
static int count = -1;
static char **arguments = NULL;

#if defined(__GLIBC__) || defined(__APPLE__)
__attribute__((constructor)) static void keep(int argc, char **argv) {
  count = argc;
  arguments = argv;
}
#endif

int hookkit_argument_count(void) { return count; }

const char *hookkit_argument(int number) {
  return number >= 0 && number < count ? arguments[number] : NULL;
}
