import DependencyChecks
import Documents
import Lockfiles

/// A sample that was read, and what the generator makes of it.
struct SampleMutations {
  let format: Format
  let bytes: [UInt8]
  let document: Document
  /// The entries' values.
  let entries: Set<NodeID>

  /// A key that no tool has.
  static let invented = "hookkit-invented"

  init(_ sample: FormatSample, _ format: Format) throws {
    self.format = format
    bytes = Array(sample.text.utf8)
    let inventory = try format.inventory(of: bytes)
    document = inventory.document
    entries = Set(inventory.entries.map(\.node))
  }

  /// A value with the way to it: keys, and `nil` for an element.
  struct Place {
    let node: NodeID
    let path: [[UInt8]?]
    let isInEntry: Bool
  }

  var places: [Place] {
    var found: [Place] = []
    func add(_ node: NodeID, _ path: [[UInt8]?], _ isInEntry: Bool) {
      let isInEntry = isInEntry || entries.contains(node)
      found.append(Place(node: node, path: path, isInEntry: isInEntry))
      for child in document.children(node) {
        let key = document.isArray(node) ? nil : Array(document.bytes(document.key(child)))
        add(child, path + [key], isInEntry)
      }
    }
    add(.root, [], false)
    return found
  }

  private func spliced(_ range: Range<Int>, _ text: String) -> [UInt8] {
    Array(bytes[..<range.lowerBound]) + Array(text.utf8) + Array(bytes[range.upperBound...])
  }

  private func inserted(_ text: String, at place: Int) -> [UInt8] { spliced(place..<place, text) }

  // MARK: Invented keys

  /// The sample with an invented key at the top, in every table and in every entry.
  var withInventedKeys: [[UInt8]] {
    let key = Self.invented
    switch format.syntax {
    case .json, .jsonc, .json5:
      return objects.map { inserted("\"\(key)\": {\"run\": \"x\"}, ", at: $0) }
    case .toml:
      return [inserted("\(key) = \"x\"\n", at: 0)]
        + lineStarts.filter { bytes[$0] == UInt8(ascii: "[") }.map {
          inserted("\n\(key) = \"x\"", at: end(ofLine: $0))
        } + braces.map { inserted(" \(key) = \"x\",", at: $0) }
    case .yaml, .yamlWithReferences:
      return lineStarts.compactMap { start in
        let first = bytes[start...].firstIndex { $0 != UInt8(ascii: " ") } ?? start
        var content = first
        while content + 1 < bytes.count, bytes[content] == UInt8(ascii: "-"),
          bytes[content + 1] == UInt8(ascii: " ")
        { content += 2 }
        let line = bytes[content..<end(ofLine: start)]
        guard line.contains(UInt8(ascii: ":")) else { return nil }
        return inserted(
          "\(key): x\n" + String(repeating: " ", count: content - start), at: content)
      } + braces.map { inserted("\(key): x, ", at: $0) }
    case .xml:
      return tagEnds.flatMap { end in
        let isClosed = bytes[end - 1] == UInt8(ascii: "/")
        let attribute = inserted(" \(key)=\"x\"", at: isClosed ? end - 1 : end)
        return isClosed ? [attribute] : [attribute, inserted("<\(key)>x</\(key)>", at: end + 1)]
      }
    case .ini, .gitConfig:
      return lineStarts.filter { bytes[$0] == UInt8(ascii: "[") }.map {
        inserted("\n\(key) = x", at: end(ofLine: $0))
      }
    case .npmrc, .properties: return lineStarts.map { inserted("\(key)=x\n", at: $0) }
    case .wordLines, .goMod: return [inserted("\(key) x\n", at: 0)]
    case .cabal: return [inserted("\(key): x\n", at: 0)]
    case .hcl:
      return [inserted("\(key) = \"x\"\n", at: 0)]
        + braces.map { inserted("\n\(key) = \"x\"", at: $0) }
    case .indentedText:
      return [inserted("\n\(key.uppercased())\n  x\n", at: bytes.count)]
        + lineStarts.filter { bytes[$0] == UInt8(ascii: " ") }.map { start in
          let first = bytes[start...].firstIndex { $0 != UInt8(ascii: " ") } ?? start
          return inserted(
            "\(key)\n" + String(repeating: " ", count: first - start), at: first)
        }
    case .requirements:
      return [inserted("--\(key) x\n", at: 0)]
        + lineStarts.map { inserted(" --\(key)=x", at: end(ofLine: $0)) }
    case .syml:
      return lineStarts.filter { bytes[$0] == UInt8(ascii: " ") }.map {
        inserted("  \(key) x\n", at: $0)
      }
    case .edn: return braces.map { inserted(":\(key) \"x\" ", at: $0) }
    case .zon: return braces.map { inserted(".@\"\(key)\" = \"x\", ", at: $0) }
    case .elixir, .erlang: return braces.map { inserted("\"\(key)\", ", at: $0) }
    case .lines, .plainLines, .text: return lineStarts.map { inserted("\(key)\n", at: $0) }
    case .binary: return [inserted(key, at: 0)]
    }
  }

  /// Behind the opening brace of every object.
  private var objects: [Int] {
    places.filter { document.isObject($0.node) && document.childCount($0.node) > 0 }
      .compactMap { place in
        let key = document.key(place.node).range.upperBound
        let start = max(document.range(place.node).lowerBound, place.path.isEmpty ? 0 : key)
        return bytes[start...].firstIndex(of: UInt8(ascii: "{")).map { $0 + 1 }
      }
  }

  private var braces: [Int] {
    bytes.indices.filter {
      bytes[$0] == UInt8(ascii: "{") && $0 + 1 < bytes.count
        && bytes[$0 + 1] != UInt8(ascii: "}")
    }.map { $0 + 1 }
  }

  /// The `>` of every opening tag.
  private var tagEnds: [Int] {
    var ends: [Int] = []
    for start in bytes.indices where bytes[start] == UInt8(ascii: "<") {
      guard start + 1 < bytes.count, bytes[start + 1] != UInt8(ascii: "/"),
        bytes[start + 1] != UInt8(ascii: "?"),
        let end = bytes[start...].firstIndex(of: UInt8(ascii: ">"))
      else { continue }
      ends.append(end)
    }
    return ends
  }

  private var lineStarts: [Int] {
    [0]
      + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") && $0 + 1 < bytes.count }
      .map { $0 + 1 }.filter { bytes[$0] != UInt8(ascii: "\n") }
  }

  private func end(ofLine start: Int) -> Int {
    bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
  }

  // MARK: Values

  /// Where a scalar's value is written, its quotes included.
  private func written(_ node: NodeID) -> Range<Int>? {
    var range = document.text(node).range
    guard document.isScalar(node), !range.isEmpty else { return nil }
    if range.upperBound > bytes.count {
      // Composed of what stands in the value's own bytes, or of more.
      let (own, text) = (document.range(node), Array(document.bytes(document.text(node))))
      guard
        let start = own.last(where: {
          $0 + text.count <= own.upperBound && bytes[$0..<$0 + text.count].elementsEqual(text)
        })
      else { return nil }
      range = start..<start + text.count
    }
    let (before, behind) = (range.lowerBound - 1, range.upperBound)
    if before >= 0, behind < bytes.count, bytes[before] == bytes[behind],
      bytes[before] == UInt8(ascii: "\"") || bytes[before] == UInt8(ascii: "'")
    {
      return before..<behind + 1
    }
    return range
  }

  /// The sample with another value of the same type at a place, and of the form that makes it neutral there.
  func changed(_ node: NodeID, _ form: ValueForm? = nil) -> [UInt8]? {
    let text = String(decoding: document.bytes(document.text(node)), as: UTF8.self)
    return replaced(node, form.map { Self.other(text, $0) } ?? Self.other(text))
  }

  /// The sample with another text at a place, in quotes where the old one was.
  func replaced(_ node: NodeID, _ new: String) -> [UInt8]? {
    guard let range = written(node) else { return nil }
    let isQuoted =
      [UInt8(ascii: "\""), UInt8(ascii: "'")].contains(bytes[range.lowerBound])
      && range.count > 1 && bytes[range.upperBound - 1] == bytes[range.lowerBound]
    return isQuoted ? spliced(range.dropFirst().dropLast(), new) : spliced(range, new)
  }

  private static func other(_ text: String) -> String {
    switch text {
    case "true": "false"
    case "false": "true"
    default:
      if text.contains("2026-") { text.replacing("2026-", with: "2027-") } else { text + "1" }
    }
  }

  private static func other(_ text: String, _ form: ValueForm) -> String {
    switch form {
    case .line, .flag, .date, .dateText: other(text)
    case .number: text == "7" ? "8" : "7"
    case .digest: text.dropLast() + (text.hasSuffix("1") ? "2" : "1")
    case .word(let words):
      words.map { "\($0)".replacing("\r", with: "\\r").replacing("\n", with: "\\n") }
        .first { $0 != text } ?? ""
    }
  }

  /// Texts that look like those of a form at first sight and are not of it.
  static func misshapen(_ form: ValueForm) -> [String] {
    switch form {
    case .line: ["a\u{7f}b", "a\u{85}b", "a\u{2028}b"]
    case .flag: ["maybe", "yes", "1", ""]
    case .number: ["-1", "07", "1e3", "99999999999999999999", "x"]
    case .date, .dateText:
      ["2026-02-30T00:00:00Z", "2026-01-01T24:00:00Z", "2026-13-01T00:00:00Z", "yesterday", "1"]
    case .digest: ["00", "zz", "$(id)"]
    case .word: ["evil", "true1"]
    }
  }

  /// The sample with a value of another type at a place, once for each type; none where the syntax has
  /// no types.
  func withOtherTypes(_ node: NodeID) -> [[UInt8]] {
    guard let range = written(node) else { return [] }
    let isNumber = bytes[range.lowerBound] &- 0x30 < 10
    let scalar = isNumber || range.count == document.text(node).range.count ? "\"text\"" : "12345"
    let key = Self.invented
    switch format.syntax {
    case .json, .jsonc, .json5:
      return ["{\"\(key)\": \"x\"}", "[\"\(key)\"]", scalar].map { spliced(range, $0) }
    case .edn: return ["{:\(key) \"x\"}", "[:\(key)]", scalar].map { spliced(range, $0) }
    case .zon: return [".{ .x = \"x\" }", ".{ \"x\" }", scalar].map { spliced(range, $0) }
    case .toml: return ["{ \(key) = \"x\" }", "[\"\(key)\"]", scalar].map { spliced(range, $0) }
    case .yaml, .yamlWithReferences:
      return ["{\(key): x}", "[\(key)]", isNumber ? "text" : "12345", "!t x"].map {
        spliced(range, $0)
      }
    case .xml:
      guard bytes[range.lowerBound] != UInt8(ascii: "\"") else { return [] }
      return [spliced(range, "<\(key)>x</\(key)>")]
    default: return []
    }
  }

  /// The sample with an anchor on a value, whose alias is the value of an invented key, and the same with
  /// another value.
  func anchored(_ node: NodeID) -> (old: [UInt8], new: [UInt8])? {
    guard format.syntax == .yamlWithReferences, document.isObject(.root),
      let range = written(node), let changed = changed(node)
    else { return nil }
    let alias = Array("\(Self.invented): *zz\n".utf8)
    let anchor = Array("&zz ".utf8)
    func with(_ text: [UInt8]) -> [UInt8] {
      Array(text[..<range.lowerBound]) + anchor + text[range.lowerBound...] + alias
    }
    return (with(bytes), with(changed))
  }

  // MARK: Order

  /// The sample with two neighbours in each other's place: members of an object, elements of an array.
  var reordered: [(place: Place, isOfEntries: Bool, text: [UInt8])] {
    places.flatMap { place -> [(place: Place, isOfEntries: Bool, text: [UInt8])] in
      var members = Array(document.children(place.node))
      if format.syntax.groupsRepeatedKeys {
        members = members.flatMap {
          document.isArray($0) ? Array(document.children($0)) : [$0]
        }
      }
      members.sort { document.range($0).lowerBound < document.range($1).lowerBound }
      return zip(members, members.dropFirst()).compactMap { first, second in
        let (a, b) = (document.range(first), document.range(second))
        guard !a.isEmpty, !b.isEmpty, a.upperBound <= b.lowerBound else { return nil }
        let text =
          bytes[..<a.lowerBound] + bytes[b] + bytes[a.upperBound..<b.lowerBound] + bytes[a]
          + bytes[b.upperBound...]
        let isOfEntries = [first, second].allSatisfy { holdsEntries($0) }
        return (place, isOfEntries, Array(text))
      }
    }
  }

  /// Whether all that stands in a list is named by the allow-list.
  func isAllNeutral(_ place: Place) -> Bool {
    let below = places.filter {
      $0.path.starts(with: place.path) && document.isScalar($0.node)
    }
    return document.isArray(place.node)
      && below.allSatisfy { leaf in
        format.neutral.flatMap(\.paths).contains {
          Self.matches($0, leaf.path, isNeutral: true)
        }
      }
  }

  func holdsEntries(_ node: NodeID) -> Bool {
    entries.contains(node) || document.children(node).contains { holdsEntries($0) }
  }

  // MARK: Rules, read once more and as plainly as can be

  /// The row of the allow-list that names a place.
  func row(_ place: Place) -> NeutralKey? {
    format.neutral.first { row in
      row.paths.contains { Self.matches($0, place.path, isNeutral: true) }
    }
  }

  static func matches(_ rule: [[UInt8]], _ path: [[UInt8]?], isNeutral: Bool) -> Bool {
    let words = rule.map { String(decoding: $0, as: UTF8.self) }
    if words.last == "**" {
      return path.count >= words.count - 1
        && matches(
          Array(rule.dropLast()), Array(path.prefix(words.count - 1)), isNeutral: isNeutral)
    }
    guard words.count == path.count else { return false }
    return zip(words, path).allSatisfy { word, step in
      switch word {
      case "*": !isNeutral || step != nil
      case "[]": step == nil
      default: step == Array(word.utf8)
      }
    }
  }
}
