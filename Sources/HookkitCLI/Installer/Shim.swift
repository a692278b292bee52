/// The small shell script that stands in a hooks folder and hands over to hookkit's executable.
///
/// It fails closed: without the executable nothing passes, on a client too. Where an earlier hook was
/// found, `hookkit install` has moved it to `<hook>.before-hookkit`, and the shim runs that first,
/// with the same arguments and the same standard input. Without one the shim costs a test of two or
/// three paths and an `exec`.
///
/// Version 2, on clients, also lives beside hook managers (decision 0014): it finds the earlier hook
/// when a manager has moved the shim to `<hook>.legacy`, runs one of `sh` under the shim's own name,
/// since husky's goes by `$0`, and finds one that must keep its file name in a folder.
///
/// Version 3, of reference-transaction alone, does not start hookkit where it has nothing to say: before
/// git has locked the references (`preparing`, git 2.54). An earlier hook is still asked.
///
/// The texts are part of the compatibility surface: a new one is a new version, and ``recognise(_:)``
/// goes on knowing the old.
package enum Shim {
  /// A hook for which there is a shim.
  package enum Hook: String, CaseIterable, Sendable {
    case preReceive = "pre-receive"
    case procReceive = "proc-receive"
    case update
    case referenceTransaction = "reference-transaction"
    case postReceive = "post-receive"
    case prePush = "pre-push"
    case preCommit = "pre-commit"
    case preMergeCommit = "pre-merge-commit"
    case prepareCommitMessage = "prepare-commit-msg"
    case commitMessage = "commit-msg"

    /// Whether the hook belongs into a repository that is pushed to.
    package var isServerSide: Bool {
      switch self {
      case .preReceive, .procReceive, .update, .referenceTransaction, .postReceive: true
      case .prePush, .preCommit, .preMergeCommit, .prepareCommitMessage, .commitMessage: false
      }
    }

    /// Whether an earlier hook can be kept beside hookkit's: proc-receive is one dialogue with git,
    /// which two programs cannot both lead.
    package var canChain: Bool { self != .procReceive }

    /// Whether git feeds the hook through standard input (githooks(5)).
    package var readsInput: Bool { isServerSide ? self != .update : self == .prePush }

    /// The name of the executable that the shim hands over to.
    package var executableName: String { "hookkit-\(rawValue)" }
  }

  /// What a shim says about itself.
  package struct Description: Hashable, Sendable {
    package let version: Int
    package let hook: Hook
    /// The absolute path of the executable.
    package let executable: String

    package init(version: Int, hook: Hook, executable: String) {
      self.version = version
      self.hook = hook
      self.executable = executable
    }

    /// Whether a shim that is written today has this version.
    package var isPresent: Bool { version == Shim.version(of: hook) }
  }

  /// The version of the text that ``text(hook:executable:)`` writes.
  package static func version(of hook: Hook) -> Int {
    if hook == .referenceTransaction { return 3 }
    return hook.isServerSide ? 1 : 2
  }

  /// The code in the message of a shim whose executable is gone.
  package static let executableGone = "HK990"

  /// What the earlier hook's file name ends in.
  package static let chainedSuffix = ".before-hookkit"

  /// The shim of a hook; `executable` is the absolute path of ``Hook/executableName``.
  package static func text(hook: Hook, executable: String) -> String {
    script(version(of: hook), hook, executable)
  }

  private static func script(_ version: Int, _ hook: Hook, _ executable: String) -> String {
    version == 2 ? version2(hook, executable) : version1(hook, executable, version)
  }

  /// Whether the bytes are a shim, unchanged, of any version that was ever written.
  package static func isShim(_ bytes: [UInt8]) -> Bool { recognise(bytes) != nil }

  /// Reads a shim of any version that was ever written; `nil` for any other file, and for a shim
  /// that somebody has changed.
  package static func recognise(_ bytes: [UInt8]) -> Description? {
    // Bytes that are no UTF-8 are no text of ours: written again, they would not be the same.
    let text = String(decoding: bytes.prefix(1 << 16), as: UTF8.self)
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), maxSplits: 2)
    guard lines.count == 3, let title = Substring(lines[1]).dropping(prefix: "# hookkit shim ")
    else { return nil }
    let words = title.split(separator: ":", maxSplits: 1)
    guard words.count == 2, let hook = Hook(rawValue: String(words[1].dropFirst())),
      let version = [1, version(of: hook)].first(where: { words[0] == "\($0)" }),
      let quoted = Substring(lines[2]).dropping(prefix: "hook="),
      let executable = unquoted(quoted),
      script(version, hook, executable).utf8.elementsEqual(bytes)
    else { return nil }
    return Description(version: version, hook: hook, executable: executable)
  }

  /// Whether the second line says that this is a shim, whatever the rest has become.
  package static func claimsToBeOne(_ bytes: [UInt8]) -> Bool {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 2)
    return lines.count > 1 && lines[1].starts(with: "# hookkit shim ".utf8)
  }

  // MARK: Versions 1 and 3

  private static func version1(_ hook: Hook, _ executable: String, _ version: Int) -> String {
    """
    #!/bin/sh
    # hookkit shim \(version): \(hook.rawValue)
    hook=\(quoted(executable))
    [ -x "$hook" ] || {
      echo 'error: \(executableGone) \(hook.rawValue): hookkit is gone from here, nothing passes' >&2
      echo 'hint: hookkit install \(hook.isServerSide ? "--server" : "--client")' >&2
      exit 1
    }
    \(handOver(hook, version))

    """
  }

  /// The input goes to a file that has no name any more when it is filled, so nothing is left over
  /// whatever happens, and each reader has a position of its own.
  private static func handOver(_ hook: Hook, _ version: Int) -> String {
    let start = #"exec "$hook" "$@""#
    guard hook.canChain else { return start }
    let alone =
      version == 3 ? "case $1 in preparing) exit 0 ;; *) \(start) ;; esac" : start
    // Opened for reading twice, for writing once, then unlinked and only then filled.
    let keepInput = #"""

      { in=$(mktemp) && exec 3<"$in" 4<"$in" && exec 5>"$in" && rm "$in" && cat >&5; } || exit 1
      """#
    let (first, second) =
      hook.readsInput ? (" <&3 3<&- 4<&- 5>&-", " <&4 3<&- 4<&- 5>&-") : ("", "")
    return """
      [ -e "$0\(chainedSuffix)" ] || \(alone)\(hook.readsInput ? keepInput : "")
      start=$(date +%s)
      "$0\(chainedSuffix)" "$@"\(first); code=$? seconds=$(($(date +%s) - start))
      [ $code = 0 ] || echo "error: \(hook.rawValue)\(chainedSuffix): exit $code after $seconds s" >&2
      \(stop(hook, version))\(start)\(second)
      """
  }

  /// What follows when the earlier hook failed: the end, but where git ignores the exit code because
  /// the references have moved, hookkit still records that they did.
  private static func stop(_ hook: Hook, _ version: Int) -> String {
    switch hook {
    case .postReceive: ""
    case .referenceTransaction where version == 3:
      "case $1/$code in preparing/* | prepared/[1-9]*) exit $code ;; esac\n"
    case .referenceTransaction: "[ $code = 0 ] || case $1 in prepar*) exit $code ;; esac\n"
    default: "[ $code = 0 ] || exit $code\n"
    }
  }

  // MARK: Version 2

  private static func version2(_ hook: Hook, _ executable: String) -> String {
    let name = hook.rawValue
    let keepInput = #"""
      { in=$(mktemp) && exec 3<"$in" 4<"$in" && exec 5>"$in" && rm "$in" && cat >&5; } || exit 1

      """#
    let (first, second) =
      hook.readsInput ? (" <&3 3<&- 4<&- 5>&-", " <&4 3<&- 4<&- 5>&-") : ("", "")
    // A subshell that reads a script of sh runs it with the arguments, the input and the `$0` that git
    // gave; anything else is run by its new name.
    return """
      #!/bin/sh
      # hookkit shim 2: \(name)
      hook=\(quoted(executable)) old=${0%.legacy}\(chainedSuffix)
      [ -x "$hook" ] || {
        echo 'error: \(executableGone) \(name): hookkit is gone from here, nothing passes' >&2
        echo 'hint: hookkit install --client' >&2; exit 1
      }
      [ -e "$old" ] || exec "$hook" "$@"
      \(hook.readsInput ? keepInput : "")start=$(date +%s) line=; [ ! -d "$old" ] || old=$old/\(name)
      [ ! -x "$old" ] || IFS= read -r line <"$old"
      # shellcheck disable=SC1090
      case $line in '#!'*[/\\ ]sh) (. "$old") ;; *) "$old" "$@" ;; esac\(first); c=$?
      [ $c = 0 ] || { echo "error: ${old##*/}: exit $c after $(($(date +%s) - start)) s" >&2; exit $c; }
      exec "$hook" "$@"\(second)

      """
  }

  // MARK: Quoting

  static func quoted(_ path: String) -> String {
    "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#)
      + "'"
  }

  /// The path at the start of some text that ``quoted(_:)`` wrote; `nil` when there is none.
  static func unquoted(_ text: Substring) -> String? {
    var rest = Array(text.utf8)[...]
    guard rest.popFirst() == UInt8(ascii: "'") else { return nil }
    var path: [UInt8] = []
    let escapedQuote = Array(#"'\''"#.utf8)
    while let byte = rest.first {
      if rest.starts(with: escapedQuote) {
        path.append(UInt8(ascii: "'"))
        rest = rest.dropFirst(escapedQuote.count)
      } else if byte == UInt8(ascii: "'") {
        return String(decoding: path, as: UTF8.self)
      } else {
        path.append(byte)
        rest = rest.dropFirst()
      }
    }
    return nil
  }
}

extension Substring {
  fileprivate func dropping(prefix: String) -> Substring? {
    hasPrefix(prefix) ? dropFirst(prefix.count) : nil
  }
}
