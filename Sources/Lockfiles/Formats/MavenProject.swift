internal import Documents
internal import Primitives

/// Maven's `pom.xml` (Maven documentation, "POM Reference").
enum MavenProject {
  static let format = Format(
    "maven-pom", files: ["pom.xml", "*.pom"], .manifests, .xml, asksFor: .maven,
    keys: [
      // A parent brings plugins, and a path an archive that no repository has.
      KeyRule("project/parent/*/version/**", .dependency), KeyRule("project/parent/**", .runsCode),
      KeyRule("project/parent", .runsCode),
      KeyRule("project/dependencies/*/dependency/*/systemPath/**", .runsCode),
      // Properties that Maven's plugins for tests and programs read of themselves.
      KeyRule(
        ["argLine/**", "exec.executable/**", "exec.args/**", "jvm/**"],
        in: "project/properties/*", is: .runsCode),
      KeyRule("project/dependencies/**", .dependency),
      KeyRule("project/dependencyManagement/**", .dependency),
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
    let project = try reader.root.element("project")
    try addDependencies(of: project, member: .empty, &reader)
    for management in project.elements("dependencyManagement") {
      try addDependencies(of: management, member: .empty, &reader)
    }
    for parent in project.elements("parent") { try add(parent, .build, &reader) }
    for build in project.elements("build") {
      let plugins =
        build.elements("plugins", "plugin")
        + build.elements("pluginManagement", "plugins", "plugin")
        + build.elements("extensions", "extension")
      for plugin in plugins { try add(plugin, .build, &reader) }
    }
    for profile in project.elements("profiles", "profile") {
      let name = profile.elementText("id") ?? .empty
      try addDependencies(of: profile, member: name, &reader)
    }
  }

  private static func addDependencies(
    of node: Cursor, member: Excerpt, _ reader: inout EntryReader
  ) throws(Unread) {
    for dependency in node.elements("dependencies", "dependency") {
      let isTest = dependency.elementText("scope") == "test"
      try add(dependency, isTest ? .test : .runtime, member: member, &reader)
    }
  }

  private static func add(
    _ node: Cursor, _ scope: Entry.Scope, member: Excerpt = .empty, _ reader: inout EntryReader
  ) throws(Unread) {
    guard var name = node.elementText("artifactId") else { return }
    // A plugin without a group is one of Maven's own.
    if let group = node.elementText("groupId") { name = try group + ":" + name }
    reader.addRequirement(node, name, node.elementText("version"), scope, member: member)
  }
}
