internal import Platform
internal import Signals

/// What a commit made in an agent's environment says of it: an `Assisted-by:` trailer.
///
/// Advice to be honest, no more: a commit that lacks the trailer is judged by the server all the same.
struct AgentAdmission {
  private let environment: Environment
  private let agent: String

  /// - Returns: `nil` where no agent's variable is set, which proves nothing.
  init?(_ environment: Environment) {
    let catalog = Signals.SignalCatalog.builtIn
    guard let agent = catalog.environmentSignals(lookup: { environment.bytes($0) }).first
    else { return nil }
    self.environment = environment
    self.agent = agent.name
  }

  /// Adds the trailer to a message; an equal one that is there already is not written twice.
  ///
  /// A message that was given up in the editor stays as it is: with a trailer in it git would no longer
  /// see that nothing was written, and commit.
  func add(to file: String) throws {
    guard !isGivenUp(file) else { return }
    // git itself places trailers. A line `---` in the message is not the start of a patch.
    let command = Subprocess(
      [
        "git", "interpret-trailers", "--in-place", "--no-divider", "--if-exists",
        "addIfDifferent", "--trailer", "Assisted-by: \(agent)", "--", file,
      ], environment: environment.all)
    do throws(SystemError) {
      let outcome = try command.run(limit: 1 << 20)
      guard outcome.succeeded else { throw SystemError("run", "git", .code(outcome.status)) }
    } catch {
      throw Refusal.unreadable("the commit message: \(error.words)")
    }
  }

  /// Whether git would take the message for none: nothing but comments and sign-offs, or the template as
  /// it was (git-commit(1), "commit.template").
  private func isGivenUp(_ file: String) -> Bool {
    let text = cleaned(file)
    if text.isEmpty { return true }
    let setting = Subprocess(
      ["git", "config", "--type=path", "commit.template"], environment: environment.all)
    guard let path = try? setting.run(limit: 1 << 16), path.succeeded else { return false }
    return text == cleaned(String(decoding: path.output.prefix { $0 != 0x0a }, as: UTF8.self))
  }

  /// The lines of a message that count.
  private func cleaned(_ file: String) -> [ArraySlice<UInt8>] {
    guard let bytes = try? FileBytes.read(file, limit: 16 << 20) else { return [] }
    let lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
    // What follows the scissors of `git commit --verbose` is no part of the message.
    let scissors = Array(" >8 ------------------------".utf8)
    let message = lines.prefix { !$0.suffix(scissors.count).elementsEqual(scissors) }
    let command = Subprocess(
      ["git", "stripspace", "--strip-comments"], environment: environment.all)
    let outcome = try? command.run(input: Array(message.joined(separator: [0x0a])) + [0x0a])
    return (outcome?.output ?? bytes).split(separator: 0x0a).filter {
      !$0.starts(with: "Signed-off-by: ".utf8)
    }
  }
}
