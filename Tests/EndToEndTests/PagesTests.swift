import Foundation
import TestSupport
import Testing

/// What the documentation says is typed and printed, typed and compared by Documentation/paste.py.
@Suite("the documentation's pages")
struct PagesTests {
  private struct Page {
    /// As seen from the repository: `Documentation/Tutorial.md`.
    let path: String
    let needsRoot: Bool
  }

  private static let repository = String(
    #filePath[..<(#filePath.range(of: "/Tests/EndToEndTests/")?.lowerBound ?? #filePath.endIndex)])

  /// Every page with commands to paste.
  private static let pages: [Page] = {
    let folder = "\(repository)/Documentation"
    let documents =
      (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix(".md") }.map { "Documentation/\($0)" }
    return (["README.md"] + documents).sorted().compactMap { path in
      text(path).contains(/(?m)^```sh$/) ? Page(path: path, needsRoot: needsRoot(path)) : nil
    }
  }()

  private static func text(_ path: String) -> String {
    String(
      decoding: FileManager.default.contents(atPath: "\(repository)/\(path)") ?? Data(),
      as: UTF8.self)
  }

  /// Whether the page, or one that goes before it, writes to /srv and /etc.
  private static func needsRoot(_ path: String) -> Bool {
    guard let mark = text(path).firstMatch(of: /(?m)^<!-- paste: (.*) -->$/) else { return false }
    return mark.1.components(separatedBy: ", ").contains { part in
      if part == "root" { return true }
      guard part.hasPrefix("after ") else { return false }
      let folder = path.split(separator: "/").dropLast().map { "\($0)/" }.joined()
      return needsRoot(folder + part.dropFirst("after ".count))
    }
  }

  private static func paths(needingRoot: Bool) -> [String] {
    pages.filter { $0.needsRoot == needingRoot }.map(\.path)
  }

  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
  }

  private func paste(_ page: String) throws {
    let outcome = try sandbox.run(
      [
        "python3", "\(Self.repository)/Documentation/paste.py", "--bin",
        try Executables.installed(in: sandbox), "\(Self.repository)/\(page)",
      ], timeLimit: 120)
    #expect(outcome.succeeded, "\(outcome)")
  }

  @Test(
    "a page's commands can be pasted, and print what it shows", arguments: paths(needingRoot: false)
  )
  func pasted(_ page: String) throws { try paste(page) }

  @Test(
    "so do those of the pages about servers",
    .enabled(if: geteuid() == 0, "the pages write to /srv and /etc, over which root mounts copies"),
    arguments: paths(needingRoot: true))
  func pastedAsRoot(_ page: String) throws { try paste(page) }

  @Test("the pages that teach are among them")
  func covered() {
    let paths = Set(Self.pages.map(\.path))
    let teaching: Set = [
      "README.md", "Documentation/Tutorial.md", "Documentation/Agents.md", "Documentation/Jobs.md",
      "Documentation/HowTo/person-joins.md", "Documentation/Hosts/ssh.md",
    ]
    #expect(paths.isSuperset(of: teaching))
  }

  @Test("a page that prints something else, or whose command fails, is told")
  func wrong() throws {
    for (text, complaint) in [
      ("```sh\necho one\n```\n\n```text\ntwo\n```\n", "not printed: two"),
      ("```sh\nfalse\n```\n", "ended with 1"),
      ("```sh\nnosuch || :\n```\n", "command not found"),
    ] {
      let page = try sandbox.write(text, to: "page.md")
      let outcome = try sandbox.run([
        "python3", "\(Self.repository)/Documentation/paste.py", page,
      ])
      #expect(outcome.exit == 1 && outcome.output.contains(complaint), "\(outcome)")
    }
  }

  @Test("the pictures are what their texts say")
  func pictures() throws {
    let outcome = try sandbox.run([
      "python3", "\(Self.repository)/Documentation/Pictures/draw.py", "--check",
    ])
    #expect(outcome.succeeded, "\(outcome)")
  }
}
