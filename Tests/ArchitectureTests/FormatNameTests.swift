import Lockfiles
import Testing

@Suite("A format is one file")
struct FormatNameTests {
  /// Words that are also the name of a format and mean something else here, by the targets.
  private static let otherWords: [String: Set<String>] = [
    // A syntax, a file's name, keys of JSON, roles of the policy and hooks of git.
    "Documents": ["go-mod"], "DependencyChecks": ["code", "codeowners"], "Report": ["code"],
    "Policy": ["code", "codeowners"], "HookRuntime": ["pre-commit"],
    "HookkitCLI": ["code", "pre-commit"], "Secrets": ["circleci"],
  ]

  @Test("no source but the formats' own names a format")
  func names() {
    let names = Set(FormatRegistry.all.map(\.name))
    var found: [String: Set<String>] = [:]
    for file in SourceTree.files where !file.path.hasPrefix("Lockfiles/Formats/") {
      for (number, line) in file.text.split(
        separator: "\n", omittingEmptySubsequences: false
      ).enumerated() where !line.drop(while: { $0 == " " }).hasPrefix("//") {
        for match in line.matches(of: /"([a-z0-9-]+)"/) {
          let word = String(match.output.1)
          guard names.contains(word) else { continue }
          found[file.target, default: []].insert(word)
          #expect(
            Self.otherWords[file.target]?.contains(word) == true,
            "\(file.path):\(number + 1): \(word)")
        }
      }
    }
    // Nothing is excepted that is not there.
    #expect(found == Self.otherWords)
  }
}
