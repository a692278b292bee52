import Secrets
import Testing

@Suite("SecretRule")
struct SecretRuleTests {
  @Test("a rule without a proof believes any text of its shape")
  func noProof() {
    #expect(StructureCheck.none.holds(Array("x".utf8)[...]))
  }
}
