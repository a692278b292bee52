extension SecretKind {
  static let keys: [[SecretKind]] = [
    ofAnybody(
      at: "wherever the public half is trusted",
      .block(
        "private-key-pem", .critical, "Private key (PEM)", keywords: ["private key-----"],
        pem("(?:RSA |EC |DSA |ED25519 )?PRIVATE KEY"), .privateKey(encrypted: false)),
      .block(
        "private-key-pem-encrypted", .medium, "Private key (PEM) behind a passphrase",
        keywords: ["private key-----"], pem("(?:RSA |EC |DSA |ENCRYPTED )?PRIVATE KEY"),
        .privateKey(encrypted: true)),
      .block(
        "private-key-openssh", .critical, "Private key (OpenSSH)",
        keywords: ["openssh private key-----"], pem("OPENSSH PRIVATE KEY"),
        .openSSHKey(encrypted: false)),
      .block(
        "private-key-openssh-encrypted", .medium, "Private key (OpenSSH) behind a passphrase",
        keywords: ["openssh private key-----"], pem("OPENSSH PRIVATE KEY"),
        .openSSHKey(encrypted: true)),
      .block(
        "private-key-pgp", .critical, "OpenPGP secret key",
        keywords: ["pgp private key block-----"], pem("PGP PRIVATE KEY BLOCK"), .pgpSecretKey),
      .block(
        "private-key-ssh2", .high, "Private key (SSH2)", keywords: ["ssh2 encrypted private key"],
        #"---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----([\s\\nr"0-9A-Za-z+/=:.,@\-]{64,8000})"#),
      .block(
        "private-key-putty", .critical, "Private key (PuTTY)", keywords: ["putty-user-key-file-"],
        #"PuTTY-User-Key-File-[23]: [^\r\n]{3,60}\s+Encryption: none\s+(?:[^\r\n]{0,200}\s+){1,40}?Private-Lines: \d{1,3}\s+([0-9A-Za-z+/=\s]{40,4000})"#
      ),
      .block(
        "private-key-putty-encrypted", .medium, "Private key (PuTTY) behind a passphrase",
        keywords: ["putty-user-key-file-"],
        #"PuTTY-User-Key-File-[23]: [^\r\n]{3,60}\s+Encryption: aes256-cbc\s"#),
      .block(
        "private-key-jwk", .critical, "Private key (JSON Web Key)", keywords: [#""kty""#],
        #""kty"\s*:\s*"(?:EC|RSA|OKP)"[^{}]{0,4000}?"d"\s*:\s*"([\w\-]{42,700})""#, .mixedCase),
      .pattern(
        "private-key-wireguard", .critical, "WireGuard private key",
        keywords: ["privatekey", "private_key", "presharedkey"],
        #"(?i:(?:Private|Preshared)_?Key)["']?\s?[=:]\s?["']?([0-9A-Za-z+/]{42}[AEIMQUYcgkosw048]=)(?![0-9A-Za-z+/=])"#,
        .base64(bytes: 32)),
      .token(
        "age-secret-key", .critical, "age identity",
        ["AGE-SECRET-KEY-1", .anyOf("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58)], .bech32),
      .token(
        "age-hybrid-key", .critical, "age post-quantum identity",
        ["AGE-SECRET-KEY-PQ-1", .anyOf("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58)], .bech32),
      .pattern(
        "minisign-secret-key", .high, "minisign secret key", keywords: ["rwrty0iy"],
        #"(?<![0-9A-Za-z+/])(RWRTY0Iy[0-9A-Za-z+/]{190,210}={0,2})(?![0-9A-Za-z+/=])"#),
      .block(
        "cosign-key", .medium, "cosign private key, behind a passphrase",
        keywords: ["sigstore private key-----", "cosign private key-----"],
        pem("ENCRYPTED (?:SIGSTORE|COSIGN) PRIVATE KEY")),
      .named(
        "ethereum-private-key", .high, "Ethereum private key",
        by: ["private_key", "deployer_key", "wallet_key"], ["0x", .hex(64)]),
      .named(
        "bitcoin-private-key", .high, "Bitcoin private key (WIF)",
        by: ["private_key", "wif", "bitcoin"],
        [.anyOf("5KL", 1), .anyOf("1-9A-HJ-NP-Za-km-z", 50, 51)], .mixedCase),
      .named(
        "solana-private-key", .high, "Solana private key",
        by: ["private_key", "solana", "keypair"], [.anyOf("1-9A-HJ-NP-Za-km-z", 86, 88)],
        .mixedCase),
      .token(
        "extended-private-key", .critical, "Extended private key (BIP 32)",
        [
          .either(["xprv9s21ZrQH143K", "xprvA", "xprv9", "zprvA", "yprvA"]),
          .anyOf("1-9A-HJ-NP-Za-km-z", 90, 107),
        ], .mixedCase),
      .pattern(
        "wallet-seed", .high, "Wallet seed of 12 or 24 words",
        keywords: ["mnemonic", "seed_phrase", "seedphrase", "seed phrase"],
        #"(?i:mnemonic|seed[_ ]?phrase)\w{0,12}["']?\s?[:=]\s?["']((?:[a-z]{3,8} ){11}(?:(?:[a-z]{3,8} ){12})?[a-z]{3,8})["']"#
      ),
      .token(
        "nostr-secret-key", .high, "Nostr secret key",
        ["nsec1", .anyOf("qpzry9x8gf2tvdw0s3jn54khce6mua7l", 58)], .digitsAndLetters))
  ]

  /// The block, or as much of it as there is, with line ends as they are or escaped within a string.
  private static func pem(_ label: String) -> String {
    #"-----BEGIN "# + label
      + #"-----[\s\\nrt"',+0-9A-Za-z/=:.()\-]{64,16000}?(?:-----END [A-Z0-9 ]{0,30}-----|(?![\s\\nrt"',+0-9A-Za-z/=:.()\-]))"#
  }
}
