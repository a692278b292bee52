import DependencyChecks
import Testing

@Suite("Findings that are counted")
struct StatementsTests {
  @Test("more than twenty are counted, and told apart behind the places where words are cut")
  func counted() throws {
    func names(_ count: Int) -> [String] {
      (0..<count).map { String(repeating: "n", count: 90) + "\($0)" }
    }
    func npm(_ count: Int) -> String {
      let wishes = names(count).map { "\"\($0)\": \"1.0.0\"" }.joined(separator: ", ")
      return "{\"lockfileVersion\": 3, \"packages\": {\"\": {\"dependencies\": {\(wishes)}}}}\n"
    }
    let found = try Judged.findings("package-lock.json", npm(1), npm(48))
    #expect(found.count { $0.hasPrefix("228 high: nnn") } == 20)
    #expect(found.contains("228 high: and 27 more"), "\(found)")
    let gems = (0..<30).map { "  \(names(30)[$0]) (= 1)\n" }.joined()
    let gemfile = try Judged.findings(
      "Gemfile.lock", nil,
      "GEM\n  remote: https://rubygems.org/\n  specs:\n\nDEPENDENCIES\n\(gems)")
    #expect(gemfile.contains("228 notice: and 10 more"), "\(gemfile)")
    let images = (0..<25).map { "FROM registry.example/i\($0)" }
    let docker = try Judged.findings(
      "Dockerfile", images.map { "\($0):1@sha256:\(Judged.hex("a"))\n" }.joined(),
      images.map { "\($0):1\n" }.joined())
    #expect(docker.contains { $0.contains("and 5 more images") }, "\(docker)")
    let modules = (0..<30).map { "mod.example/m\($0) v1.0.0" }
    let go = try Judged.findings([
      ("go.mod", nil, "module m\nrequire (\n\(modules.map { "\t\($0)\n" }.joined()))\n"),
      (
        "vendor/modules.txt", nil,
        "# mod.example/z v1.0.0\n## explicit\nmod.example/z\n"
      ),
    ])
    #expect(go.contains("245 high: and 11 more"), "\(go)")
  }
}
