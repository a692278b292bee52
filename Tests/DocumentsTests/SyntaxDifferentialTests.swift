import Foundation
import TestSupport
import Testing
import Yams

/// Our readers against the libraries that everybody uses: what ours reads, they read as the same tree.
/// The other way round nothing is asked, since ours refuses more.
@Suite("YAML and JSON, read by two")
struct SyntaxDifferentialTests {
  @Test("on YAML", arguments: 0..<5)
  func yaml(index: Int) {
    var dice = Dice(seed: UInt64(index))
    var isRead = 0
    for round in 0..<1000 {
      let text = round == 0 ? Seeds.yaml[index] : changed(Seeds.yaml[index], &dice)
      guard let own = try? YAMLTree.read(text) else { continue }
      isRead += 1
      do {
        var reader = try Yams.compose_all(yaml: text)
        var documents: [Node] = []
        while let document = reader.next() { documents.append(document) }
        if let error = reader.error { throw error }
        let library = YAMLTree(documents: documents)
        #expect(own.described == library.described, "\(text.debugDescription)")
      } catch {
        Issue.record("only our reader reads \(text.debugDescription): \(error)")
      }
    }
    #expect(isRead > 100)
  }

  @Test("on JSON", arguments: 0..<4)
  func json(index: Int) {
    var dice = Dice(seed: UInt64(index))
    var isRead = 0
    for round in 0..<1000 {
      let text = round == 0 ? Seeds.json[index] : changed(Seeds.json[index], &dice)
      guard let own = try? YAMLTree.json(text) else { continue }
      isRead += 1
      do {
        let value = try JSONSerialization.jsonObject(
          with: Data(text.utf8), options: .fragmentsAllowed)
        #expect(own.agrees(with: value), "\(text.debugDescription)")
      } catch {
        Issue.record("only our reader reads \(text.debugDescription): \(error)")
      }
    }
    #expect(isRead > 20)
  }
}

/// What is read as it stands, and changed.
private enum Seeds {
  static let json = [
    #"{"lockfileVersion": 3, "packages": {"": {"name": "a"}, "node_modules/b": {"version": "1.0"}}}"#,
    "[1, -2.5e3, 0.1, true, false, null, \"\\u00e9\\ud83d\\ude00\\n\\/\", {}, []]",
    "\t{ \"a\" : [ { \"b\" : \"c\\\\\" } , 10 ] }\n", "\"é\"",
  ]

  static let yaml = [
    """
    lockfileVersion: '9.0'

    settings:
      autoInstallPeers: true
    importers:

      .:
        dependencies:
          '@x/a':
            specifier: ^1.0.0 || ~2.0
            version: 1.0.0(b@2.0.0)
    packages:

      '@x/a@1.0.0':
        resolution: {integrity: sha512-AA==, tarball: https://registry.example/a.tgz}
        engines: {node: '>=10', npm: ">= 6"}
        cpu: [x64, arm64]
        deprecated: |-
          one
            two

          three
    """,
    """
    # comment
    __metadata:
      version: 8
      cacheKey: 10c0

    "a@npm:^1.0.0, a@npm:^1.1.0":
      version: 1.1.0
      resolution: "a@npm:1.1.0"
      dependencies:
        b: "npm:^2.0.0"
      checksum: 10c0/abc
      languageName: node
    ? "long"
    :
      version: 1
    """,
    """
    PODS:
      - Net (3.0):
        - Net/Core (= 3.0)
      - Net/Core (3.0)
    EXTERNAL SOURCES:
      Own:
        :path: "../Own"
    text: one
      two

      three # four
    quoted: "one \\
      two \\u00e9\\x41
      three" # end
    single: 'it''s

      so'
    """,
    """
    ---
    - a: >
        folded
        text

          more
        end
      b: |2+
          kept

    - - nested
      - {a: [1, 2, {b: c}], "d": }
    - plain - text: value
    -
      - late
    - [a,
       b, # two
       c]
    ...
    ---
    second: document
    """,
    "a: b\nc:\n- d\n- e:\n  - f\n  g: h\n-1: -x\n'?': \"!\"\nk: ?x\nl: :y\nm: a#b\n",
  ]
}

/// Small changes by chance to the texts above: the same ones on every run.
private func changed(_ text: String, _ dice: inout Dice) -> String {
  let letters = Array(" \n\t:-?#'\"{}[],|>&*!%@`\\=.a1~+é\r".utf8)
  var bytes = Array(text.utf8)
  for _ in 0...dice.roll(3) {
    if bytes.isEmpty { bytes = [0x20] }
    let place = dice.roll(bytes.count)
    switch dice.roll(6) {
    case 0: bytes.remove(at: place)
    case 1: bytes.insert(dice.pick(letters), at: place)
    case 2: bytes[place] = dice.pick(letters)
    case 3: bytes.insert(contentsOf: [0x0a, 0x20, 0x20], at: place)
    case 4:
      let end = min(place + dice.roll(20), bytes.count)
      bytes.insert(contentsOf: bytes[place..<end], at: dice.roll(bytes.count))
    default: bytes.removeSubrange(place..<min(place + dice.roll(12), bytes.count))
    }
  }
  // Splitting a character in two would only show that text is UTF-8.
  return String(decoding: bytes, as: UTF8.self)
}

extension YAMLTree {
  /// What Yams made of a file.
  fileprivate init(documents: [Node]) {
    let trees = documents.map { YAMLTree($0) }
    self = trees.count == 1 ? trees[0] : trees.isEmpty ? .scalar("") : .array(trees)
  }

  private init(_ node: Node) {
    switch node {
    case .scalar(let scalar): self = .scalar(scalar.string)
    case .sequence(let sequence): self = .array(sequence.map { YAMLTree($0) })
    case .mapping(let mapping):
      self = .object(mapping.map { ($0.key.scalar?.string ?? "no scalar", YAMLTree($0.value)) })
    case .alias: self = .scalar("an alias")
    }
  }

  /// Whether a value of `JSONSerialization` is this tree. Numbers are compared as it reads them.
  fileprivate func agrees(with value: Any) -> Bool {
    switch self {
    case .object(let members):
      guard let object = value as? [String: Any], object.count == members.count else {
        return false
      }
      return members.allSatisfy { member in
        object[member.key].map { member.value.agrees(with: $0) } ?? false
      }
    case .array(let elements):
      guard let array = value as? [Any], array.count == elements.count else { return false }
      return zip(elements, array).allSatisfy { $0.agrees(with: $1) }
    case .scalar(let text):
      if let string = value as? String { return Array(string.utf8) == Array(text.utf8) }
      if value is NSNull { return text == "null" }
      if text == "true" || text == "false" { return value as? Bool == (text == "true") }
      return (value as? NSNumber)?.doubleValue == Double(text)
    }
  }
}
