@testable import HookRuntime
import Platform
import TestSupport
import Testing

/// The dependency files that a commit is about to change, as git lists them.
@Suite struct StagedFilesTests {
  private let repository: TestRepository

  init() throws {
    repository = try Sandbox().repository()
  }

  private var environment: Environment {
    Environment(
      repository.sandbox.environment.merging([
        "GIT_DIR": repository.gitDirectory, "GIT_WORK_TREE": repository.path,
        "GIT_INDEX_FILE": "\(repository.gitDirectory)/index",
      ]) { $1 })
  }

  private func staged() throws -> StagedFiles { try #require(StagedFiles(environment)) }

  private func paths(_ files: StagedFiles) -> [String] {
    files.files.map { String(decoding: $0.path, as: UTF8.self) }
  }

  @Test("files that the catalog knows are found wherever they lie, and no others")
  func found() throws {
    for name in ["package-lock.json", "a b/Cargo.lock", "src/main.c", "README"] {
      try repository.writeFile(name, "{}\n")
    }
    try repository.git("add", "--all")
    let staged = try staged()
    #expect(paths(staged) == ["a b/Cargo.lock", "package-lock.json"])
    #expect(staged.files.allSatisfy { $0.object.count == 40 })
  }

  @Test("one that goes away, becomes a link or a folder of another repository has nothing to read")
  func unreadableKinds() throws {
    try repository.writeFile("package-lock.json", "{}\n")
    try repository.writeFile("Cargo.lock", "version = 3\n")
    try repository.git("add", "--all")
    try repository.git("commit", "--quiet", "-m", "first")
    try repository.git("rm", "--quiet", "package-lock.json")
    try repository.git("rm", "--quiet", "--cached", "Cargo.lock")
    let link = try repository.git("hash-object", "-w", "--stdin", stdin: Array("x".utf8)).value
    try repository.git("update-index", "--add", "--cacheinfo", "120000,\(link),Cargo.lock")
    let staged = try staged()
    #expect(Set(paths(staged)) == ["Cargo.lock", "package-lock.json"])
    #expect(staged.files.allSatisfy { $0.object.isEmpty })
    #expect(staged.unreadable().isEmpty)
  }

  @Test("a lock with conflict markers is named with the line that cannot be read")
  func conflict() throws {
    try repository.writeFile("Cargo.lock", "version = 3\n")
    try repository.writeFile(
      "package-lock.json", "{\n<<<<<<< HEAD\n\"a\": 1\n=======\n\"a\": 2\n>>>>>>> b\n}\n")
    try repository.git("add", "--all")
    let found = try staged().unreadable()
    #expect(found.map { String(decoding: $0.path, as: UTF8.self) } == ["package-lock.json"])
    #expect(found.first?.line == 2)
  }

  @Test("nothing staged is nothing, and outside of a repository git cannot say")
  func none() throws {
    #expect(try paths(staged()) == [])
    let nowhere = repository.sandbox.environment.merging(["GIT_DIR": "/nonexistent"]) { $1 }
    #expect(StagedFiles(Environment(nowhere)) == nil)
  }
}
