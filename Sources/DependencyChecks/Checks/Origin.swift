internal import Documents
internal import Lockfiles
internal import Primitives

/// Where a package comes from, as far as that stays the same while its version does not: the kind and the
/// host, and with them the repository, the folder of a registry, or the whole address, as far as the kind
/// has them. The public registry of an ecosystem is one origin, by whichever of its names.
struct Origin: Hashable {
  private let key: [UInt8]
  /// Whether it is the public registry, or what a lock that names none falls back to.
  let isPublic: Bool

  fileprivate init(_ key: [UInt8], isPublic: Bool = false) {
    self.key = key
    self.isPublic = isPublic
  }

  static func == (left: Origin, right: Origin) -> Bool { left.key == right.key }

  func hash(into hasher: inout Hasher) { key.withUnsafeBytes { hasher.combine(bytes: $0) } }

  /// The hosts of an ecosystem's public registry, the one that people know it by first.
  fileprivate static func publicHosts(of ecosystem: Ecosystem) -> [StaticString] {
    switch ecosystem {
    // yarn's name for npm's registry.
    case .npm: ["registry.npmjs.org", "registry.yarnpkg.com"]
    case .jsr: ["jsr.io", "npm.jsr.io"]
    case .pypi: ["pypi.org", "files.pythonhosted.org", "pypi.python.org"]
    case .cargo: ["crates.io", "index.crates.io", "static.crates.io"]
    case .gem: ["rubygems.org", "index.rubygems.org"]
    case .composer: ["repo.packagist.org", "packagist.org"]
    case .hex: ["hex.pm", "repo.hex.pm"]
    case .pub: ["pub.dev", "pub.dartlang.org"]
    case .nuget: ["api.nuget.org", "www.nuget.org"]
    case .maven: ["repo.maven.apache.org", "repo1.maven.org"]
    case .golang: ["proxy.golang.org"]
    case .cocoapods: ["cdn.cocoapods.org"]
    default: []
    }
  }

  /// The git repositories that public registries keep their index in.
  fileprivate static func publicIndex(of ecosystem: Ecosystem) -> StaticString? {
    switch ecosystem {
    case .cargo: "github.com/rust-lang/crates.io-index"
    case .cocoapods: "github.com/cocoapods/specs"
    default: nil
    }
  }
}

extension StaticString {
  fileprivate func equals(_ bytes: some Sequence<UInt8>) -> Bool {
    withUTF8Buffer { bytes.elementsEqual($0) }
  }
}

extension SourceAddress {
  /// - Parameter name: the package's name, which a registry has in its addresses.
  func origin(of name: ArraySlice<UInt8>, _ ecosystem: Ecosystem) -> Origin {
    if isPublicRegistry(ecosystem) { return Origin(Array("registry".utf8), isPublic: true) }
    var key = Array("\(kind.rawValue) ".utf8) + host
    if !port.isEmpty { key += [UInt8(ascii: ":")] + port }
    key.append(0x20)
    switch kind {
    case .git: key += repository
    case .url, .path, .workspace: key += path
    case .registry, .unknown: key += registryFolder(of: name, ecosystem) ?? []
    }
    return Origin(key)
  }

  /// Whether it is the public registry, or no registry is named.
  func isPublicRegistry(_ ecosystem: Ecosystem) -> Bool {
    guard kind == .registry else { return false }
    if host.isEmpty { return path.isEmpty && scheme.isEmpty }
    guard port.isEmpty || port.elementsEqual("443".utf8) else { return false }
    return isPublicHost(ecosystem)
  }

  /// Whether the public registry of an ecosystem serves from here.
  func isPublicHost(_ ecosystem: Ecosystem) -> Bool {
    if Origin.publicHosts(of: ecosystem).contains(where: { $0.equals(host) }) { return true }
    guard let index = Origin.publicIndex(of: ecosystem) else { return false }
    return index.equals(host + [UInt8(ascii: "/")] + repository)
  }

  /// A registry by its host and the folder that its packages stand in; `nil` where the address is one of
  /// an archive or commit, which does not say where the registry begins.
  func registry(of name: ArraySlice<UInt8>, _ ecosystem: Ecosystem) -> [UInt8]? {
    // The archives of composer's packages lie in their own repositories.
    ecosystem == .composer ? nil : folder(of: name, ecosystem)
  }

  /// The host and the folder or repository of an address that is not the public registry.
  fileprivate func folder(of name: ArraySlice<UInt8>, _ ecosystem: Ecosystem) -> [UInt8]? {
    guard kind == .registry, !host.isEmpty, !isPublicRegistry(ecosystem),
      let folder = registryFolder(of: name, ecosystem)
    else { return nil }
    return host + (port.isEmpty ? [] : [UInt8(ascii: ":")] + port) + [UInt8(ascii: "/")] + folder
  }

  /// What stands before the package's own part: `/npm/team-a` of `/npm/team-a/ms/-/ms-2.1.3.tgz`. Of an
  /// archive anywhere else what stands before the folder that registries keep archives in; `nil` where
  /// there is none.
  private func registryFolder(
    of name: ArraySlice<UInt8>, _ ecosystem: Ecosystem
  ) -> [UInt8]? {
    let parts = path.split(separator: UInt8(ascii: "/"))
    func joined(_ parts: ArraySlice<ArraySlice<UInt8>>) -> [UInt8] {
      Array(parts.joined(separator: [UInt8(ascii: "/")]))
    }
    if let dash = parts.firstIndex(where: { $0.elementsEqual("-".utf8) }) {
      let own = name.first == UInt8(ascii: "@") ? 2 : 1
      // A scope and its slash are one part where the slash is written `%2f`.
      let isScoped = dash > 0 && parts[dash - 1].first == UInt8(ascii: "@")
      return joined(parts.prefix(Swift.max(0, dash - (isScoped ? 1 : own))))
    }
    // The channel of a conda package, before its platform.
    if ecosystem == .conda, parts.count > 2 { return joined(parts.dropLast(2)) }
    // `/repos/acme/log/zipball/0123abcd...` of GitHub: the repository.
    if host.elementsEqual("api.github.com".utf8), parts.count > 3,
      parts[0].elementsEqual("repos".utf8)
    {
      return joined(parts[1...2])
    }
    // A file of a module of Bazel's.
    if ecosystem == .bazel,
      let shelf = parts.firstIndex(where: { $0.elementsEqual("modules".utf8) })
    {
      return joined(parts.prefix(shelf))
    }
    guard let last = parts.last else { return [] }
    // An image or feature without the digest behind its name.
    if host.isEmpty, let at = last.firstIndex(of: UInt8(ascii: "@")), at > last.startIndex {
      return joined(parts.dropLast() + [last[..<at]])
    }
    // The commit is not where it comes from.
    let isCommit = last.count >= 40 && last.allSatisfy { Hex.value(of: $0) != nil }
    if Self.isArchive(last) {
      let shelf = parts.firstIndex { part in
        ["packages", "gems", "crates"].contains { part.elementsEqual($0.utf8) }
      }
      return shelf.map { joined(parts.prefix($0)) }
    }
    var folder = joined(parts.dropLast(isCommit ? 1 : 0))
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
}

extension EntryView {
  var origin: Origin { address.origin(of: name, entry.ecosystem) }

  /// Where it comes from for a person: the host and, for git, the repository; what else there is without
  /// a host.
  var place: String { place(.short) }

  /// The same of two entries, in as many words as it takes to tell them apart.
  static func places(_ old: EntryView, _ new: EntryView) -> (old: String, new: String) {
    for detail in Detail.allCases {
      let (left, right) = (old.place(detail), new.place(detail))
      if left != right { return (left, right) }
    }
    return (old.place, new.place)
  }

  private enum Detail: CaseIterable { case short, folder, whole, kind }

  private func place(_ detail: Detail) -> String {
    let address = address
    switch detail {
    case .short:
      return address.words(of: entry.ecosystem)
    case .folder:
      guard let folder = address.folder(of: name, entry.ecosystem) else { return place(.whole) }
      return Escaped.text(folder, limit: 160)
    case .whole:
      return source.isEmpty ? place(.short) : Escaped.text(source, limit: 240)
    case .kind:
      return "\(entry.sourceKind.rawValue) \(place(.whole))"
    }
  }
}

extension SourceAddress {
  /// The address in a few words.
  func words(of ecosystem: Ecosystem) -> String {
    if host.isEmpty {
      guard path.isEmpty else { return Escaped.text(path, limit: 120) }
      return kind == .registry ? "the default registry" : kind.rawValue
    }
    if kind != .git, let index = Origin.publicIndex(of: ecosystem), isPublicHost(ecosystem),
      index.equals(host + [UInt8(ascii: "/")] + repository)
    {
      return Origin.publicHosts(of: ecosystem).first.map { "\($0)" } ?? ""
    }
    let text = Escaped.text(host, limit: 120)
    switch kind {
    case .git: return "git \(text)/" + Escaped.text(repository, limit: 120)
    case .url: return text + Escaped.text(path, limit: 120)
    default: return text
    }
  }
}
