package import Gate
package import Primitives

/// A decision as SARIF 2.1.0, for code scanning tools.
///
/// Source: OASIS Static Analysis Results Interchange Format 2.1.0. A result is about a reference and
/// not about a file, so its location is a logical one.
package enum SARIF {
  package static let version = "2.1.0"
  static let schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
  /// The key of our fingerprints; it changes when their parts do.
  static let fingerprint = "hookkitFinding/v1"

  /// - Parameter toolVersion: what `hookkit --version` says.
  package static func log(_ decision: Decision, toolVersion: String) -> JSON {
    [
      "$schema": .text(schema),
      "version": .text(version),
      "runs": [
        [
          "tool": [
            "driver": [
              "name": "hookkit", "version": .text(Ascii.line(toolVersion)),
              "rules": .array(CodeRegistry.all.map(rule)),
            ]
          ],
          "invocations": [
            [
              "executionSuccessful": .bool(decision.verdict != .undecided),
              "exitCode": .integer(Int64(ExitCode(decision.verdict).rawValue)),
            ]
          ],
          "results": .array(
            decision.judgements.flatMap { judgement in
              judgement.findings.map { result($0, on: judgement.update) }
            }),
        ]
      ],
    ]
  }

  private static func rule(_ page: RulePage) -> JSON {
    [
      "id": .text(page.code.description),
      "name": .text(page.name),
      "shortDescription": ["text": .text(page.title)],
      "fullDescription": ["text": .text(Paragraphs.joined(page.why))],
      "help": ["text": .text(Paragraphs.joined(page.ends))],
      "defaultConfiguration": ["level": "error"],
    ]
  }

  private static func result(_ finding: Finding, on update: RefUpdate) -> JSON {
    let code = finding.code.description
    let index = CodeRegistry.all.firstIndex { $0.code == finding.code } ?? -1
    let name = Escaped.text(update.name.bytes, limit: RefName.maximumCount)
    let commands = finding.hints.map { "\($0.label): \(CommandLineText.of($0.command))" }
    let lines = ([finding.headline] + finding.details + commands).map(Ascii.line)
    return [
      "ruleId": .text(code),
      "ruleIndex": .integer(Int64(index)),
      "level": finding.severity == .note ? "note" : "error",
      "message": ["text": .text(lines.joined(separator: "\n"))],
      "locations": [
        ["logicalLocations": [["fullyQualifiedName": .text(name), "kind": "reference"]]]
      ],
      "partialFingerprints": .object([
        JSON.Member(
          key: Array(fingerprint.utf8),
          value: .text("\(code):\(name):\(finding.commit?.hex ?? "")"))
      ]),
    ]
  }
}
