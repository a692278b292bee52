import Testing
import TOMLKit

/// Our reader against toml++, which TOMLKit wraps.
struct TOMLDifferentialTests {
  @Test("another reader accepts what ours accepts", arguments: TOMLDocuments.valid)
  func valid(_ text: String) {
    #expect(oursAccepts(text))
    #expect(theirsAccepts(text))
  }

  @Test("another reader refuses what ours refuses", arguments: TOMLDocuments.invalid)
  func invalid(_ text: String) {
    #expect(!oursAccepts(text))
    #expect(!theirsAccepts(text))
  }

  @Test("ours refuses what stops the other one", arguments: TOMLDocuments.fatalToTheOther)
  func fatalToTheOther(_ text: String) {
    #expect(!oursAccepts(text))
  }

  @Test("ours reads what TOML 1.1 adds", arguments: TOMLDocuments.newer)
  func newer(_ text: String) {
    #expect(oursAccepts(text))
    #expect(!theirsAccepts(text))
  }

  @Test(
    "ours is stricter only about floats, dates and byte-order marks",
    arguments: TOMLDocuments.stricter)
  func stricter(_ text: String) {
    #expect(!oursAccepts(text))
    #expect(theirsAccepts(text))
  }

  @Test("both read the same values", arguments: TOMLDocuments.valid)
  func values(_ text: String) throws {
    let ours = try ourShape(text)
    let theirs = shape(try TOMLTable(string: text))
    #expect(ours == theirs)
  }

  private func theirsAccepts(_ text: String) -> Bool {
    (try? TOMLTable(string: text)) != nil
  }

  private func shape(_ table: TOMLTable) -> String {
    let members = table.keys.map { key in
      "\(String(reflecting: key)):\(table[key].map { shape(of: $0) } ?? "-")"
    }
    return "{" + members.sorted().joined(separator: ",") + "}"
  }

  private func shape(of value: any TOMLValueConvertible) -> String {
    if let table = value.table { return shape(table) }
    if let array = value.array {
      return "[" + (0..<array.count).map { shape(of: array[$0]) }.joined(separator: ",") + "]"
    }
    if let text = value.string { return String(reflecting: text) }
    if let bool = value.bool { return "\(bool)" }
    return value.int.map { "\($0)" } ?? "?"
  }
}
