internal import DependencyChecks
package import Gate
internal import Policy
package import Primitives

/// A decision for programs: `hookkit.decision/1`.
///
/// Every byte of a push is escaped; a name that is not printable ASCII also stands there as
/// hexadecimal digits (`refHex`), so that nothing is lost.
package enum DecisionJSON {
  package static let schema = "hookkit.decision/1"

  /// The whole decision: an object whose first member is `schema`.
  package static func value(_ decision: Decision) -> JSON {
    [
      "schema": .text(schema),
      "verdict": .text(decision.verdict.rawValue),
      "time": .text(RFC3339.text(decision.time)),
      "pusher": Field.text(decision.pusher.account),
      "principal": Field.text(decision.principal),
      "policy": Field.hex(decision.policyDigest),
      "ledger": Field.text(decision.ledger?.hex),
      "refs": .array(decision.judgements.map(ref)),
      "next": .array(next(decision)),
    ]
  }

  private static func ref(_ judgement: Judgement) -> JSON {
    .object(
      Field.update(judgement.update) + [
        .init("verdict", .text(judgement.verdict.rawValue))
      ] + next(judgement) + [
        .init("findings", .array(judgement.findings.map(finding)))
      ] + dependencies(judgement))
  }

  /// Who acts next, whether the pusher pushes again, and what is waited for: all of it `null` or empty
  /// where nothing stands against the update.
  private static func next(_ judgement: Judgement) -> [JSON.Member] {
    let lead = judgement.standing.first
    let awaited = Awaited(judgement.standing.map(\.code))
    let waits = [(awaited.release, "release"), (awaited.review, "review")]
      .filter { $0.0 && lead?.endedBy == .reviewer }.map { JSON.text($0.1) }
    return [
      .init("actor", Field.text(lead?.endedBy.rawValue)),
      .init("retry", Field.text(lead?.endedBy.retry.rawValue)),
      .init("waitsFor", .array(waits)),
      .init("people", .array((lead?.people ?? []).map { .text(Ascii.line($0)) })),
    ]
  }

  /// What changes in dependency files, where that is what waits: `hookkit.depdiff/1`.
  private static func dependencies(_ judgement: Judgement) -> [JSON.Member] {
    guard let change = judgement.hold?.change else { return [] }
    return [
      .init(
        "dependencies",
        change.diff.json(
          DependencyDiff.Frame(
            base: judgement.update.old.hex, head: judgement.update.new.hex,
            verdict: judgement.verdict.rawValue, digest: Hex.string(change.digest))))
    ]
  }

  private static func finding(_ finding: Finding) -> JSON {
    [
      "code": .text(finding.code.description),
      "severity": .text(finding.severity.rawValue),
      "headline": .text(Ascii.line(finding.headline)),
      "reason": .text(Ascii.line(finding.reason)),
      "details": .array(finding.details.map { .text(Ascii.line($0)) }),
      "commit": Field.text(finding.commit?.hex),
      "actor": .text(finding.endedBy.rawValue),
      "retry": .text(finding.endedBy.retry.rawValue),
    ]
  }

  /// Each next step once, in the order of the findings: what it does, and the command.
  private static func next(_ decision: Decision) -> [JSON] {
    var seen: Set<[String]> = []
    return decision.judgements.flatMap(\.standing).flatMap(\.hints)
      .filter { seen.insert($0.command).inserted }
      .map { hint in
        [
          "label": .text(Ascii.line(hint.label)),
          "argv": .array(hint.command.map { .text(Ascii.line($0)) }),
        ]
      }
  }
}

/// The journal's record of one judgement, without `schema` and `prev`, which the journal itself adds.
package enum JournalRecord {
  /// - Parameter stage: which hook decided, such as `pre-receive`.
  package static func members(
    _ judgement: Judgement, _ decision: Decision, stage: String
  ) -> [JSON.Member] {
    var codes: [Code] = []
    for finding in judgement.findings
    where finding.severity != .observed && !codes.contains(finding.code) {
      codes.append(finding.code)
    }
    let observed = judgement.findings.filter { $0.severity == .observed }
    return [.init("time", .integer(decision.time)), .init("stage", .text(stage))]
      + Field.update(judgement.update) + [
        .init("pusher", Field.text(decision.pusher.account)),
        .init("principal", Field.text(decision.principal)),
        .init("verdict", .text(judgement.verdict.rawValue)),
        .init("codes", .array(codes.map { .text($0.description) })),
        .init("reason", .text(String(decoding: RefusalText.reason(for: judgement), as: UTF8.self))),
        .init("policy", Field.hex(decision.policyDigest)),
        .init("ledger", Field.text(decision.ledger?.hex)),
      ]
      + (observed.isEmpty
        ? []
        : [
          .init(
            "observed",
            .array(
              observed.prefix(8).map { finding in
                ["code": .text("\(finding.code)"), "reason": .text(Ascii.line(finding.reason))]
              }))
        ])
  }
}

/// Members as all of hookkit's formats write them.
enum Field {
  static func text(_ text: String?) -> JSON { text.map { .text(Ascii.line($0)) } ?? .null }

  static func text(_ bytes: [UInt8]?) -> JSON {
    bytes.map { .text(Escaped.text($0, limit: RefName.maximumCount)) } ?? .null
  }

  static func hex(_ bytes: [UInt8]?) -> JSON { bytes.map { .text(Hex.string($0)) } ?? .null }

  /// `ref`, `refHex` when the name is not printable ASCII, `old` and `new`.
  static func update(_ update: RefUpdate) -> [JSON.Member] {
    let name = update.name.bytes
    let exact: [JSON.Member] =
      name.allSatisfy { (0x20...0x7e).contains($0) } ? [] : [.init("refHex", hex(name))]
    return [.init("ref", text(name))] + exact + [
      .init("old", .text(update.old.hex)), .init("new", .text(update.new.hex)),
    ]
  }
}
