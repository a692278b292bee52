import Primitives
import TestSupport

@testable import Secrets

/// Made-up samples of the kinds that have a pattern instead of a shape.
enum Blocks {
  typealias Made = (secret: [UInt8], texts: [[UInt8]])

  static let samples: [String: @Sendable (inout Dice) -> Made] = [
    "named-secret": { dice in
      around(
        Sample.word(24, &dice),
        ["password = \"@\"", "\"client_secret\": '@'", "apiKey: String = \"@\"", "token := `@`"])
    },
    "named-secret-in-environment": { dice in
      around(
        Sample.word(24, &dice), ["DB_PASSWORD=@", "export MY_TOKEN=\"@\"\n", "  APP_KEY: @\n"])
    },
    "aws-key-pair": { dice in
      let id =
        "AK" + "IA" + String((0..<16).map { _ in dice.pick(Array("ABCDEFGHIJKLMNOP234567")) })
      return around(Sample.word(40, &dice), ["\(id):@", "id=\(id) secret=\"@\"", "- \(id) / @ \n"])
    },
    "aws-presigned-url": { dice in
      around(hex(64, &dice), ["GET /x?X-Amz-Expires=9&X-Amz-Signature=@", "X-Amz-Signature=@&y=1"])
    },
    "google-service-account": { dice in
      let key = escaped(pem("PRIVATE KEY", der(1200, &dice)))
      return whole(
        key, #"{"type": "service_account", "project_id": "p", "private_key": "\#(text(key))"}"#)
    },
    "google-user-credentials": { dice in
      around(
        "1//0" + Sample.word(60, &dice),
        [#"{"refresh_token": "@", "type": "authorized_user"}"#])
    },
    "azure-shared-access-signature": { dice in
      around(
        Sample.word(43, &dice) + "%3D", ["https://a/b?sv=2024-01-01&se=2030-01-01&sr=b&sig=@"])
    },
    "npm-registry-token": { dice in
      around(
        Sample.word(40, &dice),
        ["//registry.corp.test/:_authToken=@", "_auth = \"@\"", "//r.test/:_password=@\n"])
    },
    "docker-registry-login": { dice in
      around(login(&dice), [#"{"auths":{"r.corp.test":{"auth":"@"}}}"#, #""auth" : "@","#])
    },
    "database-url": { dice in
      around(
        Sample.word(14, &dice) + "7a",
        [
          "DATABASE_URL=postgres://app:@@db.corp.test:5432/app",
          "mongodb+srv://u:@@c0.mongodb.net/x",
          "'redis://:@@cache.corp.test:6379'", "postgresql+psycopg2://u:@@10.1.2.3/x",
        ])
    },
    "database-url-weak": { _ in
      around("letmein", ["mysql://app:@@localhost/app", "amqp://u:@@mq.corp.test"])
    },
    "sql-connection-string": { dice in
      around(
        Sample.word(12, &dice) + "4b",
        ["Server=tcp:d.corp.test,1433;User ID=a;Password=@;Encrypt=True"])
    },
    "jdbc-password": { dice in
      around(Sample.word(12, &dice) + "4b", ["jdbc:mysql://d.corp.test/x?user=a&password=@&ssl=1"])
    },
    "private-key-pem": { dice in
      let key = pem("RSA PRIVATE KEY", der(600, &dice))
      let other = pem("PRIVATE KEY", der(64, &dice))
      return ([], [key, escaped(key), other, [0x22] + escaped(other) + [0x22]])
    },
    "private-key-pem-encrypted": { dice in
      let header = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0011\n\n"
      let sequence: [UInt8] = [0x30, 0x82, 0x01, 0x04, 0x30] + Sample.bytes(259, &dice)
      return (
        [],
        [
          pem("RSA PRIVATE KEY", Sample.bytes(300, &dice), header: header),
          pem("ENCRYPTED PRIVATE KEY", sequence),
        ]
      )
    },
    "private-key-openssh": { dice in ([], [pem("OPENSSH PRIVATE KEY", openSSH("none", &dice))]) },
    "private-key-openssh-encrypted": { dice in
      ([], [pem("OPENSSH PRIVATE KEY", openSSH("aes256-ctr", &dice))])
    },
    "private-key-pgp": { dice in
      let key = pem("PGP PRIVATE KEY BLOCK", [0xc5] + Sample.bytes(400, &dice), header: "\n")
      return ([], [key])
    },
    "private-key-ssh2": { dice in
      let body = text(Base64.encode(Sample.bytes(120, &dice)))
      let block = "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: \"k\"\n\(body)\n---- END"
      return ([], [Array(block.utf8)])
    },
    "private-key-putty": { dice in
      let body = text(Base64.encode(Sample.bytes(36, &dice)))
      return ([], [Array((putty("none") + body + "\nPrivate-MAC: 00\n").utf8)])
    },
    "private-key-putty-encrypted": { _ in
      let text = "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: aes256-cbc\n"
      return (Array(text.utf8), [Array((text + "Comment: x\n").utf8)])
    },
    "private-key-jwk": { dice in
      let (x, d) = (Sample.word(43, &dice), "k9D" + Sample.word(40, &dice))
      return around(
        d,
        [
          #"{"kty":"EC","crv":"P-256","x":"\#(x)","y":"\#(x)","d":"@"}"#,
          "{\n  \"kty\": \"OKP\",\n  \"x\": \"\(x)\",\n  \"d\": \"@\"\n}",
        ])
    },
    "private-key-wireguard": { dice in
      around(text(Base64.encode(Sample.bytes(32, &dice))), ["PrivateKey = @", "PresharedKey=@\n"])
    },
    "minisign-secret-key": { dice in
      around("RWRT" + "Y0Iy" + Sample.word(200, &dice), ["untrusted comment: key\n@\n"])
    },
    "cosign-key": { dice in
      ([], [pem("ENCRYPTED SIGSTORE PRIVATE KEY", Sample.bytes(400, &dice))])
    },
    "wallet-seed": { dice in
      let words = (0..<12).map { _ in dice.pick(["river", "stone", "amber", "table", "quick"]) }
      return around(words.joined(separator: " "), ["MNEMONIC=\"@\"", "seedPhrase: '@'"])
    },
    "kubeconfig-key": { dice in
      around(
        text(Base64.encode(pem("RSA PRIVATE KEY", der(300, &dice)))),
        ["    client-key-data: @", #""client-key-data": "@""#])
    },
    "kubeconfig-token": { dice in
      around(
        text(Sample.jwt(claiming: [], &dice)), ["  user:\n    token: @\n", "    token: \"@\""])
    },
    "kubernetes-bootstrap-token": { dice in
      around(
        "ab3" + small(3, &dice) + "." + small(16, &dice), ["kubeadm join --token @ 10.0.0.1:6443"])
    },
    "url-password": { dice in
      around(
        Sample.word(14, &dice) + "7a",
        ["https://admin:@@svc.corp.test/path", "git clone https://u:@@git.corp.test/r.git"])
    },
    "url-password-weak": { _ in around("letmein", ["http://admin:@@localhost:8080/"]) },
    "http-basic-header": { dice in
      around(login(&dice), ["Authorization: Basic @", #"headers["authorization"] = "Basic @""#])
    },
    "http-bearer-header": { dice in
      around(
        "a1B" + Sample.word(40, &dice), ["-H 'Authorization: Bearer @'", "authorization=token @"])
    },
    "curl-login": { dice in
      around(Sample.word(14, &dice) + "7a", ["curl -s -u admin:@ https://svc.corp.test"])
    },
    "otpauth-seed": { dice in
      around(
        String((0..<32).map { _ in dice.pick(Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")) }),
        ["otpauth://totp/acme:bob?secret=@&issuer=acme"])
    },
    "laravel-app-key": { dice in
      around(
        text(Base64.encode(Sample.bytes(32, &dice))),
        ["APP_KEY=base64:@", "'app_key' => 'base64:@'"])
    },
    "django-secret-key": { dice in
      around(Sample.word(46, &dice) + "@1)m", ["SECRET_KEY = '@'"], mark: "@", raw: true)
    },
    "django-development-key": { dice in
      around("django-insecure-" + Sample.word(50, &dice), ["SECRET_KEY = '@'"])
    },
    "rails-master-key": { dice in around(hex(32, &dice), ["RAILS_MASTER_KEY=@", "master_key: '@'"])
    },
    "rails-secret-key-base": { dice in
      around(hex(128, &dice), ["  secret_key_base: @\n", "SECRET_KEY_BASE=@"])
    },
    "wordpress-secret": { dice in
      around(
        Sample.word(18, &dice) + "5c",
        ["define('DB_PASSWORD', '@');", "define( 'LOGGED_IN_KEY', '@' );"])
    },
    "ansible-password": { dice in
      around(
        Sample.word(12, &dice) + "5c", ["ansible_become_password: @", "h ansible_ssh_pass='@'"])
    },
    "password-hash": { dice in
      around(
        "$2b$" + "12$" + Sample.word(53, &dice), ["admin:@", "('x', '@')"])
    },
    "gpg-passphrase": { dice in
      around(
        Sample.word(12, &dice) + "5c",
        ["gpg --batch --passphrase @ -d x", "gpg2 --passphrase='@' -c"])
    },
    "sshpass-password": { dice in
      around(Sample.word(12, &dice) + "5c", ["sshpass -p @ ssh h", "sshpass -p '@' scp"])
    },
    "net-use-password": { dice in
      around(Sample.word(12, &dice) + "5c", [#"net use X: \\srv\share /user:bob @"#])
    },
  ]

  // MARK: Parts

  /// The secret in place of the first `@` of a text; a second one stands for itself.
  private static func around(
    _ secret: String, _ texts: [String], mark: Character = "@", raw: Bool = false
  ) -> Made {
    (
      Array(secret.utf8),
      texts.map { text in
        guard let place = text.firstIndex(of: mark) else { return Array(text.utf8) }
        return Array((text[..<place] + secret + text[text.index(after: place)...]).utf8)
      }
    )
  }

  private static func whole(_ secret: [UInt8], _ text: String) -> Made {
    (secret, [Array(text.utf8)])
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private static func hex(_ count: Int, _ dice: inout Dice) -> String {
    String((0..<count).map { _ in dice.pick(Array("0123456789abcdef")) })
  }

  private static func small(_ count: Int, _ dice: inout Dice) -> String {
    Sample.word(count, &dice).lowercased()
  }

  private static func login(_ dice: inout Dice) -> String {
    text(Base64.encode("deploy:\(Sample.word(18, &dice))".utf8))
  }

  /// A sequence of so many bytes that begins as every private key does.
  static func der(_ count: Int, _ dice: inout Dice) -> [UInt8] {
    let body: [UInt8] = [0x02, 0x01, 0x00] + Sample.bytes(count - 3, &dice)
    let length: [UInt8] =
      count < 128 ? [UInt8(count)] : [0x82, UInt8(count >> 8), UInt8(count & 255)]
    return [0x30] + length + body
  }

  static func openSSH(_ cipher: String, _ dice: inout Dice) -> [UInt8] {
    Array("openssh-key-v1".utf8) + [0, 0, 0, 0, UInt8(cipher.utf8.count)] + Array(cipher.utf8)
      + Sample.bytes(300, &dice)
  }

  static func pem(_ label: String, _ content: [UInt8], header: String = "") -> [UInt8] {
    let digits = Base64.encode(content)
    let lines = stride(from: 0, to: digits.count, by: 64).map {
      text(Array(digits[$0..<min($0 + 64, digits.count)]))
    }
    let body = header + lines.joined(separator: "\n")
    return Array("-----BEGIN \(label)-----\n\(body)\n-----END \(label)-----".utf8)
  }

  static func escaped(_ block: [UInt8]) -> [UInt8] {
    block.flatMap { $0 == 0x0a ? Array("\\n".utf8) : [$0] }
  }

  private static func putty(_ cipher: String) -> String {
    "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: \(cipher)\nComment: x\n"
      + "Public-Lines: 2\nAAAA\nAAAA\nPrivate-Lines: 1\n"
  }
}
