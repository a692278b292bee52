extension SecretKind {
  /// What stands in files that programs keep credentials in, known by their names.
  static let files: [[SecretKind]] = [
    ofAnybody(
      at: "wherever the account is",
      .file(
        "netrc-password", .high, "Password in .netrc", in: [".netrc", "_netrc", "netrc"],
        keywords: ["password", "passwd"], #"(?i)\bpassw(?:or)?d\s+["']?([^\s"'<${]{3,200})"#),
      .file(
        "pgpass-password", .high, "Password in .pgpass",
        in: [".pgpass", "pgpass.conf", "*.pgpass"],
        #"(?m)^[^#\r\n:]{1,200}:[^:\r\n]{0,20}:[^:\r\n]{0,100}:[^:\r\n]{1,100}:([^\s:<${]{3,200})$"#
      ),
      .file(
        "git-credentials", .critical, "Login in .git-credentials",
        in: [".git-credentials", ".config/git/credentials"], keywords: ["://"],
        #"[a-z]{3,6}://[^\s:/@]{1,100}:([^\s@]{3,200})@"#),
      .file(
        "htpasswd-hash", .high, "Password hash in .htpasswd",
        in: [".htpasswd", "htpasswd", "*.htpasswd", "*.htpasswd.*", ".htpasswd*"],
        #"(?m)^[^\s:#]{1,100}:(\$[0-9A-Za-z]{1,6}\$[^\s:]{20,200}|\{SHA\}[0-9A-Za-z+/=]{20,60}|[./0-9A-Za-z]{13})\s*$"#
      ),
      .file(
        "shadow-hash", .critical, "Password hash in shadow",
        in: ["shadow", "shadow-", "shadow.bak", "master.passwd", "etc/shadow*", "passwd"],
        #"(?m)^[a-z_][^\s:]{0,40}:(\$[0-9A-Za-z]{1,6}\$[^\s:]{20,200}|_[./0-9A-Za-z]{19}|[./0-9A-Za-z]{13}):"#
      ),
      .file(
        "filezilla-password", .high, "Password in FileZilla's sites",
        in: ["*ilezilla*.xml", "sitemanager.xml", "recentservers.xml", "filezilla/*.xml"],
        keywords: ["<pass"], #"<Pass(?: encoding="[a-z0-9]{1,16}")?>([^<\s]{3,200})</Pass>"#),
      .file(
        "terraform-state", .high, "Secret in a Terraform state",
        in: ["*.tfstate", "*.tfstate.backup", "*.tfvars", "*.tfvars.json"],
        keywords: [
          "password", "secret", "token", "private_key", "access_key", "connection_string",
        ],
        #"(?i)"?[\w\-]{0,60}(?:password|secret|token|private_key|access_key|connection_string)[\w\-]{0,40}"?\s{0,8}[:=]\s{0,8}"((?!\$\{|<|null)[^"\s]{6,4000})""#
      ),
      .file(
        "sql-dump-password", .high, "Password or its hash in a database dump",
        in: ["*.sql", "*.dump", "*.sql.bak"],
        keywords: ["insert into", "identified by", "password"],
        #"(?i)(?:insert into [^\r\n]{0,400}?(?:users?|accounts?|members?|login|admin|auth)[^\r\n]{0,2000}?['"](\$(?:2[aby]|5|6|1|P|H|argon2\w{0,2})\$[^'"\s]{8,200}|[0-9a-f]{32}(?:[0-9a-f]{8}|[0-9a-f]{32})?)['"]|identified by '([^'\s]{4,100})'|with password '([^'\s]{4,100})')"#
      ),
      .file(
        "rails-credentials-key", .critical, "Rails key for its credentials",
        in: ["master.key", "config/credentials/*.key"], #"\A\s*([0-9a-f]{32})\s*\z"#,
        .digitsAndLetters),
      .file(
        "pypi-login", .high, "Login for a package index", in: [".pypirc", "pip.conf", "pypirc"],
        keywords: ["password"], #"(?im)^\s*password\s*[:=]\s*([^\s$<{%]{4,400})$"#),
      .file(
        "cloud-credentials-file", .critical, "Cloud credentials",
        in: [
          ".aws/credentials", "aws/credentials", ".s3cfg", "s3cfg", ".boto", ".passwd-s3fs",
          "credentials.ini", "cloud/.credentials", ".cloud/credentials", ".credentials",
          "cloud/.s3cfg", "cloud/.tugboat", ".tugboat", "cloud/heroku.json", "heroku.json",
        ],
        keywords: ["secret", "api_key", "client_key", "access_key", "token", "key"],
        #"(?im)^\s*["']?\w{0,30}(?:secret_?(?:access_?)?(?:key)?|api_?key|client_?key|access_?(?:key|token)|token|heroku_?key|authentication)["']?\s*[:=]\s*["']?([^\s"'<${,]{8,400})"#
      ),
      .file(
        "mail-client-password", .high, "Password of a mail client",
        in: [
          ".esmtprc", ".msmtprc", ".mutt*", ".muttrc", "muttrc", ".fetchmailrc", ".offlineimaprc",
          ".mbsyncrc",
        ],
        keywords: ["pass"],
        #"(?i)\b(?:imap_|smtp_)?pass(?:word)?\s*(?:=|\s)\s*["']?([^\s"'<${]{4,200})"#),
      .file(
        "deployment-password", .high,
        "Password of a server in an editor's or deployment's settings",
        in: [
          ".ftpconfig", "sftp-config*.json", "sftp.json", "ftp-config.json", ".remote-sync.json",
          ".ftpsync.settings", "deployment-config.json", "dbeaver-data-sources.xml",
          "robomongo.json", "ventrilo_srv.ini", "proftpdpasswd", "wp-config*.php",
        ],
        keywords: ["pass", "pwd", "secret", "token", "private"], setting),
      .file(
        "configured-password", .medium, "Password in a configuration",
        in: [
          ".env*", "*.env", "config.php", "configuration.php", "db.php", "database.yml",
          "secrets.yml", "settings.py", "LocalSettings.php", "*.ini", "*.exports",
          ".bash_profile", ".bashrc", ".zshrc", ".profile", "proxy.conf",
        ],
        keywords: ["pass", "pwd", "secret", "token", "apikey", "api_key", "private"], setting),
      .file(
        "idea-password", .medium, "Password in an IDE's settings",
        in: [".idea/*.xml", "WebServers.xml"], keywords: ["password="],
        #"(?i)\bpassword="([^"\s]{4,400})""#),
      .file(
        "irssi-password", .high, "Password in irssi's settings",
        in: [".irssi/config", "irssi/config", "irssi_config"],
        keywords: ["password", "autosendcmd"],
        #"(?i)(?:\bpassword\s*=\s*"([^"\s]{3,200})"|identify\s+(?:\S{1,60}\s)?([^\s"]{4,200}))"#),
      .file(
        "key-store", .high, "Store of private keys",
        in: ["*.p12", "*.pfx", "*.jks", "*.keystore", "*.bks"],
        #"(?s)\A(\x30[\x80-\x84]|\xfe\xed\xfe\xed|\xce\xce\xce\xce)"#),
      .file(
        "password-store", .high, "Store of passwords", in: ["*.kdbx", "*.kdb"],
        #"(?s)\A(\x03\xd9\xa2\x9a)"#))
  ]

  /// `password = value` and its like in any syntax; a word of a program is no value.
  private static let setting =
    #"(?i)["']?[\w.\-]{0,40}(?:pass(?:word|phrase|wd|w)?|pwd|secret|api_?key|token|private_?key)[\w.\-]{0,30}["']?[ \t]{0,8}(?:=>|[:=,])[ \t]{0,8}["']?((?!true|false|null|none|undefined|\$|%|<|\{|os\.|env|process|get_?env|self|this|function|array|str|int|string|required)[^\s"',;<>${}()\[\]]{5,400})"#
}
