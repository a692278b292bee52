import Documents
import Lockfiles
import Testing

@Suite("bun.lock")
struct BunLockTests {
  @Test("a tuple is read by the kind of its source")
  func entries() throws {
    let file = try ReadFile(
      "bun-lock",
      """
      {
        "lockfileVersion": 1,
        "workspaces": {
          "": {"name": "app", "dependencies": {"a": "^1.0.0", "renamed": "npm:b@^2"},},
          "packages/web": {"name": "web", "devDependencies": {"b": "^3"}},
        },
        "trustedDependencies": ["a"],
        "packages": {
          "@x/c": ["@x/c@github:x/c#0123456", {}, "x-c-0123456", "sha512-CCCC=="],
          "a": ["a@1.2.0", "", { "bin": "a.js" }, "sha512-AAAA=="],
          "renamed": ["b@2.0.0", "https://registry.example/b.tgz", {}, "sha512-BBBB=="],
          "renamed/@x/e": ["@x/d@1.0.0", "", {}, "sha512-DDDD=="],
          "web": ["web@workspace:packages/web"],
          "web/b": ["b@3.0.0", "", {}, "sha512-EEEE=="], // nested
          "local": ["local@./local.tgz", {}, "sha512-FFFF=="],
        },
      }
      """)
    #expect(
      file.entries == [
        "@x/c: @x/c  git github:x/c#0123456 #0123456 [\"sha512-CCCC==\"] code:no",
        "a: a 1.2.0 registry [\"sha512-AAAA==\"] code:yes direct",
        "renamed: b 2.0.0 registry https://registry.example/b.tgz [\"sha512-BBBB==\"] as renamed "
          + "code:no direct",
        "renamed/@x/e: @x/d 1.0.0 registry [\"sha512-DDDD==\"] as @x/e code:no",
        "web: web  workspace workspace:packages/web code:no",
        "web/b: b 3.0.0 registry [\"sha512-EEEE==\"] development code:no direct",
        "local: local  path ./local.tgz [\"sha512-FFFF==\"] code:no",
      ])
    #expect(
      file.requirements == ["a ^1.0.0", "renamed npm:b@^2", "b ^3 development in packages/web"])
  }

  @Test("without trustedDependencies it is bun's own list that says what runs")
  func untold() throws {
    let file = try ReadFile(
      "bun-lock", #"{"lockfileVersion": 0, "packages": {"a": ["a@1.0.0", "", {}, "sha512-A"]}}"#)
    #expect(file.entries == ["a: a 1.0.0 registry [\"sha512-A\"]"])
  }

  @Test("another version, a tuple of no package, and the binary form are not read")
  func refused() throws {
    #expect(try refusal(format: "bun-lock", #"{"lockfileVersion": 3}"#) == .unknownVersion)
    #expect(
      try refusal(format: "bun-lock", #"{"lockfileVersion": 1, "packages": {"a": [1]}}"#)
        == .wrongShape)
    #expect(
      try refusal(format: "bun-lock", #"{"lockfileVersion": 1, "packages": {"a": []}}"#)
        == .wrongShape)
    #expect(try refusal(format: "bun-binary-lock", "#!/usr/bin/env bun") == .binary)
  }
}
