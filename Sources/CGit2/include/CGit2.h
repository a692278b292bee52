// The one door to libgit2: its headers, and wrappers for the functions that Swift cannot call.
#ifndef HOOKKIT_CGIT2_H
#define HOOKKIT_CGIT2_H

#include <git2.h>
#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>

// Starts libgit2 the way hookkit uses it. git_libgit2_opts is variadic, so it is called here.
// verify_hashes: re-hash every object read (1), or trust git's own check on receipt (0).
// check_owner: refuse a repository that belongs to another account (1), as git does for a person.
int hookkit_git2_start(int verify_hashes, int check_owner);

#endif
