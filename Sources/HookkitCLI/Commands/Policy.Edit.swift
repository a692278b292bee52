internal import ArgumentParser
internal import Gate
internal import Platform
internal import Policy
internal import Primitives
internal import Report

/// `hookkit policy edit`: change the policy in an editor; nothing that is broken is ever in force.
struct PolicyEdit: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit", abstract: "Change the policy in your editor, as visudo does.",
    discussion: """
      A copy is edited, read back, and put in the policy's place in one step. The serial is raised where \
      you have not done it. The editor is the one that git uses.
      """)

  @OptionGroup var file: PolicyFileOptions
  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let file = try PolicyFile(file, in: context)
    let folder = try ScratchFolder(in: context.environment["TMPDIR"] ?? "/tmp")
    var isKept = false
    defer { if !isKept { folder.remove() } }
    let copy = "\(folder.path)/policy.toml"
    try FileBytes.replace(copy, with: file.text.bytes, mode: 0o600)
    while true {
      try edit(copy, context)
      let bytes = try FileBytes.read(copy, limit: PolicyInForce.largestLayer)
      guard bytes != file.text.bytes else { return context.terminal.say("nothing was changed") }
      do {
        let (text, policy) = try accepted(PolicyText(bytes: bytes), of: file)
        return try file.write(text, policy, in: context)
      } catch let error as PolicyFile.ChangedMeanwhile {
        isKept = true
        throw error.refusal(again: ["hookkit", "policy", "edit"], kept: copy)
      } catch let error as PolicyError {
        context.terminal.warn(
          "\(error.location.position.line):\(error.location.position.column): \(error.problem)")
        guard context.terminal.canAsk, context.terminal.confirms("Edit it again?") else {
          throw CommandError(
            .refused, code: Code(802), "the policy is not valid; nothing was changed",
            hints: [.init("its rules", "hookkit", "help", "policy")])
        }
      }
    }
  }

  /// The text with a serial that is higher than the present one.
  private func accepted(
    _ text: PolicyText, of file: PolicyFile
  ) throws -> (PolicyText, Policy) {
    var text = text
    let policy = try file.policy(with: text)
    let before = PolicyLayer(file.kind, name: file.path, bytes: file.text.bytes).serial
    guard let before, let after = policy.serial(of: file.kind) else { return (text, policy) }
    if after == before {
      try text.raiseSerial()
      return (text, try file.policy(with: text))
    }
    guard after > before else {
      throw CommandError(
        .refused, "the serial goes down, from \(before) to \(after); nothing was changed")
    }
    return (text, policy)
  }

  private func edit(_ path: String, _ context: CommandContext) throws {
    let told = try Subprocess(["git", "var", "GIT_EDITOR"], environment: context.environment.all)
      .run()
    let editor = String(decoding: told.output.prefix { $0 != 0x0a }, as: UTF8.self)
    guard told.succeeded, !editor.isEmpty else {
      throw CommandError(
        .undecided, "git knows no editor",
        hints: [.init("name one", "git", "config", "--global", "core.editor", "nano")])
    }
    // The editor is a command for the shell, the user's own, as git starts it.
    let status = try Subprocess(
      ["sh", "-c", "\(editor) \"$@\"", editor, path], environment: context.environment.all
    ).runInForeground()
    guard status == 0 else {
      throw CommandError(.refused, "the editor ended with \(status); nothing was changed")
    }
  }
}
