import Primitives

@testable import Secrets

/// `Documentation/Secrets.md`, made from `SecretRules.kinds`.
enum SecretsDocument {
  static var text: String {
    """
    # Secrets

    The kinds of credentials that hookkit knows by itself, \(SecretRules.kinds.count) of them. An anchor \
    is what a line is looked up by, in either case; where it is a name, the secret is the value that the \
    name is given. What the proof denies is not reported, and neither is what stands in for a secret: \
    `changeme`, `<token>`, `12345678`, a run of one character.

    This file is written from `Sources/Secrets/Rules`, and a test compares: change a row, then run the \
    tests with `HOOKKIT_RECORD=1`.

    | id | what | severity | anchor | proof | where it is revoked |
    |---|---|---|---|---|---|

    """
      + SecretRules.kinds.sorted { $0.id < $1.id }.map(row).joined()
  }

  /// `Sources/Secrets/RuleData.swift`.
  static var data: String {
    let lines = RuleTable.text(of: SecretRules.all).split(
      separator: "\n", omittingEmptySubsequences: false)
    let escaped = lines.map { line in
      line.isEmpty
        ? ""
        : "    "
          + line.replacing("\\", with: "\\\\").replacing("\t", with: "\\t")
          .replacing("\"\"\"", with: "\\\"\"\"")
    }
    return """
      // Made from Sources/Secrets/Rules by SecretRulesTests; record it anew, do not edit it.

      // swift-format-ignore-file

      /// The built-in rules in the form that `RuleTable` reads.
      enum RuleData {
        static let text: StaticString = \"\"\"
      \(escaped.joined(separator: "\n"))
          \"\"\"
      }

      """
  }

  private static func row(_ kind: SecretKind) -> String {
    let rule = kind.rule
    let words: [String]
    let form: String
    switch kind.anchor {
    case .shape: (form, words) = ("", rule.keywords)
    case .name(let names, _): (form, words) = ("name ", names)
    case .pattern, .block: (form, words) = ("text ", rule.keywords)
    }
    let files = rule.files.map { "`\(String(decoding: $0.bytes.dropFirst(3), as: UTF8.self))`" }
    let anchor =
      form + words.map { "`\($0)`" }.joined(separator: ", ")
      + (files.isEmpty ? "" : (words.isEmpty ? "" : " ") + "in " + files.joined(separator: ", "))
    let place = rule.revoked.hasPrefix("https://") ? "<\(rule.revoked)>" : rule.revoked
    return "| `\(rule.id)` | \(rule.title) | \(rule.severity.rawValue) | \(anchor) "
      + "| \(proof(rule.proof)) | \(place) |\n"
  }

  private static func proof(_ check: StructureCheck) -> String {
    switch check {
    case .none: "-"
    case .digitsAndLetters: "digits and letters"
    case .mixedCase: "digits, small letters, capitals"
    case .crc32Base62, .crc32Base36, .crc32Hex: "CRC-32"
    case .bech32: "Bech32 checksum"
    case .base64(let bytes): "base64 of \(bytes) bytes"
    case .base64JSON: "base64 of a JSON object"
    case .base64Login: "base64 of `user:password`"
    case .jwt(let texts):
      "JSON Web Token"
        + (texts.isEmpty ? "" : " that says \(texts.map { "`\($0)`" }.joined(separator: ", "))")
    case .privateKey(let isEncrypted): "DER" + (isEncrypted ? ", encrypted" : "")
    case .openSSHKey(let isEncrypted): "OpenSSH's form" + (isEncrypted ? ", encrypted" : "")
    case .pgpSecretKey: "a secret key packet"
    }
  }
}
