import Documents
import Lockfiles
import TestSupport
import Testing

@Suite("spack.lock")
struct SpackLockTests {
  @Test("a spec stands under its hash, in the environment or in one that it includes")
  func entries() throws {
    let file = try ReadFile(
      "spack-lock",
      """
      {"_meta": {"file-type": "spack-lockfile", "lockfile-version": 7, "specfile-version": 5},
       "roots": [{"hash": "aa", "spec": "zlib-ng@2.1:+shared %gcc"}],
       "concrete_specs": {
         "aa": {"name": "zlib-ng", "version": "2.3.3", "namespace": "builtin", "hash": "aa"},
         "bb": {"name": "gcc", "version": "14", "namespace": "builtin", "external": {"path": "/usr"}}},
       "include_concrete": {"/env": {
         "roots": [{"hash": "cc", "spec": "x"}],
         "concrete_specs": {"cc": {"name": "x", "version": "1", "namespace": "acme"}}}}}
      """)
    #expect(
      file.entries == [
        "aa: zlib-ng 2.3.3 registry builtin direct", "bb: gcc 14 path /usr",
        "/env cc: x 1 registry acme direct",
      ])
    #expect(file.requirements == ["zlib-ng @2.1:+shared %gcc", "x  in /env"])
  }

  @Test("an early version and another kind of file are refused")
  func refused() throws {
    let head = #"{"_meta": {"file-type": "spack-lockfile", "lockfile-version": "#
    #expect(try refusal(format: "spack-lock", head + "3}}") == .unknownVersion)
    #expect(try refusal(format: "spack-lock", head + "9}}") == .unknownVersion)
    #expect(
      try refusal(format: "spack-lock", #"{"_meta": {"file-type": "x", "lockfile-version": 8}}"#)
        == .wrongShape)
    #expect(
      try refusal(format: "spack-lock", head + "8}, \"concrete_specs\": {\"aa\": {}}}")
        == .wrongShape)
  }
}
