import Documents
import Lockfiles
import Testing

@Suite("Gemfile.lock")
struct GemfileLockTests {
  @Test("a gem has its section's source, its platform in the locator, and its checksum")
  func entries() throws {
    let file = try ReadFile(
      "gemfile-lock",
      """
      GIT
        remote: https://git.example/team/tool.git
        revision: 0123456789abcdef0123456789abcdef01234567
        branch: main
        specs:
          tool (0.3.0)
            lib (~> 1.0)

      PATH
        remote: .
        specs:
          app (0.1.0)

      GEM
        remote: https://gems.example/
        specs:
          lib (1.2.0)
          native (2.0.0-x86_64-linux)
          native (2.0.0)

      GEM
        remote: https://other.example/
        specs:
          private (1.0)

      PLATFORMS
        ruby

      DEPENDENCIES
        app!
        lib (>= 1.0, < 3)

      CHECKSUMS
        lib (1.2.0) sha256=00aa
        native (2.0.0-x86_64-linux) sha256=11bb,sha512=22cc
        private (1.0)

      BUNDLED WITH
         2.5.0
      """)
    #expect(
      file.entries == [
        "tool: tool 0.3.0 git https://git.example/team/tool.git #0123456789abcdef0123456789abcdef01234567",
        "app: app 0.1.0 workspace . direct",
        #"lib: lib 1.2.0 registry https://gems.example/ ["sha256:00aa"] direct"#,
        #"native x86_64-linux: native 2.0.0 registry https://gems.example/ ["sha256:11bb", "sha512:22cc"]"#,
        "native: native 2.0.0 registry https://gems.example/",
        "private: private 1.0 registry https://other.example/",
      ])
    #expect(file.requirements == ["app ", "lib >= 1.0, < 3"])
  }

  @Test("a gem that stands in two sections is not taken from either")
  func twice() throws {
    let text = "GEM\n  remote: https://a.example/\n  specs:\n    x (1)\n"
    #expect(
      try refusal(format: "gemfile-lock", text + text.replacing("a.example", with: "b.example"))
        == .duplicateEntry)
    #expect(try refusal(format: "gemfile-lock", "GEM\n  specs:\n    x\n") == .wrongShape)
  }

  @Test("several servers in one section are all named as the source")
  func remotes() throws {
    let file = try ReadFile(
      "gemfile-lock",
      "GEM\n  remote: https://a.example/\n  remote: https://b.example/\n  specs:\n    x (1)\n")
    #expect(file.entries == ["x: x 1 registry https://a.example/ https://b.example/"])
  }
}
