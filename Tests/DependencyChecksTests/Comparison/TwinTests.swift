import TestSupport
import Testing

@testable import DependencyChecks
@testable import Documents
@testable import Lockfiles

@Suite("A file read beside its earlier version")
struct TwinTests {
  @Test(
    "is read as it is alone, whatever changed",
    arguments: [
      ("package.json", json), ("bun.lock", jsonc), ("pyproject.toml", toml),
      (".github/workflows/build.yml", yaml), ("pnpm-lock.yaml", pnpm), ("Cargo.lock", cargo),
    ])
  func alone(path: String, text: String) throws {
    var dice = Dice(seed: 2026)
    var read = 0
    for _ in 0..<500 {
      let old = dice.once(in: 4) ? Self.changed(text, &dice) : Array(text.utf8)
      let new = Self.changed(text, &dice)
      let beside = try Self.diff(path, old, new)
      let alone = try Self.diff(path, nil, new)
      #expect(
        Self.words(beside.new) == Self.words(alone.new), "\(String(decoding: new, as: UTF8.self))")
      if beside.new.inventory != nil, beside.old.inventory != nil { read += 1 }
    }
    #expect(read > 50, "too few of them are files that can be read")
  }

  @Test(
    "is read as it is alone, whatever lines the two are said to share",
    arguments: [
      (Syntax.json, json), (.jsonc, jsonc), (.toml, toml), (.yamlWithReferences, yaml),
      (.yaml, pnpm), (.toml, cargo),
    ])
  func wrongHint(syntax: Syntax, text: String) throws {
    var dice = Dice(seed: 2027)
    var read = 0
    for _ in 0..<3000 {
      let old = dice.once(in: 2) ? Self.changed(text, &dice) : Array(text.utf8)
      guard (try? syntax.read(old, limits: ReadingLimits())) != nil else { continue }
      let new = Self.changed(text, &dice)
      // Said of other texts than these.
      let lines = LineDiff(Self.changed(text, &dice)[...], Self.changed(text, &dice)[...])
      try Self.expectAlone(syntax, old, new, dice.once(in: 2) ? lines : LineDiff([], []))
      if (try? syntax.read(new, limits: ReadingLimits())) != nil { read += 1 }
    }
    #expect(read > 50, "too few of them are files that can be read")
  }

  /// Each pair is said to have the same lines all through, and has what must be told apart nevertheless.
  @Test(
    "is read as it is alone where another byte decides what the same bytes are",
    arguments: [
      // Values that go on.
      (Syntax.json, "{\n\"a\": 12\n}", "{\n\"a\": 123\n}"),
      (.toml, "[a]\nx = 1\n[b]\ny = 2\n", "[a]\nx = 1\n[b]\ny = 23\n"),
      (.toml, "[a]\nx = 2011-01-11 # c\n", "[a]\nx = 2011-01-11 10:11:12\n"),
      (.yaml, "a:\n  b: 1\nc: 2\nd: 3\n", "a:\n  b: 1\n   x\nd: 3\n"),
      (.yaml, "k: 1\na:\n- 1\n-b: 2\n", "k: 1\na:\n- 1\n- b: 2\n"),
      // Other columns.
      (.yaml, "k:\n  - a: 1\n    b: 2\nx: 3\n", "k:  \n- a: 1\n    b: 2\nx: 3\n"),
      // Texts that stand elsewhere.
      (.json, #"[{"a": "\u0041"}, 2]"#, #"[{"a": "\u0041"}, 3]"#),
      (.json, #"[{"\u0041": 1}, 2]"#, #"[{"\u0041": 1}, 3]"#),
      (.toml, "[a]\nx = \"\\u0041\"\n[b]\n", "[a]\nx = \"\\u0041\"\n[c]\n"),
      // Values that stand between those of another.
      (.toml, "[t]\na.b = 1\nc = 2\na.d = 3\n", "[t]\na.b = 1\nc = 2\na.d = 3\n"),
      (
        .toml, "[t]\ny = { z.a = 1, w = 2, z.b = 3 }\n[c]\n",
        "[t]\ny = { z.a = 1, w = 2, z.b = 3 }\n[d]\n"
      ),
      (.toml, "[a]\nx = 1\n[b]\n[a.c]\nz = 1\n", "[a]\nx = 1\n[d]\n[a.c]\nz = 1\n"),
      // Keys that the table has already, or gets behind them.
      (.toml, "[c.b]\nx = 1\n[a]\nb = 2\n", "[a.b]\nx = 1\n[a]\nb = 2\n"),
      (.toml, "[a]\n\(pairs(20))\n[b]\n", "[a]\n\(pairs(20))\nk7=1"),
      (.toml, "[a]\n\(pairs(8))\n[b]\n", "[a]\n\(pairs(8))\nk7=1"),
      (.toml, "[a]\n\(pairs(8))\n[b]\n", "[a]\n\(pairs(8))\n\(pairs(40, from: 8))\nk7=1"),
      // An array that looks like a header.
      (.toml, "x = [\n[1]\n]\n", "x = 2\n[1]\n \n"),
      // Not so deep in the earlier file.
      (.json, "\(spaces(60))\(nested(90))\(spaces(60))", nested(60, around: nested(90))),
      // A file that ends.
      (.yaml, "k: 1\na:\n  b: 1\nccc: 2\n", "k: 1\na:\n  b: 1\nc"),
    ])
  func otherByte(syntax: Syntax, old: String, new: String) throws {
    try Self.expectAlone(syntax, Array(old.utf8), Array(new.utf8), LineDiff([], []))
  }

  @Test(
    "has no more values than are allowed",
    arguments: [
      (Syntax.json, "[\n\(nested(20)),\n\(nested(20))\n]"),
      (.toml, "[a]\n\(pairs(8))\n[b]\n\(pairs(8))\n"),
    ])
  func count(syntax: Syntax, text: String) throws {
    var limits = ReadingLimits()
    for nodes in 1...60 {
      limits.nodes = nodes
      let bytes = Array(text.utf8)
      try Self.expectAlone(syntax, bytes, bytes, LineDiff([], []), limits: limits)
    }
  }

  private static func pairs(_ count: Int, from first: Int = 0) -> String {
    (first..<first + count).map { "k\($0) = 1" }.joined(separator: "\n")
  }

  private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

  private static func nested(_ count: Int, around inner: String = "") -> String {
    String(repeating: "[", count: count) + inner + String(repeating: "]", count: count)
  }

  private static func expectAlone(
    _ syntax: Syntax, _ old: [UInt8], _ new: [UInt8], _ lines: LineDiff,
    limits: ReadingLimits = ReadingLimits()
  ) throws {
    let earlier = try syntax.read(old, limits: ReadingLimits())
    let beside = words { () throws(Unread) in
      try syntax.read(new, limits: limits, beside: Twin(earlier, lines))
    }
    let alone = words { () throws(Unread) in try syntax.read(new, limits: limits) }
    #expect(beside == alone, "\(String(decoding: new, as: UTF8.self))")
  }

  private static func diff(_ path: String, _ old: [UInt8]?, _ new: [UInt8]) throws -> FileDiff {
    let match = try #require(Catalog.match(Array(path.utf8)))
    return FileDiff(
      DependencyFile(
        path: Array(path.utf8), match: match, old: old.map { .init(bytes: $0) },
        new: .init(bytes: new)))
  }

  private static func words(_ reading: FileDiff.Reading) -> String {
    words { () throws(Unread) in
      guard let document = reading.inventory?.document else {
        throw reading.unread ?? Unread(.unsupported, at: 0)
      }
      return document
    }
  }

  /// Every value with its places, or why there is none.
  private static func words(_ read: () throws(Unread) -> Document) -> String {
    let document: Document
    do throws(Unread) { document = try read() } catch { return "\(error.reason) \(error.offset)" }
    func words(_ node: NodeID) -> String {
      func shown(_ text: Text) -> String {
        "\(text.range) \"\(String(decoding: document.bytes(text), as: UTF8.self))\""
      }
      let (key, text) = (shown(document.key(node)), shown(document.text(node)))
      let children = document.children(node).map(words)
      return "\(node.index) \(document.kind(node)) \(document.range(node)) \(key) \(text)\n"
        + children.joined()
    }
    return "\(document.nodeCount)\n" + words(.root)
  }

  private static func changed(_ text: String, _ dice: inout Dice) -> [UInt8] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.utf8) }
    for _ in 0...dice.roll(3) {
      let (place, other) = (dice.roll(lines.count), dice.roll(lines.count))
      switch dice.roll(8) {
      case 0: lines.swapAt(place, other)
      case 1: lines.insert(lines[other], at: place)
      case 2: lines.remove(at: place)
      case 3: lines[place].insert(0x20, at: 0)
      case 4: lines.insert(Array(dice.pick(strange).utf8), at: place)
      case 5: lines[place] += Array(dice.pick(strange).utf8)
      case 6 where !lines[place].isEmpty: lines[place].removeLast()
      default: lines[place] = lines[place].map { $0 == 0x31 ? 0x37 : $0 }
      }
    }
    return Array(lines.joined(separator: [0x0a]))
  }

  private static let strange = [
    "", " ", "1", "x", "\"", "'", ",", "{", "}", "[", "]", "#", " # c", ":", "- ", "-", "---",
    "...",
    "? a", "a: b", "  a: b", "\"a\": 1,", "[a]", "[a.b]", "[[a]]", "a = 1", "a.b = 1", "\\u0061",
    "|", ">-", "&a ", "*a", "// c", "/* */", "\t", "\r",
  ]

  private static let json = """
    {
      "name": "app", "n": 12, "list": [1, [2, {"a": "b"}], [], {}],
      "scripts": {
        "build": "x \\u0041",
        "test": "y"
      },
      "dependencies": {
        "a": "1.0.1",
        "b": "^1.1.0"
      },
      "others": [
        {
          "a": true
        },
        {
          "a": null,
          "": [ "1" ]
        }
      ]
    }

    """

  private static let jsonc = """
    {
      "lockfileVersion": 1, // one
      "workspaces": {
        "": {
          "name": "app",
          "dependencies": { "a": "1.0.1", "b": "1", },
        },
      },
      "packages": {
        "a": ["a@1.0.1", "", {}, "sha512-AA=="],
        /* two */
        "b": ["b@1.1.1", "", { "dependencies": { "a": "1" } }, "sha512-BB=="],
      },
    }

    """

  private static let toml = """
    title = "x"
    [project]
    name = "app"  # c
    dependencies = [
      "a==1.0.1",
      "b",
    ]
    when = 2011-01-11 10:11:12

    [tool.one]
    x = 1
    y = { z = "1", w.v = 1 }
    a.b = 1
    b = "\\u0041"
    a.c = 'lit'

    [[tool.two]]
    x = "1"
    text = \"\"\"
    more
    \"\"\"

    [[tool.two]]
    x = "2"
    [tool.two.sub]
    y = 1.1

    [tool]
    last = true
    """

  private static let yaml = """
    name: build
    on:
      push:
        branches: [main, "x"]
    env: &env
      A: 1
      B: |
        one
          two
    jobs:
      test:
        runs-on: linux
        steps:
        - uses: a/b@1
          with: {x: 1, y: [2]}
        - name: run
          run: >-
            a
            b
        -
          env: *env
        - - 1
          - 11
      more:
        ? long
        : value
        text: a
          b # c
        empty:
        last: {}

    """

  private static let pnpm = """
    lockfileVersion: '9.0'

    importers:

      .:
        dependencies:
          a:
            specifier: ^1.0.1
            version: 1.0.1

    packages:

      a@1.0.1:
        resolution: {integrity: sha512-AA==}
        engines: {node: '>=10'}

      b@1.1.1:
        resolution: {integrity: sha512-BB==}

    snapshots:

      a@1.0.1:
        dependencies:
          b: 1.1.1

      b@1.1.1: {}

    """

  private static let cargo = """
    version = 4

    [[package]]
    name = "a"
    version = "1.0.1"
    source = "registry+https://registry.example/index"
    checksum = "11"
    dependencies = [
     "b",
    ]

    [[package]]
    name = "b"
    version = "1.1.1"

    [metadata]
    x = "1"

    [package.extra]
    y = 1

    """
}
