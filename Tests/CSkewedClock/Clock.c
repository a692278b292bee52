#include <stdlib.h>
#include <time.h>

/* The linker puts this in the place of time(2), in one executable of the tests alone. */
time_t __real_time(time_t *result);

time_t __wrap_time(time_t *result) {
  const char *skew = getenv("HOOKKIT_TEST_SKEW");
  time_t now = __real_time(NULL) + (skew == NULL ? 0 : atol(skew));
  if (result != NULL) *result = now;
  return now;
}
