import Documents
import TestSupport
import Testing

@Suite("YAML")
struct YAMLSyntaxTests {
  @Test(
    "a value is read as its writer meant it",
    arguments: [
      ("a: 1\nb:\n  - x\n  - y: z\n", #"{"a":1,"b":["x",{"y":"z"}]}"#),
      ("a:\n- x\n- y\nb: c", #"{"a":["x","y"],"b":"c"}"#),
      ("- - a\n  - b\n-\n  c: d\n- \n", #"[["a","b"],{"c":"d"},""]"#),
      ("a: 'it''s'\nb: \"q\\u0041\\n\"\n", #"{"a":"it's","b":"qA\n"}"#),
      ("a: one\n  two\n\n  three # no\nb: x#y", #"{"a":"one two\nthree","b":"x#y"}"#),
      ("a: \"one\n  two \\\n  three\"\n", #"{"a":"one two three"}"#),
      ("a: |\n  x\n   y\n\nb: >-\n  x\n  y\n\n  z\n", #"{"a":"x\n y\n","b":"x y\nz"}"#),
      ("a: |+\n  x\n\nb: |2-\n    x\n", #"{"a":"x\n\n","b":"  x"}"#),
      ("a: {b: c, 'd': [e, \"f\", g h], i: }\n", #"{"a":{"b":"c","d":["e","f","g h"],"i":""}}"#),
      ("a: [\n  b, # one\n  c,\n]\n", #"{"a":["b","c"]}"#),
      ("? a\n: b\n? 'c'\n:\n  d: e\n", #"{"a":"b","c":{"d":"e"}}"#),
      ("? a\n: b: c\n  d:\n    e: f\ng: h\n", #"{"a":{"b":"c","d":{"e":"f"}},"g":"h"}"#),
      ("x:\n  ? 'a'\n  : - b\n    - c: d\n", #"{"x":{"a":["b",{"c":"d"}]}}"#),
      ("# only a comment\n", #""""#),
      ("%YAML 1.2\n---\na: b\n...\n", #"{"a":"b"}"#),
      ("a:\r\n  b: c\r\n", #"{"a":{"b":"c"}}"#),
      ("a: http://x/y?z\nb: -1\nc: - 2", nil),
    ] as [(String, String?)])
  func reads(text: String, tree: String?) throws {
    guard let tree else {
      #expect(throws: Unread.self) { try YAMLTree.read(text) }
      return
    }
    #expect(try YAMLTree.read(text).described == YAMLTree.json(tree).described)
  }

  @Test("several documents are an array, and a sequence alone is not")
  func documents() throws {
    let two = try Syntax.yaml.read(Array("---\na: b\n---\nc: d\n".utf8), limits: ReadingLimits())
    #expect(two.documentCount == 2)
    #expect(two.isArray(.root))
    let one = try Syntax.yaml.read(Array("---\n- a\n- b\n".utf8), limits: ReadingLimits())
    #expect(one.documentCount == 1)
  }

  @Test("scalars keep their letters")
  func letters() throws {
    let tree = try YAMLTree.read("a: 010\nb: 1.10\nc: no\nd: 12:30:45\ne: ~\n")
    #expect(tree.described == #"{"a":"010","b":"1.10","c":"no","d":"12:30:45","e":"~"}"#)
  }

  @Test(
    "what two programs may read differently is not read",
    arguments: [
      ("a: &x b\nc: *x", Unread.Reason.unsupported), ("a: *x", .unsupported),
      ("a: !!str b", .unsupported), ("<<: {a: b}", .unsupported), ("\"<<\": a", .unsupported),
      ("%TAG ! x\n---\na: b", .unsupported), ("%YAML 1.1\n---\na: b", .unsupported),
      ("a: b\na: c", .duplicateKey), ("a: b\n\"a\": c", .duplicateKey),
      ("{a: b, 'a': c}", .duplicateKey), ("a: b\n\"\\x61\": c", .duplicateKey),
      ("a:\n\tb: c", .unsupported), ("a:\n  - b\n -\tc", .unexpected),
      ("-\ta", .unsupported), ("[a, b]: c", .unexpected), ("{? a}", .unsupported),
      ("[a: b]", .unsupported), ("? - a\n: b", .unsupported), ("a: b: c", .unexpected),
      ("a: - b", .unexpected), ("a: b\n  c: d", .unexpected), ("a:\n   b: c\n  d: e", .unexpected),
      ("a: 'b", .truncated), ("a: [b", .truncated), ("a: 'b\n---\nc'", .truncated),
      ("a: \"\\q\"", .unexpected), ("a: 'b'c", .unexpected), ("a: {b: c}d", .unexpected),
      ("a: @b", .unexpected), ("a: `b`", .unexpected), ("a: |x\n b", .unexpected),
      ("a: b\u{2028}c", .unsupported), ("a: b\u{85}c", .unsupported),
      ("a: b\u{feff}", .unsupported), ("\u{feff}a: b", .byteOrderMark),
      ("a: b\u{0}", .controlCharacter),
      ("a: b\rc: d", .controlCharacter), ("a: b\n<<<<<<< HEAD\nc: d", .conflictMarker),
      ("a: b\n...\nc: d", .unexpected), ("--- a\n", .unexpected), ("[,]", .unexpected),
      ("a: ]", .unexpected), ("a: |\n    \n  b\n", .unsupported), (": a", .unsupported),
      ("? a\n: b: c\n d: e\n", .unexpected), ("? a\n: b: c: d", .unexpected),
      (String(repeating: "k", count: 1025) + ": a", .unsupported),
    ])
  func refused(text: String, reason: Unread.Reason) {
    let error = #expect(throws: Unread.self) { try YAMLTree.read(text) }
    #expect(error?.reason == reason)
    #expect((0...text.utf8.count).contains(error?.offset ?? -1))
  }

  @Test(
    "references and tags can be kept as they are written",
    arguments: [
      ("a: &x b\nc: *x\n", #"{"a":"&x b","c":"*x"}"#),
      ("a: &x\n  b: c\nd:\n  <<: *x\n", #"{"a":{"&":"&x","b":"c"},"d":{"<<":"*x"}}"#),
      ("a: &x\n- b\n", #"{"a":["&x","b"]}"#), ("a: &x\nb: c\n", #"{"a":"&x","b":"c"}"#),
      ("- !reference [a, b]\n- !!str 1\n", #"[["!reference","a","b"],"!!str 1"]"#),
      ("a: [*x, &y {b: c}]\n", #"{"a":["*x",{"&":"&y","b":"c"}]}"#),
      ("a: !t &x |\n  b\n", #"{"a":"!t &x b\n"}"#), ("a: &x 'b'\n", #"{"a":"&x b"}"#),
    ])
  func references(text: String, tree: String) throws {
    let document = try Syntax.yamlWithReferences.read(Array(text.utf8), limits: ReadingLimits())
    #expect(YAMLTree(document, .root).described == (try YAMLTree.json(tree).described))
  }

  @Test(
    "what a reference may hide is refused even where they are kept",
    arguments: [
      ("&x a: b", Unread.Reason.unexpected), ("- &x a: b", .unexpected),
      ("*x: b", .unsupported), ("*x : b", .unsupported), ("{*x : b}", .unsupported),
      ("a: &x &y b", .unexpected), ("a: &x !t &y b", .unexpected), ("a: &x[b]", .unsupported),
      ("<<: *x\n<<: *y", .duplicateKey), ("a: &x\n  b: c\n  \"&\": d", .duplicateKey),
    ])
  func refusedReferences(text: String, reason: Unread.Reason) {
    #expect(refusal(.yamlWithReferences, text) == reason)
  }

  @Test("NFC and NFD spellings of a key are two keys")
  func normalForms() throws {
    let document = try Syntax.yaml.read(
      Array("\u{e9}: a\ne\u{301}: b".utf8), limits: ReadingLimits())
    #expect(document.childCount(.root) == 2)
  }

  @Test("depth is bounded in every style")
  func depth() {
    for opening in ["[", "- ", "{a: ", "? "] {
      let text = String(repeating: opening, count: 100_000)
      #expect(throws: Unread.self) { try YAMLTree.read(text) }
    }
    let keys = (0..<400).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
    let error = #expect(throws: Unread.self) { try YAMLTree.read(keys) }
    #expect(error?.reason == .tooDeep)
  }

  @Test("every value lies within its container, and every prefix of a file is read or refused")
  func prefixes() throws {
    let text = """
      lockfileVersion: '9.0'
      importers:
        .:
          dependencies:
            '@x/a':
              specifier: ^1.0.0
              version: 1.0.0(b@2.0.0)
      packages:
        b@2.0.0:
          resolution: {integrity: sha512-AA==, tarball: https://registry.example/b.tgz}
          deprecated: |-
            one
            two
          engines: {node: '>=10'}
          cpu: [x64, arm64]
        ? c@1.0.0
        : description: "a \\
            b"
      """
    let bytes = Array(text.utf8)
    for count in 0...bytes.count {
      guard
        let document = try? Syntax.yaml.read(Array(bytes[..<count]), limits: ReadingLimits())
      else { continue }
      for index in 0..<document.nodeCount {
        let range = document.range(NodeID(index))
        #expect((0...count).contains(range.lowerBound) && range.upperBound <= count)
        for child in document.children(NodeID(index)) {
          let inner = document.range(child)
          #expect(range.lowerBound <= inner.lowerBound && inner.upperBound <= range.upperBound)
        }
      }
    }
  }
}
