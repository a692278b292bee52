#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
internal import Gate
internal import HookWire
internal import Platform
internal import Primitives
internal import Report

/// `hookkit-shell`: the forced command of a key. It lets its holder run git on one repository under one
/// root, as far as the policy goes, and tells the hooks who that is.
struct Shell {
  let environment: Environment

  /// Whether an executable's name stands for it.
  static func answers(to path: String) -> Bool {
    path.split(separator: "/").last == "hookkit-shell"
  }

  /// Becomes git or git-lfs; comes back only with an exit code to end by.
  func run(_ words: [String]) -> Int32 {
    guard let arguments = ShellArguments(words.dropFirst()) else {
      Console.say([
        "error: hookkit-shell is the forced command of an ssh key",
        "hint: it is called as   \(ShellArguments.usage)",
      ])
      return ExitCode.usage.rawValue
    }
    guard let command = environment.bytes("SSH_ORIGINAL_COMMAND"), !command.isEmpty else {
      let name = Escaped.text(arguments.principal.utf8)
      Console.say(["You are \(name). There is no shell here: use git to clone, fetch and push."]
      )
      return ExitCode.refused.rawValue
    }
    do {
      return try serve(command, arguments)
    } catch {
      let finding = Refusal(error).finding
      Console.say(RefusalText.lines(for: finding))
      return ExitCode(finding).rawValue
    }
  }

  private func serve(
    _ command: [UInt8], _ arguments: ShellArguments
  ) throws -> Int32 {
    let request: GitRequest
    let names: [String]
    do throws(GitRequestError) {
      request = try GitRequest(command: command)
      names = try request.names()
    } catch {
      throw Refusal(CommandNotServed.finding("\(error)"))
    }
    let found = try RepositoryRoot(arguments.root).repository(at: names)
    guard let found else { throw Refusal(NoAccess.finding(arguments.principal, request.path)) }
    let admission = Admission(arguments: arguments, environment: environment, time: Clock.now())
    let account = try admission.account(for: request, in: found)
    throw becomeProgram(for: request, in: found, pusher: account)
  }

  /// Hands the connection over to git, or to the server's part of git-lfs; what it returns is why it could
  /// not.
  private func becomeProgram(
    for request: GitRequest, in repository: RepositoryRoot.Found, pusher: [UInt8]
  ) -> Refusal {
    let service = request.service
    let name = service.isLFS ? "git-\(service.rawValue)" : "git"
    let folders = ShellEnvironment.folders
    guard let program = folders.map({ "\($0)/\(name)" }).first(where: FileBytes.isExecutable) else {
      let why = "\(name) is in none of \(folders.joined(separator: ", "))"
      // Most servers have no part of git-lfs: its client then asks for the other, or over HTTP.
      return Refusal(
        service.isLFS ? CommandNotServed.finding(why) : Unreadable.finding(why))
    }
    let words: [String]
    if let operation = request.operation {
      words = [program, repository.path, operation.rawValue]
    } else {
      // Strict, so that git takes the folder itself and looks for no other near by.
      let strict = service == .uploadPack ? ["--strict"] : []
      words = [program, service.rawValue] + strict + [repository.path]
    }
    let command = Subprocess(
      words, environment: ShellEnvironment.scrubbed(environment, pusher: pusher))
    let error = command.replaceThisProcess()
    return Refusal(Unreadable.finding("\(program): \(error.words)"))
  }
}
