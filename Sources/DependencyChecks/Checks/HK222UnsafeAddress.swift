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
      so that nobody knows where the code comes from.
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
      .passes(
        "a port that the file uses already",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3", host: "registry.example:8443")),
          Sample.npm(Sample.entry("ms", "2.1.4", host: "registry.example:8443")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    changes.eachNewEntry { changed in
      guard changed.old == nil || !changed.fields.isDisjoint(with: [.source, .other]) else {
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
        let host = address.host.isEmpty ? "no host" : Escaped.text(address.host, limit: 120)
        found.append(
          changed.finding(
            check, isPlain ? .high : .critical,
            "\(changed.new.words)   \(host): \(flaws.joined(separator: ", "))"))
        return
      }
    }
    changes.eachFact { fact in
      guard fact.change.keyClass == .origin || fact.change.keyClass == .dependency,
        let address = disguised(fact.newText), disguised(fact.oldText) == nil
      else { return }
      let flaws = address.flaws.words.joined(separator: ", ")
      found.append(
        fact.finding(
          check, .critical, "\(fact.words)   \(Escaped.text(address.host, limit: 120)): \(flaws)"))
    }
    return found
  }

  /// A value of a manifest or configuration that is an address and is not plainly written as one. What has
  /// variables in it is not judged.
  private static func disguised(_ text: ArraySlice<UInt8>?) -> SourceAddress? {
    guard let text, text.count < 4096,
      !text.contains(where: { [UInt8(ascii: "$"), UInt8(ascii: "{")].contains($0) })
    else { return nil }
    let address = SourceAddress(text, .url)
    guard !address.flaws.isEmpty, !address.host.isEmpty, address.scheme.count < 8,
      address.scheme.starts(with: "http".utf8)
    else { return nil }
    return address
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
