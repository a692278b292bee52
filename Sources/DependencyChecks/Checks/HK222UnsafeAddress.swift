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
      for address in [changed.new.address] + changed.new.archives where !address.host.isEmpty {
        var flaws: [String] = []
        if !changes.isKnown(authorityOf: address) { flaws = self.flaws(address) }
        if address.user.contains(0x3a) { flaws.append("a password") }
        guard !flaws.isEmpty else { continue }
        let host = Escaped.text(address.host, limit: 80)
        found.append(
          changed.finding(
            check, "\(changed.new.words)   \(host): \(flaws.joined(separator: ", "))"))
        return
      }
    }
    return found
  }

  static func flaws(_ address: SourceAddress) -> [String] {
    var flaws: [String] = []
    let host = address.host
    if address.isHTTP || address.scheme.elementsEqual("git".utf8) { flaws.append("no encryption") }
    if host.first == 0x5b || host.allSatisfy({ $0 == 0x2e || (0x30...0x39).contains($0) }) {
      flaws.append("a bare IP address")
    }
    if !address.port.isEmpty, !address.port.elementsEqual("443".utf8) {
      flaws.append("port \(Escaped.text(address.port, limit: 8))")
    }
    if host.split(separator: 0x2e).contains(where: { $0.starts(with: "xn--".utf8) }) {
      flaws.append("a name in other letters (punycode)")
    }
    if host.contains(where: { $0 >= 0x80 || $0 == 0x25 }) {
      flaws.append("a name in other letters")
    }
    return flaws
  }
}
