internal import ArgumentParser
internal import Gate
internal import Ledger
internal import Git
internal import Policy
internal import Primitives
internal import Report

/// `hookkit policy validate`: whether policies can be read, may follow what is in force, and what is odd
/// about them.
struct PolicyValidate: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check policy files, or the policy that is in force here and the next one.")

  @Argument(
    help: """
      Files, each a policy by itself; without one, all layers found here together, and whether the work \
      tree's policy may follow them.
      """)
  var files: [String] = []

  @Flag(help: "The files are single layers: what others have to say is not missed.")
  var layer = false

  @OptionGroup var global: GlobalOptions

  /// Most records that are looked into for an earlier serial.
  private static let mostRecords = 10_000

  /// One policy and what is wrong with it.
  private struct Check {
    let name: String
    var policy: Policy?
    var errors: [PolicyError] = []
    var warnings: [PolicyWarning] = []

    init(_ name: String, _ layers: [PolicyLayer], after recorded: [PolicyLayer], at time: Int64) {
      self.init(name, at: time) { () throws(PolicyError) in try Policy(layers: layers) }
      if !errors.isEmpty { errors = Policy.errors(in: layers) }
      warnAbout(layers, after: recorded)
    }

    /// One layer by itself.
    init(_ name: String, only layer: PolicyLayer, after recorded: [PolicyLayer], at time: Int64) {
      self.init(name, at: time) { () throws(PolicyError) in try Policy(only: layer) }
      if !errors.isEmpty { errors = Policy.errors(in: [layer], isWhole: false) }
      warnAbout([layer], after: recorded)
    }

    /// A serial that goes down: clones and the gate go on by the one on record.
    private mutating func warnAbout(_ layers: [PolicyLayer], after recorded: [PolicyLayer]) {
      warnings += PolicyWarning.loweredSerials(of: layers, after: recorded)
    }

    /// The work tree's policy, where it is another one than what is in force: whether it may follow that.
    init?(next: PolicyLayer?, after known: KnownPolicy, at time: Int64) {
      let old = known.layers.first { $0.kind == .tree }
      guard let next, next.bytes != old?.bytes else { return nil }
      self.init("\(next.name), as the next policy", at: time) { () throws(PolicyError) in
        try Policy.validateSuccessor(
          old: old, new: next, above: known.layers.filter { $0.kind != .tree }, at: time)
      }
    }

    private init(
      _ name: String, at time: Int64, _ read: () throws(PolicyError) -> Policy
    ) {
      self.name = name
      do throws(PolicyError) {
        let policy = try read()
        self.policy = policy
        warnings = policy.warnings(at: time)
      } catch {
        errors = [error]
      }
    }
  }

  func run(in context: CommandContext) throws {
    guard !layer || !files.isEmpty else {
      throw CommandError(.usage, "--layer needs the file of a layer")
    }
    let recorded = Self.recorded(in: context)
    var checks: [Check] = []
    if files.isEmpty {
      let known = try Self.inForce(in: context)
      checks.append(
        Check(
          known.layers.map(\.name).joined(separator: ", "), known.layers, after: recorded,
          at: context.now))
      let next = try KnownPolicy.workTreeLayer(in: context)
      if let next = Check(next: next, after: known, at: context.now) { checks.append(next) }
    }
    for file in files {
      let read = try KnownPolicy.layer(at: file)
      checks.append(
        layer
          ? Check(file, only: read, after: recorded, at: context.now)
          : Check(file, [read], after: recorded, at: context.now))
    }
    if context.global.format == .human {
      for check in checks { Self.show(check, on: context.terminal) }
    } else {
      context.terminal.write(Self.json(checks).pretty)
    }
    let wrong = checks.filter { !$0.errors.isEmpty }.count
    guard wrong > 0 else { return }
    throw CommandError(
      .undecided, code: Code(802),
      checks.count == 1 ? "the policy is not valid" : "\(wrong) of \(checks.count) are not valid",
      hints: [.init("its rules", "hookkit", "help", "policy")])
  }

  /// Of each kind the layer with the highest serial that was ever on record here; none outside of a
  /// repository, or where nothing is recorded.
  private static func recorded(in context: CommandContext) -> [PolicyLayer] {
    guard let vantage = try? Vantage(in: context),
      let tip = try? vantage.references().resolve(.policy), let objects = try? vantage.objects()
    else { return [] }
    let commits =
      (try? objects.commits(reachableFrom: [tip], hiding: [], limit: mostRecords)) ?? []
    let layers = commits.flatMap { (try? recordedLayers(at: $0.id, objects: objects)) ?? [] }
    return PolicyLayer.Kind.allCases.compactMap { kind in
      layers.filter { $0.kind == kind }.max { $0.serial ?? 0 < $1.serial ?? 0 }
    }
  }

  /// What is in force: asked of the server where a clone has one that answers, because a policy that has
  /// been replaced tells nothing of the next one.
  private static func inForce(in context: CommandContext) throws -> KnownPolicy {
    let repository = try? context.repository()
    if let repository, !repository.isBare, let view = try? ServerView(remote: nil, in: context) {
      return KnownPolicy(
        layers: view.policy.layers, source: view.policySource, head: view.references.head())
    }
    return try KnownPolicy.here(in: context)
  }

  private static func show(_ check: Check, on terminal: Terminal) {
    for error in check.errors {
      terminal.print("\(error.location): error: \(error.problem)")
    }
    for warning in check.warnings {
      terminal.print("\(warning.location): warning: \(warning.problem)")
    }
    guard let policy = check.policy, check.errors.isEmpty else { return }
    func count(_ number: Int, _ word: String) -> String {
      "\(number) \(number == 1 ? word : word + "s")"
    }
    let people = policy.people.count == 1 ? "1 person" : "\(policy.people.count) people"
    let serials = policy.layers.map { String($0.serial) }.joined(separator: ", ")
    terminal.print(
      "\(Escaped.text(check.name.utf8)): valid; serial \(serials), \(people), "
        + "\(count(policy.agents.count, "agent")), "
        + count(policy.protections.count + policy.quarantines.count, "rule"))
  }

  private static func json(_ checks: [Check]) -> JSON {
    func problem(_ text: String, _ location: SourceLocation) -> JSON {
      [
        "file": .text(location.name), "line": .integer(Int64(location.position.line)),
        "column": .integer(Int64(location.position.column)), "message": .text(text),
      ]
    }
    return [
      "schema": "hookkit.policycheck/1",
      "policies": .array(
        checks.map { check in
          [
            "name": .text(check.name), "valid": .bool(check.errors.isEmpty),
            "errors": .array(check.errors.map { problem("\($0.problem)", $0.location) }),
            "warnings": .array(check.warnings.map { problem("\($0.problem)", $0.location) }),
          ]
        }),
    ]
  }
}
