internal import Documents
internal import Primitives

/// pip's requirements and constraints files (pip documentation, "Requirements File Format"; PEP 508).
///
/// A line that pins one version, a URL or a checkout is an entry, with its `--hash` values; any other
/// asks for a range and is a requirement.
enum Requirements {
  static let format = Format(
    "requirements-txt",
    files: [
      "requirements*.txt", "*requirements.txt", "*-requirements*.txt", "requirements/*.txt",
      "constraints*.txt", "*constraints.txt", "requirements*.in", "*.requirements.in",
      "requirements/*.in", "constraints*.in", "requirements-dev.lock",
    ], .manifests, .requirements, asksFor: .pypi,
    keys: [
      KeyRule("requirement/**", .dependency),
      KeyRule("--requirement/**", .dependency),
      KeyRule("--constraint/**", .dependency),
      KeyRule("--editable/**", .dependency),
      KeyRule("--pre/**", .dependency),
      KeyRule("--index-url/**", .origin),
      KeyRule("--extra-index-url/**", .origin),
      KeyRule("--find-links/**", .origin),
      KeyRule("--no-index/**", .origin),
      KeyRule("--trusted-host/**", .origin),
      KeyRule("--require-hashes/**", .origin),
      KeyRule("--no-binary/**", .runsCode),
      KeyRule("--only-binary/**", .runsCode),
      KeyRule("--prefer-binary/**", .runsCode),
    ],
    mentions: [
      Mention(["--requirement/*", "--constraint/*"], is: .manifests, readAs: "requirements-txt"),
      Mention(["--find-links/*"], is: .origins, .folder),
    ], digests: DigestForm.python,
    family: .pypi, standsBesideOthers: true,
    includes: [
      .init(option: "--requirement", short: "-r"), .init(option: "--constraint", short: "-c"),
    ], allowsByteOrderMark: true, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    for option in reader.root {
      if option.key == "requirement" {
        for line in option { try addLine(line, &reader) }
      } else if option.key == "--editable" {
        for line in option { try addAddress(line.text, line, name: nil, ([], false), &reader) }
      }
    }
  }

  private static func addLine(_ line: Cursor, _ reader: inout EntryReader) throws(Unread) {
    let wanted = line.text.prefix(before: " --").trimmed
    let options = try self.options(of: line)
    if isAddress(wanted) { return try addAddress(wanted, line, name: nil, options, &reader) }
    let name = wanted.prefix(wanted.pythonNameEnd)
    guard !name.isEmpty else { throw line.unread(.wrongShape) }
    // Names are ASCII (PEP 508): what begins like one and goes on in other letters is none.
    if let next = wanted[name.count], next >= 0x80 { throw line.unread(.unexpected) }
    let behind = wanted.dropFirst(name.count).behindExtras
    if let url = behind.removing(prefix: "@") {
      // A marker behind a URL begins with white space.
      let address = url.trimmed.prefix(before: " ;").trimmed
      return try addAddress(address, line, name: name, options, &reader)
    }
    let specification = behind.prefix(before: ";").trimmed
    guard let version = pinnedVersion(specification) else {
      return reader.addRequirement(line, name, specification)
    }
    let condition = wanted.firstIndex(of: ";").map { wanted.dropFirst($0) } ?? .empty
    var entry = Draft(line, .pypi, name, locator: locator(name, condition, in: line))
    entry.version = version
    entry.sourceKind = .registry
    entry.isDirect = true
    if options.hasOthers { entry.runsCode = .yes }
    reader.add(entry, integrity: options.digests)
  }

  /// A URL, a checkout, a file or a folder.
  ///
  /// - Parameter name: what stands before it; otherwise its fragment may have one.
  private static func addAddress(
    _ address: Excerpt, _ line: Cursor, name: Excerpt?,
    _ options: (digests: [Excerpt], hasOthers: Bool), _ reader: inout EntryReader
  ) throws(Unread) {
    var source = address
    // What is no fragment that pip reads belongs to the address, whose host may end there:
    // `egg=...`, `subdirectory=...` or a digest, parted by `&` (pip documentation, "VCS Support").
    if let (place, fragment) = source.cutFragment(),
      fragment.starts(with: "egg=", "subdirectory=", "sha", "md5=")
    {
      source = place
    }
    let name = name ?? fragmentName(address)
    let own = name.map { locator($0, in: line) } ?? address
    var entry = Draft(line, .pypi, name ?? source, locator: own)
    entry.sourceKind = .url
    entry.isDirect = true
    // A source tree is built by its own code.
    entry.runsCode = options.hasOthers ? .yes : .unknown
    if source.starts(with: "git+") {
      entry.sourceKind = .git
      entry.runsCode = .yes
      if let (place, commit) = source.cut(atLast: "@"), !commit.contains("/") {
        entry.revision = commit
        source = place
      }
    } else if source.starts(with: "hg+", "svn+", "bzr+") {
      entry.sourceKind = .unknown
      entry.runsCode = .yes
    } else if !source.contains("://") || source.starts(with: "file:") {
      entry.sourceKind = .path
    }
    entry.source = source
    var digests = options.digests
    // `#sha256=HEX`, which pip checks like a hash of the line.
    if let fragment = address.cut(at: "#")?.after, fragment.starts(with: "sha"),
      let (algorithm, value) = fragment.cut(at: "=")
    {
      digests.append(try algorithm + ":" + value)
    }
    reader.add(entry, integrity: digests)
  }

  // MARK: Parts of a line

  /// `name` in pip's spelling of it (PEP 503), and the condition, which parts two lines of one name.
  private static func locator(
    _ name: Excerpt, _ condition: Excerpt = .empty, in line: Cursor
  ) -> Excerpt {
    var bytes: [UInt8] = []
    for byte in name.bytes {
      let isSeparator = byte == 0x2d || byte == 0x5f || byte == 0x2e
      if isSeparator, bytes.last == 0x2d { continue }
      bytes.append(isSeparator ? 0x2d : (0x41...0x5a).contains(byte) ? byte | 0x20 : byte)
    }
    return line.compose(bytes + condition.bytes)
  }

  /// The version behind `==` or `===`, when it is one and there is nothing else.
  private static func pinnedVersion(_ text: Excerpt) -> Excerpt? {
    let version = (text.removing(prefix: "===") ?? text.removing(prefix: "=="))?.trimmed
    guard let version, !version.isEmpty, !version.contains(","), !version.contains("*"),
      !version.contains(" ")
    else { return nil }
    return version
  }

  private static func isAddress(_ text: Excerpt) -> Bool {
    if text.starts(with: ".", "/") { return true }
    if text.ends(with: ".whl", ".tar.gz", ".zip") { return !text.contains("@") }
    guard let (scheme, _) = text.cut(at: "://") else { return false }
    return scheme.bytes.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || $0 == UInt8(ascii: "+") }
  }

  /// The name in `#egg=NAME`.
  private static func fragmentName(_ address: Excerpt) -> Excerpt? {
    guard let (_, egg) = address.cut(at: "egg=") else { return nil }
    let name = egg.prefix(egg.pythonNameEnd)
    return name.isEmpty ? nil : name
  }

  /// `--hash=sha256:HEX`; any other option of a line is handed to the build.
  private static func options(
    of line: Cursor
  ) throws(Unread) -> (digests: [Excerpt], hasOthers: Bool) {
    var rest = line.text.dropFirst(line.text.prefix(before: " --").count)
    var list: [Excerpt] = []
    var hasOthers = false
    while let word = rest.nextWord() {
      let own = word == "--hash" ? rest.nextWord() ?? .empty : word.removing(prefix: "--hash=")
      guard let digest = own else {
        hasOthers = true
        continue
      }
      guard digest.contains(":") else { throw line.unread(.wrongShape) }
      list.append(digest)
    }
    return (list, hasOthers)
  }
}
