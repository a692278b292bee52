internal import Documents
internal import Primitives

/// The properties of Gradle's and Maven's wrappers: which build tool is downloaded and run, from where,
/// and with which digest. The tool is an entry, so that its address and digest are held to the rules of
/// every other one.
enum Wrappers {
  static let gradle = Format(
    "gradle-wrapper", files: ["gradle-wrapper.properties"], .origins, .properties, keys: keys,
    otherKeys: .runsCode, neutral: neutral, freeOrder: [.lines], recordsIntegrity: true,
    read: { reader throws(Unread) in
      try add("distributionUrl", digest: "distributionSha256Sum", &reader)
    })

  static let maven = Format(
    "maven-wrapper", files: ["maven-wrapper.properties"], .origins, .properties, keys: keys,
    otherKeys: .runsCode, neutral: neutral, freeOrder: [.lines], recordsIntegrity: true,
    read: { reader throws(Unread) in
      try add("distributionUrl", digest: "distributionSha256Sum", &reader)
      try add("wrapperUrl", digest: "wrapperSha256Sum", &reader)
    })

  private static let keys = [
    KeyRule("distributionSha256Sum", .origin), KeyRule("wrapperSha256Sum", .origin),
    KeyRule("validateDistributionUrl", .origin),
    KeyRule("wrapperVersion", .runsCode), KeyRule("distributionType", .runsCode),
    // Those of entries, which their own checks are about.
    KeyRule("distributionUrl", .dependency), KeyRule("wrapperUrl", .dependency),
  ]

  /// Where the tool is unpacked and looked for is not among these: it may be a folder of the repository.
  private static let neutral = [
    NeutralKey(
      ["networkTimeout", "retries", "retryBackOffMs"], in: "", form: .number(9),
      because: "how long the wrapper waits for the download")
  ]

  private static func add(
    _ key: StaticString, digest: StaticString, _ reader: inout EntryReader
  ) throws(Unread) {
    guard let node = reader.document.child(key, of: reader.root) else { return }
    let url = reader.document.text(node)
    let file = lastName(url, reader.document)
    var entry = Entry(
      node: node, locator: reader.document.key(node), name: file, ecosystem: .generic)
    // `gradle-8.5-bin.zip`: the version begins with the first digit behind a dash.
    if let version = versionStart(in: file, reader.document) {
      entry.name = reader.document.prefix(version - 1, of: file)
      let rest = reader.document.dropFirst(version, of: file)
      let end =
        reader.document.firstIndex(of: 0x2d, in: rest) ?? endOfDigits(rest, reader.document)
      entry.version = reader.document.prefix(end, of: rest)
    }
    entry.sourceKind = .url
    entry.source = url
    entry.runsCode = .yes
    entry.isDirect = true
    var digests: [Text] = []
    if let value = reader.document.text(digest, of: reader.root), !value.isEmpty {
      digests.append(try reader.compose("sha256:", value))
    }
    reader.add(entry, integrity: digests)
  }

  private static func lastName(_ url: Text, _ document: Document) -> Text {
    guard let slash = document.lastIndex(of: 0x2f, in: url) else { return url }
    return document.dropFirst(slash + 1, of: url)
  }

  private static func versionStart(in file: Text, _ document: Document) -> Int? {
    var index = 0
    while let dash = document.firstIndex(of: 0x2d, in: file, from: index) {
      if let next = document.byte(dash + 1, of: file), (0x30...0x39).contains(next) {
        return dash + 1
      }
      index = dash + 1
    }
    return nil
  }

  /// The end of `3.9.6` in `3.9.6.jar`: behind the last digit.
  private static func endOfDigits(_ text: Text, _ document: Document) -> Int {
    var index = Int(text.count)
    while index > 0, let byte = document.byte(index - 1, of: text), !(0x30...0x39).contains(byte) {
      index -= 1
    }
    return index
  }
}
