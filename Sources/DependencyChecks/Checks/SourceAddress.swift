internal import Documents
package import Lockfiles
internal import Primitives

/// The parts of a source as the locks write it: `https://registry.example/ms/-/ms-2.1.3.tgz`,
/// `git+ssh://git@git.example/owner/name.git#rev`, `registry+https://...`, `git@host:owner/name`.
///
/// It is read as browsers and npm do (WHATWG URL), who find a host where others see a path; where
/// programs read an address in different ways it has flaws, whoever is right.
package struct SourceAddress {
  let kind: Entry.SourceKind
  /// `https`, without `git+` and `registry+`; lower case; empty where there is none.
  package private(set) var scheme: [UInt8] = []
  /// What stands before `@`: a user name, perhaps with a password.
  private(set) var user: ArraySlice<UInt8> = []
  /// Lower case; empty where there is none.
  private(set) var host: [UInt8] = []
  private(set) var port: ArraySlice<UInt8> = []
  /// Whether `scheme://` or, of HTTP, `scheme:` stands before it.
  private(set) var hasScheme = false
  /// Behind the host, without query and fragment.
  private(set) var path: ArraySlice<UInt8> = []
  /// What makes it anything but `scheme://host[:port]/path`.
  private(set) var flaws: Flaws = []

  package init(_ source: ArraySlice<UInt8>, _ kind: Entry.SourceKind) {
    self.kind = kind
    let text = clean(source)
    guard let mark = Self.schemeEnd(text) else {
      readWithoutScheme(text.prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?") })
      return
    }
    let written = text[..<mark]
    hasScheme = true
    scheme = written.map(Self.lower)
    if !written.elementsEqual(scheme) { flaws.insert(.letterCase) }
    // `git+https`, `registry+https`, `sparse+https`: the transport counts.
    if let plus = scheme.lastIndex(of: UInt8(ascii: "+")) { scheme = Array(scheme[(plus + 1)...]) }
    var rest = text[(mark + 1)...]
    // Browsers skip any number of slashes before a host that is asked by HTTP.
    let slashes = Self.isHTTP(scheme) ? rest.prefix { isSlash($0) } : rest.prefix(2)
    rest = rest[slashes.endIndex...]
    if slashes.count != 2 { flaws.insert(.slashes) }
    let authority = rest.prefix {
      !isSlash($0) && $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?")
    }
    // `file://../x` names no host `..`: Helm and npm write so what stands beside the file.
    if scheme.elementsEqual("file".utf8),
      authority.elementsEqual("..".utf8)
        || authority.elementsEqual(".".utf8)
    {
      path = rest
      return
    }
    rest = rest[authority.endIndex...]
    // `https://host?@other/` and `https://host#/other`: the host ends earlier than it seems.
    if let next = rest.first, !isSlash(next) { flaws.insert(.slashes) }
    path = rest.prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?") }
    readAuthority(authority)
    readPath()
  }

  /// Says what is wrong with the bytes, and leaves out what the WHATWG's reader strips: tabs and line
  /// ends anywhere, blanks and control characters at both ends.
  private mutating func clean(_ source: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var hasControls = false
    for byte in source {
      if byte <= 0x20 || byte >= 0x7f {
        hasControls = true
      } else if byte == UInt8(ascii: "\\") {
        flaws.insert(.backslash)
      }
    }
    guard hasControls else { return source }
    flaws.insert(.bytes)
    var text = source.filter { $0 != 0x09 && $0 != 0x0a && $0 != 0x0d }[...]
    while let first = text.first, first <= 0x20 { text.removeFirst() }
    while let last = text.last, last <= 0x20 { text.removeLast() }
    return text
  }

  /// The place of the colon behind a scheme. Where no `//` follows it, only what is fetched by HTTP is
  /// taken for an address all the same.
  private static func schemeEnd(_ text: ArraySlice<UInt8>) -> Int? {
    guard let colon = text.prefix(32).firstIndex(of: UInt8(ascii: ":")), colon > text.startIndex,
      text[..<colon].allSatisfy(isSchemeByte)
    else { return nil }
    if text[colon...].starts(with: "://".utf8) { return colon }
    var transport = text[..<colon].map(lower)[...]
    if let plus = transport.lastIndex(of: UInt8(ascii: "+")) {
      transport = transport[(plus + 1)...]
    }
    return isHTTP(Array(transport)) ? colon : nil
  }

  private static func isSchemeByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  private static func isHTTP(_ scheme: [UInt8]) -> Bool {
    scheme.elementsEqual("https".utf8) || scheme.elementsEqual("http".utf8)
  }

  private func isSlash(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "/") || (byte == UInt8(ascii: "\\") && Self.isHTTP(scheme))
  }

  private mutating func readAuthority(_ authority: ArraySlice<UInt8>) {
    var host = authority
    if let at = host.lastIndex(of: UInt8(ascii: "@")) {
      user = host[..<at]
      host = host[(at + 1)...]
      if !isPlainUser { flaws.insert(.user) }
    }
    if let colon = host.lastIndex(of: UInt8(ascii: ":")), host.last != UInt8(ascii: "]") {
      port = host[(colon + 1)...]
      host = host[..<colon]
      if port.first.map({ $0 == UInt8(ascii: "0") || !Self.isDigit($0) }) ?? true
        || port.count > 5 || !port.allSatisfy(Self.isDigit)
      {
        flaws.insert(.port)
      }
    }
    readHost(host)
  }

  /// `git@` is how the repositories of forges are written, and ssh needs a name.
  private var isPlainUser: Bool {
    if user.elementsEqual("git".utf8) { return true }
    return scheme.elementsEqual("ssh".utf8) && !user.isEmpty
      && user.allSatisfy {
        $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: ":") && Self.isNameByte($0)
      }
  }

  private mutating func readHost(_ written: ArraySlice<UInt8>) {
    var host = written.map(Self.lower)
    if !host.elementsEqual(written) { flaws.insert(.letterCase) }
    if host.contains(UInt8(ascii: "%")) {
      flaws.insert(.host)
      host = PercentEncoding.decoded(host[...]).map(Self.lower)
    }
    // A name and the same name with a final dot are one host.
    if host.last == UInt8(ascii: ".") {
      flaws.insert(.dot)
      host.removeLast()
    }
    self.host = host
    let isFile = scheme.elementsEqual("file".utf8)
    if host.isEmpty {
      if !isFile { flaws.insert(.host) }
    } else if isFile {
      flaws.insert(.host)
    } else if host.first == UInt8(ascii: "[") || Self.isDisguisedNumber(host) {
      flaws.insert(.number)
    } else if !host.allSatisfy(Self.isNameByte) || host.first == UInt8(ascii: ".")
      || host.contains(bytes: "..".utf8)
    {
      flaws.insert(.host)
    }
  }

  /// Whether a host is an IPv4 address in other digits than four plain ones: its last part is a number
  /// (WHATWG URL, "ends in a number checker").
  private static func isDisguisedNumber(_ host: [UInt8]) -> Bool {
    let parts = host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard let last = parts.last, !last.isEmpty else { return false }
    let isHexadecimal =
      last.starts(with: "0x".utf8) && last.dropFirst(2).allSatisfy { Hex.value(of: $0) != nil }
    guard isHexadecimal || last.allSatisfy(isDigit) else { return false }
    return parts.count != 4
      || !parts.allSatisfy { part in
        part.allSatisfy(isDigit) && part.count <= 3
          && (part.count == 1 || part.first != UInt8(ascii: "0"))
      }
  }

  /// `..` leads elsewhere than the path seems to, also where its dots are `%2e`, and so does what some
  /// programs decode to a backslash or to nothing.
  private mutating func readPath() {
    if path.contains(UInt8(ascii: "%")) {
      for byte in PercentEncoding.decoded(path) where byte != UInt8(ascii: "%") {
        if byte == UInt8(ascii: "\\") { flaws.insert(.backslash) }
        if byte < 0x20 || byte == 0x7f { flaws.insert(.bytes) }
      }
    }
    guard path.contains(UInt8(ascii: ".")) || path.contains(UInt8(ascii: "%")) else { return }
    for part in path.split(whereSeparator: isSlash) where part.count <= 6 {
      var dots = 0
      var rest = part
      while !rest.isEmpty {
        if rest.first == UInt8(ascii: ".") {
          rest = rest.dropFirst()
        } else if rest.prefix(3).map(Self.lower).elementsEqual("%2e".utf8) {
          rest = rest.dropFirst(3)
        } else {
          dots = 0
          break
        }
        dots += 1
      }
      if dots == 1 || dots == 2 { flaws.insert(.dots) }
    }
  }

  /// `git@host:owner/name`, `github:owner/name`, `file:../x`, or a path.
  private mutating func readWithoutScheme(_ text: ArraySlice<UInt8>) {
    path = text
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return }
    let before = text[..<colon]
    guard !before.contains(UInt8(ascii: "/")) else { return }
    let rest = text[(colon + 1)...]
    if let at = before.lastIndex(of: UInt8(ascii: "@")) {
      scheme = Array("ssh".utf8)
      user = before[..<at]
      if !isPlainUser { flaws.insert(.user) }
      readHost(before[(at + 1)...])
      path = rest
    } else if let forge = Self.forges.first(where: { before.elementsEqual($0.0.utf8) }) {
      scheme = Array("https".utf8)
      host = Array(forge.1.utf8)
      path = rest
    } else {
      scheme = before.map(Self.lower)
      path = rest
    }
  }

  /// The short names of forges (npm-package-arg; hosted-git-info).
  private static let forges = [
    ("github", "github.com"), ("gitlab", "gitlab.com"), ("bitbucket", "bitbucket.org"),
    ("gist", "gist.github.com"),
  ]

  private static func lower(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// What host names are made of: letters, digits, `-`, `_` and `.`.
  private static func isNameByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lower(byte))
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
  }

  package var isHTTP: Bool { scheme.elementsEqual("http".utf8) }

  /// `scheme://host:port`.
  var authority: [UInt8] {
    scheme + Array("://".utf8) + host + (port.isEmpty ? [] : [UInt8(ascii: ":")] + port)
  }

  /// Who is asked, and how doubtful the words for it are; of what is no address, all of it.
  var risk: ByteKey {
    ByteKey(
      authority + Array(" \(flaws.rawValue)".utf8) + (flaws.contains(.form) ? Array(path) : []))
  }

  /// The same, with a flaw where it is no address that something is fetched from: no scheme and host, nor,
  /// of a repository, `git@host:owner/name` or a forge by its short name.
  func requiringHost() -> SourceAddress {
    guard kind != .path, kind != .workspace else { return self }
    let isShort = kind == .git && !host.isEmpty
    // The usual registry needs no address; a repository and an archive do.
    let isLeftOut = path.isEmpty && scheme.isEmpty && kind != .git && kind != .url
    guard !(hasScheme && !host.isEmpty), !isShort, !isLeftOut else { return self }
    var address = self
    address.flaws.insert(.form)
    return address
  }

  /// The repository of a git source: `owner/name` in lower case, without `.git`. GitHub serves the archive
  /// of a commit as `OWNER/NAME/tar.gz/COMMIT`.
  var repository: [UInt8] {
    var parts = path.split(separator: UInt8(ascii: "/")).map { $0.map(Self.lower) }
    if host.elementsEqual("codeload.github.com".utf8), parts.count == 4 { parts.removeLast(2) }
    if let last = parts.last, last.count > 4, last.suffix(4).elementsEqual(".git".utf8) {
      parts[parts.count - 1] = last.dropLast(4)
    }
    return Array(parts.joined(separator: [UInt8(ascii: "/")]))
  }
}

extension SourceAddress {
  /// Ways of an address to be read differently by different programs.
  struct Flaws: OptionSet {
    let rawValue: UInt16

    /// A backslash, which is a slash to some.
    static let backslash = Flaws(rawValue: 1)
    /// Blanks, control characters, or bytes beyond ASCII.
    static let bytes = Flaws(rawValue: 2)
    /// Capitals in the scheme or the host.
    static let letterCase = Flaws(rawValue: 4)
    /// More or fewer slashes than belong there.
    static let slashes = Flaws(rawValue: 8)
    /// A name before the host.
    static let user = Flaws(rawValue: 16)
    static let port = Flaws(rawValue: 32)
    /// No host, a percent-encoded one, or bytes that no name has.
    static let host = Flaws(rawValue: 64)
    /// A dot behind the host.
    static let dot = Flaws(rawValue: 128)
    /// An IP address that is not written as four numbers.
    static let number = Flaws(rawValue: 256)
    /// `..` in the path.
    static let dots = Flaws(rawValue: 512)
    /// No `scheme://host` where one belongs.
    static let form = Flaws(rawValue: 1024)

    var words: [String] {
      let all: [(Flaws, String)] = [
        (.backslash, "a backslash"), (.bytes, "blanks or bytes beyond ASCII"),
        (.letterCase, "capitals in the host or scheme"),
        (.slashes, "slashes are missing or too many"),
        (.user, "a user name or password before the host"), (.port, "a port that is none"),
        (.host, "a host that is no plain name"), (.dot, "a dot behind the host"),
        (.number, "an IP address in disguise"), (.dots, "a path with dots for folders"),
        (.form, "no address of a host"),
      ]
      return all.filter { contains($0.0) }.map(\.1)
    }
  }
}
