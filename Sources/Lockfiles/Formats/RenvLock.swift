internal import Documents
internal import Primitives

/// renv's `renv.lock` (renv documentation, "The lockfile format").
///
/// A package's `Repository` names one of `R.Repositories`, whose address then is the package's source.
enum RenvLock {
  static let format = Format(
    "renv-lock", files: ["renv.lock"],
    source: "renv: Lockfiles 2026-11-30", .locks, .json,
    keys: [
      KeyRule("R/Version", .dependency), KeyRule("R/Repositories/**", .origin),
      KeyRule("Bioconductor/**", .origin), KeyRule("Python/**", .dependency),
      // renv fetches this version of itself and starts it.
      KeyRule("renv/Version", .dependency), KeyRule("Packages", .dependency),
      KeyRule(
        [
          "Package", "Version", "Source", "Repository", "Hash", "Requirements/*", "Depends/*",
          "Imports/*", "LinkingTo/*", "Suggests/*", "Enhances/*", "RemoteType", "RemoteHost",
          "RemoteUsername", "RemoteRepo", "RemoteRef", "RemoteSha", "RemoteUrl", "RemoteSubdir",
          "RemotePkgRef", "RemoteRepos", "RemoteReposName", "RemotePkgPlatform", "Remotes",
          "OS_type", "NeedsCompilation", "SystemRequirements", "biocViews", "git_url",
          "git_branch", "git_last_commit", "git_last_commit_date", "Type",
          "Additional_repositories",
          "Roxygen", "RoxygenNote", "Encoding", "LazyData", "ByteCompile", "VignetteBuilder",
        ], in: "Packages/*", is: .dependency),
    ],
    neutral: [
      NeutralKey(
        [
          "Title", "Description", "Author", "Maintainer", "License", "URL", "BugReports",
          "Packaged",
        ], in: "Packages/*",
        because: "copied from the package's DESCRIPTION for people; renv installs nothing by it")
    ],
    freeOrder: [.json], digests: DigestForm.md5, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let root = try reader.root.object()
    let repositories = try root["R"]?.tables("Repositories") ?? []
    for package in try root.values("Packages") { try add(package, repositories, &reader) }
  }

  private static func add(
    _ package: Cursor, _ repositories: [Cursor], _ reader: inout EntryReader
  ) throws(Unread) {
    let name = try package.object().text("Package")
    guard name == package.key else { throw package.unread(.contradiction) }
    var entry = Draft(package, .cran, name)
    entry.version = try package.text("Version")
    let source = try package.scalar("Source")
    let sha = try package.scalar("RemoteSha")
    let user = try package.scalar("RemoteUsername")
    let url = try package.scalar("RemoteUrl")
    if source.isOne(of: "Repository", "Bioconductor", "CRAN") {
      entry.sourceKind = .registry
      let name = try package.scalar("Repository")
      if let known = try address(of: name, repositories) {
        entry.source = known
      } else {
        // The name of a repository that the settings of a machine know.
        entry.source = name
        entry.sourceIsName = !name.contains(":") && !name.contains("/")
      }
    } else if source == "Local" {
      entry.sourceKind = .path
      entry.source = url
    } else if !user.isEmpty || !url.isEmpty {
      entry.sourceKind = .git
      entry.revision = sha
      entry.source = url
      if url.isEmpty {
        let repository = try user + "/" + package.scalar("RemoteRepo")
        let host = try package.scalar("RemoteHost")
        entry.source = host.isEmpty ? repository : try host + "/" + repository
        entry.sourceIsName = true
      }
    }
    try reader.add(entry, digest: package.scalar("Hash"), behind: "md5:")
  }

  private static func address(
    of name: Excerpt, _ repositories: [Cursor]
  ) throws(Unread) -> Excerpt? {
    for repository in repositories where try repository.scalar("Name") == name {
      return try repository.scalar("URL")
    }
    return nil
  }
}
