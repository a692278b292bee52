import Primitives
import Testing

@Suite struct RefNameTests {
  @Test(
    "names that git accepts",
    arguments: [
      "refs/heads/main", "refs/heads/@", "refs/heads/a@b", "refs/heads/a{b", "refs/heads/-x",
      "refs/heads/a.b", "refs/heads/lock", "refs/heads/xlock",
      "refs/tags/v1.0", "refs/x", "refs/heads/caf\u{e9}",
      "refs/heads/a.lockx", "refs/quarantine/7",
    ])
  func accepted(_ name: String) {
    #expect(RefName(name).isWellFormed)
    #expect(RefName(name).isWellFormedPseudoref)
  }

  @Test(
    "names that break a rule of git-check-ref-format",
    arguments: [
      "", "refs", "refs/", "refs//x", "/refs/x", "refs/x/", "refs/.x", "refs/x/.y", "refs/x.",
      "refs/x..y", "refs/x.lock", "refs/x.lock/y", "refs/a b", "refs/a~b", "refs/a^b", "refs/a:b",
      "refs/a?b", "refs/a*b", "refs/a[b", "refs/a\\b", "refs/a\u{7f}b", "refs/a\u{1}b", "refs/a@{b",
      "refs/a\nb", "refs/a\0b", "refs/./x", "refs/../x",
    ])
  func refused(_ name: String) {
    #expect(!RefName(name).isWellFormed)
    #expect(name == "refs" || !RefName(name).isWellFormedPseudoref)
  }

  @Test(
    "a name outside refs/ is well formed only as a pseudoref",
    arguments: ["HEAD", "worktrees/w/HEAD", "@x", "refsx/y"])
  func pseudorefs(_ name: String) {
    #expect(!RefName(name).isWellFormed)
    #expect(RefName(name).isWellFormedPseudoref)
  }

  @Test("a single @ is no name at all")
  func at() {
    #expect(!RefName("@").isWellFormedPseudoref)
  }

  @Test("a name may have 4096 bytes and no more")
  func length() {
    let longest = "refs/" + String(repeating: "x", count: 4091)
    #expect(RefName(longest).isWellFormed)
    #expect(!RefName(longest + "x").isWellFormed)
  }

  @Test("order is the order of the bytes, at every length of common beginning")
  func order() {
    var names: [[UInt8]] = []
    for count in 0...17 {
      let common = [UInt8](repeating: 0x61, count: count)
      names += [common, common + [0x00], common + [0x60, 0xff], common + [0xff, 0x00]]
    }
    for first in names {
      for second in names {
        #expect(
          (RefName(first) < RefName(second)) == first.lexicographicallyPrecedes(second),
          "\(first) < \(second)")
      }
    }
  }

  @Test("branches and tags are told by their folder")
  func kinds() {
    #expect(RefName("refs/heads/main").isBranch)
    #expect(!RefName("refs/headsx/main").isBranch)
    #expect(RefName("refs/tags/v1").isTag)
    #expect(RefName.ledger.hasPrefix("refs/hookkit/"))
    #expect(!RefName.ledger.hasPrefix("refs/hookkit/ledger/"))
  }

  @Test("a name is described for a stranger's terminal")
  func description() {
    #expect("\(RefName("refs/heads/\u{1b}[2J"))" == "refs/heads/\\x1b[2J")
  }
}

@Suite struct RefUpdateTests {
  @Test("creation and deletion are told by the all-zero name")
  func kinds() throws {
    let id = try #require(ObjectID("1111111111111111111111111111111111111111"))
    let name = RefName("refs/heads/x")
    #expect(RefUpdate(old: .zero, new: id, name: name).isCreation)
    #expect(RefUpdate(old: id, new: .zero, name: name).isDeletion)
    #expect(!RefUpdate(old: id, new: id, name: name).isCreation)
    #expect(!RefUpdate(old: .zero, new: .zero, name: name).isCreation)
  }
}
