internal import Documents
internal import Primitives

/// `Chart.yaml` of Helm, and the `requirements.yaml` of Helm 2, a name that Ansible uses as well.
enum ChartManifest {
  static let format = Format(
    "chart-yaml", files: ["chart.yaml", "chart.yml", "requirements.yaml", "requirements.yml"],
    .manifests, .yaml,
    keys: [
      KeyRule("dependencies/*/repository", .origin), KeyRule("dependencies/**", .dependency),
      KeyRule("roles/**", .dependency), KeyRule("collections/**", .dependency),
      // Templates take images and hooks from these: `.Chart.AppVersion`, `.Chart.Annotations`.
      KeyRule("annotations/**", .runsCode),
    ], otherKeys: .dependency,
    neutral: [
      NeutralKey(
        [
          "description", "home", "icon", "keywords/[]", "maintainers/[]/name",
          "maintainers/[]/email",
          "maintainers/[]/url", "sources/[]",
        ], in: "", because: "shown by helm and chart listings; nothing is fetched by it")
    ],
    freeOrder: [.yaml], read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    for list: StaticString in ["dependencies", "roles", "collections"] {
      guard let wanted = reader.root[list], wanted.isArray else { continue }
      for node in wanted {
        // Ansible's may be a name alone.
        reader.addRequirement(
          node, node[text: "name"] ?? node[text: "src"] ?? node.text, node[text: "version"])
      }
    }
  }
}
