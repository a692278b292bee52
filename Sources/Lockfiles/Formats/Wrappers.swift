internal import Documents
internal import Primitives

/// The properties of Gradle's and Maven's wrappers: which build tool is downloaded and run, from where,
/// and with which digest. The tool is an entry, so that its address and digest are held to the rules of
/// every other one.
enum Wrappers {
  static let gradle = Format(
    "gradle-wrapper", files: ["gradle-wrapper.properties"], .origins, .properties, keys: keys,
    otherKeys: .runsCode, neutral: neutral, freeOrder: [.lines], digests: DigestForm.sha256,
    read: { reader throws(Unread) in
      try add("distributionUrl", digest: "distributionSha256Sum", &reader)
    })

  static let maven = Format(
    "maven-wrapper", files: ["maven-wrapper.properties"], .origins, .properties, keys: keys,
    otherKeys: .runsCode, neutral: neutral, freeOrder: [.lines], digests: DigestForm.sha256,
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
    guard let address = reader.root[key] else { return }
    let file = address.text.suffix(afterLast: "/")
    var entry = Draft(address, .generic, file, locator: address.key)
    // `gradle-8.5-bin.zip`: the version begins with the first digit behind a dash.
    if let version = versionStart(in: file) {
      entry.name = file.prefix(version - 1)
      let rest = file.dropFirst(version)
      // The end of `3.9.6` in `3.9.6.jar`: behind the last digit.
      let ending = rest.bytes.reversed().prefix { !(0x30...0x39).contains($0) }
      entry.version = rest.cut(at: "-")?.before ?? rest.prefix(rest.count - ending.count)
    }
    entry.sourceKind = .url
    entry.source = address.text
    entry.runsCode = .yes
    entry.isDirect = true
    try reader.add(entry, digest: reader.root[text: digest], behind: "sha256:")
  }

  private static func versionStart(in file: Excerpt) -> Int? {
    var index = 0
    while let dash = file.firstIndex(of: "-", from: index) {
      if let next = file[dash + 1], (0x30...0x39).contains(next) { return dash + 1 }
      index = dash + 1
    }
    return nil
  }
}
