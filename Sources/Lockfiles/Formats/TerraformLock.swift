internal import Documents
internal import Primitives

/// `.terraform.lock.hcl`: the providers of Terraform and OpenTofu, never their modules (Terraform
/// documentation, "Dependency Lock File").
enum TerraformLock {
  static let format = Format(
    "terraform-lock", files: [".terraform.lock.hcl"],
    source: "Terraform: Dependency lock file 2026-11-30", .locks, .hcl,
    keys: [
      KeyRule("provider", .dependency),
      KeyRule(
        ["version", "constraints", "hashes", "hashes/*"], in: "provider/*", is: .dependency),
    ],
    freeOrder: [.lines], digests: [.base64("h1:", 32), .hexadecimal("zh:", 32)],
    digestsArchives: true,
    read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    for provider in reader.root.children("provider") {
      try provider.object()
      var entry = Draft(provider, .terraform, provider.key)
      // `host/namespace/type`.
      if let (host, name) = provider.key.cut(at: "/") {
        entry.source = host
        // A host, and the tool asks it by HTTPS.
        entry.sourceIsName = true
        entry.name = name
      }
      entry.version = try provider.text("version")
      entry.sourceKind = .registry
      entry.isDirect = provider["constraints"] != nil
      reader.add(entry, integrity: provider.children("hashes").map(\.text))
    }
  }
}
