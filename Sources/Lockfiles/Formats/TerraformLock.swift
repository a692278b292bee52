internal import Documents
internal import Primitives

/// `.terraform.lock.hcl`: the providers of Terraform and OpenTofu, never their modules (Terraform
/// documentation, "Dependency Lock File").
enum TerraformLock {
  static let format = Format(
    "terraform-lock", files: [".terraform.lock.hcl"], .locks, .hcl,
    keys: [
      KeyRule("provider", .dependency),
      KeyRule(
        ["version", "constraints", "hashes", "hashes/*"], in: "provider/*", is: .dependency),
    ],
    freeOrder: [.lines], recordsIntegrity: true, digestsArchives: true,
    read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    guard let providers = reader.document.child("provider", of: reader.root) else { return }
    for node in reader.children(of: providers) {
      guard reader.document.isObject(node) else { throw reader.unread(.wrongShape, node) }
      let label = reader.document.key(node)
      var entry = Entry(node: node, locator: label, name: label, ecosystem: .terraform)
      // `host/namespace/type`.
      if let slash = reader.document.firstIndex(of: 0x2f, in: label) {
        entry.source = reader.document.prefix(slash, of: label)
        // A host, and the tool asks it by HTTPS.
        entry.sourceIsName = true
        entry.name = reader.document.dropFirst(slash + 1, of: label)
      }
      entry.version = try reader.text("version", of: node)
      entry.sourceKind = .registry
      entry.isDirect = reader.document.child("constraints", of: node) != nil
      var digests: [Text] = []
      if let hashes = reader.document.child("hashes", of: node) {
        for hash in reader.document.children(hashes) { digests.append(reader.document.text(hash)) }
      }
      reader.add(entry, integrity: digests)
    }
  }
}
