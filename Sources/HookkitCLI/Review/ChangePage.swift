internal import Gate
internal import HookRuntime
internal import Git
internal import Platform
internal import Policy
internal import Primitives
internal import Report

/// Commits that a person vouches for: what is reachable from the head and not from the base.
struct CommitSeries {
  /// Nothing at or below it is shown, or vouched for; `nil` when everything is new.
  let base: ObjectID?
  /// The commit with which the head is compared: the base, or where the head's line has left it; `nil` for
  /// the empty tree.
  let start: ObjectID?
  let head: CommitObject
  /// Each before its parents.
  let commits: [WalkedCommit]

  /// - Parameter leavesOut: whether what the base has got since the head's line left it is no part of the
  ///   comparison, as it is when the head is merged; false where the head takes the base's place.
  init(
    from base: ObjectID?, to head: ObjectID, leavingOut leavesOut: Bool, in view: ServerView
  ) throws {
    let objects = try view.repository.objects()
    self.base = base
    view.repository.promised.expect(from: base ?? .zero, to: head, .shown)
    self.head = try objects.commit(head)
    commits = try objects.commits(
      reachableFrom: [head], hiding: base.map { [$0] } ?? [], limit: .max)
    guard let base, leavesOut else {
      start = base
      return
    }
    if commits.contains(where: { $0.parents.contains(base) }) {
      // The head's line has not left it.
      start = base
    } else {
      start = try view.repository.line("merge-base", base.hex, head.hex)
        .flatMap { ObjectID(hex: $0) }
    }
  }
}

/// The part of a page that shows a series of commits: each of them, with what it brings that the change as
/// a whole does not show, and the change as a whole.
struct ChangePage {
  let series: CommitSeries
  let view: ServerView
  let terminal: Terminal
  /// For whom the change is.
  let ref: RefName
  /// Whether large files are folded.
  let isFolded: Bool
  /// Who made the commit of this number, in words below it.
  let origin: (Int, CommitObject) throws -> [String]

  /// Most files that are listed before they are shown.
  private static let mostListed = 200

  // MARK: The commits

  /// - Parameter changes: the change as a whole.
  func writeCommits(besides changes: [PathChange], on page: Page) throws {
    let count = series.commits.count
    try page.line(
      terminal.styled("\(count.counted("commit")), the newest first", .strong))
    let objects = try view.repository.objects()
    let unseen = try UnseenContent(
      of: series, besides: changes, in: objects, view: view, page: page, terminal: terminal,
      ref: ref, isFolded: isFolded)
    for (number, commit) in series.commits.enumerated() {
      terminal.progress(at: number, of: count, "commits")
      let object = try objects.commit(commit.id)
      try write(object, number, on: page)
      try unseen.write(commit)
    }
  }

  private func write(_ commit: CommitObject, _ number: Int, on page: Page) throws {
    let merge = commit.parents.count > 1 ? " (merge of \(commit.parents.count))" : ""
    try page.line()
    try page.line(terminal.styled("commit \(commit.id.hex)", .place) + merge)
    try page.line("  by \(Self.identity(commit.author)), \(Clock.text(commit.author.time))")
    if commit.committer != commit.author {
      try page.line(
        "  committed by \(Self.identity(commit.committer)), \(Clock.text(commit.committer.time))")
    }
    for line in try origin(number, commit) { try page.line("  \(line)") }
    for header in commit.otherHeaders {
      try page.line("  header \(Escaped.quoted(header, limit: 200))")
    }
    try page.line()
    var left = 0
    for (number, line) in Lines(commit.message).enumerated() {
      guard !isFolded || number < 100, line.count < 10_000 || !isFolded else {
        left += 1
        continue
      }
      let body = line.last == 0x0a ? line.dropLast() : line
      try page.line(body.isEmpty ? [] : Array("    ".utf8) + Legible.line(body))
    }
    if left > 0 {
      page.folded += 1
      try page.line(
        terminal.styled(
          "!! FOLDED: \(left.counted("more line")) of its message: "
            + CommandLineText.of(command(for: commit.id) + ["--all"]), .error))
    }
  }

  private static func identity(_ signature: CommitObject.Signature) -> String {
    "\(Escaped.quoted(signature.name, limit: 200)) <\(Escaped.text(signature.email, limit: 200))>"
  }

  private func command(for commit: ObjectID) -> [String] {
    ["hookkit", "review", "show", commit.hex, "--ref", "\(ref)"]
  }

  // MARK: The change as a whole

  /// All files that differ between the two ends.
  func changes() throws -> [PathChange] {
    let objects = try view.repository.objects()
    var limits = ObjectStore.ComparisonLimits()
    limits.changes = .max
    let old = try series.start.map { try objects.tree(ofCommit: $0) }
    return try objects.changes(from: old, to: series.head.tree, limits: limits)
  }

  func writeChanges(_ changes: [PathChange], _ title: String, on page: Page) throws {
    let start = series.start?.hex ?? "nothing"
    try page.line(terminal.styled("\(title): \(changes.count.counted("file"))", .strong))
    try page.line("  from \(start)")
    try page.line("  to   \(series.head.id.hex)")
    if changes.count > 1 {
      try page.line()
      for change in changes.prefix(Self.mostListed) {
        let word =
          change.oldMode == .absent ? "new    " : change.newMode == .absent ? "removed" : "changed"
        try page.line("  \(word) \(Legible.path(change.path))")
      }
      if changes.count > Self.mostListed {
        try page.line("  and \((changes.count - Self.mostListed).grouped) more, all shown below")
      }
    }
    try write(changes, on: page)
  }

  func write(_ changes: [PathChange], on page: Page) throws {
    let text = FileChangeText(
      blobs: try Blobs(of: view.repository), page: page, terminal: terminal,
      command: command(for: series.head.id), isFolded: isFolded)
    // Only what is the same byte for byte: anything less is for a person to compare.
    var gone: [ObjectID: [UInt8]] = [:]
    var came: [ObjectID: [UInt8]] = [:]
    for change in changes where change.oldMode == .absent || change.newMode == .absent {
      if Self.isFile(change.oldMode) { gone[change.oldID] = change.path }
      if Self.isFile(change.newMode) { came[change.newID] = change.path }
    }
    for (number, change) in changes.enumerated() {
      terminal.progress(at: number, of: changes.count, "files")
      try page.line()
      if change.newMode == .absent, let target = came[change.oldID] {
        try text.writeMoved(change, to: target)
      } else if change.oldMode == .absent, let source = gone[change.newID],
        Self.isFile(change.newMode)
      {
        try text.write(change, movedFrom: source)
      } else {
        try text.write(change)
      }
    }
  }

  private static func isFile(_ mode: FileMode) -> Bool { mode == .file || mode == .executable }
}

extension Terminal {
  /// How far a long piece of work is.
  func progress(at number: Int, of count: Int, _ words: String) {
    guard count > 100, number % 50 == 0 else { return }
    progress("\(words) \(number.grouped) of \(count.grouped) (\(number * 100 / count) %)")
  }
}

extension CommitObject {
  /// Headers that git itself does not need, such as `mergetag`: each without its line feed.
  var otherHeaders: [[UInt8]] {
    let known = ["tree ", "parent ", "author ", "committer ", "gpgsig "]
    var headers: [[UInt8]] = []
    var isKnown = false
    for line in Lines(bytes[..<messageStart]) where line.count > 1 {
      if line.first != 0x20 { isKnown = known.contains { line.starts(with: $0.utf8) } }
      if !isKnown { headers.append(Array(line.dropLast())) }
    }
    return headers
  }
}
