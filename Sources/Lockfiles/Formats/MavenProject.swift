internal import Documents
internal import Primitives

/// Maven's `pom.xml` (Maven documentation, "POM Reference").
enum MavenProject {
  static let format = Format(
    "maven-pom", files: ["pom.xml", "*.pom"], .manifests, .xml, asksFor: .maven,
    keys: [
      KeyRule("project/dependencies/**", .dependency),
      KeyRule("project/dependencyManagement/**", .dependency),
      KeyRule("project/parent/**", .dependency),
      KeyRule("project/properties/**", .dependency),
      KeyRule("project/modules/**", .dependency), KeyRule("project/packaging/**", .runsCode),
      KeyRule("project/repositories/**", .origin),
      KeyRule("project/pluginRepositories/**", .origin),
      KeyRule("project/distributionManagement/**", .origin),
      KeyRule("project/build/**", .runsCode),
      KeyRule("project/reporting/**", .runsCode),
      KeyRule("project/profiles/*/profile/*/repositories/**", .origin),
      KeyRule("project/profiles/*/profile/*/pluginRepositories/**", .origin),
      KeyRule("project/profiles/*/profile/*/dependencies/**", .dependency),
      KeyRule("project/profiles/**", .runsCode),
      KeyRule("project/subprojects/**", .dependency), KeyRule("project/groupId/**", .dependency),
      KeyRule("project/artifactId/**", .dependency), KeyRule("project/version/**", .dependency),
      KeyRule("project/modelVersion/**", .dependency),
      // Plugins of releases run the commands of a connection.
      KeyRule("project/scm/**", .runsCode), KeyRule("project/ciManagement/**", .visibility),
    ],
    // Nothing is neutral: any element may be taken into any other, as in `${project.description}`.
    freeOrder: [
      FreeOrder(
        "project", "project/properties/*", "project/dependencies/*/dependency/*",
        "project/dependencyManagement/*/dependencies/*/dependency/*",
        because: "Maven reads these elements by their names (POM, xs:all)")
    ],
    mentions: [
      Mention(["project/parent/*/relativePath/*"], is: .manifests, readAs: "maven-pom")
    ], read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let project = try reader.documentElement("project")
    try addDependencies(of: project, member: .empty, &reader)
    for management in reader.elements("dependencyManagement", of: project) {
      try addDependencies(of: management, member: .empty, &reader)
    }
    for parent in reader.elements("parent", of: project) {
      try add(parent, .build, member: .empty, &reader)
    }
    for build in reader.elements("build", of: project) {
      for holder in [build] + reader.elements("pluginManagement", of: build) {
        for plugins in reader.elements("plugins", of: holder) {
          for plugin in reader.elements("plugin", of: plugins) {
            try add(plugin, .build, member: .empty, &reader)
          }
        }
      }
      for extensions in reader.elements("extensions", of: build) {
        for plugin in reader.elements("extension", of: extensions) {
          try add(plugin, .build, member: .empty, &reader)
        }
      }
    }
    for profiles in reader.elements("profiles", of: project) {
      for profile in reader.elements("profile", of: profiles) {
        let name = reader.elementText("id", of: profile) ?? .empty
        try addDependencies(of: profile, member: name, &reader)
      }
    }
  }

  private static func addDependencies(
    of node: NodeID, member: Text, _ reader: inout EntryReader
  ) throws(Unread) {
    for list in reader.elements("dependencies", of: node) {
      for dependency in reader.elements("dependency", of: list) {
        var scope = Entry.Scope.runtime
        if let text = reader.elementText("scope", of: dependency),
          reader.document.equals(text, "test")
        {
          scope = .test
        }
        try add(dependency, scope, member: member, &reader)
      }
    }
  }

  private static func add(
    _ node: NodeID, _ scope: Entry.Scope, member: Text, _ reader: inout EntryReader
  ) throws(Unread) {
    guard let artifact = reader.elementText("artifactId", of: node) else { return }
    var name = artifact
    // A plugin without a group is one of Maven's own.
    if let group = reader.elementText("groupId", of: node) {
      name = try reader.compose(group, ":", artifact)
    }
    reader.add(
      Requirement(
        node: node, name: name, specification: reader.elementText("version", of: node) ?? .empty,
        scope: scope, member: member))
  }
}
