import Lockfiles
import Testing

@testable import DependencyChecks

@Suite("Near names")
struct NearNameTests {
  private func likeness(_ name: String, _ known: String) -> NearName.Likeness? {
    NearName.likeness(Array(name.utf8), Array(known.utf8))
  }

  @Test(
    "a name that may be taken for another one is like it",
    arguments: [
      ("lodahs", "lodash", NearName.Likeness.edit), ("lodas", "lodash", .edit),
      ("loadash", "lodash", .edit), ("lodach", "lodash", .edit), ("Lodashh", "lodash", .edit),
      ("request", "requests", .edit), ("node_fetch", "node-fetch", .separators),
      ("nodefetch", "node-fetch", .separators), ("lodash-merge", "lodash.merge", .separators),
      ("c0mmander", "commander", .lookAlike), ("cornmander", "commander", .lookAlike),
      ("co1ors", "colors", .lookAlike), ("l\u{043e}dash", "lodash", .lookAlike),
      ("babel-core", "@babel/core", .scope),
      ("typescript-eslint_parser", "@typescript-eslint/parser", .scope),
      ("react-query", "@tanstack/react-query", .scope), ("@bable/core", "@babel/core", .edit),
      ("github.com/sirupsem/logrus", "github.com/sirupsen/logrus", .edit),
    ])
  func near(name: String, known: String, expected: NearName.Likeness) {
    #expect(likeness(name, known) == expected)
    #expect(NearName.near(Array(name.utf8), Array(known.utf8)))
  }

  @Test(
    "a name that is only a little alike, or of the same owner, is not near",
    arguments: [
      ("lodash", "lodash"), ("LODASH", "lodash"), ("lodash2x", "lodash"), ("ms", "ws"),
      ("next", "nuxt"), ("sha1", "sha2"), ("es5-ext", "es6-ext"), ("@babel/cora", "@babel/core"),
      ("@types/lodash", "lodash"), ("lodash", "@types/lodash"), ("core", "@babel/core"),
      ("globals", "@jest/globals"),
      ("host/acme/abcde", "host/acme/abcdf"), ("org.example:core-a", "org.example:core-b"),
      ("", "lodash"), ("lodash", ""), ("@", "@a/b"),
    ])
  func far(name: String, known: String) {
    #expect(likeness(name, known) == nil)
  }

  @Test(
    "an edit is an edit from either side", arguments: ["lodash", "express", "github.com/a/abc"])
  func symmetric(name: String) {
    let known = Array(name.utf8)
    for index in known.indices {
      var removed = known
      removed.remove(at: index)
      #expect(NearName.near(removed, known) == NearName.near(known, removed))
    }
  }

  @Test("a popular name is near to none, whatever its spelling in its registry")
  func popular() {
    #expect(
      NearName.popular(Array("reqeusts".utf8), .pypi)
        == NearName.Match(name: Array("requests".utf8), likeness: .edit))
    #expect(NearName.popular(Array("preact".utf8), .npm) == nil)
    #expect(NearName.popular(Array("Typing_Extensions".utf8), .pypi) == nil)
    #expect(NearName.popular(Array("typing_extensions".utf8), .npm) == nil)
    #expect(NearName.popular(Array("serde-json".utf8), .cargo)?.likeness == .separators)
    #expect(NearName.popular(Array("lodahs".utf8), .helm) == nil)
    #expect(NearName.isKnown(Array("Ruamel.Yaml".utf8), .pypi))
    #expect(!NearName.isKnown(Array("lodahs".utf8), .npm))
  }

  @Test("the lists are sorted, without doubles, and no name in them is near another's owner")
  func lists() throws {
    for ecosystem in Ecosystem.allCases {
      guard let list = PopularNames.list(of: ecosystem) else { continue }
      let names = "\(list)".split(separator: "\n").map { Array($0.utf8) }
      #expect(names.count >= 150)
      #expect(names.allSatisfy { !$0.isEmpty && !$0.contains(0x20) })
      for (name, following) in zip(names, names.dropFirst()) {
        #expect(name.lexicographicallyPrecedes(following))
      }
    }
  }

  @Test("any bytes may be compared")
  func hostile() {
    let names: [[UInt8]] = [
      [], [0xd0], [0xd1, 0xff], Array(repeating: 0x72, count: 5_000), [0x40], [0x40, 0x2f],
      [0x2f], Array(repeating: 0x2d, count: 300), [0, 0, 0, 0, 0],
    ]
    for name in names {
      for other in names { _ = NearName.likeness(name, other) }
      for ecosystem in Ecosystem.allCases { _ = NearName.popular(name, ecosystem) }
    }
    #expect(NearName.likeness(names[3], names[3]) == nil)
  }
}
