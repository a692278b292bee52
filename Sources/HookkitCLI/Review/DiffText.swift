internal import Platform
internal import Primitives
internal import Report

/// What git prints of a hostile commit, made legible: every character is seen and none is obeyed.
///
/// Letters, digits, marks and signs of any script stand as they are. Everything else that is not
/// printable ASCII, tab or line feed is named in angle brackets: `<ESC>`, `<U+202E>`, `<\xff>`. That
/// takes in the controls that turn text around or hide it (CVE-2021-42574), and spaces that are none.
package enum DiffText {
  /// Most bytes of a diff that is shown.
  private static let mostBytes = 64 << 20
  /// Most paths that are named to git one by one.
  private static let mostPaths = 500

  /// Summary and changes, as git shows them to one who trusts nothing that was pushed.
  ///
  /// A pushed `.gitattributes` could call a source file binary. git reads it from the work tree or the
  /// index (newer gits: from a tree), so the git folder stands for the one, the other is empty, and the
  /// tree is the empty one. No program named in a configuration is run, and a submodule that
  /// `.gitmodules` would hide is shown.
  ///
  /// - Parameters:
  ///   - old: a tree; `nil` for the empty one.
  ///   - paths: only these. All are shown where they cannot be arguments: too many, or not UTF-8.
  static func changes(
    from old: ObjectID?, to new: ObjectID, paths: [[UInt8]] = [], in repository: LocalRepository
  ) throws -> [UInt8] {
    let emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
    let names = paths.compactMap { String(validating: $0, as: UTF8.self) }
    let only = names.count == paths.count && names.count <= mostPaths ? names : []
    let child = repository.command(
      [
        "-C", repository.commonDirectory, "--git-dir=.", "--work-tree=.", "--literal-pathspecs",
        "-c", "core.quotePath=true", "-c", "core.attributesFile=/dev/null",
        "diff-tree", "-r", "--patch-with-stat", "--stat=100", "--find-renames", "--no-color",
        "--no-ext-diff", "--no-textconv", "--ignore-submodules=none", "--submodule=short",
        old?.hex ?? emptyTree, new.hex, "--",
      ] + only
    )
    .setting("GIT_ATTR_SOURCE", emptyTree).setting("GIT_INDEX_FILE", "hookkit/no-index")
    .setting("GIT_DIFF_OPTS", nil)
    let outcome = try child.run(limit: mostBytes, seconds: 600)
    guard outcome.succeeded else {
      throw CommandError(
        .undecided, "git cannot show the changes",
        details: LocalRepository.lines(outcome.errors).prefix(4).map { Escaped.text($0) })
    }
    return outcome.output
  }

  /// The text with its hidden characters shown and, where there are colours, its lines in them.
  static func legible(_ bytes: [UInt8], on terminal: Terminal) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var isHeader = true
    for line in bytes.split(separator: 0x0a, omittingEmptySubsequences: false) {
      // The last piece is what stands behind the last line feed: nothing.
      if line.isEmpty, line.endIndex == bytes.endIndex { break }
      if line.starts(with: "diff --git ".utf8) { isHeader = true }
      if line.starts(with: "@@ ".utf8) { isHeader = false }
      let style = style(of: line, isHeader: isHeader)
      let shown = isPlain(line) ? Array(line) : Array(visible(line).utf8)
      if let style, terminal.hasColors {
        output += Array(terminal.styled(String(decoding: shown, as: UTF8.self), style).utf8)
      } else {
        output += shown
      }
      output.append(0x0a)
    }
    return output
  }

  private static func style(of line: ArraySlice<UInt8>, isHeader: Bool) -> Terminal.Style? {
    if isHeader { return line.starts(with: "diff --git ".utf8) ? .strong : nil }
    switch line.first {
    case UInt8(ascii: "+"): return .good
    case UInt8(ascii: "-"): return .removed
    case UInt8(ascii: "@"): return .place
    default: return nil
    }
  }

  private static func isPlain(_ line: ArraySlice<UInt8>) -> Bool {
    line.allSatisfy { (0x20...0x7e).contains($0) || $0 == 0x09 }
  }

  /// One line, with what cannot be seen named.
  package static func visible(_ line: some Collection<UInt8>) -> String {
    guard let text = String(validating: line, as: UTF8.self) else {
      return line.map { byte in
        (0x20...0x7e).contains(byte) || byte == 0x09
          ? String(UnicodeScalar(byte)) : "<\\x\(Hex.string([byte]))>"
      }.joined()
    }
    var shown = ""
    for scalar in text.unicodeScalars {
      if isVisible(scalar) {
        shown.unicodeScalars.append(scalar)
      } else {
        shown += name(of: scalar)
      }
    }
    return shown
  }

  private static func isVisible(_ scalar: UnicodeScalar) -> Bool {
    if scalar.isASCII { return (0x20...0x7e).contains(scalar.value) || scalar == "\t" }
    guard !scalar.properties.isDefaultIgnorableCodePoint else { return false }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .spaceSeparator:
      return false
    default: return true
    }
  }

  private static func name(of scalar: UnicodeScalar) -> String {
    switch scalar.value {
    case 0x0d: return "<CR>"
    case 0x1b: return "<ESC>"
    default:
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
    }
  }
}
