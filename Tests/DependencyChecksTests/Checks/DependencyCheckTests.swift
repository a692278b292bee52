import DependencyChecks
import Testing

@Suite("Checks of dependency files")
struct DependencyCheckTests {
  @Test("what the examples of a check claim is what it says", arguments: DependencyChecks.all)
  func examples(_ check: DependencyCheck) {
    #expect(check.examples.contains { $0.isFound }, "\(check.id) never speaks up")
    #expect(check.examples.contains { !$0.isFound }, "\(check.id) never passes")
    for example in check.examples {
      let diff = example.diff()
      #expect(diff.files.count == example.files.count, "\(check.id): \(example.claim)")
      let found = diff.findings.filter { $0.check == check.id }
      #expect(found.isEmpty != example.isFound, "\(check.id): \(example.claim)")
    }
  }

  @Test("checks have codes and words of their own, in order")
  func registry() {
    let codes = DependencyChecks.all.map(\.code)
    #expect(codes == Set(codes).sorted())
    #expect(codes.allSatisfy { (210...249).contains($0) })
    #expect(Set(DependencyChecks.all.map(\.id)).count == codes.count)
  }

  @Test("what a check says is safe for any terminal", arguments: DependencyChecks.all)
  func safety(_ check: DependencyCheck) {
    for finding in check.examples.flatMap({ $0.diff().findings }) {
      #expect(finding.detail.utf8.allSatisfy { (0x20...0x7e).contains($0) }, "\(finding.detail)")
    }
  }
}

extension DependencyCheck: CustomTestStringConvertible {
  public var testDescription: String { "HK\(code) \(id)" }
}
