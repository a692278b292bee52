extension SecretKind {
  /// Values that are credentials by what they are called.
  static let assigned: [[SecretKind]] = [
    ofAnybody(
      at: "whoever issued it",
      .assigned(
        "named-secret", .medium, "Value that is called a secret",
        keywords: [
          "password", "passwd", "passphrase", "secret", "token", "api_key", "apikey", "api-key",
          "access_key", "accesskey", "private_key", "credential", "auth_key",
        ],
        #"(?i)(?:passw(?:or)?d|passphrase|secret|token|api[_\-]?key|access_?key|private_?key|credential|auth_?key)s?[\w\-]{0,24}["'\])]{0,3}(?:\s?:\s?\w{1,12})?\s{0,4}(?:=>|:=|[:=])\s{0,4}[rbf]?["'`]([0-9A-Za-z+/=_.~!@#%^&*\-]{16,200})["'`]"#,
        entropy: 3.5, .mixedCase),
      .assigned(
        "named-secret-in-environment", .medium, "Variable that is called a secret",
        keywords: [
          "_password", "_passwd", "_secret", "_token", "_key", "_pat", "secret_", "token_",
        ],
        #"(?m)^\s{0,8}(?:export\s|set\s|-\s|ENV\s)?\s{0,4}[A-Z][A-Z0-9_]{0,60}(?:PASSWORD|PASSWD|SECRET|TOKEN|KEY|PAT|CREDENTIALS?)[A-Z0-9_]{0,20}\s{0,2}[=:]\s{0,2}["']?((?![$<{%])[0-9A-Za-z+/=_.~!@#^&*\-]{16,400})["']?\s*$"#,
        entropy: 3.2, .digitsAndLetters))
  ]
}
