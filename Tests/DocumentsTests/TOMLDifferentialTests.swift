import Documents
import TOMLKit
import TestSupport
import Testing

/// Our reader against toml++, which TOMLKit wraps: both read the same tree, or ours reads none.
@Suite("TOML, read by two")
struct TOMLDifferentialTests {
  @Test("both read the same values of a file made by chance", arguments: 0..<300)
  func sameValues(seed: UInt64) throws {
    var writer = TOMLWriter(seed: seed)
    let text = writer.file()
    let ours = try Syntax.toml.read(Array(text.utf8), limits: ReadingLimits())
    #expect(shape(ours, .root) == shape(of: try TOMLTable(string: text)), "\(text)")
  }

  @Test("of lines in any order and number, ours reads no more than the other", arguments: 0..<300)
  func notMore(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    var writer = TOMLWriter(seed: seed)
    var lines = writer.file().split(separator: "\n", omittingEmptySubsequences: false)
    for _ in 0..<3 {
      switch dice.roll(4) {
      case 0: lines.insert(dice.pick(lines), at: dice.roll(lines.count))
      case 1: lines.swapAt(dice.roll(lines.count), dice.roll(lines.count))
      case 2: lines.remove(at: dice.roll(lines.count))
      default:
        let index = dice.roll(lines.count)
        lines[index] = lines[index].dropLast(dice.roll(4))
      }
      if lines.isEmpty { lines = [""] }
    }
    let text = lines.joined(separator: "\n")
    // toml++ 3.x answers a header without a key with a failed assertion in a debug build.
    let stopsTheOther = lines.contains { line in
      let key = line.drop { " \t[".contains($0) }
      return key.count < line.count && line.contains("[") && !(key.first?.isLetter ?? false)
    }
    guard !stopsTheOther else { return }
    let theirs = try? TOMLTable(string: text)
    let ours = try? Syntax.toml.read(Array(text.utf8), limits: ReadingLimits())
    #expect(ours.map { shape($0, .root) } == theirs.map { shape(of: $0) }, "\(text)")
  }

  private func shape(_ document: Document, _ node: NodeID) -> String {
    func string(_ text: Text) -> String { String(decoding: document.bytes(text), as: UTF8.self) }
    switch document.kind(node) {
    case .object:
      let members = document.children(node).map {
        "\(String(reflecting: string(document.key($0)))):\(shape(document, $0))"
      }
      return "{" + members.sorted().joined(separator: ",") + "}"
    case .array:
      return "["
        + document.children(node).map { shape(document, $0) }.joined(separator: ",") + "]"
    case .string: return String(reflecting: string(document.text(node)))
    case .bare: return scalar(string(document.text(node)))
    }
  }

  /// The value of a bare text, which our reader leaves as it is.
  private func scalar(_ text: String) -> String {
    if text == "true" || text == "false" { return text }
    let digits = text.filter { $0 != "_" }
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.hasPrefix(prefix) {
      return Int(digits.dropFirst(2), radix: radix).map { "\($0)" } ?? "?"
    }
    if let number = Int(digits) { return "\(number)" }
    if text.dropFirst(2).contains("-"), text.count >= 10, !text.contains("e") { return "date" }
    if text.contains(":") { return "date" }
    return Double(digits).map { "\($0)" } ?? "?"
  }

  private func shape(of value: any TOMLValueConvertible) -> String {
    if let table = value.table {
      let members = table.keys.map { key in
        "\(String(reflecting: key)):\(table[key].map { shape(of: $0) } ?? "-")"
      }
      return "{" + members.sorted().joined(separator: ",") + "}"
    }
    if let array = value.array {
      return "[" + (0..<array.count).map { shape(of: array[$0]) }.joined(separator: ",") + "]"
    }
    if let text = value.string { return String(reflecting: text) }
    if let bool = value.bool { return "\(bool)" }
    if let number = value.int { return "\(number)" }
    if let number = value.double { return "\(number)" }
    return "date"
  }
}

/// Writes files of TOML by chance, in every form that a value or a table may have.
private struct TOMLWriter {
  private var dice: Dice

  init(seed: UInt64) { dice = Dice(seed: seed) }

  mutating func file() -> String {
    var text = pairs("r")
    for table in 0..<dice.roll(5) {
      let name = dice.once(in: 3) ? "a.t\(table)" : "t\(table)"
      if dice.once(in: 2) {
        text += "[\(name)]\n" + pairs("k")
      } else {
        for _ in 0..<(1 + dice.roll(3)) {
          text += "[[\(name)]] # again\n" + pairs("k")
          if dice.once(in: 2) { text += "[\(name).inner]\n" + pairs("i") }
        }
      }
    }
    return text
  }

  private mutating func pairs(_ prefix: String) -> String {
    var text = ""
    for index in 0..<dice.roll(4) {
      let key = dice.pick([
        "\(prefix)\(index)", "\"q \(index)\"", "'l\(index)'", "d.\(prefix)\(index)",
      ])
      text += "\(key)\(dice.pick([" = ", "=", "\t= "]))\(value(depth: 0))\n"
    }
    return text + dice.pick(["", "\n", "# comment\n", "  \n"])
  }

  private mutating func value(depth: Int) -> String {
    switch dice.roll(depth > 2 ? 5 : 7) {
    case 0: return dice.pick(["\"\"", "\"a\\u00e9\\t\\\\\"", "\"é#\"", "'\\n \"'", "''"])
    case 1:
      return dice.pick(["\"\"\"\nx\\\n   y\"\"\"", "'''\n'a''''", "\"\"\"a\"\"\"\"", "''''''"])
    case 2: return dice.pick(["0", "-17", "+9", "1_000", "0xDEAD_beef", "0o755", "0b1_0"])
    case 3: return dice.pick(["true", "false", "1.5", "-0.25e+3", "5e2", "6_0.0_1"])
    case 4:
      return dice.pick([
        "1979-05-27T07:32:00Z", "1979-05-27 07:32:00.5-07:00", "2024-02-29", "23:59:59.999",
      ])
    case 5:
      let values = (0..<dice.roll(4)).map { _ in value(depth: depth + 1) }
      let separator = dice.pick([", ", ",", ",\n  ", " , # c\n"])
      return "[" + values.joined(separator: separator) + dice.pick(["", values.isEmpty ? "" : ","])
        + "]"
    default:
      let members = (0..<dice.roll(3)).map { index in
        "\(dice.pick(["m", "n.o", "'p q'."]))\(index) = \(inline(depth: depth + 1))"
      }
      return "{ " + members.joined(separator: ", ") + " }"
    }
  }

  /// A value of an inline table, which is on one line but for the strings that are not.
  private mutating func inline(depth: Int) -> String {
    let text = value(depth: depth)
    return text.contains("\n") && !text.hasPrefix("\"") && !text.hasPrefix("'") ? "[]" : text
  }
}
