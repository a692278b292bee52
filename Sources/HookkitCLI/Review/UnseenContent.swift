internal import Gate
internal import Git
internal import Platform
internal import Primitives
internal import Report

/// What single commits of a series bring that the change as a whole does not show: content that was added
/// and taken away again, a change that was taken back, what a merge decided by itself.
///
/// Everything stays in the history that lands: who checks it out, bisects or reverts gets it.
final class UnseenContent {
  private let series: CommitSeries
  private let objects: ObjectStore
  private let view: ServerView
  private let blobs: Blobs
  private let page: Page
  private let terminal: Terminal
  private let ref: RefName
  private let isFolded: Bool
  private let start: PathLookup
  private let end: PathLookup
  /// Where the change as a whole shows a content.
  private let places: [ObjectID: [UInt8]]
  /// Which commit changed a file from this content: of those that have been seen the oldest, the commits
  /// being seen from the newest on.
  private var takers: [Place: ObjectID] = [:]
  /// Whether a commit's message is followed by something already.
  private var isBelowMessage = false

  private struct Place: Hashable {
    let path: [UInt8]
    let entry: FoundEntry
  }

  /// Most places that are remembered, files of a commit that are told, lines of one that are shown, and
  /// bytes of one that are looked through.
  private static let most = (places: 500_000, files: 100, lines: 200, bytes: 8 << 20)

  init(
    of series: CommitSeries, besides changes: [PathChange], in objects: ObjectStore,
    view: ServerView, page: Page, terminal: Terminal, ref: RefName, isFolded: Bool
  ) throws {
    self.series = series
    self.objects = objects
    self.view = view
    self.page = page
    self.terminal = terminal
    self.ref = ref
    self.isFolded = isFolded
    blobs = try Blobs(of: view.repository)
    start = PathLookup(try series.start.map { try objects.tree(ofCommit: $0) }, in: objects)
    end = PathLookup(series.head.tree, in: objects)
    places = Dictionary(
      changes.filter { $0.newMode != .absent }.map { ($0.newID, $0.path) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Call it for each commit of the series, in its order.
  func write(_ commit: WalkedCommit) throws {
    isBelowMessage = false
    if commit.parents.count > 1 {
      try writeMerge(commit)
    } else {
      let parent = try commit.parents.first.map { try objects.tree(ofCommit: $0) }
      try write(changes(from: parent, to: commit.tree), commit, isMerge: false)
    }
  }

  private func changes(from old: ObjectID?, to new: ObjectID) throws -> [PathChange] {
    var limits = ObjectStore.ComparisonLimits()
    limits.changes = .max
    return try objects.changes(from: old, to: new, limits: limits)
  }

  // MARK: One parent

  private func write(_ changes: [PathChange], _ commit: WalkedCommit, isMerge: Bool) throws {
    var told = 0
    for change in changes {
      if try write(change, commit, before: [change.oldEntry], isFull: told >= Self.most.files) {
        told += 1
      }
      if let old = change.oldEntry, takers.count < Self.most.places {
        takers[Place(path: change.path, entry: old)] = commit.id
      }
    }
    try fold(told, commit)
  }

  private func fold(_ told: Int, _ commit: WalkedCommit) throws {
    guard isFolded, told > Self.most.files else { return }
    page.folded += 1
    try loud(
      "FOLDED: \((told - Self.most.files).counted("more file")) that the change as a whole does not "
        + "show: \(command(commit, "--all"))")
  }

  /// Tells what a commit makes of one file, where the change as a whole does not.
  ///
  /// - Parameters:
  ///   - before: what its parents have there.
  ///   - isFull: whether it is only to be counted.
  /// - Returns: whether there is something to tell.
  private func write(
    _ change: PathChange, _ commit: WalkedCommit, before: [FoundEntry?], isFull: Bool
  ) throws -> Bool {
    let (first, last) = (try start.file(change.path), try end.file(change.path))
    let entry = change.newEntry
    // The whole shows it, or it was there to begin with.
    guard entry != last, entry != first else { return false }
    let path = Legible.path(change.path)
    guard let entry else {
      // Taken away, and there again in the end.
      guard !isFull || !isFolded else { return true }
      try loud("takes \(path) away, which is there again in the end")
      return true
    }
    var lines: [[UInt8]] = []
    var other: String?
    let shownAt = places[entry.id]
    if shownAt != nil {
      // Only that it stood here is to be told.
    } else if entry.mode.isGitlink {
      other = "a submodule at \(entry.id.hex)"
    } else if try blobs.size(entry.id) > Self.most.bytes {
      other = "\(try blobs.size(entry.id).grouped) bytes, too many to be looked through here"
    } else {
      let known = try KnownLines([first, last] + before, blobs, most: Self.most.bytes)
      let content = try known.lines(notIn: entry)
      lines = content.lines
      other = content.other
    }
    let isNewMode = entry.mode != last?.mode && entry.mode != first?.mode
    guard shownAt != nil || other != nil || !lines.isEmpty || isNewMode else { return false }
    guard !isFull || !isFolded else { return true }
    let taker = takers[Place(path: change.path, entry: entry)]
    let end = taker.map { ", taken away by \($0.short)" } ?? ""
    let mode = entry.mode == .file ? "" : ", as \(FileChangeText.words(new: entry.mode))"
    try loud("not in the change as a whole: \(path)\(mode)\(end)")
    if let shownAt { try loud("its bytes are those of \(Legible.path(shownAt)) below") }
    if let other {
      page.withheld += 1
      try loud(other)
      if !entry.mode.isGitlink {
        try loud("SHA-256 \(blobs.digest(entry.id))")
        try loud("its bytes: \(command(commit, "--raw", entry.id.hex))")
        try loud("as text:   \(command(commit, "--path", Escaped.text(change.path, limit: .max)))")
      }
    }
    for line in isFolded ? lines.prefix(Self.most.lines) : lines[...] {
      try page.line(Array("  +".utf8) + ReadableLines.legible(line[...]))
    }
    if isFolded, lines.count > Self.most.lines {
      page.folded += 1
      try loud(
        "FOLDED: \((lines.count - Self.most.lines).counted("more line")): "
          + command(commit, "--path", Escaped.text(change.path, limit: .max)))
    }
    return true
  }

  // MARK: Merges

  /// A merge is what merging its parents gives, or everything that it decides is told: content of its own,
  /// and whose changes it drops.
  private func writeMerge(_ commit: WalkedCommit) throws {
    let parents = commit.parents
    // In a partial clone it cannot be told; then everything is.
    let isClean =
      parents.count == 2
      ? try? view.merges.isCleanMerge(of: parents[0], and: parents[1], giving: commit.tree) : false
    if isClean == true {
      try page.line()
      try page.line("  (what merging its parents gives, and nothing else)")
      return
    }
    try loud(
      isClean == nil
        ? "whether this merge is what merging its parents gives cannot be told here:"
        : "this merge is not what merging its parents gives:")
    var sides: [[[UInt8]: PathChange]] = []
    for (number, parent) in parents.enumerated() {
      let tree = try objects.tree(ofCommit: parent)
      let changes = try changes(from: tree, to: commit.tree)
      if changes.isEmpty {
        let others = parents.filter { $0 != parent }.map(\.hex).joined(separator: ", ")
        try loud("its files are those of parent \(parent.hex), whatever \(others) brings")
      }
      sides.append([:])
      for change in changes {
        sides[number][change.path] = change
        if let old = change.oldEntry, takers.count < Self.most.places {
          takers[Place(path: change.path, entry: old)] = commit.id
        }
      }
    }
    var own: [[PathChange]] = []
    var told = 0
    for (path, change) in sides[0].sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let all = sides.compactMap { $0[path] }
      guard all.count == sides.count else { continue }
      own.append(all)
      let isFull = isFolded && own.count > Self.most.files
      if !isFull { try loud("has content of its own in \(Legible.path(path))") }
      if try write(change, commit, before: all.map(\.oldEntry), isFull: isFull) || isFull {
        told += 1
      }
    }
    if own.count > Self.most.files { try fold(own.count, commit) }
    try writeDropped(sides, commit)
  }

  /// The files in which a merge takes one side and drops what another has changed.
  private func writeDropped(_ sides: [[[UInt8]: PathChange]], _ commit: WalkedCommit) throws {
    let parents = commit.parents
    let bases = try view.repository.command(
      ["merge-base", "--octopus"] + parents.map(\.hex)
    ).run()
    let shared = LocalRepository.lines(bases.output).first
    let tree = try shared.flatMap { ObjectID(hex: $0) }.map { try objects.tree(ofCommit: $0) }
    let base = PathLookup(tree, in: objects)
    for (number, parent) in parents.enumerated() {
      var dropped = 0
      for (path, change) in sides[number].sorted(by: { $0.key.lexicographicallyPrecedes($1.key) })
      where sides.contains(where: { $0[path] == nil }) {
        // It has what another parent has. Had this one changed it since they parted?
        guard try base.file(path) != change.oldEntry else { continue }
        dropped += 1
        guard !isFolded || dropped <= Self.most.files else { continue }
        try loud("drops what parent \(parent.hex) has in \(Legible.path(path))")
      }
      if dropped > Self.most.files { try fold(dropped, commit) }
    }
  }

  // MARK: Words

  private func loud(_ text: String) throws {
    if !isBelowMessage { try page.line() }
    isBelowMessage = true
    try page.line(terminal.styled("  !! \(text)", .warning))
  }

  private func command(_ commit: WalkedCommit, _ words: String...) -> String {
    CommandLineText.of(["hookkit", "review", "show", commit.id.hex, "--ref", "\(ref)"] + words)
  }
}

/// Lines that a reader of the whole change has seen, or that were there before.
private struct KnownLines {
  private let blobs: Blobs
  private var hashes: Set<Int> = []
  private let isText: Bool

  init(_ entries: [FoundEntry?], _ blobs: Blobs, most: Int) throws {
    self.blobs = blobs
    var isText = false
    for case let entry? in entries where !entry.mode.isGitlink {
      guard try blobs.size(entry.id) <= 4 * most else { continue }
      let bytes = try blobs.bytes(entry.id)
      let content = bytes.withUnsafeBytes { FileContent($0) }
      guard content.isText else { continue }
      isText = isText || !bytes.isEmpty
      let text = bytes.withUnsafeBytes { ReadableLines($0, as: content).bytes }
      for line in Lines(text[...]) { hashes.insert(Self.hash(line)) }
    }
    self.isText = isText
  }

  /// Its lines that are not known, or what it is when it is no text.
  func lines(notIn entry: FoundEntry) throws -> (lines: [[UInt8]], other: String?) {
    let bytes = try blobs.bytes(entry.id)
    let content = bytes.withUnsafeBytes { FileContent($0, wasText: isText || entry.mode.isLink) }
    if case .other(let claim) = content {
      return ([], "NOT TEXT: \(bytes.count.grouped) bytes, begins like \(claim ?? "nothing known")")
    }
    let text = bytes.withUnsafeBytes { ReadableLines($0, as: content).bytes }
    var lines: [[UInt8]] = []
    for line in Lines(text[...]) where !hashes.contains(Self.hash(line)) {
      lines.append(Array(line.last == 0x0a ? line.dropLast() : line))
    }
    return (lines, nil)
  }

  /// Seeded anew in each process, so that nobody can make two lines alike.
  private static func hash(_ line: ArraySlice<UInt8>) -> Int {
    var hasher = Hasher()
    let body = line.last == 0x0a ? line.dropLast() : line
    body.withUnsafeBytes { hasher.combine(bytes: $0) }
    return hasher.finalize()
  }
}

extension PathChange {
  /// What stood there; `nil` for nothing.
  var oldEntry: FoundEntry? {
    oldMode == .absent ? nil : FoundEntry(mode: oldMode, id: oldID)
  }

  /// What stands there now; `nil` for nothing.
  var newEntry: FoundEntry? {
    newMode == .absent ? nil : FoundEntry(mode: newMode, id: newID)
  }
}
