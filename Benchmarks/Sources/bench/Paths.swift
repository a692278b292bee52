import Foundation

/// What a push costs that changes many files, of which the catalog knows none.
struct Paths {
  let bin: String
  let root: String
  let runs: Int

  private static let count = 100_000

  func rows() {
    let server = Server(root + "/paths")
    let stream = root + "/paths.stream"
    _ = FileManager.default.createFile(atPath: stream, contents: Data(Self.stream().utf8))
    server.shell("git -C server.git fast-import --quiet < '\(stream)'")
    let commits = ["paths~1", "paths"]
    let pair = Pair(
      runs,
      {
        measure(
          [bin + "/hookkit", "-C", server.repository, "deps", "diff"] + commits,
          environment: server.environment, in: server.repository)
      },
      {
        measure(
          ["git", "-C", server.repository, "diff-tree", "-r", "--name-only"] + commits,
          environment: server.environment, in: server.repository)
      })
    precondition(pair.first.allSatisfy { $0.status == 0 }, "the commits were not compared")
    row(
      "\(Self.count) changed paths, matched with the catalog / git diff-tree -r --name-only, CPU",
      format(pair.cpuRatio) + "x", "1.1x")
  }

  /// Two commits between which every file changes: names as projects have them, in folders of two
  /// hundred.
  private static func stream() -> String {
    let names = [
      "view.swift", "index.ts", "main.rs", "util.py", "README.md", "logo.svg", "handler.go",
      "page.tsx", "style.css", "Test.java", "data.json", "notes.txt", "schema.sql", "icon.png",
    ]
    var text = "blob\nmark :1\ndata 2\na\n\nblob\nmark :2\ndata 2\nb\n\n"
    for round in 1...2 {
      text += "commit refs/heads/paths\nmark :\(round + 2)\n"
      text += "committer a <a@a.example> 1700000000 +0000\ndata 1\n\(round)\n"
      if round == 2 { text += "from :3\n" }
      for index in 0..<count {
        let folder = "project/part\(index / 2000)/source\(index / 200)"
        text += "M 100644 :\(round) \(folder)/\(index)\(names[index % names.count])\n"
      }
      text += "\n"
    }
    return text
  }
}
