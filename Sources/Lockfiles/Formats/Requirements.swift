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
    ], recordsIntegrity: true, allowsByteOrderMark: true, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    for option in reader.children(of: reader.root) {
      let name = reader.document.key(option)
      if reader.document.equals(name, "requirement") {
        for node in reader.children(of: option) { try addLine(node, &reader) }
      } else if reader.document.equals(name, "--editable") {
        for node in reader.children(of: option) {
          let value = reader.document.text(node)
          try addAddress(
            value, node, name: fragmentName(value, reader.document), [], false, &reader)
        }
      }
    }
  }

  private static func addLine(_ node: NodeID, _ reader: inout EntryReader) throws(Unread) {
    let line = reader.document.text(node)
    let options = reader.document.firstIndex(of: " --", in: line) ?? Int(line.count)
    let wanted = reader.document.trimmed(reader.document.prefix(options, of: line))
    let marker = reader.document.firstIndex(of: 0x3b, in: wanted)
    let (digests, hasOptions) = try self.digests(
      reader.document.dropFirst(options, of: line), node, reader)
    if isAddress(wanted, reader.document) {
      return try addAddress(
        wanted, node, name: fragmentName(wanted, reader.document), digests, hasOptions, &reader)
    }
    let nameEnd = endOfName(wanted, reader.document)
    guard nameEnd > 0 else { throw reader.unread(.wrongShape, node) }
    // Names are ASCII (PEP 508): what begins like one and goes on in other letters is none.
    if let next = reader.document.byte(nameEnd, of: wanted), next >= 0x80 {
      throw reader.unread(.unexpected, node)
    }
    let name = reader.document.prefix(nameEnd, of: wanted)
    let rest = reader.document.trimmed(reader.document.dropFirst(nameEnd, of: wanted))
    let behind = reader.document.trimmed(afterExtras(rest, reader.document))
    if reader.document.byte(0, of: behind) == 0x40 {
      let url = reader.document.trimmed(reader.document.dropFirst(1, of: behind))
      // A marker behind a URL begins with white space.
      let end = reader.document.firstIndex(of: " ;", in: url) ?? Int(url.count)
      return try addAddress(
        reader.document.trimmed(reader.document.prefix(end, of: url)), node, name: name, digests,
        hasOptions, &reader)
    }
    let specification = reader.document.trimmed(
      reader.document.prefix(
        reader.document.firstIndex(of: 0x3b, in: behind) ?? Int(behind.count), of: behind))
    guard let version = pinnedVersion(specification, reader.document) else {
      reader.add(Requirement(node: node, name: name, specification: specification))
      return
    }
    let condition = marker.map { reader.document.dropFirst($0, of: wanted) } ?? .empty
    var entry = Entry(
      node: node, locator: try locator(name, condition, &reader), name: name, ecosystem: .pypi)
    entry.version = version
    entry.sourceKind = .registry
    entry.isDirect = true
    if hasOptions { entry.runsCode = .yes }
    reader.add(entry, integrity: digests)
  }

  /// A URL, a checkout, a file or a folder.
  private static func addAddress(
    _ address: Text, _ node: NodeID, name: Text?, _ digests: [Text],
    _ hasOptions: Bool, _ reader: inout EntryReader
  ) throws(Unread) {
    var source = address
    // What is no fragment that pip reads belongs to the address, whose host may end there.
    if let hash = reader.document.fragmentMark(in: source),
      isFragment(reader.document.dropFirst(hash + 1, of: source), reader.document)
    {
      source = reader.document.prefix(hash, of: source)
    }
    var entry = Entry(node: node, locator: address, name: name ?? source, ecosystem: .pypi)
    if let name { entry.locator = try locator(name, .empty, &reader) }
    entry.sourceKind = .url
    entry.isDirect = true
    // A source tree is built by its own code.
    entry.runsCode = hasOptions ? .yes : .unknown
    let document = reader.document
    if document.starts(source, with: "git+") {
      entry.sourceKind = .git
      entry.runsCode = .yes
      let slash = document.lastIndex(of: 0x2f, in: source) ?? 0
      if let at = document.lastIndex(of: 0x40, in: source), at > slash {
        entry.revision = document.dropFirst(at + 1, of: source)
        source = document.prefix(at, of: source)
      }
    } else if document.starts(source, with: "hg+") || document.starts(source, with: "svn+")
      || document.starts(source, with: "bzr+")
    {
      entry.sourceKind = .unknown
      entry.runsCode = .yes
    } else if document.firstIndex(of: "://", in: source) == nil
      || document.starts(source, with: "file:")
    {
      entry.sourceKind = .path
    }
    entry.source = source
    let digests = digests + (try fragmentDigest(address, &reader))
    reader.add(entry, integrity: digests)
  }

  /// `egg=...`, `subdirectory=...` or a digest, parted by `&` (pip documentation, "VCS Support").
  private static func isFragment(_ text: Text, _ document: Document) -> Bool {
    let keys: [StaticString] = ["egg=", "subdirectory=", "sha", "md5="]
    return keys.contains { document.starts(text, with: $0) }
  }

  /// `#sha256=HEX`, which pip checks like a hash of the line.
  private static func fragmentDigest(
    _ address: Text, _ reader: inout EntryReader
  ) throws(Unread) -> [Text] {
    guard let fragment = reader.document.firstIndex(of: 0x23, in: address) else { return [] }
    let text = reader.document.dropFirst(fragment + 1, of: address)
    guard reader.document.starts(text, with: "sha"),
      let sign = reader.document.firstIndex(of: 0x3d, in: text)
    else { return [] }
    let algorithm = reader.document.prefix(sign, of: text)
    let value = reader.document.dropFirst(sign + 1, of: text)
    return [try reader.compose(algorithm, ":", value)]
  }

  // MARK: Parts of a line

  /// `name` in pip's spelling of it (PEP 503), and the condition, which parts two lines of one name.
  private static func locator(
    _ name: Text, _ condition: Text, _ reader: inout EntryReader
  ) throws(Unread) -> Text {
    var bytes: [UInt8] = []
    for byte in reader.document.bytes(name) {
      let isSeparator = byte == 0x2d || byte == 0x5f || byte == 0x2e
      if isSeparator, bytes.last == 0x2d { continue }
      bytes.append(isSeparator ? 0x2d : (0x41...0x5a).contains(byte) ? byte | 0x20 : byte)
    }
    bytes += reader.document.bytes(condition)
    return try reader.compose(bytes)
  }

  private static func endOfName(_ text: Text, _ document: Document) -> Int {
    var index = 0
    while let byte = document.byte(index, of: text) {
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x5f, 0x2e: index += 1
      default: return index
      }
    }
    return index
  }

  private static func afterExtras(_ text: Text, _ document: Document) -> Text {
    guard document.byte(0, of: text) == 0x5b, let close = document.firstIndex(of: 0x5d, in: text)
    else { return text }
    return document.dropFirst(close + 1, of: text)
  }

  /// The version behind `==` or `===`, when it is one and there is nothing else.
  private static func pinnedVersion(_ text: Text, _ document: Document) -> Text? {
    guard document.starts(text, with: "==") else { return nil }
    let count = document.starts(text, with: "===") ? 3 : 2
    let version = document.trimmed(document.dropFirst(count, of: text))
    guard !version.isEmpty, document.firstIndex(of: 0x2c, in: version) == nil,
      document.firstIndex(of: 0x2a, in: version) == nil,
      document.firstIndex(of: 0x20, in: version) == nil
    else { return nil }
    return version
  }

  private static func isAddress(_ text: Text, _ document: Document) -> Bool {
    if document.starts(text, with: ".") || document.starts(text, with: "/") { return true }
    if document.ends(text, with: ".whl") || document.ends(text, with: ".tar.gz")
      || document.ends(text, with: ".zip")
    {
      return document.firstIndex(of: "@", in: text) == nil
    }
    guard let colon = document.firstIndex(of: "://", in: text) else { return false }
    for index in 0..<colon {
      switch document.byte(index, of: text) ?? 0 {
      case 0x61...0x7a, 0x41...0x5a, 0x2b: continue
      default: return false
      }
    }
    return true
  }

  /// The name in `#egg=NAME`.
  private static func fragmentName(_ address: Text, _ document: Document) -> Text? {
    guard let egg = document.firstIndex(of: "egg=", in: address) else { return nil }
    let rest = document.dropFirst(egg + 4, of: address)
    let name = document.prefix(endOfName(rest, document), of: rest)
    return name.isEmpty ? nil : name
  }

  /// `--hash=sha256:HEX`; any other option of a line is handed to the build.
  private static func digests(
    _ options: Text, _ node: NodeID, _ reader: EntryReader
  ) throws(Unread) -> ([Text], Bool) {
    var rest = options
    var list: [Text] = []
    var hasOthers = false
    while var word = reader.document.nextWord(&rest) {
      if reader.document.equals(word, "--hash") {
        word = reader.document.nextWord(&rest) ?? .empty
      } else if reader.document.starts(word, with: "--hash=") {
        word = reader.document.dropFirst(7, of: word)
      } else {
        hasOthers = true
        continue
      }
      guard reader.document.firstIndex(of: 0x3a, in: word) != nil else {
        throw reader.unread(.wrongShape, node)
      }
      list.append(word)
    }
    return (list, hasOthers)
  }
}
