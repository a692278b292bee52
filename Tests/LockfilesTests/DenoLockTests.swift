import Documents
import Lockfiles
import Testing

@Suite("deno.lock")
struct DenoLockTests {
  @Test("version 5: packages of npm and JSR, modules, and what the project asks for")
  func five() throws {
    let file = try ReadFile(
      "deno-lock",
      """
      {"version": "5",
        "specifiers": {"jsr:@x/a@1": "1.2.0", "npm:b@^2": "2.0.0_c@3.0.0"},
        "jsr": {"@x/a@1.2.0": {"integrity": "0123abcd"}},
        "npm": {
          "b@2.0.0_c@3.0.0": {"integrity": "sha512-BBBB==", "scripts": true},
          "c@3.0.0": {"integrity": "sha512-CCCC==", "tarball": "https://registry.example/c.tgz"}},
        "redirects": {"https://deno.example/x": "https://deno.example/x@1.0.0"},
        "remote": {"https://deno.example/x@1.0.0/mod.ts": "4567cdef"},
        "workspace": {"dependencies": ["jsr:@x/a@1"],
          "members": {"web": {"packageJson": {"dependencies": ["npm:b@^2"]}}}}}
      """)
    #expect(
      file.entries == [
        "npm:b@2.0.0_c@3.0.0: b 2.0.0 registry [\"sha512-BBBB==\"] code:yes direct",
        "npm:c@3.0.0: c 3.0.0 url https://registry.example/c.tgz [\"sha512-CCCC==\"] code:no",
        "jsr:@x/a@1.2.0: @x/a 1.2.0 registry [\"sha256:0123abcd\"] direct",
        "https://deno.example/x@1.0.0/mod.ts: https://deno.example/x@1.0.0/mod.ts  url "
          + "https://deno.example/x@1.0.0/mod.ts [\"sha256:4567cdef\"] code:no",
      ])
    #expect(file.requirements == ["@x/a 1", "b ^2 in web"])
  }

  @Test(
    "older versions have their packages elsewhere",
    arguments: [
      #"{"version": "2", "npm": {"specifiers": {}, "packages": {"b@2.0.0": {"integrity": "sha512-B"}}}}"#,
      #"{"version": "3", "packages": {"specifiers": {}, "npm": {"b@2.0.0": {"integrity": "sha512-B"}}}}"#,
      #"{"version": "4", "npm": {"b@2.0.0": {"integrity": "sha512-B"}}}"#,
    ])
  func older(text: String) throws {
    #expect(
      try ReadFile("deno-lock", text).entries == ["npm:b@2.0.0: b 2.0.0 registry [\"sha512-B\"]"])
  }

  @Test("another version is not read, nor one without any")
  func refused() throws {
    #expect(try refusal(format: "deno-lock", #"{"version": "6"}"#) == .unknownVersion)
    #expect(
      try refusal(format: "deno-lock", #"{"https://deno.example/a.ts": "00"}"#) == .wrongShape)
    #expect(try refusal(format: "deno-lock", #"{"version": "5",}"#) == .unexpected)
  }
}
