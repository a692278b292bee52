package import Lockfiles
internal import Primitives

/// The parts of a source as the locks write it: `https://registry.example/ms/-/ms-2.1.3.tgz`,
/// `git+ssh://git@git.example/owner/name.git#rev`, `registry+https://...`, `git@host:owner/name`.
package struct SourceAddress {
  let kind: Entry.SourceKind
  /// `https`, without `git+` and `registry+`; lower case; empty where there is none.
  package private(set) var scheme: [UInt8] = []
  /// What stands before `@`: a user name, perhaps with a password.
  private(set) var user: ArraySlice<UInt8> = []
  /// Lower case; empty where there is none.
  private(set) var host: [UInt8] = []
  private(set) var port: ArraySlice<UInt8> = []
  /// Behind the host, without query and fragment.
  private(set) var path: ArraySlice<UInt8> = []

  package init(_ source: ArraySlice<UInt8>, _ kind: Entry.SourceKind) {
    self.kind = kind
    var rest = source.prefix { $0 != 0x23 && $0 != 0x3f }
    guard let mark = Self.schemeEnd(rest) else {
      readWithoutScheme(rest)
      return
    }
    scheme = rest[..<mark].map(Self.lower)
    // `git+https`, `registry+https`, `sparse+https`: the transport counts.
    if let plus = scheme.lastIndex(of: 0x2b) { scheme = Array(scheme[(plus + 1)...]) }
    rest = rest[(mark + 3)...]
    let authority = rest.prefix { $0 != 0x2f }
    path = rest[authority.endIndex...]
    readAuthority(authority)
  }

  /// The place of `://`, behind letters, digits, `+`, `-` and `.`.
  private static func schemeEnd(_ text: ArraySlice<UInt8>) -> Int? {
    guard let colon = text.firstIndex(of: 0x3a), colon > text.startIndex,
      text[colon...].starts(with: "://".utf8)
    else { return nil }
    return colon
  }

  private mutating func readAuthority(_ authority: ArraySlice<UInt8>) {
    var host = authority
    if let at = host.lastIndex(of: 0x40) {
      user = host[..<at]
      host = host[(at + 1)...]
    }
    if let colon = host.lastIndex(of: 0x3a), host.last != 0x5d {
      port = host[(colon + 1)...]
      host = host[..<colon]
    }
    self.host = host.map(Self.lower)
    // A name and the same name with a final dot are one host.
    if self.host.last == 0x2e { self.host.removeLast() }
  }

  /// `git@host:owner/name`, `github:owner/name`, `file:../x`, or a path.
  private mutating func readWithoutScheme(_ text: ArraySlice<UInt8>) {
    path = text
    guard let colon = text.firstIndex(of: 0x3a) else { return }
    let before = text[..<colon]
    guard !before.contains(0x2f) else { return }
    let rest = text[(colon + 1)...]
    if let at = before.lastIndex(of: 0x40) {
      scheme = Array("ssh".utf8)
      user = before[..<at]
      host = before[(at + 1)...].map(Self.lower)
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
    (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
  }

  package var isHTTP: Bool { scheme.elementsEqual("http".utf8) }

  /// The repository of a git source: `owner/name` in lower case, without `.git`.
  var repository: [UInt8] {
    var parts = path.split(separator: 0x2f).map { $0.map(Self.lower) }
    if let last = parts.last, last.count > 4, last.suffix(4).elementsEqual(".git".utf8) {
      parts[parts.count - 1] = last.dropLast(4)
    }
    return Array(parts.joined(separator: [0x2f]))
  }

  /// What must stay the same while a version stays the same: the kind and the host, and with them the
  /// repository, the folder of a registry, or the whole address, as far as the kind has them.
  ///
  /// - Parameter name: the package's name, which a registry has in its addresses.
  func origin(of name: ArraySlice<UInt8>) -> [UInt8] {
    var origin = Array("\(kind.rawValue) ".utf8) + host
    if !port.isEmpty { origin += [0x3a] + port }
    origin.append(0x20)
    switch kind {
    case .git: origin += repository
    case .url, .path, .workspace: origin += path
    case .registry, .unknown: origin += registryFolder(of: name)
    }
    return origin
  }

  /// What stands before the package's own part: `/npm/team-a` of `/npm/team-a/ms/-/ms-2.1.3.tgz`. An
  /// archive anywhere else says nothing but its host.
  private func registryFolder(of name: ArraySlice<UInt8>) -> [UInt8] {
    let parts = path.split(separator: 0x2f)
    if let dash = parts.firstIndex(where: { $0.elementsEqual("-".utf8) }) {
      let own = name.first == 0x40 ? 2 : 1
      // A scope and its slash are one part where the slash is written `%2f`.
      let isScoped = dash > 0 && parts[dash - 1].first == 0x40
      let count = Swift.max(0, dash - (isScoped ? 1 : own))
      return Array(parts[..<count].joined(separator: [0x2f]))
    }
    guard let last = parts.last, !Self.isArchive(last) else { return [] }
    // `/repos/acme/log/zipball/0123abcd...`: the commit is not where it comes from.
    let isCommit = last.count >= 40 && last.allSatisfy { Hex.value(of: $0) != nil }
    var folder = Array(parts.dropLast(isCommit ? 1 : 0).joined(separator: [0x2f]))
    if folder.suffix(4).elementsEqual(".git".utf8) { folder.removeLast(4) }
    return folder
  }

  private static func isArchive(_ name: ArraySlice<UInt8>) -> Bool {
    let endings = [
      ".tgz", ".tar.gz", ".zip", ".whl", ".gem", ".crate", ".jar", ".nupkg", ".conda", ".bz2",
    ]
    return endings.contains {
      name.count > $0.utf8.count && name.suffix($0.utf8.count).elementsEqual($0.utf8)
    }
  }

  /// The address for a person: the host and, for git, the repository; what else there is without one.
  var words: String {
    if host.isEmpty {
      return path.isEmpty ? kind.rawValue : Escaped.text(path, limit: 80)
    }
    let text = Escaped.text(host, limit: 80)
    switch kind {
    case .git: return "git \(text)/" + Escaped.text(repository, limit: 80)
    case .url: return text + Escaped.text(path, limit: 80)
    default: return text
    }
  }
}
