internal import Git
internal import Policy
internal import Primitives

/// HK104: the rule asks for a signed push, and this one is not, or not by its pusher.
enum PushNotSigned {
  static let code = Code(104)

  static let page = RulePage(
    code: code, name: "PushNotSigned", title: "the push must be signed by its pusher",
    endedBy: .pusher,
    why: """
      The rule for this reference asks for `git push --signed`. hookkit reads the certificate itself:
      its signature must be by a key that the policy enrols for the very principal who pushes, over
      exactly these updates, with a nonce that this server gave out. git alone calls a certificate
      good whose key nobody has enrolled.
      """,
    ends: "Push again with `git push --signed`, with `user.signingkey` set to an enrolled key.",
    examples: [
      Example(
        "a push without a certificate is refused where one is asked for", .refuse,
        rule: ["signed-push = true"],
        .commit("work", by: .dana, signed: true), .push("work", by: .dana)),
      Example(
        "no certificate is asked for otherwise", .allow,
        .commit("work", by: .dana, signed: true), .push("work", by: .dana)),
    ])

  static let rule = Rule(code) { (subject: ProtectedUpdate) throws(GitError) -> [Finding] in
    guard subject.rules.contains(where: \.requiresSignedPush) else { return [] }
    let certificate = subject.bench.push.certificate
    if case .valid(let signer) = certificate, signer == subject.bench.pusher?.name { return [] }
    return [finding(subject.update, certificate)]
  }

  static func finding(_ update: RefUpdate, _ state: CertificateState) -> Finding {
    let why =
      switch state {
      case .none: "it has no certificate"
      case .invalid(let reason): reason
      case .valid(let signer): "it is signed by \(signer), who is not the pusher"
      }
    return Finding(
      code, headline: "\(update.name) asks for a signed push", reason: "the push is not signed",
      details: [why],
      hints: [
        update.isDeletion
          ? .init("sign it", "git", "push", "--signed", "origin", ":\(update.name)")
          : .push("sign it", "--signed", of: update.new, to: update.name)
      ])
  }
}

extension Decision {
  /// Whether a rule asks any of the updates for a certificate of the push: only the hook that is shown it
  /// can judge them.
  package var concernsCertificate: Bool {
    judgements.contains { judgement in
      judgement.coverage["certificate"] != nil
        || judgement.findings.contains { $0.code == PushNotSigned.code }
    }
  }
}
