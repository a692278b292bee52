#include "CGit2.h"

int hookkit_git2_start(int verify_hashes, int check_owner) {
  int result = git_libgit2_init();
  if (result < 0) return result;

  // Extensions that change nothing in how objects and refs are stored; Debian's 1.5.1 refuses a
  // repository that has them unless they are named. Every other extension stays refused.
  // relativeWorktrees is git 2.48's, submodulePathConfig git 2.54's.
  static const char *harmless[] = {
      "worktreeconfig", "preciousobjects", "relativeworktrees", "submodulepathconfig"};
  git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, harmless, sizeof harmless / sizeof *harmless);

  // Set, so that libgit2 never looks a home folder up (getpwuid_r needs shared libraries in a static
  // executable) and no person's configuration changes a verdict.
  git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_SYSTEM, "");
  git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_GLOBAL, "");
  git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_XDG, "");
  git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_PROGRAMDATA, "");

  // Of a large push each object is read once or twice, and soon after one another; libgit2 would keep
  // 256 MiB of them.
  git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, (ssize_t)(32 << 20));

  // index-pack has hashed every object of a push when it arrived; doing it again is most of the time.
  git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, verify_hashes);
  git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, check_owner);
  return 0;
}
