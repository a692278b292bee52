import DependencyChecks
import Documents
import Lockfiles
import Primitives
import Testing

@Suite("What pip's requirements take in")
struct RequirementIncludesTests {
  private func words(
    _ path: String, _ old: String?, _ new: String
  ) throws -> [String] {
    let files = [(path, old, new)]
    let diff = DependencyDiff(
      try files.map { path, old, new in
        let path = Array(path.utf8)
        return DependencyFile(
          path: path,
          match: try #require(
            Catalog.match(
              path, additions: [.init(.init(Array("extra/*.lst".utf8)), .manifests)])),
          old: old.map { .init(bytes: Array($0.utf8)) }, new: .init(bytes: Array(new.utf8)))
      })
    #expect(diff.files.allSatisfy { $0.unread == nil })
    return diff.findings.filter { $0.code == 234 }.map { "\($0.severity) \($0.detail)" }
  }

  @Test(
    "a file that nobody can guard is found, in every spelling of the option",
    arguments: [
      ("-r https://files.example/x.txt", "-r https://files.example/x.txt   takes in an address"),
      ("-c HTTP://files.example/x.txt", "-c HTTP://files.example/x.txt   takes in an address"),
      ("-rfile:///x/requirements.txt", "-r file:///x/requirements.txt   takes in an address"),
      (
        "--requirement=../../requirements.txt",
        "-r ../../requirements.txt   takes in a file outside of the repository"
      ),
      (
        "--constraint /etc/constraints.txt",
        "-c /etc/constraints.txt   takes in a file outside of the repository"
      ),
      ("--requirem http://x", "-r http://x   takes in an address"),
      ("--pre --cons '/a b.md'", "-c '/a b.md'   takes in a file outside of the repository"),
      (
        "-r ${HOME}/requirements.txt",
        "-r ${HOME}/requirements.txt   takes in a file that cannot be told"
      ),
      (
        #"-r ..\requirements.txt"#,
        #"-r ..\\requirements.txt   takes in a file that cannot be told"#
      ),
      ("-r /a\u{e9}.md", #"-r /a\xc3\xa9.md   takes in a file outside of the repository"#),
    ])
  func found(line: String, expected: String) throws {
    for old in [nil, "a==1\n", "a==1\n-r base-requirements.txt\n"] {
      #expect(
        try words("web/requirements.txt", old, (old ?? "") + line + "\n") == ["high \(expected)"])
    }
  }

  @Test(
    "a file of the repository, which is guarded because it is named, is left alone",
    arguments: [
      "-r notes.md", "-r a\u{e9}.md",
      "-r base-requirements.txt", "-r ../requirements/dev.txt", "-c ./constraints.txt",
      "-r \"requirements-dev.txt\"", "-r old.md", "-r sub/../../requirements.txt",
    ])
  func quiet(line: String) throws {
    let old = "a==1\n-r old.md\n"
    #expect(try words("web/requirements.txt", old, line + "\n" + old) == [])
  }

  @Test(
    "an option cut short, and one behind a flag, is the option",
    arguments: [
      "--index https://evil.example", "--extra https://evil.example",
      "--pre --extra-index-url https://evil.example", "--pre --pre -i https://evil.example",
    ])
  func abbreviations(line: String) throws {
    let found = try words("requirements.txt", "a==1\n", "a==1\n" + line + "\n")
    #expect(found.contains { $0.hasSuffix("(none) -> https://evil.example") }, "\(found)")
  }
}
