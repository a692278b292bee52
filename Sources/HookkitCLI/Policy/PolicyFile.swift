internal import Ledger
internal import ArgumentParser
internal import Gate
internal import Platform
internal import Policy
internal import Primitives
internal import Report

/// Which of the policy's files a command changes, and whether it does.
struct PolicyFileOptions: ParsableArguments {
  @Flag(help: "The organisation's policy on this machine, above that of each repository.")
  var machine = false

  @Flag(help: "Say what would change and change nothing.")
  var dryRun = false
}

/// One layer of the policy as a file that is to be changed, and the layers around it.
struct PolicyFile {
  let path: String
  let kind: PolicyLayer.Kind
  let text: PolicyText
  /// Those that stand beside it, in force or not.
  private let others: [PolicyLayer]
  /// Why the present policy cannot be read whole, if so.
  private let present: Policy?
  private let isDryRun: Bool
  /// What stood in the file; `nil` where there was none.
  private let found: [UInt8]?

  /// Somebody else has changed the file since it was read.
  struct ChangedMeanwhile: Error {
    let path: String

    /// - Parameter kept: where the text is that would have been written, if anywhere.
    func refusal(again: [String], kept: String? = nil) -> CommandError {
      CommandError(
        .refused, "\(shown(path)) has been changed meanwhile; nothing was written",
        details: kept.map { ["what you wrote is kept in \(shown($0))"] } ?? [],
        hints: [.init("once more, on what stands there now", again)])
    }
  }

  /// The file that a policy command changes here: on a server the repository's or, when that is asked
  /// for, the organisation's; in a clone the work tree's.
  init(_ options: PolicyFileOptions, in context: CommandContext) throws {
    isDryRun = options.dryRun
    let known: [PolicyLayer]
    let repository = try? context.repository()
    if let repository, !repository.isBare, !options.machine {
      guard let layer = try KnownPolicy.workTreeLayer(in: context), let top = repository.workTree
      else {
        throw CommandError(
          .undecided, code: Code(801), "this work tree has no .hookkit/policy.toml",
          details: ["the policy is kept on the server, or there is none"],
          hints: [.init("on the server", "hookkit", "-C", "REPOSITORY.git", "policy", "edit")])
      }
      path = "\(top)/.hookkit/policy.toml"
      kind = .tree
      found = layer.bytes
      text = PolicyText(bytes: layer.bytes)
      known = try KnownPolicy.hereIfAny(in: context)?.layers ?? []
    } else {
      guard options.machine || repository != nil else {
        throw CommandError(
          .undecided, "no git repository here",
          hints: [.init("the organisation's policy", "hookkit", "policy", "edit", "--machine")])
      }
      let server = repository.map {
        ServerRepository(
          gitDirectory: $0.commonDirectory, quarantine: nil, environment: context.environment)
      }
      known = repository == nil ? [] : try KnownPolicy.hereIfAny(in: context)?.layers ?? []
      kind = options.machine ? .organisation : .repository
      path =
        try options.machine
        ? server?.organisationPath().path ?? ServerRepository.organisationPath
        : server?.state.policyPath ?? ""
      let bytes = try FileBytes.readIfPresent(
        path, limit: PolicyInForce.largestLayer, links: .refused)
      guard options.machine || bytes != nil else {
        throw CommandError(
          .undecided, code: Code(801), "there is no \(shown(path))",
          hints: [
            .init("make one", "hookkit", "policy", "init"),
            .init("or change the organisation's", "hookkit", "policy", "edit", "--machine"),
          ])
      }
      found = bytes
      text = PolicyText(bytes: bytes ?? Array(Self.newOrganisation.utf8))
    }
    let kind = kind
    others = known.filter { $0.kind != kind }
    let layer = PolicyLayer(kind, name: path, bytes: text.bytes)
    present = try? Policy(layers: Self.ordered(others + [layer]))
  }

  /// What an organisation's policy begins as: every change of it raises the serial.
  private static let newOrganisation = """
    # The organisation's policy on this machine, above that of each repository.
    # `hookkit policy edit --machine` changes it; `hookkit help policy` explains every key.

    version = 1
    serial = 0

    """

  private static func ordered(_ layers: [PolicyLayer]) -> [PolicyLayer] {
    layers.sorted { $0.kind < $1.kind }
  }

  /// The policy as it would be with this text.
  ///
  /// An organisation's layer need not be whole by itself: what a repository's has to add is not missed.
  func policy(with text: PolicyText) throws(PolicyError) -> Policy {
    let layer = PolicyLayer(kind, name: shown(path), bytes: text.bytes)
    do throws(PolicyError) {
      return try Policy(layers: Self.ordered(others + [layer]))
    } catch {
      guard kind == .organisation, case .missing("repository", _) = error.problem else {
        throw error
      }
      let named = PolicyLayer(
        .repository, name: "a repository's policy",
        bytes: Array("version = 1\nserial = 1\nrepository = \"example\"\n".utf8))
      return try Policy(layers: [layer, named])
    }
  }

  /// Raises the serial, reads the text back, shows what it changes, writes it, and puts it on record.
  ///
  /// - Parameter check: what must hold of the new policy, for a change that was made for a person.
  func change(to text: PolicyText, in context: CommandContext, check: (Policy) -> Bool) throws {
    var text = text
    try text.raiseSerial()
    let next = try policy(with: text)
    guard check(next) else {
      throw CommandError(
        .refused, "\(shown(path)) is written in a form that only an editor can change",
        hints: [.init("by hand", "hookkit", "policy", "edit")])
    }
    do {
      try write(text, next, in: context)
    } catch let error as ChangedMeanwhile {
      throw error.refusal(again: ["hookkit"] + ProcessArguments.all.dropFirst())
    }
  }

  /// Shows what changes, writes it and puts it on record.
  ///
  /// - Throws: `ChangedMeanwhile`.
  func write(_ text: PolicyText, _ next: Policy, in context: CommandContext) throws {
    guard !next.people(with: .maintainer, at: context.now).isEmpty || kind == .organisation else {
      throw CommandError(.refused, "nobody with the role maintainer would be left")
    }
    let terminal = context.terminal
    let before = present ?? (try? policy(with: self.text))
    for line in Self.difference(from: before, to: next) { terminal.print(line) }
    guard !isDryRun else { return terminal.say("nothing was written") }
    // sshd's command and every account that runs hooks read the organisation's.
    let mode = FileStatus(path)?.mode ?? (kind == .repository ? 0o600 : 0o644)
    if kind == .organisation, let end = path.lastIndex(of: "/") {
      try FileBytes.makeFolder(String(path[..<end]), mode: 0o755)
    }
    try replace(with: text.bytes, mode: mode)
    terminal.say("wrote \(shown(path)), serial \(next.serial(of: kind) ?? 0)")
    switch kind {
    case .tree:
      terminal.hint([
        .init("then, by itself", "git", "commit", "-m", "Change the policy", "--", ".hookkit")
      ])
    case .repository:
      // Whoever reads it here puts it on record.
      _ = try KnownPolicy.here(in: context)
    case .organisation:
      terminal.note(
        "each repository puts it on record at its next connection or hookkit policy show")
    }
  }

  /// Puts the new text in the place of the one that it was made from, and of no other.
  private func replace(with bytes: [UInt8], mode: UInt32) throws {
    // Taken of the file that is replaced: whoever waits for it then sees that it is another.
    let lock = found == nil ? nil : try LockedFile(replacing: path)
    let present = try FileBytes.readIfPresent(
      path, limit: PolicyInForce.largestLayer, links: .refused)
    guard present == found else { throw ChangedMeanwhile(path: path) }
    try FileBytes.replace(path, with: bytes, mode: mode)
    _ = lock?.isHeld
  }

  /// What the new policy says that the old one did not, and the other way round, a line each.
  private static func difference(from old: Policy?, to new: Policy) -> [String] {
    func lines(_ policy: Policy?) -> [String] {
      (policy?.statements ?? []).filter { $0.path != "serial" }.map { "\($0.path) = \($0.value)" }
    }
    let (before, after) = (lines(old), lines(new))
    let (known, now) = (Set(before), Set(after))
    return before.filter { !now.contains($0) }.map { "- \($0)" }
      + after.filter { !known.contains($0) }.map { "+ \($0)" }
  }
}

/// A list as it stands in a policy.
func listed(_ words: [String]) -> String {
  "[" + words.map { TOML.quoted(Array($0.utf8)) }.joined(separator: ", ") + "]"
}
