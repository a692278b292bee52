internal import ArgumentParser
internal import Gate
internal import Git
internal import Platform
internal import Primitives
internal import Report
internal import Signing

/// `hookkit verify`: a server checked by its own records, offline, in any repository that has them.
struct Verify: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Replay a server's decisions and find what does not hold.",
    discussion: """
      Checks every landing's signature, that the landings of each protected reference make one line \
      that ends where it stands, and judges each again under the policy and the reviews of its time. \
      Trusted are the server's key and the first policy: give both where you can \
      (hookkit.serverKey in git's configuration); else they are taken from the first landing and said.
      """)

  @Argument(help: ArgumentHelp("Judge the landings of this reference alone.", valueName: "ref"))
  var ref: String?

  @Option(
    help: ArgumentHelp("Fetch the server's records from this remote first.", valueName: "name"))
  var remote: String?

  @Option(
    help: ArgumentHelp(
      "The server's key: its public key file, or SHA256:...", valueName: "key"))
  var serverKey: String?

  @Option(
    help: ArgumentHelp("The digest of the first policy, as verify shows it.", valueName: "digest"))
  var policyDigest: String?

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let vantage = try Vantage(in: context, remote: remote)
    let only = try ref.map { try RefArgument.full($0) }
    let anchors = Replay.Anchors(
      serverKey: try keyFingerprint(vantage), policyDigest: try digest())
    let references: any ReferenceReading =
      remote == nil ? try vantage.references() : try fetched(vantage)
    guard try references.resolve(.landings) != nil else {
      if remote == nil, let name = vantage.remote?.name {
        throw CommandError(
          .undecided, "the server's landings are not here",
          hints: [.init("fetch them", "hookkit", "verify", "--remote", name)])
      }
      throw CommandError(
        .undecided, "the server has recorded no landing yet",
        hints: [.init("on the server", "hookkit", "doctor", "--server")])
    }
    let replay = Replay(
      objects: try vantage.objects(), references: references, merges: vantage.server.merges,
      files: vantage.server.files, anchors: anchors)
    do {
      let outcome = try replay.run(only: only) { done, count in
        context.terminal.progress("replaying landings: \(done) of \(count)")
      }
      if let only, outcome.tips[only] == nil {
        throw CommandError(
          .undecided, "nothing has landed on \(only)",
          details: outcome.tips.isEmpty
            ? []
            : [
              "landings are on \(outcome.tips.keys.sorted().prefix(8).map { "\($0)" }.joined(separator: ", "))"
            ])
      }
      show(outcome, anchors, only, on: context.terminal)
    } catch let flaw as ReplayFlaw {
      try fail(flaw, vantage, on: context.terminal)
    }
  }

  // MARK: What is trusted

  /// The fingerprint of the key that is given or configured.
  private func keyFingerprint(_ vantage: Vantage) throws -> String? {
    guard let word = try serverKey ?? vantage.repository.configuration("hookkit.serverKey") else {
      return nil
    }
    if word.hasPrefix("SHA256:") { return word }
    if let key = try? PublicKey(authorizedKey: Array(word.utf8)) { return key.fingerprint }
    let text = try FileBytes.read(word, limit: PublicKey.lineLimit)
    let line = text.prefix { $0 != 0x0a && $0 != 0x0d }
    guard let key = try? PublicKey(authorizedKey: Array(line)) else {
      throw CommandError(
        .usage, "\(word.quoted) holds no public key",
        hints: [.init("the server's is at", "ls", "REPOSITORY.git/hookkit/server-key.pub")])
    }
    return key.fingerprint
  }

  private func digest() throws -> [UInt8]? {
    guard let policyDigest else { return nil }
    guard let bytes = Hex.decode(Array(policyDigest.utf8)), bytes.count == Digest.byteCount else {
      throw CommandError(
        .usage, "\(policyDigest.quoted) is not a digest, which has 64 hexadecimal digits")
    }
    return bytes
  }

  /// The server's references at one moment, with all that they need fetched.
  private func fetched(_ vantage: Vantage) throws -> any ReferenceReading {
    guard let remote = vantage.remote else {
      throw CommandError(.usage, "there is no remote to fetch from")
    }
    let listed = try remote.references()
    try remote.fetch([RefName("refs/hookkit/*"), RefName("refs/heads/*"), RefName("refs/tags/*")])
    return listed
  }

  // MARK: What is answered

  private func show(
    _ outcome: Replay.Outcome, _ anchors: Replay.Anchors, _ only: RefName?, on terminal: Terminal
  ) {
    let key = outcome.serverKey?.fingerprint ?? ""
    guard global.format == .human else {
      let json: JSON = [
        "schema": "hookkit.verify/1", "verdict": "holds",
        "landings": .integer(Int64(outcome.landings)), "judged": .integer(Int64(outcome.judged)),
        "baselines": .integer(Int64(outcome.baselines)),
        "policies": .integer(Int64(outcome.policies.count)),
        "serverKey": .text(key), "serverKeyTrust": .text(Self.trust(anchors.serverKey)),
        "policyDigest": .text(Hex.string(outcome.firstPolicy)),
        "policyTrust": .text(Self.trust(anchors.policyDigest)),
        "refs": .array(
          outcome.tips.sorted { $0.key < $1.key }.map { entry in
            ["ref": .text(Escaped.text(entry.key.bytes)), "tip": .text(entry.value.hex)]
          }),
        "flaw": .null,
      ]
      return terminal.write(json.pretty)
    }
    let landings = outcome.landings - outcome.baselines
    let beginnings = outcome.baselines == 0 ? "" : ", from \(outcome.baselines.counted("baseline"))"
    terminal.print(
      "\(terminal.styled("holds", .good)): \(landings.counted("landing"))\(beginnings), "
        + "\(outcome.judged) judged again under \(outcome.policies.count.counted("policy", "policies"))"
    )
    for (name, tip) in outcome.tips.sorted(by: { $0.key < $1.key })
    where only == nil || only == name {
      terminal.print("  \(tip.short) \(name)")
    }
    terminal.print(rows: [
      ("server key", "\(key)\(Self.remark(anchors.serverKey))"),
      ("first policy", "\(Hex.string(outcome.firstPolicy))\(Self.remark(anchors.policyDigest))"),
    ])
  }

  private static func trust(_ anchor: (some Any)?) -> String {
    anchor == nil ? "first-use" : "given"
  }

  private static func remark(_ anchor: (some Any)?) -> String {
    anchor == nil ? "  (trusted on first use)" : ""
  }

  private func fail(_ flaw: ReplayFlaw, _ vantage: Vantage, on terminal: Terminal) throws {
    let exit: Report.ExitCode = flaw.kind == .broken ? .refused : .undecided
    if global.format != .human {
      let json: JSON = [
        "schema": "hookkit.verify/1",
        "verdict": .text(flaw.kind.rawValue),
        "flaw": [
          "landing": flaw.number.map { .integer(Int64($0)) } ?? .null,
          "commit": flaw.commit.map { .text($0.hex) } ?? .null,
          "ref": flaw.ref.map { .text(Escaped.text($0.bytes)) } ?? .null,
          "code": flaw.code.map { .text("\($0)") } ?? .null,
          "headline": .text(flaw.headline), "details": .array(flaw.details.map { .text($0) }),
        ],
      ]
      terminal.write(json.pretty)
      throw CommandError.told(exit)
    }
    var hints: [Hint] = []
    if let commit = flaw.commit {
      hints.append(.init("the record", "git", "show", commit.hex))
    }
    if remote == nil, let name = vantage.remote?.name, flaw.number == nil {
      hints.append(.init("with what the server has now", "hookkit", "verify", "--remote", name))
    }
    throw CommandError(exit, code: flaw.code, flaw.headline, details: flaw.details, hints: hints)
  }
}

extension Int {
  /// `1 landing`, `3 landings`.
  func counted(_ one: String, _ many: String? = nil) -> String {
    "\(grouped) \(self == 1 ? one : many ?? one + "s")"
  }
}
