internal import Documents
internal import Lockfiles
internal import Primitives

/// What a manifest or workflow asks for, read like an entry of a lock: whose package it is, and where it
/// comes from when that is not the registry.
struct Wish {
  let ecosystem: Ecosystem
  /// What it is called where it comes from.
  private(set) var name: ArraySlice<UInt8>
  /// What the project calls it, where that is another name.
  private(set) var alias: ArraySlice<UInt8> = []
  private(set) var kind = Entry.SourceKind.registry
  /// The address, folder or registry; empty for the usual registry.
  private(set) var source: ArraySlice<UInt8> = []
  /// The commit, branch, tag or digest that it is pinned to.
  private(set) var revision: ArraySlice<UInt8> = []
  let specification: ArraySlice<UInt8>
  /// The bytes of the file that it stands at.
  let place: Range<Int>
  /// By what name it is found on the other side.
  let key: ByteKey
  /// All that it says.
  let statement: ByteKey

  init(_ requirement: Requirement, in document: Document, _ ecosystem: Ecosystem) {
    self.ecosystem = ecosystem
    name = document.bytes(requirement.name)
    specification = document.bytes(requirement.specification)
    place = document.range(requirement.node)
    let isFetchedByName = ecosystem == .githubactions || ecosystem == .generic
    let called = isFetchedByName ? [] : document.bytes(document.key(requirement.node))
    // Of one name each catalog and scope says something of its own.
    let member = document.bytes(requirement.member)
    key = ByteKey(Array(called.isEmpty ? name : called) + [0] + member)
    var words = [name, specification]
    for child in document.children(requirement.node) {
      words += [document.bytes(document.key(child)), document.bytes(document.text(child))]
    }
    statement = ByteKey(Array(words.joined(separator: [0])))
    if document.isObject(requirement.node) {
      readTable(requirement.node, document)
    } else {
      readText(specification)
    }
    if alias.isEmpty, ecosystem == .cargo || ecosystem == .deno, !called.isEmpty, called != name {
      alias = called
    }
  }

  /// `{git = "...", rev = "..."}` and the like, of every manifest that is written in tables.
  private mutating func readTable(_ node: NodeID, _ document: Document) {
    func text(_ keys: StaticString...) -> ArraySlice<UInt8>? {
      keys.lazy.compactMap { document.text($0, of: node) }.first.map { document.bytes($0) }
    }
    revision = text("rev", "revision", "commit", "tag", "branch", "ref") ?? []
    if let git = text("git") {
      (kind, source) = (.git, git)
    } else if let url = text("url", "file", "tarball") {
      (kind, source) = (.url, url)
    } else if let path = text("path", "local") {
      (kind, source) = (.path, path)
    } else if let registry = text("registry", "registry-index", "index", "source", "hosted") {
      source = registry
    } else {
      readText(specification)
    }
  }

  private mutating func readText(_ text: ArraySlice<UInt8>) {
    var text = text.drop { $0 == 0x20 }
    // `name @ https://...` (PEP 508)
    if ecosystem == .pypi, text.first == UInt8(ascii: "@") {
      text = text.dropFirst().drop { $0 == 0x20 }
    }
    if ecosystem == .githubactions || ecosystem == .generic {
      revision = text
      return
    }
    // npm and its relatives read schemes in any case.
    let scheme = text.prefix(16).map { ($0 &- 0x41) < 26 ? $0 | 0x20 : $0 }
    if scheme.starts(with: "npm:".utf8) || scheme.starts(with: "jsr:".utf8) {
      let target = text.dropFirst(4)
      let end = target.dropFirst().firstIndex(of: UInt8(ascii: "@")) ?? target.endIndex
      if !target[..<end].elementsEqual(name) {
        alias = name
        name = target[..<end]
      }
      return
    }
    // yarn runs the program of `exec:` and applies the file of `patch:`.
    if let word = ["file:", "link:", "portal:", "exec:", "patch:", "workspace:"].first(where: {
      scheme.starts(with: $0.utf8)
    }) {
      kind = word == "workspace:" ? .workspace : .path
      source = text
      return
    }
    let address = text.prefix { $0 != UInt8(ascii: "#") }
    guard let kind = kindOfAddress(address) else { return }
    (self.kind, source) = (kind, address)
    revision = text[address.endIndex...].dropFirst()
    if kind == .git, revision.isEmpty, ecosystem == .pypi,
      let at = address.lastIndex(of: UInt8(ascii: "@")),
      address[at...].firstIndex(of: UInt8(ascii: "/")) == nil
    {
      revision = address[(at + 1)...]
      source = address[..<at]
    }
  }

  /// - Returns: `nil` for a range of versions.
  private func kindOfAddress(_ text: ArraySlice<UInt8>) -> Entry.SourceKind? {
    guard let first = text.first else { return nil }
    if first == UInt8(ascii: ".") || first == UInt8(ascii: "/") || first == UInt8(ascii: "~"),
      text.dropFirst().first.map({
        $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ".")
      }) ?? false
    {
      return .path
    }
    if first == UInt8(ascii: "/") || (ecosystem == .npm && isFile(text)) { return .path }
    let start = text.prefix(16).map { ($0 &- 0x41) < 26 ? $0 | 0x20 : $0 }
    if ecosystem == .deno, start.starts(with: "data:".utf8) || start.starts(with: "blob:".utf8) {
      return .url
    }
    if ["github:", "gitlab:", "bitbucket:", "gist:", "git+", "git:", "git@", "ssh:"].contains(
      where: { start.starts(with: $0.utf8) })
    {
      return .git
    }
    if start.starts(with: "http".utf8) {
      return text.suffix(4).elementsEqual(".git".utf8) ? .git : .url
    }
    // `owner/name` of GitHub, which npm and its relatives take.
    let parts = text.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    if ecosystem == .npm, parts.count == 2, parts.allSatisfy({ !$0.isEmpty }),
      first != UInt8(ascii: "@"), !text.contains(where: { $0 <= 0x20 || $0 == UInt8(ascii: ":") })
    {
      return .git
    }
    return nil
  }

  /// Whether npm takes it for a file of this machine: `C:\x`, `..\x`, `x.tgz` (npm-package-arg).
  private func isFile(_ text: ArraySlice<UInt8>) -> Bool {
    let word = Array(text.prefix(2))
    if word.count == 2, word[1] == UInt8(ascii: ":"), (word[0] | 0x20) &- 0x61 < 26 { return true }
    if word[0] == UInt8(ascii: "\\") || word == Array(".\\".utf8) { return true }
    return !text.contains(UInt8(ascii: ":"))
      && [".tgz", ".tar.gz", ".tar"].contains { text.reversed().starts(with: $0.utf8.reversed()) }
  }

  var isExotic: Bool { kind == .git || kind == .url || kind == .path }

  /// Whether it names one commit or one image and no other.
  var isPinned: Bool {
    MutableRevision.isFull(revision) || revision.starts(with: "sha256:".utf8)
  }

  /// Host and repository of a git source; owner and name of an action; an image without its tag.
  var repository: [UInt8] {
    if ecosystem == .githubactions {
      return Array(name.split(separator: UInt8(ascii: "/")).prefix(2).joined(separator: [0x2f]))
    }
    if ecosystem == .generic, kind == .registry { return Array(name) }
    guard kind == .git else { return [] }
    if !source.contains(UInt8(ascii: ":")) { return Array("github.com/".utf8) + source }
    return SourceAddress(source, .git).place ?? []
  }

  /// `ms ^2.0.0`, safe for a terminal.
  var words: String {
    let text = specification.isEmpty ? revision : specification
    let own = Escaped.text(name, limit: 214)
    return text.isEmpty ? own : "\(own) \(Escaped.text(text, limit: 120))"
  }

  /// Where it comes from, for a person.
  var placeWords: String {
    if source.isEmpty { return "the registry" }
    return Escaped.text(source, limit: 160)
      + (revision.isEmpty ? "" : " at \(Escaped.text(revision, limit: 60))")
  }
}

/// A wish that is new or says something else than before.
struct ChangedWish {
  let file: Int
  let old: Wish?
  let new: Wish

  func finding(
    _ check: DependencyCheck, in files: [FileDiff], _ detail: String,
    _ severity: DependencyCheck.Severity? = nil
  ) -> DependencyFinding {
    files[file].finding(check, file, detail, severity, .bytes(isOld: false, new.place))
  }
}

extension CheckedChanges {
  /// Every wish of a manifest or workflow that is new or different.
  func eachNewWish(_ body: (ChangedWish) -> Void) {
    for (index, file) in files.enumerated() where !file.isUntouched {
      guard let ecosystem = file.wishEcosystem, let new = file.new.inventory,
        !new.requirements.isEmpty
      else { continue }
      var before: [ByteKey: Wish] = [:]
      var statements: Set<ByteKey> = []
      if let old = file.old.inventory {
        for requirement in old.requirements {
          let wish = Wish(requirement, in: old.document, ecosystem)
          statements.insert(wish.statement)
          if before[wish.key] == nil { before[wish.key] = wish }
        }
      }
      for requirement in new.requirements {
        let wish = Wish(requirement, in: new.document, ecosystem)
        guard !statements.contains(wish.statement) else { continue }
        body(ChangedWish(file: index, old: before[wish.key], new: wish))
      }
    }
  }

  /// What the old side of a file asks for.
  func oldWishes(of file: FileDiff) -> [Wish] {
    guard let ecosystem = file.wishEcosystem, let old = file.old.inventory else { return [] }
    return old.requirements.map { Wish($0, in: old.document, ecosystem) }
  }
}

extension FileDiff {
  /// Of which ecosystem the packages are that a manifest asks for; `nil` for what is no manifest.
  var wishEcosystem: Ecosystem? {
    guard let format, format.fileClass != .locks else { return nil }
    return format.asksFor
  }
}
