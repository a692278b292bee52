import Documents
import Lockfiles
import TestSupport
import Testing

@Suite("nimble.lock")
struct NimbleLockTests {
  @Test("a package is a commit with the digest of its files, for the project or for a task")
  func entries() throws {
    let file = try ReadFile(
      "nimble-lock",
      """
      {"version": 2, "packages": {
        "stew": {"version": "0.1.0", "vcsRevision": "0a", "url": "https://git.example/stew",
                 "downloadMethod": "git", "dependencies": ["nim"], "checksums": {"sha1": "aa"}}},
       "tasks": {"test": {
        "unit": {"version": "1.0.0", "vcsRevision": "0b", "url": "https://git.example/unit",
                 "downloadMethod": "hg", "dependencies": [], "checksums": {"sha1": "bb"}}}}}
      """)
    #expect(
      file.entries == [
        #"stew: stew 0.1.0 git https://git.example/stew #0a ["sha1:aa"]"#,
        #"test unit: unit 1.0.0 git https://git.example/unit #0b ["sha1:bb"] development"#,
      ])
    #expect(try refusal(format: "nimble-lock", #"{"version": 3}"#) == .unknownVersion)
    #expect(
      try refusal(format: "nimble-lock", #"{"version": 2, "packages": {"a": {}}}"#) == .wrongShape)
  }
}
