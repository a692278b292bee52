import Lockfiles
import TestSupport
import Testing

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

  @Test("a value that would stand deeper than is allowed is not taken over")
  func depth() throws {
    func nested(_ count: Int) -> String {
      let (open, close) = (
        String(repeating: "[\n", count: count), String(repeating: "]\n", count: count)
      )
      return "\(open){\"a\":\n{}}\n\(close)"
    }
    let diff = try Self.diff("package.json", Array(nested(120).utf8), Array(nested(130).utf8))
    #expect(diff.new.unread?.reason == .tooDeep)
  }

  @Test("a bare value that goes on behind the same bytes is read to its end")
  func longer() throws {
    let old = "[tool.a]\nx = 1\n[tool.b]\ny = 2\n"
    let new = "[tool.a]\nx = 1\n[tool.b]\ny = 23\n"
    let diff = try Self.diff("pyproject.toml", Array(old.utf8), Array(new.utf8))
    #expect(Self.words(diff.new).contains("\"23\""))
  }

  private static func diff(_ path: String, _ old: [UInt8]?, _ new: [UInt8]) throws -> FileDiff {
    let match = try #require(Catalog.match(Array(path.utf8)))
    return FileDiff(
      DependencyFile(
        path: Array(path.utf8), match: match, old: old.map { .init(bytes: $0) },
        new: .init(bytes: new)))
  }

  /// Every value with its places, or why there is none.
  private static func words(_ reading: FileDiff.Reading) -> String {
    guard let document = reading.inventory?.document else {
      return reading.unread.map { "\($0.reason) \($0.offset)" } ?? ""
    }
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
