internal import Documents
internal import Primitives

/// renv's `renv.lock` (renv documentation, "The lockfile format").
///
/// A package's `Repository` names one of `R.Repositories`, whose address then is the package's source.
enum RenvLock {
  static let format = Format(
    "renv-lock", files: ["renv.lock"], .locks, .json,
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
    freeOrder: [.json], recordsIntegrity: true, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    guard reader.document.isObject(reader.root) else {
      throw reader.unread(.wrongShape, reader.root)
    }
    var repositories: [NodeID] = []
    if let r = reader.document.child("R", of: reader.root) {
      repositories = try reader.tables("Repositories", of: r)
    }
    for node in try reader.values("Packages", of: reader.root) {
      try add(node, repositories, &reader)
    }
  }

  private static func add(
    _ node: NodeID, _ repositories: [NodeID], _ reader: inout EntryReader
  ) throws(Unread) {
    guard reader.document.isObject(node) else { throw reader.unread(.wrongShape, node) }
    let name = try reader.text("Package", of: node)
    guard reader.document.equal(name, reader.document.key(node)) else {
      throw reader.unread(.contradiction, node)
    }
    var entry = Entry(node: node, locator: name, name: name, ecosystem: .cran)
    entry.version = try reader.text("Version", of: node)
    let source = try reader.scalar("Source", of: node)
    let sha = try reader.scalar("RemoteSha", of: node)
    let user = try reader.scalar("RemoteUsername", of: node)
    let url = try reader.scalar("RemoteUrl", of: node)
    if reader.document.equals(source, "Repository")
      || reader.document.equals(source, "Bioconductor") || reader.document.equals(source, "CRAN")
    {
      entry.sourceKind = .registry
      let known = try repository(of: node, repositories, reader)
      if let known {
        entry.source = known
      } else {
        // The name of a repository that the settings of a machine know.
        entry.source = try reader.scalar("Repository", of: node)
        entry.sourceIsName = reader.document.bytes(entry.source).allSatisfy {
          $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "/")
        }
      }
    } else if reader.document.equals(source, "Local") {
      entry.sourceKind = .path
      entry.source = url
    } else if !user.isEmpty || !url.isEmpty {
      entry.sourceKind = .git
      entry.revision = sha
      entry.source = url
      if url.isEmpty {
        entry.source = try reader.compose(
          user, "/", try reader.scalar("RemoteRepo", of: node))
        let host = try reader.scalar("RemoteHost", of: node)
        entry.sourceIsName = true
        if !host.isEmpty { entry.source = try reader.compose(host, "/", entry.source) }
      }
    }
    let hash = try reader.scalar("Hash", of: node)
    reader.add(entry, integrity: hash.isEmpty ? [] : [try reader.compose("md5:", hash)])
  }

  private static func repository(
    of node: NodeID, _ repositories: [NodeID], _ reader: EntryReader
  ) throws(Unread) -> Text? {
    let wanted = try reader.scalar("Repository", of: node)
    for repository in repositories
    where reader.document.equal(try reader.scalar("Name", of: repository), wanted) {
      return try reader.scalar("URL", of: repository)
    }
    return nil
  }
}
