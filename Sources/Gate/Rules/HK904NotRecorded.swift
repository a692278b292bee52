/// HK904: the decision cannot be written to the journal.
package enum NotRecorded {
  package static let code = Code(904)

  static let page = RulePage(
    code: code, name: "NotRecorded", title: "the decision could not be recorded",
    endedBy: .administrator,
    why: """
      Every decision on a guarded reference is written to the journal before the reference moves. The
      disk is full, or the journal cannot be written: what cannot be recorded is not carried out.
      """,
    ends: "The administrator makes room or mends the permissions of `$GIT_DIR/hookkit/`.",
    examples: [])

  package static func finding(_ why: String) -> Finding {
    Finding(
      code, .doubt, headline: "the decision could not be recorded", details: [why],
      hints: [.init("the administrator runs", "hookkit", "doctor", "--server")])
  }
}
