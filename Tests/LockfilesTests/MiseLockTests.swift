import Documents
import Lockfiles
import TestSupport
import Testing

@Suite("mise.lock")
struct MiseLockTests {
  @Test("a tool has its backend, the digests of all its platforms and its options")
  func entries() throws {
    let file = try ReadFile(
      "mise-lock",
      """
      lockfile_version = 3
      tool-stubs = ["bin/x"]

      [[tools.node]]
      version = "24.21.0"
      backend = "core:node"
      specifiers = ["24"]

      [tools.node."platforms.linux-x64"]
      checksum = "sha256:aa"
      url = "https://files.example/node-linux.tar.gz"

      [tools.node."platforms.macos-arm64"]
      checksum = "sha256:bb"
      url = "https://files.example/node-mac.tar.gz"
      install = "source"

      [[tools.swift]]
      version = "6.3.1"
      backend = "core:swift"
      options = { swift_platform = "fedora39" }

      [[tools.swift]]
      version = "6.3.1"
      backend = "core:swift"
      options = { swift_platform = "ubuntu24.04" }

      [[tools."pypi:black"]]
      version = "24.10.0"
      backend = "pypi:black"
      uv = { path = ".mise/locks/pypi-black/24.10.0", digest = "sha256:cc" }

      [[tools.x]]
      version = "1"
      backend = "asdf:acme/x"

      [conda-packages.linux-64."zlib-1.3-h1_0.conda"]
      url = "https://conda.example/zlib-1.3-h1_0.conda"
      checksum = "sha256:dd"
      """)
    #expect(
      file.entries == [
        #"node 24.21.0 (core:node): node 24.21.0 registry core:node ["sha256:aa", "sha256:bb"] code:yes direct"#,
        "swift 6.3.1 (core:swift) swift_platform=fedora39: swift 6.3.1 registry core:swift direct",
        "swift 6.3.1 (core:swift) swift_platform=ubuntu24.04: swift 6.3.1 registry core:swift direct",
        #"pypi:black 24.10.0 (pypi:black): pypi:black 24.10.0 registry pypi:black ["sha256:cc"] direct"#,
        "x 1 (asdf:acme/x): x 1 registry asdf:acme/x code:yes direct",
        #"linux-64 zlib-1.3-h1_0.conda: zlib 1.3 registry https://conda.example/zlib-1.3-h1_0.conda ["sha256:dd"]"#,
      ])
  }

  @Test("the first version had a table for each tool, and digests by files")
  func early() throws {
    let file = try ReadFile(
      "mise-lock",
      """
      [tools.node]
      version = "20.0.0"
      backend = "core:node"

      [tools.node.checksums]
      "node.tar.gz" = "sha256:aa"

      [tools.node.platforms.linux-x64]
      checksum = "blake3:bb"
      size = 12
      """)
    #expect(
      file.entries == [
        #"node 20.0.0 (core:node): node 20.0.0 registry core:node ["sha256:aa", "blake3:bb"] direct"#
      ])
  }

  @Test(
    "another version and a tool without one are refused",
    arguments: [
      ("lockfile_version = 4", Unread.Reason.unknownVersion),
      ("[[tools.a]]\nbackend = \"x\"", .wrongShape), ("tools = 1", .wrongShape),
      ("[[tools.a]]\nversion = \"1\"\n[[tools.a]]\nversion = \"1\"", .duplicateEntry),
      ("[[tools.a]]\nversion = \"1\"\n\"platforms.x\" = {checksum = []}", .wrongShape),
    ])
  func refused(text: String, reason: Unread.Reason) throws {
    #expect(try refusal(format: "mise-lock", text) == reason)
  }
}
