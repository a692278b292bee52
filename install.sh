#!/bin/sh
# Installs hookkit: builds it from a checkout, or takes it from an unpacked release tarball.
#
# A tarball (packaging/release.sh makes it) holds this file, SHA256SUMS, bin/, man/, completions/,
# Documentation/ and templates/.
# SHA256SUMS shows that the files arrived whole; who made them is for the signature of the tarball to
# say.
#
# Nothing runs until the last line has been read, so a file that was cut short does nothing.

set -eu

# The hooks that the one hook executable answers to, by the name it is called with; hookkit-shell is it
# as well.
hooks='pre-receive proc-receive update reference-transaction post-receive
  pre-push pre-commit pre-merge-commit prepare-commit-msg commit-msg'

usage() {
  cat <<'END'
usage: install.sh [options]

  --prefix DIR   where to install; /usr/local for root, else ~/.local
  --bindir DIR   where the executables go; PREFIX/bin
  --mandir DIR   where the manual pages go; PREFIX/share/man
  --dry-run      say what would be done and change nothing
  --uninstall    remove exactly what was installed under PREFIX
  --quiet        say nothing unless something is wrong
  --help         this text

from a checkout also

  --deps         install what is missing with the system's package manager
  --demo         then run `hookkit demo` with the installed executable
  --test         run every test instead of installing

DESTDIR in the environment is put before every path that is written.
exit codes: 0 done, 1 failed or declined, 2 usage, 3 something that is needed is missing
END
}

say() { [ "$quiet" = yes ] || printf '%s\n' "$*"; }
fail() {
  printf 'error: %s\n' "$1" >&2
  [ -z "${2-}" ] || printf 'hint: %s\n' "$2" >&2
  exit "${3-1}"
}
usage_error() { fail "$1" 'install.sh --help' 2; }

# Runs a command, or says in a dry run that it would.
run() {
  if [ "$dry_run" = yes ]; then say "would run      $*"; else "$@"; fi
}

read_options() {
  prefix='' bindir='' mandir='' dry_run=no quiet=no uninstall=no deps=no demo=no test=no
  while [ $# -gt 0 ]; do
    case $1 in
    --prefix | --bindir | --mandir)
      [ $# -ge 2 ] || usage_error "$1 needs a folder"
      read_folder "$1" "$2"
      shift
      ;;
    --prefix=* | --bindir=* | --mandir=*) read_folder "${1%%=*}" "${1#*=}" ;;
    --dry-run) dry_run=yes ;;
    --quiet | -q) quiet=yes ;;
    --uninstall) uninstall=yes ;;
    --deps) deps=yes ;;
    --demo) demo=yes ;;
    --test) test=yes ;;
    --help | -h)
      usage
      exit 0
      ;;
    *) usage_error "unknown option: $1" ;;
    esac
    shift
  done

  [ "$uninstall" = no ] || [ "$deps$demo$test" = nonono ] ||
    usage_error '--uninstall stands alone'
  [ "$test$demo" != yesyes ] || usage_error '--test installs nothing, so --demo cannot run'
  if [ -z "$prefix" ]; then
    if [ "$(id -u)" -eq 0 ]; then prefix=/usr/local; else prefix=${HOME:?}/.local; fi
  fi
  : "${bindir:=$prefix/bin}" "${mandir:=$prefix/share/man}"
  read_folder DESTDIR "${DESTDIR:-/}"
  manifest=$prefix/share/hookkit/manifest
}

read_folder() {
  case $2 in
  *"
"*) usage_error "$1: a line feed in a path" ;;
  /*) ;;
  *) usage_error "$1 needs an absolute path: $2" ;;
  esac
  case $1:$2 in --*:/) usage_error "$1 cannot be the root folder" ;; esac
  case $1 in
  --prefix) prefix=${2%/} ;;
  --bindir) bindir=${2%/} ;;
  --mandir) mandir=${2%/} ;;
  DESTDIR) destination=${2%/} ;;
  esac
}

# --- What is needed ---------------------------------------------------------------------------

has() { command -v "$1" >/dev/null 2>&1; }
has_sshd() { has sshd || [ -x /usr/sbin/sshd ]; }

# Whether a version such as "2.39.5" is at least MAJOR.MINOR.
at_least() {
  major=${1%%.*} rest=${1#*.}
  minor=${rest%%[!0-9]*}
  [ "${major:-0}" -gt "$2" ] || { [ "${major:-0}" -eq "$2" ] && [ "${minor:-0}" -ge "$3" ]; }
}

# Whether a library is there with its headers: by Debian package, else by pkg-config name.
has_library() {
  if has dpkg-query; then
    dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q '^install ok installed$'
  else
    has pkg-config && pkg-config --exists "$2"
  fi
}

# Collects in $missing the Debian names of what is not there. The tests need more than the rest.
find_missing() {
  missing=''
  has git || missing="$missing git"
  has ssh-keygen || missing="$missing openssh-client"
  if [ "$source" = checkout ]; then
    has_library libgit2-dev libgit2 || missing="$missing libgit2-dev"
    if [ "$system" = Linux ]; then
      has_library libmbedtls-dev mbedcrypto || missing="$missing libmbedtls-dev"
      has_library libpcre2-dev libpcre2-8 || missing="$missing libpcre2-dev"
      has_library zlib1g-dev zlib || missing="$missing zlib1g-dev"
    fi
  fi
  if [ "$test" = yes ]; then
    has_sshd || missing="$missing openssh-server"
    has gpg || missing="$missing gnupg"
    has gpgv || missing="$missing gpgv"
    has shellcheck || missing="$missing shellcheck"
    has groff || missing="$missing groff-base"
    has strip || missing="$missing binutils"
    has fakeroot || missing="$missing fakeroot"
    has lintian || missing="$missing lintian"
    has strace || missing="$missing strace"
    has tmux || missing="$missing tmux"
    has zsh || missing="$missing zsh"
    has fish || missing="$missing fish"
    has git-lfs || missing="$missing git-lfs"
    has gitolite || missing="$missing gitolite3"
    has nginx || [ -x /usr/sbin/nginx ] || missing="$missing nginx-light"
    has fcgiwrap || [ -x /usr/sbin/fcgiwrap ] || missing="$missing fcgiwrap"
    has openssl || missing="$missing openssl"
    has jgit || missing="$missing jgit-cli"
    # The system's own Python, for which the two packages are.
    /usr/bin/python3 -c 'import dulwich' 2>/dev/null || missing="$missing python3-dulwich"
    /usr/bin/python3 -c 'import pygit2' 2>/dev/null || missing="$missing python3-pygit2"
    has python3 && python3 -c 'import ensurepip' 2>/dev/null || missing="$missing python3-venv"
  fi
  missing=${missing# }
}

# The command that installs what is missing, for a person to copy.
hint_for_missing() {
  if has apt-get; then
    echo "apt-get update && apt-get install -y --no-install-recommends $missing"
  elif has dnf; then
    echo "dnf install $(fedora_names)   (and libgit2.a, libmbedcrypto.a: Fedora has no static ones)"
  elif has brew; then
    echo 'brew install git libgit2 openssh gnupg shellcheck'
  else
    echo "install with your package manager (Debian's names): $missing"
  fi
}

fedora_names() {
  printf '%s' "$missing" | sed -e 's/libgit2-dev/libgit2-devel/' \
    -e 's/libmbedtls-dev/mbedtls-devel/' -e 's/libpcre2-dev/pcre2-static/' \
    -e 's/zlib1g-dev/zlib-static/' -e 's/openssh-client/openssh-clients/' \
    -e 's/gnupg gpgv/gnupg2/' -e 's/shellcheck/ShellCheck/'
}

install_packages() {
  DEBIAN_FRONTEND=noninteractive
  export DEBIAN_FRONTEND
  run apt-get -q update
  run apt-get -q install -y --no-install-recommends "$@"
  [ "$dry_run" = no ] || return 0
  find_missing
  [ -z "$missing" ] || fail "still missing: $missing" '' 3
}

# The hook managers that the tests run beside hookkit, in a folder of their own.
managers='pre-commit==4.7.0 prek==0.5.11 lefthook==2.2.2'

install_managers() {
  [ "$test" = yes ] || return 0
  ! { [ -x .build/managers/bin/pre-commit ] && [ -x .build/managers/bin/prek ] &&
    [ -x .build/managers/bin/lefthook ]; } || return 0
  [ "$deps" = yes ] || fail "missing: $managers" './install.sh --deps --test' 3
  say "installing $managers"
  run python3 -m venv .build/managers
  # shellcheck disable=SC2086
  run .build/managers/bin/pip --quiet install $managers
}

check_needs() {
  find_missing
  if [ -n "$missing" ] && [ "$deps" = yes ] && has apt-get && [ "$(id -u)" -eq 0 ]; then
    say "installing $missing"
    # The word list is split on purpose: it is made of package names above.
    # shellcheck disable=SC2086
    install_packages $missing
  elif [ -n "$missing" ]; then
    [ "$deps" = no ] || ! has apt-get || printf 'error: only root may install packages\n' >&2
    fail "missing: $missing" "$(hint_for_missing)" 3
  fi
  install_managers

  if has git; then
    version=$(git --version | sed 's/[^0-9]*//')
    at_least "$version" 2 29 || fail "git $version is too old: 2.29 or later is needed" '' 3
  fi
  [ "$source" = checkout ] || return 0
  has swift || fail 'missing: a Swift toolchain, 6.1 or later' 'https://www.swift.org/install' 3
  version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p')
  at_least "${version:-0.0}" 6 1 ||
    fail "Swift ${version:-of unknown version} is too old: 6.1 or later is needed" \
      'https://www.swift.org/install' 3
}

# --- Building and testing ---------------------------------------------------------------------

# The flags are the same in every run, so that nothing is compiled twice.
build() {
  if [ "$system" = Linux ]; then static='-Xswiftc -static-executable'; else static=''; fi
  if [ "$quiet" = yes ]; then silent=--quiet; else silent=''; fi
  for product in hookkit-hook hookkit; do
    # shellcheck disable=SC2086
    run swift build $silent -c release $static --product "$product"
  done
}

# The manual and the completions are written by the executable that they are about.
generate() {
  run rm -rf "$shared"
  run "$built/hookkit" help --generate "$shared"
}

run_tests() {
  run swift format lint --strict -r Sources Tests Package.swift
  run shellcheck install.sh hooks/* packaging/*.sh .ci/run
  build
  HOOKKIT_TEST_BIN=$here/.build/release
  export HOOKKIT_TEST_BIN
  run swift test
}

# --- Installing -------------------------------------------------------------------------------

# Every file of an installation: kind, target and source, a tab between them.
list_files() {
  printf 'program\t%s/hookkit\t%s/hookkit\n' "$bindir" "$built"
  printf 'program\t%s/hookkit-hook\t%s/hookkit-hook\n' "$bindir" "$built"
  for name in $hooks shell; do printf 'link\t%s/hookkit-%s\thookkit-hook\n' "$bindir" "$name"; done
  for page in "$shared"/man/*.[1-8]; do
    [ -f "$page" ] || continue
    printf 'page\t%s/man%s/%s\t%s\n' "$mandir" "${page##*.}" "${page##*/}" "$page"
  done
  # Where each shell looks under any prefix that it knows. fish knows only its own and the home folder's,
  # unless XDG_DATA_DIRS names another, and reads /etc for what the machine's administrator adds.
  for script in share/bash-completion/completions/hookkit:hookkit.bash \
    share/zsh/site-functions/_hookkit:_hookkit \
    share/fish/vendor_completions.d/hookkit.fish:hookkit.fish; do
    from=$shared/completions/${script#*:}
    [ ! -f "$from" ] || printf 'page\t%s/%s\t%s\n' "$prefix" "${script%:*}" "$from"
  done
  from=$shared/completions/hookkit.fish
  if [ "$prefix" = /usr/local ] && [ -f "$from" ]; then
    printf 'page\t/etc/fish/completions/hookkit.fish\t%s\n' "$from"
  fi
  list_documents
}

# The documentation and the templates, in folders whose links to each other hold.
list_documents() {
  for from in "$here"/README.md "$here"/CHANGELOG.md "$here"/LICENSE "$here"/NOTICE "$here"/SECURITY.md \
    "$here"/Documentation/*.md "$here"/Documentation/*/*.md "$here"/Documentation/*/*.svg \
    "$here"/templates/*.* "$here"/templates/*/* "$here"/templates/*/hooks/*; do
    [ -f "$from" ] || continue
    case $from in
    "$here"/templates/git-template/*) kind=shim ;;
    "$here"/templates/sshd/*) kind=setting ;;
    *) kind=page ;;
    esac
    printf '%s\t%s/share/doc/hookkit/%s\t%s\n' "$kind" "$prefix" "${from#"$here/"}" "$from"
  done
}

# Copies a template, whose executables are where they are being installed.
copy_template() {
  case $bindir in
  *[!A-Za-z0-9/._+-]*) cp "$1" "$2" ;;
  *) sed "s|/usr/local/bin/|$bindir/|g" "$1" >"$2" ;;
  esac
}

# The folders that an installation would make, each with a slash at its end.
list_folders() {
  { list_files | cut -f 2; printf '%s\n' "$manifest"; } | while IFS= read -r path; do
    folder=${path%/*}
    while [ -n "$folder" ] && [ ! -d "$destination$folder" ]; do
      printf '%s/\n' "$folder"
      folder=${folder%/*}
    done
  done | sort -u
}

# A tarball's files must be the ones its SHA256SUMS lists, each of those that are installed too.
check_sums() {
  [ -f SHA256SUMS ] || fail 'SHA256SUMS is missing: this tarball is not whole'
  if has sha256sum; then
    sha256sum --check --strict --quiet SHA256SUMS >&2 || fail 'SHA256SUMS does not match'
  else
    shasum -a 256 --check --strict --quiet SHA256SUMS >&2 || fail 'SHA256SUMS does not match'
  fi
  list_files | while IFS="$tab" read -r kind target from; do
    [ "$kind" != link ] || continue
    if [ ! -f "$from" ] || [ -L "$from" ]; then
      fail "${from#"$here/"} is missing or no plain file"
    fi
    cut -c 67- SHA256SUMS | grep -qxF -e "${from#"$here/"}" -e "./${from#"$here/"}" ||
      fail "SHA256SUMS does not list ${from#"$here/"}"
  done
}

# Never takes the place of a file that is not hookkit's own.
check_targets() {
  list_files | cut -f 2 | while IFS= read -r target; do
    [ -e "$destination$target" ] || [ -L "$destination$target" ] || continue
    grep -qxF -e "$target" "$destination$manifest" 2>/dev/null ||
      fail "$destination$target is there and not from this installer" \
        'remove it, or choose another --prefix'
  done
}

install_files() {
  list_files | while IFS="$tab" read -r kind target from; do
    if [ "$dry_run" = yes ]; then
      say "would install  $destination$target"
      continue
    fi
    mkdir -p "$destination${target%/*}"
    temporary=$destination${target%/*}/.hookkit-$$
    trap 'rm -f "$temporary"' EXIT
    case $kind in
    link) ln -s "$from" "$temporary" ;;
    page)
      cp "$from" "$temporary"
      chmod 644 "$temporary"
      ;;
    setting)
      copy_template "$from" "$temporary"
      chmod 644 "$temporary"
      ;;
    shim)
      copy_template "$from" "$temporary"
      chmod 755 "$temporary"
      ;;
    program)
      cp "$from" "$temporary"
      [ "$source" = tarball ] || ! has strip || strip "$temporary"
      chmod 755 "$temporary"
      ;;
    esac
    mv -f "$temporary" "$destination$target"
    say "installed      $destination$target"
  done
}

# Puts the lines of standard input into the manifest.
write_manifest() {
  mkdir -p "$destination${manifest%/*}"
  sort -u >"$destination$manifest.new"
  mv -f "$destination$manifest.new" "$destination$manifest"
}

install_all() {
  check_targets
  if [ "$dry_run" = yes ]; then
    install_files
    say "would write    $destination$manifest"
    return 0
  fi
  # While files are moving the manifest names the old and the new ones, so that an installation
  # that was cut short can be uninstalled.
  old='' folders=$(list_folders)
  if [ -f "$destination$manifest" ]; then
    old=$(cat "$destination$manifest")
    folders=$(printf '%s\n%s\n' "$folders" "$old" | grep '/$' || :)
  fi
  { printf '%s\n%s\n' "$old" "$folders" | sed '/^$/d'; list_files | cut -f 2; } | write_manifest
  install_files
  { printf '%s\n' "$folders" | sed '/^$/d'; list_files | cut -f 2; } | write_manifest
  printf '%s\n' "$old" | while IFS= read -r path; do
    [ -n "$path" ] || continue
    grep -qxF -e "$path" "$destination$manifest" || remove_file "$path"
  done
  case :$PATH: in
  *:"$bindir":*) ;;
  *) say "note: $bindir is not in PATH" ;;
  esac
}

remove_file() {
  if [ "$dry_run" = yes ]; then
    say "would remove   $destination$1"
  else
    rm -f "$destination$1"
    say "removed        $destination$1"
  fi
}

uninstall_all() {
  [ -f "$destination$manifest" ] ||
    fail "nothing is installed under $prefix: no $destination$manifest"
  # Checked as a whole before anything goes: every line is an absolute path without "..". A slash at
  # its end tells a folder, which goes when nothing else is in it.
  if grep -qE '^[^/]|/\.\.(/|$)|^$' "$destination$manifest"; then
    fail "$destination$manifest is damaged; nothing was removed"
  fi
  lines=$(sort -r "$destination$manifest")
  printf '%s\n' "$lines" | while IFS= read -r path; do
    case $path in */) continue ;; esac
    [ ! -d "$destination$path" ] || [ -L "$destination$path" ] || fail "$path is a folder"
  done
  for kind in files folders; do
    # The manifest goes behind the files, so that what was cut short can be done again.
    [ "$kind" = files ] || remove_file "$manifest"
    printf '%s\n' "$lines" | while IFS= read -r path; do
      case $kind:$path in
      files:*/) ;;
      folders:*/) remove_folder "$path" ;;
      files:*) remove_file "$path" ;;
      esac
    done
  done
  [ "$dry_run" = yes ] || rmdir "$destination${manifest%/*}" 2>/dev/null || :
}

# Removes a folder that installing has made, unless something else is in it by now.
remove_folder() {
  if [ "$dry_run" = yes ]; then
    say "would remove   $destination$1 if nothing else is in it"
  elif rmdir "$destination${1%/}" 2>/dev/null; then
    say "removed        $destination$1"
  fi
}

main() {
  tab=$(printf '\t')
  quiet=no
  read_options "$@"
  if [ "$uninstall" = yes ]; then
    uninstall_all
    return 0
  fi

  umask 022
  here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
  cd -- "$here"
  system=$(uname -s)
  if [ -f Package.swift ]; then
    source=checkout built=$here/.build/release shared=$here/.build/share
  elif [ -f bin/hookkit ] || [ -f SHA256SUMS ]; then
    source=tarball built=$here/bin shared=$here
    [ "$deps$demo$test" = nonono ] || usage_error '--deps, --demo and --test need a checkout'
    check_sums
  else
    fail "$here is neither a checkout nor an unpacked tarball"
  fi

  check_needs
  if [ "$test" = yes ]; then
    run_tests
    return 0
  fi
  if [ "$source" = checkout ]; then
    build
    generate
  fi
  install_all
  [ "$demo" = no ] || run "$destination$bindir/hookkit" demo
}

main "$@"
