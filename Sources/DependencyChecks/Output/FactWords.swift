package import Documents
internal import Lockfiles
internal import Primitives

/// Values of dependency files in words for a person; safe for any terminal.
extension FileDiff {
  /// `scripts.test: make -> make all`: the keys that lead to a value, and the value on both sides. Where no
  /// keys are written, as in files of lines, the lines themselves.
  ///
  /// - Parameter limit: columns for each side; a longer value is shown from where the two begin to differ.
  package func words(of fact: FactChange, limit: Int) -> String {
    let old = shown(fact.old, old.inventory?.document)
    let new = shown(fact.new, new.inventory?.document)
    let (before, now) = ValueWords.both(old, new, limit: limit)
    return "\(path(of: fact, limit: limit)): \(before) -> \(now)"
  }

  private func path(of fact: FactChange, limit: Int) -> String {
    var keys = fact.path
    // The places of lines in their sections mean nothing to a reader.
    if isWrittenInLines {
      keys.removeAll { key in
        key.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      }
      if keys.count > 1 { keys.removeLast(keys.count - 1) }
    }
    guard !keys.isEmpty else { return "line" }
    return keys.map { $0.isEmpty ? "\"\"" : Escaped.text($0, limit: min(limit, 200)) }
      .joined(separator: ".")
  }

  /// Whether values are lines, whose text is a key to the reader of the syntax.
  private var isWrittenInLines: Bool {
    switch format?.syntax {
    case .indentedText, .lines, .plainLines: true
    default: false
    }
  }

  private func shown(_ node: NodeID?, _ document: Document?) -> ArraySlice<UInt8>? {
    guard let node, let document else { return nil }
    let range = document.range(node)
    if isWrittenInLines, !range.isEmpty { return Self.trimmed(document.pool[range]) }
    return document.written(node)
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = text.drop { $0 == 0x20 || $0 == 0x0a }
    while text.last == 0x20 || text.last == 0x0a || text.last == 0x0d { text.removeLast() }
    return text
  }

  /// Why a side could not be read, and where: lines count from 1.
  package func words(for unread: Unread) -> String {
    let bytes = new.unread == nil ? old.bytes : new.bytes
    if LFSPointer.begins(bytes) { return "a Git LFS pointer, and not the file" }
    let line = bytes.prefix(unread.offset).reduce(1) { $1 == 0x0a ? $0 + 1 : $0 }
    return "\(unread.reason.rawValue) (line \(line))"
  }
}

extension Document {
  /// The text of a scalar, an object or array as it stands in the file.
  func written(_ node: NodeID) -> ArraySlice<UInt8> {
    guard !isScalar(node) else { return bytes(text(node)) }
    let range = range(node)
    guard range.isEmpty else { return pool[range] }
    // What stands on lines all over the file, as pip's options do, is told by its parts.
    let parts = children(node).prefix(16).map { child in
      let words = [key(child), text(child)].map { bytes($0) }
      return Array(words.filter { !$0.isEmpty }.joined(separator: [0x20]))
    }
    return Array(parts.joined(separator: Array(", ".utf8)))[...]
  }
}

/// The text that Git LFS commits in the place of a file (git-lfs specification, "The Pointer").
enum LFSPointer {
  static func begins(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.starts(with: "version https://git-lfs.github.com/spec/".utf8)
      || bytes.starts(with: "version https://hawser.github.com/spec/".utf8)
  }
}

/// Two values side by side.
enum ValueWords {
  /// Both values, cut in such a way that they differ where they do.
  static func both(
    _ old: ArraySlice<UInt8>?, _ new: ArraySlice<UInt8>?, limit: Int
  ) -> (old: String, new: String) {
    func whole(_ text: ArraySlice<UInt8>?) -> String {
      guard let text else { return "(none)" }
      return text.isEmpty ? "\"\"" : Escaped.text(text, limit: limit)
    }
    guard let old, let new, max(old.count, new.count) > limit else {
      return (whole(old), whole(new))
    }
    var same = zip(old, new).prefix { $0 == $1 }.count
    // With a few words before it.
    same = max(0, same - limit / 4)
    func cut(_ text: ArraySlice<UInt8>) -> String {
      (same > 0 ? "..." : "") + Escaped.text(text.dropFirst(same), limit: limit)
    }
    return (cut(old), cut(new))
  }
}
