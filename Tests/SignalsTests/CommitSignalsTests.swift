import Signals
import Testing

@Suite struct CommitSignalsTests {
  static func ident(_ name: String, _ email: String) -> Ident {
    Ident(name: Array(name.utf8)[...], email: Array(email.utf8)[...])
  }

  static let dana = ident("Dana Jones", "dana@example.org")

  static func signals(
    author: Ident = dana, committer: Ident = dana, _ message: [UInt8] = []
  ) throws -> [Signal] {
    try SignalCatalog.builtIn.signals(
      author: author, committer: committer, message: message[...])
  }

  @Test(
    "an agent's identity as author declares",
    arguments: [
      ("Claude", "noreply@anthropic.com", "claude-code"),
      ("x", "NoReply@Anthropic.COM", "claude-code"),
      ("claude[bot]", "209825114+claude[bot]@users.noreply.github.com", "claude-code"),
      ("claude[bot]", "x@example.org", "claude-code"),
      ("Claude Code", "x@example.org", "claude-code"),
      ("Claude Opus 4.6", "x@example.org", "claude-code"),
      ("Claude 4", "x@example.org", "claude-code"),
      ("Codex", "codex@openai.com", "codex"),
      ("x", "199175422+x@users.noreply.github.com", "codex"),
      ("copilot-swe-agent[bot]", "198982749+Copilot@users.noreply.github.com", "copilot"),
      ("Cursor Agent", "cursoragent@cursor.com", "cursor"),
      ("Cursor Agent", "x@example.org", "cursor"),
      ("Devin AI", "158243242+devin-ai-integration[bot]@users.noreply.github.com", "devin"),
      ("google-labs-jules[bot]", "x@example.org", "jules"),
      ("gemini-cli[bot]", "gemini-cli[bot]@users.noreply.github.com", "gemini-cli"),
      ("Dana Jones (aider)", "dana@example.org", "aider"),
      ("openhands", "x@example.org", "openhands"),
      ("Dana via Claude Code", "dana@example.org", "claude-code"),
      ("Oz", "oz-agent@warp.dev", "warp"), ("Roo Code", "roo@roocode.com", "roo-code"),
      ("factory-droid[bot]", "138933559+factory-droid[bot]@users.noreply.github.com", "droid"),
      ("Cline Agent", "cline-agent@users.noreply.github.com", "cline"),
      ("sweep-ai[bot]", "sweep-ai[bot]@users.noreply.github.com", "sweep"),
      ("Kiro Agent", "244629292+kiro-agent@users.noreply.github.com", "kiro"),
      (
        "gemini-code-assist[bot]", "176961590+gemini-code-assist[bot]@users.noreply.github.com",
        "gemini-code-assist"
      ),
      ("Cl\u{200B}aude", "nore\u{AD}ply@anthropic.com", "claude-code"),
      ("Ｃｌａｕｄｅ Ｃｏｄｅ", "x@example.org", "claude-code"),
      ("x", " noreply@anthropic.com>", "claude-code"),
    ])
  func author(_ name: String, _ email: String, _ id: String) throws {
    let found = try Self.signals(author: Self.ident(name, email))
    #expect(found.map(\.id) == ["\(id).author"])
    #expect(found.map(\.grade) == [.declared])
    #expect(found.map(\.place) == [.author])
    #expect(found.first?.quote == Array("\(name) <\(email)>".utf8))
  }

  @Test(
    "people are not agents by their names, addresses or employers",
    arguments: [
      ("Claude", "claude@dupont.example"), ("Claude Monet", "claude@example.org"),
      ("Devin", "d@dupont.example"),
      ("Devin Booker", "d@example.org"), ("Jules Verne", "j@example.org"),
      ("Jules", "j@dupont.example"),
      ("Claude Max", "m@example.org"), ("Oz", "oz@dupont.example"), ("Crush", "c@dupont.example"),
      ("Dana", "dana@anthropic.com"),
      ("Claude Dupont", "claude@anthropic.example"), ("Cody", "cody@dupont.example"),
      ("Junie", "junie@dupont.example"), ("Kimi", "kimi@dupont.example"),
      ("Claude Dupont", "cdupont@anthropic.com"), ("Devin", "devin@Devins-MacBook.local"),
      ("Bob", "bob@ibm.com"), ("rUv", "ruv@ruv.net"),
      ("Chris Hoffman (Claude)", "c@dupont.example"),
      ("Max Crew", "crew@dupont.example"), ("Dana", "dana@moonshot.cn"), ("Dana", "dana@cline.bot"),
      ("Dana", "dana@all-hands.dev"),
      ("aider", ""), ("Patsy Cline", "p@example.org"), ("Warp", "w@dupont.example"),
      ("José", "j@example.org"), ("山田太郎", "y@example.org"), ("Клод", "k@example.org"), ("", ""),
      ("Dana", "12345+dana@users.noreply.github.com"),
      ("Dana", "209825114+d@users.noreply.example.org"),
      ("Dana", "dana+209825114@users.noreply.github.com"), ("\u{0}", "\u{0}"),
    ].filter { $0.0 != "aider" })
  func person(_ name: String, _ email: String) throws {
    #expect(try Self.signals(author: Self.ident(name, email)).isEmpty)
  }

  @Test(
    "an agent's name beside an address that is nobody's is suspected",
    arguments: [
      ("Amp", "amp@example.com", "amp"), ("Claude", "claude@example.org", "claude-code"),
      ("Kiro", "noreply@dupont.example", "kiro"), ("Assistant", "a@example.net", "ai-agent"),
    ])
  func placeholder(_ name: String, _ email: String, _ id: String) throws {
    let found = try Self.signals(author: Self.ident(name, email))
    #expect(found.map { "\($0.id) \($0.grade)" } == ["\(id).author suspected"])
    // A placeholder with a product's own name beside it, or with a person's.
    let codex = try Self.signals(author: Self.ident("Codex", "codex@example.com"))
    #expect(codex.map { "\($0.id) \($0.grade)" } == ["codex.author declared"])
    #expect(try Self.signals(author: Self.ident("Claude Dupont", "c@example.com")).isEmpty)
  }

  @Test(
    "the names that orchestrators give their agents declare",
    arguments: [
      "gastown/crew/max", "beads/polecats/nux", "beads/refinery", "x/witness", "nux (Polecat)",
    ])
  func paths(_ name: String) throws {
    let author = Self.ident(name, "dana@example.org")
    #expect(
      try Self.signals(author: author).map { "\($0.id) \($0.grade)" } == [
        "gas-town.author declared"
      ])
    #expect(
      try Self.signals(committer: author).map { "\($0.id) \($0.grade)" }
        == ["gas-town.committer informational"])
  }

  @Test("a suggestion that was accepted on the web is one there only")
  func web() throws {
    let line = Array(
      "t\n\nCo-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>\n".utf8)
    for (email, grade) in [
      ("noreply@github.com", "informational"), ("NoReply@GitHub.com", "informational"),
      ("dana@example.org", "suspected"), ("noreply@github.com.example", "suspected"),
    ] {
      let found = try Self.signals(committer: Self.ident("GitHub", email), line)
      #expect(found.map { "\($0.id) \($0.grade)" } == ["copilot-review.trailer \(grade)"])
    }
  }

  @Test("nothing that is added to a commit takes an agent's declaration away")
  func spoofed() throws {
    let agent = "Co-authored-by: Claude <noreply@anthropic.com>"
    for spoof in [
      "Co-authored-by: Dana <dana@example.org>", "Human-Authored: yes", "AI-Generated: no",
      "AI-Model: none", "Assisted-by: none", "Signed-off-by: Claude Dupont <c@example.org>",
      "Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>",
      "Co-authored-by: dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>",
      "(cherry picked from commit 0123456789012345678901234567890123456789)",
      "This reverts commit 0123456789012345678901234567890123456789.", "```", "> quoted",
      "Co-authored-by:", "# ------------------------ >8 ------------------------",
    ] {
      for message in [
        "t\n\n\(spoof)\n\(agent)\n", "t\n\n\(agent)\n\(spoof)\n",
        "t\n\n\(agent)\n\n\(spoof)\n", "t\r\n\r\n\(spoof)\r\n\(agent)\r\n",
      ] {
        for committer in [Self.dana, Self.ident("GitHub", "noreply@github.com")] {
          let found = try Self.signals(committer: committer, Array(message.utf8))
          #expect(found.contains { $0.id == "claude-code.trailer" && $0.grade == .declared })
        }
      }
    }
  }

  @Test("what a revert quotes is suspected, and what it says of itself declared")
  func revert() throws {
    let quoted =
      "Revert \"x\"\n\nThis reverts commit 0123456.\n\n    Co-authored-by: Claude <noreply@anthropic.com>\n"
    #expect(try Self.signals(Array(quoted.utf8)).map(\.grade) == [.suspected])
    let named = "Revert \"Use Claude Code\"\n\nThis reverts commit 0123456.\n"
    #expect(try Self.signals(Array(named.utf8)).isEmpty)
    let own = named + "\nAssisted-by: Claude\n(cherry picked from commit 0123456)\n"
    #expect(
      try Self.signals(Array(own.utf8)).map { "\($0.grade) \($0.place)" } == ["declared trailer"])
  }

  @Test("who is in the catalog is known, and an invented bot is not")
  func known() {
    let catalog = SignalCatalog.builtIn
    for (name, email) in [
      ("ellipsis-dev[bot]", "65095814+ellipsis-dev[bot]@users.noreply.github.com"),
      ("claude[bot]", ""), ("renovate[bot]", "x@example.org"),
    ] {
      #expect(catalog.knows(Self.ident(name, email)), "\(name)")
    }
    for name in ["evil[bot]", "Dana", "renovate", "сlaude[bot]"] {
      #expect(!catalog.knows(Self.ident(name, "x@example.org")), "\(name)")
    }
  }

  @Test("look-alike letters in an author are suspected")
  func lookAlikes() throws {
    for author in [
      Self.ident("x", "nоreply@anthropic.com"), Self.ident("Сlaude Code", "x@example.org"),
    ] {
      let found = try Self.signals(author: author)
      #expect(found.map { "\($0.id) \($0.grade)" } == ["claude-code.author suspected"])
    }
  }

  @Test("an agent that is only the committer has handled the commit")
  func committer() throws {
    let found = try Self.signals(committer: Self.ident("Dana Jones (aider)", "dana@example.org"))
    #expect(found.map { "\($0.id) \($0.grade)" } == ["aider.committer informational"])
    let claude = Self.ident("Claude", "noreply@anthropic.com")
    #expect(try Self.signals(author: claude, committer: claude).map(\.id) == ["claude-code.author"])
  }

  @Test("a service is a hint, whoever it pretends to be")
  func service() throws {
    for author in [
      Self.ident("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"),
      Self.ident("renovate[bot]", "x@example.org"),
      Self.ident("x", "bot@renovateapp.com"),
    ] {
      #expect(try Self.signals(author: author).map(\.grade) == [.service])
    }
  }

  @Test("the block of git is told apart from other text")
  func places() throws {
    let message = Array(
      "t\n\nAssisted-by: Codex\n\nbody\n\nCo-authored-by: Claude\nSigned-off-by: D <d@example.org>\n"
        .utf8)
    let found = try Self.signals(message)
    #expect(
      found.map { "\($0.id) \($0.grade) \($0.place)" }
        == ["codex.trailer declared text", "claude-code.trailer declared trailer"])
    #expect(
      found.last.map { String(decoding: $0.quote, as: UTF8.self) } == "Co-authored-by: Claude")
  }

  @Test("the strongest line of an agent is the one that is told")
  func strongest() throws {
    let message = Array(
      "t\n\n> Assisted-by: Codex\n\n```\nAssisted-by: Codex\n```\n\nAssisted-by: codex\n".utf8)
    let found = try Self.signals(message)
    #expect(found.map { "\($0.id) \($0.grade)" } == ["codex.trailer declared"])
    #expect(found.first?.quote == Array("Assisted-by: codex".utf8))
  }

  @Test("a trailer in git's own block is declared, fence or not")
  func fencedBlock() throws {
    let message = Array("t\n\n```\nSigned-off-by: x\nAssisted-by: Codex\n```\n".utf8)
    #expect(try Self.signals(message).map { "\($0.grade) \($0.place)" } == ["declared trailer"])
  }

  @Test("a quote keeps two hundred bytes")
  func quote() throws {
    let message = Array("Co-authored-by: Claude <noreply@anthropic.com>".utf8)
    let long = message + [UInt8](repeating: 0x20, count: 5000) + Array("x".utf8)
    let found = try Self.signals(long)
    #expect(found.first?.quote == Array(long.prefix(200)))
  }

  @Test("unrelated text around it never lowers a signal", arguments: LineTable.all)
  func monotone(_ line: LineCase) throws {
    let texts = [
      "Fix the parser", "- a list\n- of things", "Signed-off-by: Dana <dana@example.org>",
      "Reviewed-by: Sam <sam@example.org>", "    indented", "> quoted", "#123", "ünïcödé 山田",
      "(cherry picked from commit 0123456)", "C:\\temp\\notes", "a `span` of ~~~ code",
    ]
    let alone = try Self.signals(Array(line.line.utf8)).highestGrade
    for text in texts {
      for message in [
        "\(text)\n\n\(line.line)", "\(line.line)\n\n\(text)", "\(text)\n\(line.line)\n\(text)\n",
        "\(text)\n\n\(line.line)\n\n\(text)\n\n\(text)",
      ] {
        let grade = try Self.signals(Array(message.utf8)).highestGrade
        if let alone { #expect(grade.map { $0 >= alone } == true, "\(message)") }
      }
    }
  }
}
