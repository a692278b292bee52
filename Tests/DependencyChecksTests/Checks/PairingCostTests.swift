import Documents
import Lockfiles
import Primitives
import Testing

@testable import DependencyChecks

/// What a pusher writes decides how much there is to compare, and no more than that: the work for twice as
/// much is about twice as much, counted in entries that are looked at and not in seconds.
@Suite("The cost of pairing")
struct PairingCostTests {
  private func inventory(_ text: String, _ path: String) throws -> Inventory {
    let match = try #require(Catalog.match(Array(path.utf8)))
    let format = try #require(match.format(of: Array(text.utf8)))
    return try format.inventory(of: Array(text.utf8))
  }

  /// One name in a yarn.lock: what is the same in each entry is given.
  private func yarn(
    _ count: Int, version: (Int) -> String, file: (Int) -> String
  ) -> String {
    "# yarn lockfile v1\n\n"
      + (0..<count).map { index in
        """

        ms@^\(version(index))-\(index):
          version "\(version(index))"
          resolved "https://registry.example/\(file(index))#\(Judged.hex("a", 20))"

        """
      }.joined()
  }

  /// Old and new entries of one name that do not find each other by their locators.
  static let shapes:
    [(
      name: String, old: @Sendable (Int) -> (String, String),
      new: @Sendable (Int) -> (String, String)
    )] = [
      (
        "one version, one archive", { _ in ("1.0.0", "a-1.0.0.tgz") },
        { _ in ("1.0.0", "b/a-1.0.0.tgz") }
      ),
      (
        "one version, an archive each", { ("1.0.0", "a\($0)-1.0.0.tgz") },
        { ("1.0.0", "b\($0)-1.0.0.tgz") }
      ),
      (
        "a version each", { ("1.0.\($0)", "a-1.0.\($0).tgz") }, { ("2.0.\($0)", "a-2.0.\($0).tgz") }
      ),
      (
        "versions that all are on both sides", { ("1.0.\($0)", "a.tgz") },
        { ("1.0.\(3999 - $0)", "b.tgz") }
      ),
      (
        "versions that run out", { ("1.0.\($0 % 7)", "a.tgz") },
        { ("1.0.\($0 % 5)", "b-\($0).tgz") }
      ),
      ("one version before, one now", { _ in ("1.0.0", "a.tgz") }, { _ in ("2.0.0", "b.tgz") }),
    ]

  @Test(
    "one name, any number of entries: each is passed over a few times", arguments: shapes.indices)
  func oneName(_ shape: Int) throws {
    let (name, old, new) = Self.shapes[shape]
    var steps: [Int] = []
    for count in [500, 1000, 2000] {
      let before = try inventory(
        yarn(count, version: { old($0).0 }, file: { "o/\(old($0).1)" }), "yarn.lock")
      let after = try inventory(
        yarn(count, version: { "\(new($0).0)" }, file: { "n/\(new($0).1)" })
          .replacing("ms@^", with: "ms@~"), "yarn.lock")
      let pairing = EntryPairing(before, after)
      steps.append(pairing.steps)
      // Each entry is in one pair.
      #expect(pairing.pairs.compactMap(\.old).sorted() == Array(0..<count))
      #expect(pairing.pairs.compactMap(\.new).sorted() == Array(0..<count))
    }
    #expect(steps[2] <= 12 * 2000, "\(name): \(steps)")
    #expect(steps[2] <= steps[1] * 5 / 2 + 100, "\(name): \(steps)")
  }

  @Test("a name is walked over once, however many entries ask for it")
  func knownNames() throws {
    let count = 2000
    let old = try inventory(
      yarn(count, version: { "1.0.\($0)" }, file: { "a-\($0).tgz" }), "yarn.lock")
    let names = KnownNames([old])
    for index in 0..<count {
      let known = names.find(Array("ms".utf8)[...], .npm)
      #expect(known.contains(version: Array("1.0.\(index)".utf8)[...]))
    }
    #expect(names.steps == count)
  }

  @Test("of one release a few entries are kept, whatever they say")
  func oneRelease() throws {
    let old = try inventory(
      yarn(2000, version: { _ in "1.0.0" }, file: { "\($0).tgz" }), "yarn.lock")
    let known = KnownNames([old]).find(Array("ms".utf8)[...], .npm)
    let view = EntryView(inventory: old, entry: old.entries[1999])
    #expect(known.sameRelease(as: view).count <= 64)
  }

  @Test("entries of one name are paired as before: the same release first, then in their order")
  func order() throws {
    let old = try inventory(
      yarn(3, version: { ["1.0.0", "2.0.0", "3.0.0"][$0] }, file: { "a\($0).tgz" }), "yarn.lock")
    let new = try inventory(
      yarn(3, version: { ["3.0.0", "1.0.1", "2.0.1"][$0] }, file: { "b\($0).tgz" })
        .replacing("ms@^", with: "ms@~"), "yarn.lock")
    let pairs = EntryPairing(old, new).pairs.map { [$0.old ?? -1, $0.new ?? -1] }
    #expect(Set(pairs) == [[2, 0], [0, 1], [1, 2]])
  }

  @Test("a locator and a version of many repetitions are compared in one walk")
  func repetitions() throws {
    let version = String(repeating: "1.", count: 20_000) + "0"
    let name = String(repeating: "1.", count: 40_000)
    func lock(_ end: String) -> String {
      "version = 4\n\n[[package]]\nname = \"\(name)\"\nversion = \"\(version)\(end)\"\n"
        + "source = \"registry+https://git.example/\(end)\"\n"
    }
    let pairing = EntryPairing(
      try inventory(lock("1"), "Cargo.lock"), try inventory(lock("2"), "Cargo.lock"))
    #expect(pairing.pairs.count == 1)
  }
}
