internal import Gate
internal import Git
internal import Platform
internal import Policy
internal import Primitives

// Whether the owners whom rules ask for can be read and are anybody.
extension Examination {
  /// How many branches are looked at, and how many lines of one are named.
  private static let mostBranches = 64
  private static let mostLines = 8

  func owners(
    _ surroundings: Surroundings, _ policy: Policy
  ) throws(GitError) -> [Diagnosis] {
    var found: [Diagnosis] = []
    let branches = try surroundings.references.list(prefix: Array("refs/heads/".utf8))
      .filter { policy.protections(for: $0.name).contains(where: \.review.owners) }
    for (name, id) in branches.prefix(Self.mostBranches) {
      let files = try OwnersFiles(
        ofCommit: surroundings.objects.peel(id).id, under: policy, in: surroundings.objects)
      if policy.codeowners == nil, files.hasShared, (try? site.host()) == .gitea {
        found.append(
          Diagnosis(
            .owners, .advice,
            "\(name): Gitea and Forgejo read CODEOWNERS as expressions, and the policy does not say"
              + " codeowners = \"expressions\"",
            Hint("say it", "hookkit", "-C", site.directory, "policy", "edit")))
      }
      if files.isEmpty {
        found.append(
          Diagnosis(
            .owners, .advice, "\(name): a rule asks owners, and there is no CODEOWNERS file",
            Hint("how it is read", "hookkit", "explain", "HK103")))
      }
      for flaw in files.flaws {
        found.append(
          Diagnosis(
            .owners, .wrong, "\(name): \(flaw.path), \(flaw.words); only its mend can land",
            Hint("what can be read", "hookkit", "explain", "HK106")))
      }
      let unknown = files.unknown(under: policy, at: Clock.now())
      for line in unknown.prefix(Self.mostLines) {
        found.append(
          Diagnosis(
            .owners, .advice,
            "\(name): \(line): whom the policy does not know, so nobody can approve"))
      }
      if unknown.count > Self.mostLines {
        found.append(
          Diagnosis(
            .owners, .advice, "\(name): and \(unknown.count - Self.mostLines) more lines like these"
          ))
      }
    }
    return found
  }
}
