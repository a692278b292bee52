import Documents
import Lockfiles
import Testing

@Suite("verification-metadata.xml")
struct GradleVerificationTests {
  @Test("every artifact is an entry, with each digest that is trusted for it")
  func entries() throws {
    let file = try ReadFile(
      "gradle-verification",
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <verification-metadata xmlns="https://schema.example">
        <configuration><verify-metadata>true</verify-metadata></configuration>
        <components>
          <component group="org.example" name="a" version="1.0">
            <artifact name="a-1.0.jar">
              <sha256 value="00aa" origin="g"><also-trust value="11bb"/></sha256>
              <pgp value="FFFF"/>
            </artifact>
            <artifact name="a-1.0.pom"><md5 value="22cc"/></artifact>
          </component>
        </components>
      </verification-metadata>
      """)
    #expect(
      file.entries == [
        #"org.example:a:1.0 a-1.0.jar: org.example:a 1.0 registry ["sha256:00aa", "sha256:11bb", "pgp:FFFF"] code:no"#,
        #"org.example:a:1.0 a-1.0.pom: org.example:a 1.0 registry ["md5:22cc"] code:no"#,
      ])
  }

  @Test("a component without a version, and an artifact that stands twice, are refused")
  func refused() throws {
    let head = "<verification-metadata><components><component group='g' name='n'"
    let tail = "</component></components></verification-metadata>"
    #expect(try refusal(format: "gradle-verification", "\(head)>\(tail)") == .wrongShape)
    #expect(
      try refusal(
        format: "gradle-verification",
        "\(head) version='1'><artifact name='a'/><artifact name='a'/>\(tail)") == .duplicateEntry)
    #expect(try refusal(format: "gradle-verification", "<other/>") == .wrongShape)
  }
}
