package import Documents
package import Primitives

/// One kind of dependency file: its names, its syntax, and how its entries are read. A format is one
/// file of this folder.
package struct Format: Sendable {
  /// The word for it in JSON, for ever: `npm-lock`.
  package let name: String
  /// Names of such files as the tool writes them; they are found in any case. `package-lock.json` at any
  /// depth, `*.py.lock`, or with folders `.github/workflows/*.yml`, which too may stand at any depth. A
  /// star is within one name; `**` at the end is whatever lies below.
  package let files: [String]
  /// Those of them that the tool reads before the others.
  package let overriding: [String]
  /// Of a lock, where its names are written, as the catalog says it (`Catalog.table`, `Catalog.locks`).
  package let source: StaticString
  package let fileClass: FileClass
  package let syntax: Syntax
  /// Of which ecosystem the packages are that such a file asks for, where it locks none.
  package let asksFor: Ecosystem
  /// What the values outside of entries mean; the first rule that matches counts.
  package let keys: [KeyRule]
  /// What a value means that no rule names. `.unknown` in a lock: its lines are left as residual.
  package let otherKeys: KeyClass
  /// The keys whose values decide nothing; whatever is not named here counts.
  package let neutral: [NeutralKey]
  /// Where the order of an object's members means nothing. Within entries it never does.
  package let freeOrder: [FreeOrder]
  /// Where files of this format name others.
  package let mentions: [Mention]
  /// How the digests are written that the tool checks; none where entries carry no integrity values.
  package let digests: [DigestForm]
  /// Whether the tool writes one for every archive that it fetches from a registry.
  package let digestsArchives: Bool
  /// Digests of the tool itself by its releases, as the file writes them: they are in no entry.
  package let toolDigests: @Sendable (Document) -> [[UInt8]: [UInt8]]
  /// A project has one lock of those that lock packages of this ecosystem, so that one tool's may take the
  /// place of another's; `nil` where that is not so.
  package let family: Ecosystem?
  /// Whether it is no trap beside another lock of its family: each is read by its own tool, on purpose.
  package let standsBesideOthers: Bool
  /// A change of the format's own version that drops what is said twice.
  package let neutralMigration: NeutralMigration?
  /// What such a lock is written from, where that is told.
  package let manifest: Manifest?
  /// How the wishes of such a manifest are compared with its lock.
  package let wishes: Wishes
  /// Where a version of a tool stands, which comes from where it always came from: `tools/*`, and whatever
  /// lies below. Another plain version is what an update brings.
  package let toolVersions: [String]
  /// The options that take in another file of the same format.
  package let includes: [Include]
  /// Whether the entries say in full who asks for what.
  package let listsDependents: Bool
  /// Whether the tool takes a byte-order mark before the file and reads on behind it. Of most tools that
  /// is not so, or not known, and then such a file is opaque. Only for syntaxes in which spaces at the
  /// start mean nothing.
  package let allowsByteOrderMark: Bool
  /// Whether a file is of this format, where several formats share a name: `yarn.lock`,
  /// `manifest.toml`. Asked only then; a file that none recognises is opaque.
  package let recognises: @Sendable ([UInt8]) -> Bool
  /// Finds the entries; does nothing for a file that has none.
  let read: @Sendable (inout EntryReader) throws(Unread) -> Void

  package init(
    _ name: String, files: [String], overriding: [String] = [], source: StaticString = "",
    _ fileClass: FileClass, _ syntax: Syntax, asksFor: Ecosystem = .generic,
    keys: [KeyRule] = [], otherKeys: KeyClass = .unknown,
    neutral: [NeutralKey] = [],
    freeOrder: [FreeOrder] = [],
    mentions: [Mention] = [],
    digests: [DigestForm] = [], digestsArchives: Bool = false,
    toolDigests: @escaping @Sendable (Document) -> [[UInt8]: [UInt8]] = { _ in [:] },
    family: Ecosystem? = nil, standsBesideOthers: Bool = false,
    neutralMigration: NeutralMigration? = nil, manifest: Manifest? = nil,
    wishes: Wishes = Wishes(), toolVersions: [String] = [], includes: [Include] = [],
    listsDependents: Bool = false,
    allowsByteOrderMark: Bool = false,
    recognises: @escaping @Sendable ([UInt8]) -> Bool = { _ in true },
    read: @escaping @Sendable (inout EntryReader) throws(Unread) -> Void = { _ throws(Unread) in }
  ) {
    self.name = name
    self.files = overriding.isEmpty ? files : files + overriding
    self.overriding = overriding
    self.source = source
    self.fileClass = fileClass
    self.syntax = syntax
    self.asksFor = asksFor
    self.keys = keys
    self.otherKeys = otherKeys
    self.neutral = neutral
    self.freeOrder = freeOrder
    self.mentions = mentions
    self.digests = digests
    self.digestsArchives = digestsArchives
    self.toolDigests = toolDigests
    self.family = family
    self.standsBesideOthers = standsBesideOthers
    self.neutralMigration = neutralMigration
    self.manifest = manifest
    self.wishes = wishes
    self.toolVersions = toolVersions
    self.includes = includes
    self.listsDependents = listsDependents
    self.allowsByteOrderMark = allowsByteOrderMark
    self.recognises = recognises
    self.read = read
  }

  /// Whether entries of this format carry integrity values at all.
  package var recordsIntegrity: Bool { !digests.isEmpty }

  /// Reads one file of this format.
  ///
  /// - Throws: `Unread`: the file is opaque then.
  package func inventory(
    of bytes: [UInt8], limits: ReadingLimits = ReadingLimits()
  ) throws(Unread) -> Inventory {
    try EntryReader.inventory(of: document(of: bytes, limits: limits), read)
  }

  /// The same, with what is left to be looked at when the file cannot be read.
  package func reading(
    of bytes: consuming [UInt8], limits: ReadingLimits = ReadingLimits()
  ) -> FileReading {
    let document: Document
    do throws(Unread) {
      try prepare(&bytes)
      document = try syntax.read(bytes, limits: limits)
    } catch {
      return .opaque(error, bytes)
    }
    do throws(Unread) {
      return .read(try EntryReader.inventory(of: document, read))
    } catch {
      return .opaque(error, bytes)
    }
  }
}

extension Format {
  /// The tree of one file.
  func document(of bytes: [UInt8], limits: ReadingLimits) throws(Unread) -> Document {
    var source = bytes
    try prepare(&source)
    return try syntax.read(source, limits: limits)
  }

  /// Puts spaces in the place of a mark that the tool skips, so that every value keeps its place.
  ///
  /// - Throws: `Unread`: what stands here is not the file.
  private func prepare(_ bytes: inout [UInt8]) throws(Unread) {
    if LargeFilePointer.isPointer(bytes) { throw Unread(.largeFilePointer, at: 0) }
    guard allowsByteOrderMark, bytes.starts(with: [0xef, 0xbb, 0xbf]) else { return }
    for place in 0..<3 { bytes[place] = UInt8(ascii: " ") }
  }
}

/// What Git LFS commits in the place of a file (git-lfs documentation, "Git LFS specification", "The
/// pointer"): who has no Git LFS, as a server hook, sees no more.
package enum LargeFilePointer {
  package static func isPointer(_ bytes: borrowing [UInt8]) -> Bool {
    guard bytes.count < 1024 else { return false }
    let versions: [StaticString] = [
      "version https://git-lfs.github.com/spec/", "version https://hawser.github.com/spec/",
    ]
    return versions.contains { bytes.has($0, at: 0) }
  }
}
