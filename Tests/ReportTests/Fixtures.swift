import Gate
import Primitives

/// `3f1c9e2` and 33 more digits: an object name that begins as given.
func object(_ start: String) -> ObjectID {
  ObjectID(start + String(repeating: "0", count: ObjectID.hexCount - start.count)) ?? .zero
}

func update(_ name: String, new: String = "3f1c9e2", old: String = "1111111") -> RefUpdate {
  RefUpdate(old: object(old), new: object(new), name: RefName(name))
}

func judged(_ update: RefUpdate, _ findings: Finding...) -> Judgement {
  Judgement(update: update, findings: findings, isGuarded: true)
}

func decision(_ judgements: [Judgement], pusher: String? = "svc-codex") -> Decision {
  Decision(
    judgements: judgements, pusher: Pusher(account: pusher.map { Array($0.utf8) }),
    principal: pusher == nil ? nil : "codex", policyDigest: [UInt8](repeating: 0xab, count: 32),
    ledger: object("1ed9e4"), time: 1_795_478_400)
}

/// A finding as the gate words it when an agent's commit has no review.
func needsReview(_ ref: String = "refs/heads/main", _ commit: String = "3f1c9e2") -> Finding {
  Finding(
    Code(101), headline: "\(ref) needs a human review", reason: "needs a human review of \(commit)",
    details: [
      "\(commit) \"Retry on 429\"   by svc-codex (agent: pushed by its account)",
      "reviews 0 of 1; its author, pusher and sponsor do not count",
    ],
    hints: [
      .init("a reviewer runs", "hookkit", "review", "approve", commit),
      .init("why", "hookkit", "explain", "HK101"),
    ], commit: object(commit))
}

func forcePush(_ ref: String = "refs/heads/main") -> Finding {
  Finding(
    Code(501), headline: "\(ref) may not be force-pushed", reason: "not a fast-forward",
    details: ["3f1c9e2 does not contain the present tip 1111111"],
    hints: [.init("start from its tip", "git", "pull", "--rebase")])
}

let noPolicy = Finding(
  Code(801), .doubt, headline: "there is no policy for this repository", reason: "no policy",
  hints: [.init("the administrator runs", "hookkit", "policy", "init")])
