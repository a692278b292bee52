import Documents
import Lockfiles
import Testing

@Suite(".terraform.lock.hcl")
struct TerraformLockTests {
  @Test("a provider's host is its source")
  func entries() throws {
    let file = try ReadFile(
      "terraform-lock",
      """
      # c
      provider "registry.example/acme/cloud" {
        version     = "1.2.3"
        constraints = "~> 1.0"
        hashes = [
          "h1:aa=",
          "zh:00",
        ]
      }

      provider "other.example/acme/net" {
        version = "0.1.0"
      }
      """)
    #expect(
      file.entries == [
        #"registry.example/acme/cloud: acme/cloud 1.2.3 registry registry.example ["h1:aa=", "zh:00"] direct"#,
        "other.example/acme/net: acme/net 0.1.0 registry other.example",
      ])
    #expect(try refusal(format: "terraform-lock", "provider \"a\" {\n}\n") == .wrongShape)
    #expect(
      try refusal(
        format: "terraform-lock",
        "provider \"a\" {\nversion = \"1\"\n}\nprovider \"a\" {\nversion = \"2\"\n}\n")
        == .duplicateKey)
  }
}
