import Git
import Primitives
import TestSupport
import Testing

/// One entry of a tree that a test writes, valid or not.
struct RawEntry: Hashable, Sendable {
  var mode: String
  var name: [UInt8]
  var id: ObjectID

  init(_ mode: String, _ name: String, _ number: UInt8 = 1) {
    self.init(mode, Array(name.utf8), number)
  }

  init(_ mode: String, _ name: [UInt8], _ number: UInt8 = 1) {
    self.mode = mode
    self.name = name
    id = ObjectID(raw: [UInt8](repeating: number, count: 20)) ?? .zero
  }

  var bytes: [UInt8] { Array(mode.utf8) + [0x20] + name + [0] + id.bytes }

  /// What git sorts by: a folder's name with a slash behind it.
  private var key: [UInt8] { mode == "40000" ? name + [0x2f] : name }

  static func sorted(_ entries: [RawEntry]) -> [RawEntry] {
    entries.sorted { $0.key.lexicographicallyPrecedes($1.key) }
  }

  static func tree(_ entries: [RawEntry]) -> [UInt8] { entries.flatMap(\.bytes) }
}

/// Raw trees, read strictly.
@Suite struct TreeEntriesTests {
  /// The entries of a tree, or `nil` when it is refused.
  private static func read(_ tree: [UInt8]) -> [RawEntry]? {
    tree.withUnsafeBytes { raw in
      do throws(GitError) {
        var cursor = try TreeCursor(raw, id: .zero)
        var entries: [RawEntry] = []
        while !cursor.atEnd {
          var entry = RawEntry(
            String(cursor.mode.rawValue, radix: 8), Array(cursor.name))
          entry.id = cursor.objectID
          entries.append(entry)
          try cursor.advance()
        }
        return entries
      } catch {
        guard case .malformed(.zero, _) = error else { return [] }
        return nil
      }
    }
  }

  @Test("every mode that git writes is read, with names of any bytes")
  func wellFormed() {
    let entries = RawEntry.sorted([
      RawEntry("100644", "a"), RawEntry("100755", "b"), RawEntry("120000", "c"),
      RawEntry("160000", "d"), RawEntry("40000", "e"), RawEntry("100664", "f"),
      RawEntry("100644", [0xff, 0x0a, 0x22, 0x5c, 0x20]), RawEntry("100644", " 100644 x"),
      RawEntry("40000", "a-"), RawEntry("100644", "a."), RawEntry("40000", "ab"),
    ])
    #expect(Self.read(RawEntry.tree(entries)) == entries)
    #expect(Self.read([]) == [])
  }

  @Test(
    "a mode that is not one of git's is refused",
    arguments: [
      "", "0", "1", "040000", "100645", "100600", "100777", "0100644", "140000", "170000",
      "120777", "1006440", "10064", "10064x", "100648", "-100644", "40001", "\t40000",
    ])
  func modes(_ mode: String) {
    #expect(Self.read(RawEntry(mode, "a").bytes) == nil)
  }

  @Test("an empty name, a slash in a name and a cut entry are refused")
  func names() {
    #expect(Self.read(RawEntry("100644", "").bytes) == nil)
    for name in ["/", "a/b", "/a", "a/"] {
      #expect(Self.read(RawEntry("40000", name).bytes) == nil)
    }
    let two = RawEntry("100644", "a").bytes + RawEntry("100644", "b").bytes
    for count in 1..<two.count where count != two.count / 2 {
      #expect(Self.read(Array(two[..<count])) == nil, "\(count)")
    }
    #expect(Self.read(two + [0x31]) == nil)
    #expect(Self.read(Array("100644".utf8)) == nil)
    #expect(Self.read(Array("100644 ".utf8)) == nil)
    #expect(Self.read(Array("100644 a".utf8)) == nil)
  }

  @Test("any two entries out of git's order are refused, wherever they stand")
  func unsorted() {
    let sorted = RawEntry.sorted([
      RawEntry("100644", "a"), RawEntry("100644", "a-b"), RawEntry("40000", "a.b"),
      RawEntry("40000", "a0"), RawEntry("100644", "a0b"), RawEntry("160000", "b"),
      RawEntry("100644", "b0"), RawEntry("40000", "c"),
    ])
    #expect(Self.read(RawEntry.tree(sorted)) == sorted)
    for first in sorted.indices {
      for second in sorted.indices where second > first {
        var swapped = sorted
        swapped.swapAt(first, second)
        #expect(Self.read(RawEntry.tree(swapped)) == nil, "\(first) \(second)")
      }
    }
  }

  /// Names that sort between the file `foo` and the folder `foo`.
  private static let between = ["foo ", "foo!", "foo-", "foo-x", "foo-x-y", "foo.", "foo.c"]

  @Test("a file, a link or a submodule and a folder of one name are refused, whatever lies between")
  func duplicates() {
    for mode in ["100644", "100755", "120000", "160000", "40000"] {
      for count in 0...Self.between.count {
        let middle = Self.between.prefix(count).map { RawEntry("100644", $0) }
        let entries = RawEntry.sorted(
          [RawEntry(mode, "foo", 1)] + middle + [RawEntry("100644", "fon")])
        #expect(Self.read(RawEntry.tree(entries)) == entries)
        for twin in ["100644", "160000", "40000"] {
          let double = RawEntry.sorted(entries + [RawEntry(twin, "foo", 2)])
          #expect(Self.read(RawEntry.tree(double)) == nil, "\(mode) \(count) \(twin)")
        }
      }
    }
  }

  @Test("names that only look like a duplicate are not one")
  func lookAlikes() {
    let entries = RawEntry.sorted([
      RawEntry("100644", "foo"), RawEntry("40000", "foo-"), RawEntry("100644", "foo-x"),
      RawEntry("40000", "foo-x-"), RawEntry("40000", "foo."), RawEntry("40000", "foo0"),
      RawEntry("100644", "Foo"), RawEntry("40000", "FOO"), RawEntry("40000", "fo"),
    ])
    #expect(Self.read(RawEntry.tree(entries)) == entries)
  }

  @Test("a duplicate is found too where both trees of a comparison begin alike")
  func duplicatesBehindCommon() throws {
    let middle = Self.between.map { RawEntry("100644", $0) }
    let old = RawEntry.sorted([RawEntry("100644", "foo"), RawEntry("100644", "fooz")] + middle)
    for mode in ["40000", "100644"] {
      let new = RawEntry.sorted(old + [RawEntry(mode, "foo", 2)])
      #expect(Self.differences(old, new) == nil, "\(mode)")
    }
    // The twin of a name that stands in the common part only, behind a part that differs.
    let changed = old.map { $0.name == Array("foo-x".utf8) ? RawEntry("100644", $0.name, 9) : $0 }
    let twin = RawEntry.sorted(changed + [RawEntry("40000", "foo", 2)])
    #expect(Self.differences(old, twin) == nil)
    #expect(Self.differences(old, changed)?.count == 1)
  }

  @Test("what comes out of order right behind a common part is refused")
  func unsortedBehindCommon() {
    let old = ["a", "b", "c", "d", "e"].map { RawEntry("100644", $0) }
    for place in 1...old.count {
      var new = old
      new.insert(RawEntry("100644", "A"), at: place)
      #expect(Self.differences(old, new) == nil, "\(place)")
      new[place] = RawEntry("100644", "\(String(decoding: old[place - 1].name, as: UTF8.self))1")
      #expect(Self.differences(old, new)?.count == 1, "\(place)")
    }
  }

  /// Names that one tree has and the other has not, or has otherwise; `nil` when one is refused.
  private static func differences(_ old: [RawEntry], _ new: [RawEntry]) -> [[UInt8]]? {
    let (left, right) = (RawEntry.tree(old), RawEntry.tree(new))
    return left.withUnsafeBytes { left in
      right.withUnsafeBytes { right in
        var names: [[UInt8]] = []
        do throws(GitError) {
          try compareEntries(left, .zero, right, .zero) { (old, new) throws(GitError) in
            names.append(Array(old?.name ?? new?.name ?? left[0..<0]))
          }
          return names
        } catch {
          return nil
        }
      }
    }
  }

  @Test("a comparison by entries gives what a dictionary gives, and refuses what a reading refuses")
  func random() {
    var dice = Dice(seed: 1)
    let names = ["a", "a-", "a-b", "a.", "a0", "aa", "b", "b-", "b0", "foo", "foo-x", "foo/"]
    var refused = 0
    var compared = 0
    for _ in 0..<4000 {
      var entries: [RawEntry] = []
      for name in names where !dice.once(in: 3) {
        entries.append(
          RawEntry(
            dice.pick(["100644", "100644", "120000", "160000", "40000"]),
            name == "foo/" && !dice.once(in: 20) ? "foo1" : name, UInt8(dice.roll(2))))
      }
      let old = RawEntry.sorted(
        Array(Dictionary(grouping: entries, by: \.name).values.map { $0[0] })
      )
      .filter { !$0.name.contains(0x2f) }
      var new = old
      for _ in 0..<dice.roll(4) {
        switch dice.roll(4) {
        case 0 where !new.isEmpty: new.remove(at: dice.roll(new.count))
        case 1 where !new.isEmpty: new[dice.roll(new.count)].id = RawEntry("", "", 7).id
        case 2 where !new.isEmpty: new[dice.roll(new.count)].mode = "40000"
        default: new.append(RawEntry(dice.pick(["100644", "40000"]), dice.pick(names), 5))
        }
      }
      if !dice.once(in: 8) { new = RawEntry.sorted(new) }
      let differences = Self.differences(old, new)
      guard Self.read(RawEntry.tree(new)) != nil else {
        refused += 1
        #expect(differences == nil, "\(old) \(new)")
        continue
      }
      compared += 1
      let before = Set(old.map(\.self))
      let after = Set(new.map(\.self))
      let expected = Set(before.symmetricDifference(after).map(\.name))
      #expect(differences.map(Set.init) == expected, "\(old) \(new)")
    }
    #expect(refused > 300 && compared > 1500)
  }

  @Test("an entry is found by path, and a name that stands twice is an error and no choice")
  func lookups() throws {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository()
    let repository = try Repository(gitDirectory: bare.path, scratch: false)
    let store = try ObjectStore(gitDirectory: bare.path)
    let file = try repository.write(.blob, Array("x".utf8))
    let tree = try repository.writeTree(
      base: nil,
      adding: [
        (Array("docs/CODEOWNERS".utf8), Array("x".utf8)), (Array("docs-x".utf8), []),
        (Array("a".utf8), Array("x".utf8)),
      ])
    func find(_ path: String) throws -> FoundEntry? {
      try store.entry(atPath: Array(path.utf8), in: tree)
    }
    #expect(try find("docs/CODEOWNERS")?.id == file)
    #expect(try find("docs/CODEOWNERS")?.mode == .file)
    #expect(try find("docs")?.mode == .tree)
    for path in ["a/b", "docs/codeowners", "docs/CODEOWNERS/x", "doc", "docs-", ""] {
      #expect(try find(path)?.mode == (path.isEmpty ? .tree : nil), "\(path)")
    }
    let twice = try repository.write(
      .tree,
      RawEntry.tree([
        RawEntry("100644", "foo"), RawEntry("100644", "foo-x"), RawEntry("40000", "foo"),
      ]))
    #expect(throws: GitError.self) { try store.entry("foo".utf8, in: twice) }
    #expect(throws: GitError.self) { try store.forEachEntry(in: twice) { _ in } }
    let blob = try #require(try find("a")).id
    #expect(throws: GitError.wrongKind(blob, expected: .tree)) {
      try store.entry("x".utf8, in: blob)
    }
  }

  @Test("one entry is compared without its neighbours, wherever it stands among them")
  func oneEntry() throws {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository()
    let repository = try Repository(gitDirectory: bare.path, scratch: false)
    let store = try ObjectStore(gitDirectory: bare.path)
    // Before the name, between a file and a folder of that name, and behind both.
    let neighbours = [
      [], [RawEntry("100644", "a")], [RawEntry("100644", "foo-x")], [RawEntry("40000", "foo.d")],
      [RawEntry("100644", "foo0")], [RawEntry("100644", "g")],
    ]
    let own: [RawEntry?] = [
      nil, RawEntry("100644", "foo"), RawEntry("100755", "foo"), RawEntry("40000", "foo"),
      RawEntry("120000", "foo"),
    ]
    func tree(_ around: [RawEntry], _ entry: RawEntry?) throws -> ObjectID {
      let entries = RawEntry.sorted(around + (entry.map { [$0] } ?? []))
      return try repository.write(.tree, RawEntry.tree(entries))
    }
    let name = Array("foo".utf8)
    for before in neighbours {
      for after in neighbours {
        for (first, old) in own.enumerated() {
          for (second, new) in own.enumerated() {
            let differs = try store.entryDiffers(
              name, between: tree(before, old), and: tree(after, new))
            #expect(differs == (first != second))
          }
        }
      }
    }
    let twice = try repository.write(
      .tree, RawEntry.tree([RawEntry("100644", "foo"), RawEntry("40000", "foo")]))
    #expect(throws: GitError.self) {
      try store.entryDiffers(name, between: tree([], nil), and: twice)
    }
  }

  @Test("a mode is written with six digits, as git prints it")
  func octal() {
    #expect(FileMode.tree.octal == "040000")
    #expect(FileMode.absent.octal == "000000")
    #expect(FileMode.gitlink.octal == "160000")
  }
}
