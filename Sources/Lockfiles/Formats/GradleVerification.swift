internal import Documents
internal import Primitives

/// Gradle's `verification-metadata.xml` (Gradle user manual, "Verifying dependencies"): digests and keys
/// of each artifact, and what is trusted without.
enum GradleVerification {
  static let format = Format(
    "gradle-verification",
    files: ["gradle/verification-metadata.xml", "gradle/verification-metadata.dryrun.xml"],
    source: "Gradle: Verifying dependencies", .locks,
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
    ], digests: DigestForm.archives + DigestForm.fingerprints, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let root = try reader.root.element("verification-metadata")
    for component in root.elements("components", "component") {
      let (group, name) = (try component.text("@group"), try component.text("@name"))
      let version = try component.text("@version")
      let module = try group + ":" + name
      for artifact in component.elements("artifact") {
        try add(artifact, module, version, &reader)
      }
    }
  }

  private static func add(
    _ artifact: Cursor, _ name: Excerpt, _ version: Excerpt, _ reader: inout EntryReader
  ) throws(Unread) {
    let locator = try name + ":" + version + " " + artifact.text("@name")
    var entry = Draft(artifact, .maven, name, locator: locator)
    entry.version = version
    entry.sourceKind = .registry
    entry.runsCode = .no
    var digests: [Excerpt] = []
    let kinds: [(StaticString, StaticString)] = [
      ("sha512", "sha512:"), ("sha256", "sha256:"), ("sha1", "sha1:"), ("md5", "md5:"),
      ("pgp", "pgp:"),
    ]
    for (element, prefix) in kinds {
      for value in artifact.elements(element) {
        for digest in [value] + value.elements("also-trust") {
          digests.append(try prefix + digest.text("@value"))
        }
      }
    }
    reader.add(entry, integrity: digests)
  }
}
