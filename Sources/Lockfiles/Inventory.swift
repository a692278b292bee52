package import Documents

/// What a dependency file says: its entries, what its projects ask for, and everything else, which
/// stays in the document.
package struct Inventory: Sendable {
  package let document: Document
  /// The version that the file names for its own format: `3`, `9.0`; empty where there is none.
  package internal(set) var formatVersion: Text = .empty
  package internal(set) var entries: [Entry] = []
  package internal(set) var requirements: [Requirement] = []
  /// The texts that `Entry.firstDigest` counts in.
  package internal(set) var digests: [Text] = []
  /// What stands before every digest where the file leaves it out: `sha256:` before bare digits.
  package internal(set) var digestWord: StaticString = ""
  /// Of entries with several files, by `Entry.firstDigest`, how many of its digests each file has.
  var digestsByFile: [UInt32: [Int]] = [:]
  /// Of entries that are imported under several names, by where they stand, those beside `Entry.alias`.
  var otherAliases: [NodeID: [Text]] = [:]

  /// Of no file.
  package static let empty = Inventory(document: Document(pool: []))

  /// All names under which an entry is imported that are not its own.
  package func aliases(of entry: Entry) -> [Text] {
    entry.alias.isEmpty ? [] : [entry.alias] + (otherAliases[entry.node] ?? [])
  }

  /// The integrity values of an entry: `sha512-...`, `sha256:...`, `h1:...`.
  package func integrity(of entry: Entry) -> [[UInt8]] {
    let word = digestWord.withUTF8Buffer { Array($0) }
    return digestTexts(of: entry).map { word + document.bytes($0) }
  }

  /// The same file by file; of an entry that does not tell its files apart all in one.
  package func integrityByFile(of entry: Entry) -> [[[UInt8]]] {
    let all = integrity(of: entry)
    guard let counts = digestsByFile[entry.firstDigest], counts.reduce(0, +) == all.count,
      !all.isEmpty
    else { return [all] }
    var start = 0
    return counts.map { count in
      defer { start += count }
      return Array(all[start..<start + count])
    }
  }

  /// Where they stand, without the word before them.
  package func digestTexts(of entry: Entry) -> ArraySlice<Text> {
    digests[Int(entry.firstDigest)..<Int(entry.firstDigest) + Int(entry.digestCount)]
  }
}

/// One locked package: what will be installed, from where, and how that is checked.
package struct Entry: Sendable {
  /// Where it stands in the document: changed lines in it are explained by its change.
  package var node: NodeID
  /// What names this entry and no other of the file (Documentation/Design/Dependencies.md, "Entries").
  package var locator: Text
  package var name: Text
  package var version: Text = .empty
  package var ecosystem: Ecosystem
  package var sourceKind: SourceKind = .unknown
  /// The URL or path that it is fetched from as the file says it; empty for the format's default.
  package var source: Text = .empty
  /// Whether the source is a name that the tool or its settings give a meaning, and no address: `hexpm`.
  package var sourceIsName = false
  /// The commit that a git source is pinned to, or the tag or branch when it is pinned to none.
  package var revision: Text = .empty
  /// The name under which it is imported when that is not its own; empty otherwise.
  package var alias: Text = .empty
  package var scope: Scope = .runtime
  package var runsCode: RunsCode = .unknown
  /// Whether the project itself asks for it, as far as the file tells.
  package var isDirect = false
  /// Whether the file leaves integrity out where the format has it.
  package var firstDigest: UInt32 = 0
  package var digestCount: UInt32 = 0
  /// Of the locator, while its bytes were at hand.
  package internal(set) var locatorHash: UInt32 = 0

  package init(node: NodeID, locator: Text, name: Text, ecosystem: Ecosystem) {
    self.node = node
    self.locator = locator
    self.name = name
    self.ecosystem = ecosystem
  }

  /// Whether the file has the address where others have the version.
  package var versionIsSource: Bool { version.count > 0 && version.start == source.start }

  package enum SourceKind: String, CaseIterable, Sendable {
    case registry
    case git
    /// An archive or file by URL.
    case url
    /// A folder or file of this machine or repository.
    case path
    /// A part of the project itself.
    case workspace
    case unknown
  }

  package enum Scope: String, Sendable {
    case runtime
    case development
    case optional
    case peer
    case build
    case test
  }

  /// Whether installing the package runs code of its own.
  package enum RunsCode: String, Sendable {
    case yes
    case no
    /// The format does not say.
    case unknown
  }
}

/// The package type of the purl specification (package-url/purl-spec, "purl-types").
package enum Ecosystem: String, CaseIterable, Sendable {
  case npm, jsr, cargo, pypi, conda, cran, gem, composer, golang, hex, pub, swift, cocoapods
  case carthage, maven, nuget, conan, hackage, nix, terraform, helm, deno, bazel, julia
  case githubactions, generic
}

/// What a project asks for: a name and the versions that it allows.
package struct Requirement: Sendable {
  package let node: NodeID
  package let name: Text
  package let specification: Text
  package let scope: Entry.Scope
  /// The workspace member that asks; empty for the root.
  package let member: Text

  package init(
    node: NodeID, name: Text, specification: Text, scope: Entry.Scope = .runtime,
    member: Text = .empty
  ) {
    self.node = node
    self.name = name
    self.specification = specification
    self.scope = scope
    self.member = member
  }
}
