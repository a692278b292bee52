#!/bin/sh
# Makes the release tarball: static executables, the manual, completions, documentation, templates,
# install.sh and SHA256SUMS.
#
# The same executables give the same tarball: sorted, owned by nobody, all of one time.
# Documentation/Packaging.md says how a release is made.

set -eu

usage() {
  cat <<'END'
usage: packaging/release.sh [options]

  --bin DIR   take the executables from here; else install.sh builds them
  --out DIR   where the tarball and SHA256SUMS go; .build/packages
  --help      this text

SOURCE_DATE_EPOCH in the environment is the time of every file; else that of the commit.
END
}

fail() {
  printf 'error: %s\n' "$1" >&2
  exit "${2-1}"
}

read_options() {
  bin='' out=$here/.build/packages
  while [ $# -gt 0 ]; do
    case $1 in
    --bin | --out)
      [ $# -ge 2 ] || fail "$1 needs a folder" 2
      [ "$1" = --out ] || bin=$2
      [ "$1" = --bin ] || out=$2
      shift
      ;;
    --help | -h)
      usage
      exit 0
      ;;
    *) fail "unknown option: $1" 2 ;;
    esac
    shift
  done
}

# The one place that says which version this is.
read_version() {
  version=$(sed -n 's/.*static let text = "\(.*\)"$/\1/p' "$here/Sources/Platform/Version.swift")
  case $version in
  '' | *[!0-9A-Za-z.~+]* | [!0-9]*) fail "no version in Sources/Platform/Version.swift: $version" ;;
  esac
}

read_epoch() {
  epoch=${SOURCE_DATE_EPOCH:-$(git -C "$here" log -1 --format=%ct)}
  case $epoch in '' | *[!0-9]*) fail "SOURCE_DATE_EPOCH is no number of seconds: $epoch" ;; esac
}

# Executables without what only a debugger reads.
copy_programs() {
  mkdir "$tree/bin"
  for program in hookkit hookkit-hook; do
    cp "$bin/$program" "$tree/bin/$program"
    chmod 755 "$tree/bin/$program"
    strip --strip-all --remove-section=.comment --remove-section=.note "$tree/bin/$program"
  done
  built=$("$tree/bin/hookkit" --version)
  [ "$built" = "hookkit $version" ] ||
    fail "$bin/hookkit calls itself '$built', and the sources say $version"
}

# The documentation and the templates as they stand here; a page's pictures, and not what draws them.
copy_documents() {
  (cd "$here" && find Documentation templates -type f ! -name '*.py' ! -name '*.pyc' \
    ! -path 'Documentation/Pictures/*.txt') | while IFS= read -r file; do
    mkdir -p "$tree/${file%/*}"
    cp "$here/$file" "$tree/$file"
    case $file in */hooks/*) chmod 755 "$tree/$file" ;; *) chmod 644 "$tree/$file" ;; esac
  done
}

write_sums() {
  (cd "$tree" && find . -type f | sed 's|^\./||' | sort | xargs sha256sum) >"$work/sums"
  mv "$work/sums" "$tree/SHA256SUMS"
}

main() {
  LC_ALL=C
  export LC_ALL
  umask 022
  here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
  read_options "$@"
  read_version
  read_epoch
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  if [ -z "$bin" ]; then
    DESTDIR=$work/built "$here/install.sh" --quiet --prefix /usr
    bin=$work/built/usr/bin
  fi

  name=hookkit-$version-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)
  tree=$work/$name
  mkdir "$tree"
  copy_programs
  "$tree/bin/hookkit" help --generate "$tree"
  for file in README.md CHANGELOG.md SECURITY.md LICENSE NOTICE packaging/copyright; do
    cp "$here/$file" "$tree/${file##*/}"
    chmod 644 "$tree/${file##*/}"
  done
  copy_documents
  cp "$here/install.sh" "$tree/install.sh"
  chmod 755 "$tree/install.sh"
  write_sums

  mkdir -p "$out"
  tar --create --directory "$work" --sort=name --format=ustar --mtime="@$epoch" \
    --owner=0 --group=0 --numeric-owner "$name" | gzip -9n >"$out/.$name.tar.gz"
  mv -f "$out/.$name.tar.gz" "$out/$name.tar.gz"
  (cd "$out" && sha256sum hookkit[-_]"$version"[-_]*.tar.gz >SHA256SUMS)
  printf '%s\n' "$out/$name.tar.gz"
}

main "$@"
