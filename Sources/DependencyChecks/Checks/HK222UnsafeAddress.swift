internal import Documents
internal import Lockfiles
internal import Primitives

/// HK222: an address that nobody should fetch code from.
enum UnsafeAddress {
  static let check = DependencyCheck(
    222, "unsafe-address", name: "UnsafeAddress", .high,
    title: "an address that code should not come from",
    why: """
      Plain http lets everybody on the way change what is installed. A password in an address is \
      published with the file. A bare IP address, a port of its own or a name in letters that look \
      like others hides who serves the code.

      An address that is not plainly `scheme://host[:port]/path` is critical: a backslash, a user name, \
      missing slashes, an IP address in other digits, `..` in the path. Programs find different hosts in it \
      (npm reads `https://evil.example\\@registry.example/` and `https:/evil.example` as evil.example), \
      so that nobody knows where the code comes from. So is what is no address at all where the format has \
      one (`owner/name`, `x.tgz`, `latest`), a path that leads out of the repository, and in npm's and \
      yarn's locks a file that nothing of the lock asks for.
      """,
    ends:
      "Use https and a host name in plain letters, and keep passwords in the user's configuration.",
    examples: [
      .found(
        "a package is fetched by plain http",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(
            Sample.entry("ms", "2.1.4", url: "http://registry.example/ms/-/ms-2.1.4.tgz")))),
      .found(
        "a bare IP address serves a package",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(Sample.entry("ms", "2.1.4", host: "203.0.113.7")))),
      .found(
        "what looks like the host is a path",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(
            Sample.entry("ms", "2.1.4", host: #"evil.example\\@registry.example"#)))),
      .found(
        "a repository by its short name stands where the archive's address belongs",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(Sample.entry("ms", "2.1.4", url: "owner/ms")))),
      .found(
        "a new package is a file that nothing asks for",
        .npm(nil, Sample.npm(wants: #""ms": "*""#, Sample.entry("ms", "2.1.3", url: "file:x.tgz")))),
      .passes(
        "a new package is a file that the project asks for",
        .npm(
          nil,
          Sample.npm(
            wants: #""ms": "file:ms.tgz""#, Sample.entry("ms", "2.1.3", url: "file:ms.tgz")))),
      .passes(
        "a port that the file uses already",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3", host: "registry.example:8443")),
          Sample.npm(Sample.entry("ms", "2.1.4", host: "registry.example:8443")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    var wanted: [Int: Set<ByteKey>] = [:]
    let files = changes.files
    changes.eachNewEntry { changed in
      guard changed.old == nil || !changed.fields.isDisjoint(with: [.source, .other]) else {
        return
      }
      let file = files[changed.file]
      let side = changed.file * 2
      if let words = stray(changed.new, file, side, &wanted),
        changed.old.flatMap({ stray($0, file, side + 1, &wanted) }) == nil
      {
        found.append(changed.finding(check, .critical, "\(changed.new.words)   \(words)"))
        return
      }
      let before = changed.old.map { Set($0.addresses.map(\.risk)) } ?? []
      for address in changed.new.addresses {
        let isPlain = address.flaws.isEmpty
        var flaws = address.flaws.words
        if isPlain, !address.host.isEmpty, !changes.isKnown(authorityOf: address) {
          flaws = self.flaws(address)
        }
        // What the entry had before is no doing of this push.
        guard !flaws.isEmpty, !before.contains(address.risk) else { continue }
        let name = address.flaws.contains(.form) ? address.path : address.host[...]
        let host = name.isEmpty ? "no host" : Escaped.text(name, limit: 120)
        found.append(
          changed.finding(
            check, isPlain ? .high : .critical,
            "\(changed.new.words)   \(host): \(flaws.joined(separator: ", "))"))
        return
      }
    }
    changes.eachFact { fact in
      guard fact.change.keyClass == .origin || fact.change.keyClass == .dependency else { return }
      if isShare(fact.newText), !isShare(fact.oldText) {
        let words = Escaped.text(fact.newText ?? [], limit: 120)
        found.append(fact.finding(check, .critical, "\(fact.words)   \(words): a share of a host"))
        return
      }
      guard let address = disguised(fact.newText), disguised(fact.oldText) == nil else { return }
      let flaws = address.flaws.words.joined(separator: ", ")
      found.append(
        fact.finding(
          check, .critical, "\(fact.words)   \(Escaped.text(address.host, limit: 120)): \(flaws)"))
    }
    return found
  }

  /// What is wrong with a folder or file that an entry comes from, in words: it lies outside of the
  /// repository, or, of npm's and yarn's locks, nothing asks for a file.
  ///
  /// - Parameters:
  ///   - side: a number for the side of the file that the entry stands on.
  ///   - wanted: by such numbers, the names that something asks for as a folder or file.
  private static func stray(
    _ view: EntryView, _ file: FileDiff, _ side: Int, _ wanted: inout [Int: Set<ByteKey>]
  ) -> String? {
    let local = view.localArchives
    if let path = local.first(where: { !UnusualSource.staysInside($0, file.folder) }) {
      return "\(Escaped.text(path, limit: 120)): a file outside of the repository"
    }
    let kind = view.entry.sourceKind
    if let patch = strayPatch(view.source, file.folder) {
      return "\(Escaped.text(patch, limit: 120)): a patch outside of the repository"
    }
    guard kind == .path || kind == .workspace, !view.source.isEmpty, !view.entry.sourceIsName
    else { return nil }
    let source = Escaped.text(view.source, limit: 120)
    if !view.address.host.isEmpty {
      // `https:evil.example/x` in the place of a path is told by its flaws.
      return view.address.flaws.isEmpty ? "\(source): no folder or file" : nil
    }
    guard view.staysInside(file.folder) else { return "\(source): outside of the repository" }
    guard kind == .path, view.entry.ecosystem == .npm,
      !["file:", "link:", "portal:", "exec:"].contains(where: {
        view.locator.contains(bytes: $0.utf8)
      })
    else { return nil }
    let names = wanted[side] ?? wantedAsFiles(view.inventory)
    wanted[side] = names
    let name = view.alias.isEmpty ? view.name : view.alias
    return names.contains(ByteKey(Array(name))) ? nil : "\(source): nothing asks for a file"
  }

  /// A patch of yarn's that lies elsewhere: `patch:ms@npm%3A2.1.3#./a.patch&~/.yarn/patches/b.patch::...`, in
  /// which `~` is the project.
  private static func strayPatch(
    _ source: ArraySlice<UInt8>, _ folder: ArraySlice<UInt8>
  ) -> ArraySlice<UInt8>? {
    guard source.starts(with: "patch:".utf8), let mark = source.lastIndex(of: UInt8(ascii: "#"))
    else { return nil }
    var patches = source[(mark + 1)...]
    if let end = patches.firstIndex(of: "::".utf8) { patches = patches[..<end] }
    return patches.split(separator: UInt8(ascii: "&")).lazy.map { patch in
      var patch = patch
      for word in ["optional!", "~/"] where patch.starts(with: word.utf8) {
        patch = patch.dropFirst(word.utf8.count)
      }
      return patch
    }.first { !$0.starts(with: "builtin<".utf8) && !UnusualSource.staysInside($0, folder) }
  }

  private static func wantedAsFiles(_ inventory: Inventory) -> Set<ByteKey> {
    let document = inventory.document
    var names: Set<ByteKey> = []
    for wish in inventory.requirements {
      let text = document.bytes(wish.specification)
      if ["file:", "link:", "portal:", ".", "/", "~"].contains(where: { text.starts(with: $0.utf8) }
      ) {
        names.insert(ByteKey(Array(document.bytes(wish.name))))
      }
    }
    return names
  }

  /// Whether a value is a path that Windows takes from the host that it begins with (`\\\\host\\share`).
  private static func isShare(_ text: ArraySlice<UInt8>?) -> Bool {
    text?.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "\\")]) ?? false
  }

  /// A value of a manifest or configuration that is an address, or has one in it (`name @ https://...`), and
  /// is not plainly written as one. What has variables in it is not judged.
  private static func disguised(_ text: ArraySlice<UInt8>?) -> SourceAddress? {
    guard let text, text.count < 4096,
      !text.contains(where: { [UInt8(ascii: "$"), UInt8(ascii: "{")].contains($0) })
    else { return nil }
    let words = text.split { $0 <= 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
    return ([text] + words).lazy.map { SourceAddress($0, .url) }.first { address in
      !address.flaws.isEmpty && !address.host.isEmpty && address.hasScheme
        && ["http", "https", "ssh", "git", "svn"].contains {
          address.scheme.elementsEqual($0.utf8)
        }
    }
  }

  static func flaws(_ address: SourceAddress) -> [String] {
    var flaws: [String] = []
    let host = address.host
    if address.isHTTP || address.scheme.elementsEqual("git".utf8) { flaws.append("no encryption") }
    if host.allSatisfy({
      $0 == UInt8(ascii: ".") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
    }) {
      flaws.append("a bare IP address")
    }
    if !address.port.isEmpty, !address.port.elementsEqual("443".utf8) {
      flaws.append("port \(Escaped.text(address.port, limit: 8))")
    }
    if host.split(separator: UInt8(ascii: ".")).contains(where: { $0.starts(with: "xn--".utf8) }) {
      flaws.append("a name in other letters (punycode)")
    }
    return flaws
  }
}
