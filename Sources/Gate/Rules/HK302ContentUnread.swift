internal import Policy
internal import Primitives

/// HK302: a part of what a push brings could not be looked through for credentials.
enum ContentUnread {
  static let code = Code(302)

  static let page = RulePage(
    code: code, name: "ContentUnread", title: "what a push brings could not be looked through",
    endedBy: .pusher,
    why: """
      A gzip or zip file that is damaged, or that unpacks to more than 64 MiB or 4,096 members, a text with
      thousands of credentials, a text on which a rule of the scanner costs too much: whatever stands in it
      is not known. Unknown is not clean, and the push is undecided.

      Archives of other kinds, and those with a password, are never unpacked: a note says so.
      """,
    ends: """
      Mend the archive, or leave it out; or a maintainer names its path in `skip-paths` of `[secrets]`.
      """,
    examples: [
      Example(
        "a zip file that ends too early cannot be looked through", .undecided,
        .commit("work", by: .dana, files: ["a.zip": "PK\u{3}\u{4}, and no more"], signed: true),
        .push("work", by: .dana))
    ])

  static func find(_ scan: ContentScan, under screening: SecretScreening) -> [Finding] {
    func isAsked(_ unread: ContentScan.Unread) -> Bool {
      guard case .file(let path) = unread.place else { return true }
      return !screening.skippedPaths.contains { $0.matches(path) }
    }
    func words(_ unread: ContentScan.Unread) -> String {
      let name: String
      switch unread.place {
      case .file(let path): name = Escaped.text(path, limit: 120)
      case .message: name = "a message"
      case .path, .reference: name = "a name"
      case .unnamed: name = "a file that nothing leads to"
      }
      return "\(name)\(unread.commit.map { " of \($0.short)" } ?? ""): \(unread.why)"
    }
    var findings: [Finding] = []
    let doubts = scan.doubts.filter(isAsked)
    if let first = doubts.first {
      var details = doubts.prefix(3).map(words)
      if doubts.count > 3 { details.append("and \(doubts.count - 3) more") }
      findings.append(
        Finding(
          code, screening.mode == .observe ? .observed : .doubt,
          headline: "what this push brings could not be looked through",
          reason: "could not be looked through", details: details,
          hints: [.init("why", "hookkit", "explain", "\(code)")], commit: first.commit))
    }
    let unseen = scan.unseen.filter(isAsked)
    if let first = unseen.first {
      let more = unseen.count > 1 ? ", and \(unseen.count - 1) more" : ""
      findings.append(
        Finding(code, .note, headline: "not looked into: \(words(first))\(more)"))
    }
    return findings
  }
}
