internal import Documents
internal import Primitives

/// Gradle's `verification-metadata.xml` (Gradle user manual, "Verifying dependencies"): digests and keys
/// of each artifact, and what is trusted without.
enum GradleVerification {
  static let format = Format(
    "gradle-verification",
    files: ["gradle/verification-metadata.xml", "gradle/verification-metadata.dryrun.xml"], .locks,
    .xml,
    keys: [
      KeyRule("verification-metadata/configuration/**", .origin),
      KeyRule("verification-metadata/components", .dependency),
      KeyRule("verification-metadata/components/*", .dependency),
      KeyRule(
        ["@group", "@name", "@version", "artifact", "artifact/*"],
        in: "verification-metadata/components/*/component/*", is: .dependency),
      KeyRule(
        [
          "@name", "sha512/**", "sha256/**", "sha1/**", "md5/**", "pgp/**", "ignored-keys/**",
        ], in: "verification-metadata/components/*/component/*/artifact/*", is: .dependency),
    ],
    neutral: [
      NeutralKey(
        ["@xmlns", "@xmlns:xsi", "@xsi:schemaLocation"], in: "verification-metadata",
        because: "names the schema for editors; Gradle reads the elements whatever it says")
    ],
    freeOrder: [
      FreeOrder(
        "verification-metadata/components/**",
        because: "Gradle looks artifacts up by group, name and version")
    ], recordsIntegrity: true, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let root = try reader.documentElement("verification-metadata")
    for components in reader.elements("components", of: root) {
      for component in reader.elements("component", of: components) {
        let group = try reader.text("@group", of: component)
        let name = try reader.text("@name", of: component)
        let version = try reader.text("@version", of: component)
        let full = try reader.compose(group, ":", name)
        for artifact in reader.elements("artifact", of: component) {
          try add(artifact, full, version, &reader)
        }
      }
    }
  }

  private static func add(
    _ node: NodeID, _ name: Text, _ version: Text, _ reader: inout EntryReader
  ) throws(Unread) {
    let file = try reader.text("@name", of: node)
    var locator = Array(reader.document.bytes(name))
    locator.append(0x3a)
    locator += reader.document.bytes(version)
    locator.append(0x20)
    locator += reader.document.bytes(file)
    var entry = Entry(
      node: node, locator: try reader.compose(locator), name: name, ecosystem: .maven)
    entry.version = version
    entry.sourceKind = .registry
    entry.runsCode = .no
    var digests: [Text] = []
    let kinds: [(StaticString, StaticString)] = [
      ("sha512", "sha512:"), ("sha256", "sha256:"), ("sha1", "sha1:"), ("md5", "md5:"),
      ("pgp", "pgp:"),
    ]
    for (element, prefix) in kinds {
      for value in reader.elements(element, of: node) {
        digests.append(try reader.compose(prefix, try reader.text("@value", of: value)))
        for other in reader.elements("also-trust", of: value) {
          digests.append(try reader.compose(prefix, try reader.text("@value", of: other)))
        }
      }
    }
    reader.add(entry, integrity: digests)
  }
}
