import Documents
import Lockfiles
import Testing

@Suite("gradle.lockfile")
struct GradleLockTests {
  @Test("a line is a module, of tests when all its configurations are")
  func entries() throws {
    let file = try ReadFile(
      "gradle-lock",
      "# c\norg.example:a:1.0=compileClasspath,testCompileClasspath\norg.example:b:2.0=testRuntimeClasspath\norg.example:a:1.1\nempty=annotationProcessor\n"
    )
    #expect(
      file.entries == [
        "org.example:a:1.0: org.example:a 1.0 registry code:no",
        "org.example:b:2.0: org.example:b 2.0 registry test code:no",
        "org.example:a:1.1: org.example:a 1.1 registry code:no",
      ])
  }

  @Test(
    "a line that is no module is refused",
    arguments: [
      ("a=b\n", Unread.Reason.wrongShape), ("a:b=c\n", .wrongShape), (":b:c=d\n", .wrongShape),
      ("a:b:=c\n", .wrongShape), ("a:b:1=c\na:b:1=d\n", .duplicateEntry),
    ])
  func refused(text: String, reason: Unread.Reason) throws {
    #expect(try refusal(format: "gradle-lock", text) == reason)
  }

  @Test("versions.lock has one version of a module, and tests apart")
  func versions() throws {
    let file = try ReadFile(
      "versions-lock",
      "# Run ./gradlew writeVersionsLocks to regenerate this file\norg.example:a:1.0 (2 constraints: 0a1b2c3d)\n\n[Test dependencies]\norg.example:b:2.0 (1 constraints: 00)\n"
    )
    #expect(
      file.entries == [
        "org.example:a: org.example:a 1.0 registry code:no",
        "org.example:b: org.example:b 2.0 registry test code:no",
      ])
    #expect(try refusal(format: "versions-lock", "a:b:1\na:b:2\n") == .duplicateEntry)
    #expect(try refusal(format: "versions-lock", "a:b\n") == .wrongShape)
  }
}
