/// HK970: hookkit itself failed.
package enum InternalError {
  package static let code = Code(970)

  static let page = RulePage(
    code: code, name: "InternalError", title: "internal error",
    endedBy: .administrator,
    why: "Something happened that hookkit's own code rules out. The gate stays shut.",
    ends: "Report it with the text of the message and the output of `hookkit --version`.",
    examples: [])

  package static func finding(_ why: String) -> Finding {
    Finding(
      code, .doubt, headline: "internal error", details: [why],
      hints: [.init("report it with", "hookkit", "--version")])
  }
}
