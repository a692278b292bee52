internal import Documents
internal import Primitives

/// aqua's `aqua.yaml` and `aqua-checksums.json` (aqua documentation, "Configuration", "Checksum").
enum AquaConfiguration {
  static let manifest = Format(
    "aqua-manifest",
    files: [
      "aqua.yaml", "aqua.yml", ".aqua.yaml", ".aqua.yml", "aqua/*.yaml", "aqua/*.yml",
      ".aqua/*.yaml", ".aqua/*.yml",
    ], .manifests, .yaml,
    keys: [
      KeyRule(
        ["name", "type", "ref", "repo_owner", "repo_name", "path", "private"], in: "registries/*",
        is: .origin),
      KeyRule("import_dir", .origin),
      KeyRule(["registry", "import", "vars/**"], in: "packages/*", is: .origin),
      KeyRule(
        [
          "name", "version", "version_expr", "version_expr_prefix", "go_version_file", "tags/*",
          "update/**",
        ], in: "packages/*", is: .dependency),
      KeyRule("packages/*/command_aliases/**", .runsCode),
      // Whether digests are checked, and required.
      KeyRule("checksum/**", .origin), KeyRule("packages", .dependency),
    ],
    neutral: [
      NeutralKey(
        ["description", "link"], in: "packages/[]",
        because: "shown to people; aqua installs nothing by it")
    ],
    freeOrder: [.yaml],
    read: { (reader) throws(Unread) in
      for package in try reader.root.tables("packages") {
        let (text, apart) = (try package.scalar("name"), try package.scalar("version"))
        guard !text.isEmpty else { continue }
        // `owner/name@v1.0.0`
        let (name, version) = text.cut(atLast: "@") ?? (text, apart)
        reader.addRequirement(package, name, version, .build)
      }
    })

  static let checksums = Format(
    "aqua-checksums", files: ["aqua-checksums.json", ".aqua-checksums.json"],
    source: "aqua: Checksum 2026-11-30", .locks, .json,
    keys: [
      KeyRule("checksums", .dependency),
      KeyRule(["id", "checksum", "algorithm"], in: "checksums/*", is: .dependency),
    ],
    freeOrder: [.json], digests: DigestForm.archives,
    read: { (reader) throws(Unread) in
      for file in try reader.root.tables("checksums") { try add(file, &reader) }
    })

  private static func add(_ file: Cursor, _ reader: inout EntryReader) throws(Unread) {
    let id = try file.text("id")
    // Digits count in either case.
    let digits = try file.text("checksum").bytes.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
    var entry = Draft(file, .generic, id)
    entry.sourceKind = .registry
    entry.isDirect = true
    if let parts = Parts(id.bytes) {
      entry.name = file.compose(parts.name)
      entry.version = file.compose(parts.version)
      entry.source = file.compose(parts.address)
    }
    reader.add(entry, integrity: [try file.text("algorithm") + ":" + file.compose(digits)])
  }

  /// `github_release/github.com/OWNER/NAME/VERSION/FILE`, or a registry's own file.
  private struct Parts {
    let name: [UInt8]
    let version: [UInt8]
    let address: [UInt8]

    init?(_ id: ArraySlice<UInt8>) {
      var parts = id.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      if parts.first?.elementsEqual("registries".utf8) == true { parts.removeFirst() }
      guard parts.count >= 6, parts[0].starts(with: "github_".utf8) else { return nil }
      let version = parts[4]
      self.version = Array(version)
      address = Array("https://".utf8) + parts[1...3].joined(separator: [UInt8(ascii: "/")])
      // A file's name with its version taken out, so that the next release has the same.
      let own = version.first == UInt8(ascii: "v") ? version.dropFirst() : version
      let file = parts[5...].joined(separator: [UInt8(ascii: "/")])
      name =
        Array(parts[1...3].joined(separator: [UInt8(ascii: "/")])) + [UInt8(ascii: "/")]
        + Self.removing(Array(own), from: Array(file))
    }

    private static func removing(_ word: [UInt8], from text: [UInt8]) -> [UInt8] {
      guard !word.isEmpty else { return text }
      var rest: [UInt8] = []
      var index = 0
      while index < text.count {
        if text[index...].starts(with: word) {
          index += word.count
        } else {
          rest.append(text[index])
          index += 1
        }
      }
      return rest
    }
  }
}
