internal import Git
internal import Policy
internal import Primitives

/// HK106: CODEOWNERS cannot be read, so nobody knows whom to ask.
enum OwnersUnreadable {
  static let code = Code(106)

  static let page = RulePage(
    code: code, name: "OwnersUnreadable", title: "owners cannot be read from CODEOWNERS",
    endedBy: .pusher,
    why: """
      The rule for this reference asks owners, and the push would leave a CODEOWNERS file that hookkit
      cannot read exactly: a byte-order mark, an exclusion (`!path`), a character range (`[a-z]`), quotes,
      a NUL byte, a malformed section, a regular expression that is more than characters, `.`, `[^/]` and
      `*`, `+` or `?` behind them, a link, too many rules or bytes. A guess could ask the wrong people, and
      the next push would find nobody to ask.

      `.gitea/` and `.forgejo/` hold regular expressions, as those hosts read them; every other place
      holds globs.

      Where such a file already stands, only an update that mends it passes: it changes CODEOWNERS files
      and nothing else, and is reviewed as the rule asks, by one person at least, whoever wrote it.
      """,
    ends: """
      Write the line that is named in another way, and push again. Where the file was there before, push
      its mend alone and have it reviewed; then push the rest.
      """,
    examples: [
      Example(
        "a pattern that is no exact glob is refused where it comes in", .refuse,
        rule: ["owners = true"],
        .commit("owners", by: .dana, files: ["CODEOWNERS": "/a[bc] @erin\n"], signed: true),
        .push("owners", by: .dana)),
      Example(
        "a file that can be read is not", .allow, rule: ["owners = true"],
        .commit("owners", by: .dana, files: ["CODEOWNERS": "/a @erin\n"], signed: true),
        .push("owners", by: .dana)),
    ])

  static let rule = Rule(code) { (subject: ProtectedRange) throws(GitError) -> [Finding] in
    guard let owners = subject.owners else { return [] }
    let update = subject.update
    // Nothing is ever pushed on top of a tag.
    let left = update.name.isTag ? [] : owners.after.flaws
    if !left.isEmpty { return [finding(update, left, subject.tip)] }
    if !owners.before.flaws.isEmpty, try !owners.isMend(subject.range) {
      return [standing(update, owners.before.flaws)]
    }
    let unknown = owners.after.unknown(
      under: subject.bench.policy, at: subject.bench.push.time, besides: owners.before)
    return unknown.isEmpty || update.name.isTag ? [] : [note(update, unknown)]
  }

  private static func lines(_ flaws: [OwnersFiles.Flaw]) -> [String] {
    flaws.map { "\($0.path), \($0.words)" }
  }

  static func finding(
    _ update: RefUpdate, _ flaws: [OwnersFiles.Flaw], _ commit: ObjectID
  ) -> Finding {
    Finding(
      code, headline: "\(update.name): CODEOWNERS could not be read after this push",
      reason: "CODEOWNERS could not be read", details: lines(flaws),
      hints: [.init("what can be read", "hookkit", "explain", "\(code)")], commit: commit)
  }

  static func standing(_ update: RefUpdate, _ flaws: [OwnersFiles.Flaw]) -> Finding {
    Finding(
      code, headline: "\(update.name): CODEOWNERS cannot be read, so it must be mended first",
      reason: "CODEOWNERS must be mended first",
      details: lines(flaws)
        + ["push a change of that file alone; it needs a review, whoever wrote it"],
      hints: [.init("what can be read", "hookkit", "explain", "\(code)")])
  }

  static func note(_ update: RefUpdate, _ lines: [String]) -> Finding {
    Finding(
      code, .note,
      headline: "\(update.name): owners whom the policy does not know can never approve",
      details: lines.prefix(8).map { $0 }
        + (lines.count > 8 ? ["and \(lines.count - 8) more lines"] : []))
  }
}
