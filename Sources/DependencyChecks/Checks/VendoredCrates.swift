internal import Documents
internal import Lockfiles
internal import Primitives
internal import Signing

/// What HK245 says of the folders of `cargo vendor`, from the files of the push alone.
struct VendoredCrates {
  /// One finding: a file of the push and what is wrong with it.
  struct Word {
    let file: Int
    let severity: DependencyCheck.Severity
    let text: String
  }

  private(set) var words: [Word] = []
  private let files: [FileDiff]
  /// The SHA-256 of new sides, in lower-case digits, as far as they were asked for.
  private var digests: [Int: [UInt8]] = [:]
  private var releases: [Int: Releases] = [:]
  /// Where the Cargo.lock files of the push are.
  private let locks: [Int]
  /// How often a file may still be looked up in a list. A file is below several lists only where
  /// vendored crates lie in one another.
  private var lookups = 2_000_000

  /// Findings of one crate; more of them say nothing more.
  private static let most = 20

  /// - Parameter files: in the order of their paths' bytes.
  init(_ files: [FileDiff]) {
    self.files = files
    locks = files.indices.filter { files[$0].format?.family == .cargo }
  }

  mutating func judge() {
    for (index, file) in files.enumerated()
    where file.name.elementsEqual(".cargo-checksum.json".utf8) {
      guard file.newMode == .file || file.newMode == .executable, case .text(let bytes) = file.new
      else { continue }
      do throws(Unread) {
        judge(try ChecksumList(bytes), at: index)
      } catch {
        add(index, .critical, "cannot be read: \(error.reason.rawValue), byte \(error.offset)")
      }
    }
  }

  private mutating func judge(_ list: ChecksumList, at index: Int) {
    let start = words.count
    var old: ChecksumList?
    if case .text(let bytes) = files[index].old, files[index].oldMode != .link,
      files[index].oldMode != .submodule
    {
      old = try? ChecksumList(bytes)
    }
    if list.digests.isEmpty {
      if let old, !old.digests.isEmpty {
        add(index, .critical, "lists no file any more: nothing of the crate is verified")
      } else if files[index].oldMode == nil {
        add(index, .notice, "lists no file: nothing of the crate is verified")
      }
    }
    if let old { compare(old, list, at: index) }
    compareWithLock(list, at: index)
    compareFiles(list, at: index)
    limit(from: start, at: index)
  }

  /// Keeps the worst words of a crate, and counts the others.
  private mutating func limit(from start: Int, at index: Int) {
    let count = words.count - start
    guard count > Self.most else { return }
    let worst = words[start...].enumerated().sorted { left, right in
      left.element.severity == right.element.severity
        ? left.offset < right.offset : left.element.severity > right.element.severity
    }.map(\.element)
    words.removeSubrange(start...)
    words += worst.prefix(Self.most)
    let severity = worst.dropFirst(Self.most).first?.severity ?? .critical
    words.append(Word(file: index, severity: severity, text: "and \(count - Self.most) more"))
  }

  // MARK: The list before and now

  private mutating func compare(_ old: ChecksumList, _ new: ChecksumList, at index: Int) {
    guard let before = old.package else { return }
    let isSameManifest = old.manifest != nil && old.manifest == new.manifest
    guard let now = new.package else {
      if isSameManifest { add(index, .high, "the digest of the crate's archive is gone") }
      return
    }
    guard before == now else {
      if isSameManifest { add(index, .critical, "another archive for the same Cargo.toml") }
      return
    }
    // That an empty list was filled, or emptied, is another matter.
    guard !old.digests.isEmpty, !new.digests.isEmpty else { return }
    let archive = Escaped.text(now, limit: 12)
    for path in Set(old.digests.keys).union(new.digests.keys).sorted(by: isBefore) {
      let (left, right) = (old.digests[path], new.digests[path])
      let shown = Escaped.text(path, limit: 120)
      if left != nil, right != nil {
        guard left != right else { continue }
        // Vendoring tools write the manifest in their own way, and its reading says what it changes.
        let isManifest = path == ChecksumList.manifestPath
        add(
          index, isManifest ? .high : .critical,
          "\(shown)   another digest in the same archive \(archive)")
      } else if !ChecksumList.isOptional(path) {
        // A newer Cargo takes more of an archive: what is no code is not called an attack.
        left == nil
          ? add(
            index, ChecksumList.isCode(path) ? .critical : .high,
            "\(shown)   listed newly in the same archive \(archive)")
          : add(index, .high, "\(shown)   no longer listed in the same archive \(archive)")
      }
    }
  }

  private func isBefore(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
    left.lexicographicallyPrecedes(right)
  }

  // MARK: The lock

  /// The archives that a lock has for each name and version.
  private struct Releases {
    var digests: [Release: Set<[UInt8]>] = [:]
    /// Those that may also come from elsewhere than an archive.
    var others: Set<Release> = []
  }

  private struct Release: Hashable {
    let name: [UInt8]
    let version: [UInt8]
  }

  private mutating func compareWithLock(_ list: ChecksumList, at index: Int) {
    guard !locks.isEmpty else { return }
    let folder = files[index].folder
    let candidates = self.candidates(folder)
    guard !candidates.isEmpty else { return }
    var digests: Set<[UInt8]> = []
    var shown = ""
    for place in locks where Self.isAbove(files[place].folder, folder) {
      guard let locked = releases(of: place) else { continue }
      for release in candidates {
        // One of a repository or folder has no archive.
        if locked.others.contains(release) { return }
        guard let known = locked.digests[release] else { continue }
        digests.formUnion(known)
        shown =
          Escaped.text(release.name, limit: 80) + " " + Escaped.text(release.version, limit: 48)
      }
    }
    guard !digests.isEmpty else { return }
    let own = list.package.map { Array("sha256:".utf8) + $0 }
    if let own, digests.contains(own) { return }
    let archive = list.package.map { "the archive \(Escaped.text($0, limit: 12))" } ?? "no archive"
    add(index, .critical, "\(shown)   \(archive) is not the one that the lock has")
  }

  /// Which releases the crate of a folder may be: the one that its Cargo.toml in the push names, or
  /// those that the folder's name may stand for. `serde` alone does not say which version it is.
  private func candidates(_ folder: ArraySlice<UInt8>) -> [Release] {
    let place = lowerBound(folder + Array("/Cargo.toml".utf8))
    if place < files.count, files[place].path.elementsEqual(folder + Array("/Cargo.toml".utf8)) {
      guard let document = files[place].new.inventory?.document,
        let package = document.child("package", of: .root),
        let name = document.text("name", of: package),
        let version = document.text("version", of: package)
      else { return [] }
      return [
        Release(name: Array(document.bytes(name)), version: Array(document.bytes(version)))
      ]
    }
    let name = folder[((folder.lastIndex(of: 0x2f) ?? (folder.startIndex - 1)) + 1)...].prefix(256)
    return name.indices.filter { name[$0] == 0x2d }.map { hyphen in
      Release(name: Array(name[..<hyphen]), version: Array(name[(hyphen + 1)...]))
    }
  }

  private mutating func releases(of place: Int) -> Releases? {
    if let known = releases[place] { return known }
    guard let lock = files[place].new.inventory else { return nil }
    var found = Releases()
    for entry in lock.entries {
      let release = Release(
        name: Array(lock.document.bytes(entry.name)),
        version: Array(lock.document.bytes(entry.version)))
      let digests = lock.integrity(of: entry)
      if entry.sourceKind == .registry, !digests.isEmpty {
        found.digests[release, default: []].formUnion(digests)
      } else {
        found.others.insert(release)
      }
    }
    releases[place] = found
    return found
  }

  /// Whether a folder is another one or lies above it.
  private static func isAbove(_ upper: ArraySlice<UInt8>, _ lower: ArraySlice<UInt8>) -> Bool {
    lower.starts(with: upper)
      && (upper.isEmpty || lower.count == upper.count || lower.dropFirst(upper.count).first == 0x2f)
  }

  // MARK: The files

  /// Compares the files of the push below a list with it.
  private mutating func compareFiles(_ list: ChecksumList, at index: Int) {
    let folder = files[index].folder
    let prefix = folder.isEmpty ? [] : folder + [0x2f]
    var place = lowerBound(prefix)
    while place < files.count, files[place].path.starts(with: prefix) {
      defer { place += 1 }
      guard place != index else { continue }
      guard lookups > 0 else {
        add(index, .critical, "more files than are verified")
        return
      }
      lookups -= 1
      let path = files[place].path[prefix.count...]
      if let (severity, what) = verdict(on: place, list.digests[path], in: list) {
        add(place, severity, "\(Escaped.text(files[place].path, limit: 160))   \(what)")
      }
    }
  }

  private mutating func verdict(
    on place: Int, _ listed: ArraySlice<UInt8>?, in list: ChecksumList
  ) -> (DependencyCheck.Severity, String)? {
    let file = files[place]
    switch file.newMode {
    case nil: return listed == nil ? nil : (.high, "is deleted and still listed")
    case .link: return (.critical, "is a link, which vendoring never writes")
    case .submodule: return (.critical, "is a submodule, which vendoring never writes")
    case .file, .executable: break
    }
    // That such a list verifies nothing is said once.
    guard !list.digests.isEmpty else { return nil }
    guard let listed else {
      let path = file.path
      guard !ChecksumList.isOptional(path[...]) else { return nil }
      return (ChecksumList.isCode(path[...]) ? .critical : .high, "is not in .cargo-checksum.json")
    }
    if file.new.unread?.reason == .tooLarge, file.new.bytes.isEmpty {
      return (.high, "is too large to be verified")
    }
    let digest = digests[place] ?? Hex.encode(Digest.sha256(file.new.bytes))
    digests[place] = digest
    return listed.elementsEqual(digest)
      ? nil : (.critical, "is not what .cargo-checksum.json lists")
  }

  /// The first file whose path does not come before some bytes.
  private func lowerBound(_ wanted: some Collection<UInt8>) -> Int {
    var (low, high) = (0, files.count)
    while low < high {
      let middle = low + (high - low) / 2
      if files[middle].path.lexicographicallyPrecedes(wanted) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  private mutating func add(
    _ file: Int, _ severity: DependencyCheck.Severity, _ text: String
  ) {
    words.append(Word(file: file, severity: severity, text: text))
  }
}
