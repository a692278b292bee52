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

// In a static executable Swift's runtime asks /proc/self/exe for its own path before main, and aborts
// when there is none. The kernel has told the same path beforehand (getauxval(3)).
#if defined(__linux__)
#include <string.h>
#include <sys/auxv.h>
#include <sys/types.h>

ssize_t __real_readlink(const char *path, char *buffer, size_t size);
ssize_t __wrap_readlink(const char *path, char *buffer, size_t size);
ssize_t __wrap_readlink(const char *path, char *buffer, size_t size) {
  ssize_t length = __real_readlink(path, buffer, size);
  const char *own = (const char *)getauxval(AT_EXECFN);
  if (length >= 0 || own == NULL || strcmp(path, "/proc/self/exe") != 0) return length;
  size_t count = strlen(own);
  if (count > size) count = size;
  memcpy(buffer, own, count);
  return (ssize_t)count;
}
#endif
