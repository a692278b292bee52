#!/bin/sh
# Makes the Debian package from the release tarball: what its install.sh installs, and nothing else.
#
# The same tarball gives the same package. Documentation/Packaging.md says how a release is made.

set -eu

usage() {
  cat <<'END'
usage: packaging/debian.sh [options] TARBALL

  --out DIR              where the package and SHA256SUMS go; the tarball's folder
  --maintainer CONTACT   'NAME <ADDRESS>' of whoever publishes the package; the project has no address
  --help                 this text
END
}

fail() {
  printf 'error: %s\n' "$1" >&2
  exit "${2-1}"
}

read_options() {
  tarball='' out=''
  # .invalid is reserved so that nobody can have it (RFC 2606); dpkg wants the form of an address.
  maintainer='The hookkit authors <no-address@hookkit.invalid>'
  while [ $# -gt 0 ]; do
    case $1 in
    --out)
      [ $# -ge 2 ] || fail "$1 needs a folder" 2
      out=$2
      shift
      ;;
    --maintainer)
      [ $# -ge 2 ] || fail "$1 needs a contact: 'NAME <ADDRESS>'" 2
      maintainer=$2
      shift
      ;;
    --help | -h)
      usage
      exit 0
      ;;
    -*) fail "unknown option: $1" 2 ;;
    *)
      [ -z "$tarball" ] || fail 'one tarball at a time' 2
      tarball=$1
      ;;
    esac
    shift
  done
  case $maintainer in
  *"
"*) fail 'a contact is one line' 2 ;;
  [!\ ]*' <'?*@?*'>') ;;
  *) fail "not a contact, 'NAME <ADDRESS>': $maintainer" 2 ;;
  esac
  [ -f "$tarball" ] || fail "there is no tarball: ${tarball:-none was given}" 2
  case $tarball in */*) ;; *) tarball=./$tarball ;; esac
  : "${out:=${tarball%/*}}"
}

# hookkit-1.2.3-linux-x86_64: the version and, in Debian's word, the machine.
read_name() {
  name=${tarball##*/}
  name=${name%.tar.gz}
  version=${name#hookkit-}
  version=${version%%-*}
  case $name in
  "hookkit-$version-linux-x86_64") architecture=amd64 ;;
  "hookkit-$version-linux-aarch64") architecture=arm64 ;;
  *) fail "not the name of a tarball that packaging/release.sh makes for Linux: $name" ;;
  esac
}

# Where Debian's zsh and dpkg want what install.sh puts elsewhere.
arrange() {
  mv "$root/usr/share/zsh/site-functions" "$root/usr/share/zsh/vendor-completions"
  rm "$root/usr/share/hookkit/manifest"
  rmdir "$root/usr/share/hookkit"
  # Debian has its own copy of the licence, and keeps changelogs compressed.
  rm "$root/usr/share/doc/hookkit/LICENSE" "$root/usr/share/doc/hookkit/CHANGELOG.md"
  find "$root/usr/share/man" -type f -exec gzip -9n {} +
}

write_documents() {
  documents=$root/usr/share/doc/hookkit
  mkdir -p "$documents" "$root/usr/share/lintian/overrides"
  cp "$source/copyright" "$documents/copyright"
  {
    printf 'hookkit (%s) unstable; urgency=medium\n\n' "$version"
    printf '  * Release %s; CHANGELOG.md says what is new.\n\n' "$version"
    printf ' -- %s  %s\n' "$maintainer" "$(date -u -R -d "@$epoch")"
  } | gzip -9n >"$documents/changelog.gz"
  gzip -9nc "$source/CHANGELOG.md" >"$documents/CHANGELOG.md.gz"
  cat >"$root/usr/share/lintian/overrides/hookkit" <<'END'
# A gate must answer on every machine and in every chroot that git runs in, whatever is installed
# there; Swift's runtime is no Debian package, and libgit2 is linked without its network parts.
hookkit: statically-linked-binary
hookkit: embedded-library
END
}

write_control() {
  mkdir "$root/DEBIAN"
  (cd "$root" && find usr -type f | sort | xargs md5sum >DEBIAN/md5sums)
  size=$(find "$root/usr" -type f -printf '%s\n' | awk '{ n += int(($1 + 1023) / 1024) }
    END { print n }')
  cat >"$root/DEBIAN/control" <<END
Package: hookkit
Version: $version
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $size
Depends: git (>= 1:2.29), openssh-client
Suggests: gpgv, openssh-server
Section: vcs
Priority: optional
Description: gate for git servers that knows an agent from a person
 hookkit's hooks keep work that a coding agent wrote from reaching a protected
 branch until a person has reviewed exactly that content and signed the review.
 Changes of dependency files are held until a person has released them.
 .
 It runs in the hooks that git already has, needs no database and no service,
 and what it decided can be checked offline, from any clone.
END
}

main() {
  LC_ALL=C
  export LC_ALL
  umask 022
  read_options "$@"
  read_name
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  tar --extract --gzip --no-same-owner --directory "$work" --file "$tarball"
  source=$work/$name root=$work/root
  epoch=$(stat -c %Y "$source/install.sh")

  DESTDIR=$root "$source/install.sh" --quiet --prefix /usr
  arrange
  write_documents
  write_control
  find "$root" -exec touch --no-dereference --date="@$epoch" {} +

  mkdir -p "$out"
  package=$out/hookkit_${version}_$architecture.deb
  SOURCE_DATE_EPOCH=$epoch dpkg-deb --root-owner-group -Zxz --build "$root" "$work/package.deb" \
    >"$work/log"
  mv -f "$work/package.deb" "$package"
  (cd "$out" && sha256sum hookkit[-_]"$version"[-_]*.tar.gz hookkit_"$version"_*.deb >SHA256SUMS)
  printf '%s\n' "$package"
}

main "$@"
