extension SecretKind {
  /// What many programs write the same way.
  static let texts: [[SecretKind]] = [
    ofAnybody(
      at: "whoever issued it",
      .token("jwt", .medium, "JSON Web Token", [.jwt], .jwt()),
      .token(
        "kubernetes-service-account-token", .critical, "Kubernetes service account token", [.jwt],
        .jwt(claiming: ["kubernetes.io", "system:serviceaccount:"])),
      .pattern(
        "kubeconfig-key", .critical, "Kubernetes client key", keywords: ["client-key-data"],
        #"client-key-data["']?:\s{0,4}["']?(LS0tLS1CRUdJTi[0-9A-Za-z+/]{100,8000}={0,2})"#),
      .pattern(
        "kubeconfig-token", .critical, "Kubernetes client token", keywords: ["token:"],
        #"(?m)^\s{2,12}token:\s{1,4}["']?([a-z0-9]{6}\.[a-z0-9]{16}|eyJ[\w\-]{10,400}\.[\w\-]{10,4000}\.[\w\-]{20,1000})["']?\s*$"#
      ),
      .pattern(
        "kubernetes-bootstrap-token", .high, "Kubernetes bootstrap token",
        keywords: ["kubeadm", "bootstrap"],
        #"(?<![a-z0-9.])([a-z0-9]{6}\.[a-z0-9]{16})(?![a-z0-9.])"#, .digitsAndLetters),
      // Bytes beyond ASCII are written in tests of URLs, hardly in a password that a machine uses.
      .pattern(
        "url-password", .high, "URL with a user's password", keywords: ["://"],
        #"\b(?:https?|ftps?|sftp|ssh|smtps?|imaps?|ldaps?|socks5h?|git\+https)://[^\s:/@"'<>`${}?#]{1,100}:((?![^@]{0,200}%[89A-Fa-f])[^\s/@"'<>`${}*:]{8,200})@(?!localhost|127\.|0\.0\.0\.0|\[::1|[a-z.\-]*example\.|host\b)[0-9A-Za-z\[]"#,
        .digitsAndLetters),
      .pattern(
        "url-password-weak", .low, "URL with a user's password, weak or for this machine",
        keywords: ["://"],
        #"\b(?:https?|ftps?|sftp|ssh|smtps?|imaps?|ldaps?|socks5h?|git\+https)://[^\s:/@"'<>`${}?#]{1,100}:([^\s/@"'<>`${}*:]{3,200})@[0-9A-Za-z\[]"#
      ),
      .pattern(
        "http-basic-header", .high, "HTTP Basic credentials", keywords: ["basic "],
        #"(?i:authorization)["'`\]]{0,3}\s?[:=,]\s?["'`]?(?i:basic)\s([0-9A-Za-z+/]{12,400}={0,2})(?![0-9A-Za-z+/=])"#,
        .base64Login),
      .pattern(
        "http-bearer-header", .medium, "HTTP bearer token", keywords: ["authorization"],
        #"(?i:authorization)["'`\]]{0,3}\s?[:=,]\s?["'`]?(?i:bearer|token)\s([0-9A-Za-z_.~+/\-]{24,2000}={0,2})(?![0-9A-Za-z_+/=])"#,
        .mixedCase),
      .pattern(
        "curl-login", .high, "curl with a password", keywords: ["curl"],
        #"\bcurl\b[^\r\n]{0,300}?\s(?:-u|--user)[\s=]{1,4}["']?[^\s:"'$<{]{1,100}:([^\s"'$<{}*]{8,200})"#,
        .digitsAndLetters),
      .pattern(
        "otpauth-seed", .high, "TOTP seed", keywords: ["otpauth://"],
        #"otpauth://[th]otp/[^\s"'<>?]{0,200}\?[^\s"'<>]{0,300}?secret=([A-Za-z2-7]{16,128})"#),
      .pattern(
        "laravel-app-key", .high, "Laravel application key", keywords: ["base64:"],
        #"(?i:app_?key)["']?\s?[=:]>?\s?["']?base64:([0-9A-Za-z+/]{43}=)"#, .base64(bytes: 32)),
      .pattern(
        "django-secret-key", .medium, "Django secret key", keywords: ["secret_key"],
        #"\bSECRET_KEY\s?[=:]\s?[rb]?["']((?!django-insecure-)[^"'\s$<{]{40,120})["']"#,
        .digitsAndLetters),
      .pattern(
        "django-development-key", .low, "Django development key", keywords: ["django-insecure-"],
        #"(django-insecure-[^"'\s]{40,60})"#),
      .pattern(
        "rails-master-key", .critical, "Rails master key",
        keywords: ["rails_master_key", "master_key"],
        #"(?i:rails_master_key|\bmaster_key)["']?\s?[=:]\s?["']?([0-9a-f]{32})(?![0-9a-f])"#,
        .digitsAndLetters),
      // Those of development and of tests stand in many repositories.
      .pattern(
        "rails-secret-key-base", .medium, "Rails secret key base", keywords: ["secret_key_base"],
        #"(?i:secret_key_base)["']?\s?[=:]\s?["']?([0-9a-f]{128})(?![0-9a-f])"#,
        .digitsAndLetters),
      .pattern(
        "wordpress-secret", .high, "WordPress password or salt", keywords: ["define("],
        #"define\(\s?['"](?:DB_PASSWORD|(?:SECURE_|LOGGED_IN_)?(?:AUTH_|NONCE_)?(?:KEY|SALT))['"]\s?,\s?['"]([^'"\r\n]{8,80})['"]"#,
        .digitsAndLetters),
      .pattern(
        "ansible-password", .high, "Ansible connection password", keywords: ["ansible_"],
        #"\bansible_(?:become_|ssh_|sudo_|su_|winrm_)?pass(?:word)?["']?\s?[=:]\s?["']?((?!!)[^\s"'{$<]{6,100})"#,
        .digitsAndLetters),
      .pattern(
        "password-hash", .medium, "Password hash (crypt)",
        keywords: ["$2a$", "$2b$", "$2y$", "$apr1$", "$5$", "$6$", "$y$", "$argon2"],
        #"(?<![\w$])(\$(?:2[aby]\$\d\d\$[./0-9A-Za-z]{53}|apr1\$[./0-9A-Za-z]{1,8}\$[./0-9A-Za-z]{22}|5\$(?:rounds=\d{4,9}\$)?[./0-9A-Za-z]{1,16}\$[./0-9A-Za-z]{43}|6\$(?:rounds=\d{4,9}\$)?[./0-9A-Za-z]{1,16}\$[./0-9A-Za-z]{86}|y\$[./0-9A-Za-z]{1,10}\$[./0-9A-Za-z]{1,86}\$[./0-9A-Za-z]{43}|argon2id?\$v=\d{1,3}\$m=\d{1,9},t=\d{1,4},p=\d{1,3}\$[0-9A-Za-z+/]{8,60}\$[0-9A-Za-z+/]{20,100}))(?![\w/])"#
      ),
      .pattern(
        "gpg-passphrase", .high, "GPG passphrase on a command line", keywords: ["--passphrase"],
        #"\bgpg2?\b[^\r\n]{0,200}?--passphrase[\s=]["']?([^\s"'$<{-][^\s"'$<{]{7,100})"#,
        .digitsAndLetters),
      .pattern(
        "sshpass-password", .high, "sshpass with a password", keywords: ["sshpass"],
        #"\bsshpass\s{1,4}-p\s{0,4}["']?([^\s"'$<{-][^\s"'$<{]{5,100})"#, .digitsAndLetters),
      .pattern(
        "net-use-password", .medium, "Network share with a password", keywords: ["net use"],
        #"(?i)\bnet use\s[^\r\n]{0,200}?/user:\S{1,100}\s([^\s"'$<{%/*]{6,100})"#,
        .digitsAndLetters))
  ]
}
