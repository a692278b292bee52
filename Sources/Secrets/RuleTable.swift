internal import Documents
internal import Primitives

/// What is asked of rules before one of them matches, as a text: keywords, files, patterns.
///
/// Of hookkit's own five hundred kinds the text is in the executable (`RuleData`). A hook starts on every
/// push, and most pushes meet a dozen rules: to make them all from their table would cost more than the
/// rest of the hook.
///
/// Three lines a rule: `B` where it goes on over many lines, else `L`, and its keywords; the globs of its
/// files; its pattern. What is on one line is parted by tabs.
package final class RuleTable {
  private let text: UnsafeRawBufferPointer
  private let isOwned: Bool
  /// Where each line begins, and where the last one ends.
  private let lines: [Int32]
  private let details: (Int) -> SecretRule

  package var count: Int { (lines.count - 1) / 3 }

  /// - Parameter text: must live as long as the process.
  init(_ text: StaticString, details: @escaping (Int) -> SecretRule) {
    self.text = UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    isOwned = false
    lines = Self.lines(of: self.text)
    self.details = details
  }

  package init(_ rules: [SecretRule]) {
    let bytes = Array(Self.text(of: rules).utf8)
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    copy.copyBytes(from: bytes)
    text = UnsafeRawBufferPointer(copy)
    isOwned = true
    lines = Self.lines(of: text)
    details = { rules[$0] }
  }

  deinit {
    if isOwned { text.deallocate() }
  }

  /// hookkit's own rules.
  package static func own() -> RuleTable {
    RuleTable(RuleData.text) { SecretRules.kinds[$0].rule }
  }

  /// The text of some rules.
  package static func text(of rules: [SecretRule]) -> String {
    rules.map { rule in
      let files = rule.files.map { String(decoding: $0.bytes, as: UTF8.self) }
      return [
        ([rule.spansLines ? "B" : "L"] + rule.keywords).joined(separator: "\t"),
        files.joined(separator: "\t"), rule.pattern,
      ].joined(separator: "\n") + "\n"
    }.joined()
  }

  private static func lines(of text: UnsafeRawBufferPointer) -> [Int32] {
    var lines: [Int32] = [0]
    lines.reserveCapacity(2048)
    var start = 0
    while let end = text.firstIndex(of: 0x0a, from: start) {
      start = end + 1
      lines.append(Int32(start))
    }
    return lines
  }

  private func line(_ number: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: text[Int(lines[number])..<Int(lines[number + 1]) - 1])
  }

  // MARK: One rule

  /// All that is known of it.
  func rule(_ index: Int) -> SecretRule { details(index) }

  func pattern(_ index: Int) -> String { String(decoding: line(3 * index + 2), as: UTF8.self) }

  func spansLines(_ index: Int) -> Bool { line(3 * index).first == UInt8(ascii: "B") }

  func hasFiles(_ index: Int) -> Bool { !line(3 * index + 1).isEmpty }

  func files(_ index: Int) -> [Pattern] {
    line(3 * index + 1).split(separator: 0x09).map { Pattern(Array($0)) }
  }

  func hasKeywords(_ index: Int) -> Bool { line(3 * index).count > 1 }

  /// Calls `body` for each keyword of each rule.
  func eachKeyword(_ body: (_ rule: Int, _ keyword: UnsafeRawBufferPointer) -> Void) {
    for rule in 0..<count { eachWord(of: line(3 * rule), from: 2) { body(rule, $0) } }
  }

  /// Calls `body` for each glob of each rule's files.
  func eachFile(_ body: (_ rule: Int, _ glob: UnsafeRawBufferPointer) -> Void) {
    for rule in 0..<count { eachWord(of: line(3 * rule + 1), from: 0) { body(rule, $0) } }
  }

  private func eachWord(
    of line: UnsafeRawBufferPointer, from start: Int, _ body: (UnsafeRawBufferPointer) -> Void
  ) {
    var start = start
    while start < line.count {
      let end = line.firstIndex(of: 0x09, from: start) ?? line.count
      body(UnsafeRawBufferPointer(rebasing: line[start..<end]))
      start = end + 1
    }
  }
}
