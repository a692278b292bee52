package import DependencyChecks
package import Primitives

/// The findings of a comparison of dependency files as SARIF 2.1.0: results at the changed lines of the
/// files, for code scanning tools and editors.
extension SARIF {
  package static func log(_ diff: DependencyDiff, toolVersion: String) -> JSON {
    [
      "$schema": .text(schema),
      "version": .text(version),
      "runs": [
        [
          "tool": [
            "driver": [
              "name": "hookkit", "version": .text(Ascii.line(toolVersion)),
              "rules": .array(DependencyChecks.all.map(rule)),
            ]
          ],
          "invocations": [
            ["executionSuccessful": true, "exitCode": .integer(Int64(ExitCode.allowed.rawValue))]
          ],
          "results": .array(
            zip(diff.findings, diff.linesOfFindings).map { result($0, at: $1, in: diff) }),
        ]
      ],
    ]
  }

  private static func rule(_ check: DependencyCheck) -> JSON {
    [
      "id": .text("HK\(check.code)"),
      "name": .text(check.name),
      "shortDescription": ["text": .text(check.title)],
      "fullDescription": ["text": .text(Paragraphs.joined(check.why))],
      "help": ["text": .text(Paragraphs.joined(check.ends))],
      "defaultConfiguration": ["level": .text(level(check.severity))],
    ]
  }

  private static func level(_ severity: DependencyCheck.Severity) -> String {
    switch severity {
    case .critical, .high: "error"
    case .notice: "warning"
    case .calming: "note"
    }
  }

  private static func result(
    _ finding: DependencyFinding, at line: Int, in diff: DependencyDiff
  ) -> JSON {
    let file = diff.files[finding.file]
    let index = DependencyChecks.all.firstIndex { $0.code == finding.code } ?? -1
    let path = Escaped.text(file.path, limit: 4096)
    return [
      "ruleId": .text("HK\(finding.code)"),
      "ruleIndex": .integer(Int64(index)),
      "level": .text(level(finding.severity)),
      "message": [
        "text": .text(
          Ascii.line(finding.title + (finding.detail.isEmpty ? "" : ": \(finding.detail)")))
      ],
      "locations": [
        [
          "physicalLocation": [
            "artifactLocation": ["uri": .text(uri(file.path))],
            "region": ["startLine": .integer(Int64(line))],
          ]
        ]
      ],
      "partialFingerprints": .object([
        JSON.Member(
          key: Array(fingerprint.utf8),
          value: .text("\(finding.check):\(path):\(diff.subject(of: finding))"))
      ]),
    ]
  }

  /// The path as a relative reference (RFC 3986).
  private static func uri(_ path: [UInt8]) -> String {
    var result: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in path {
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x2f, 0x5f, 0x7e: result.append(byte)
      default: result += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
