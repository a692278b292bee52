import Documents
import Lockfiles
import TestSupport
import Testing

@Suite("Unity's packages")
struct UnityPackagesTests {
  @Test("a package is of the registry, of the editor, of a repository or of a folder")
  func entries() throws {
    let file = try ReadFile(
      "unity-lock",
      """
      {"dependencies": {
        "com.a": {"version": "1.0.0", "depth": 0, "source": "registry", "dependencies": {"com.b": "1.0.0"}, "url": "https://packages.example"},
        "com.b": {"version": "1.0.0", "depth": 1, "source": "builtin", "dependencies": {}},
        "com.c": {"version": "https://git.example/c.git?path=/x#v1", "depth": 0, "source": "git", "dependencies": {}, "hash": "0a1b"},
        "com.d": {"version": "file:com.d", "depth": 0, "source": "embedded", "dependencies": {}},
        "com.e": {"version": "file:../e", "depth": 0, "source": "local", "dependencies": {}},
        "com.f": {"version": "file:../f.tgz", "depth": 0, "source": "local-tarball", "dependencies": {}}
      }}
      """)
    #expect(
      file.entries == [
        "com.a: com.a 1.0.0 registry https://packages.example direct",
        "com.b: com.b 1.0.0 registry builtin",
        "com.c: com.c  git https://git.example/c.git?path=/x #0a1b direct",
        "com.d: com.d  workspace file:com.d direct", "com.e: com.e  path file:../e direct",
        "com.f: com.f  path file:../f.tgz direct",
      ])
    #expect(
      try refusal(
        format: "unity-lock",
        #"{"dependencies": {"a": {"version": "1", "source": "moon"}}}"#) == .unsupported)
    #expect(try refusal(format: "unity-lock", "{}") == .wrongShape)
  }

  @Test("a manifest asks for packages")
  func manifest() throws {
    let file = try ReadFile(
      "unity-manifest", #"{"dependencies": {"com.a": "1.0.0", "com.b": "file:../b"}}"#)
    #expect(file.requirements == ["com.a 1.0.0", "com.b file:../b"])
  }
}
