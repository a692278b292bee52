internal import ArgumentParser
internal import Gate
internal import Platform
internal import Policy
internal import Primitives
internal import Report
internal import Signing

/// A first policy: made up whole before anything is written.
struct FirstPolicy {
  let path: String
  private let text: String

  init(path: String, text: String) {
    self.path = path
    self.text = text
  }

  func write() throws(SystemError) {
    if let slash = path.lastIndex(of: "/") { try FileBytes.makeFolder(String(path[..<slash])) }
    try FileBytes.replace(path, with: Array(text.utf8))
  }
}

/// The person whom a first policy enrols, and what it calls the repository.
struct FirstPerson: ParsableArguments {
  @Option(help: ArgumentHelp("The repository's name in reviews.", valueName: "name"))
  var repository: String?

  @Option(
    help: ArgumentHelp("The first maintainer's name in the policy, one word.", valueName: "name"))
  var person: String?

  @Option(help: ArgumentHelp("Their address in commits.", valueName: "address"))
  var email: String?

  @Option(help: ArgumentHelp("Their account on the server.", valueName: "login"))
  var account: String?

  @Option(help: ArgumentHelp("Their public key.", valueName: "file"))
  var key: String?

  var isGiven: Bool {
    [repository, person, email, account, key].contains { $0 != nil }
  }

  /// A policy with this person in it, for a repository that has none.
  ///
  /// - Parameter again: the command that needs more options where it is not known whose it is.
  /// - Throws: `CommandError`: there is a policy, or it is not known whose it would be.
  func policy(
    _ profile: Profile, for local: LocalRepository, _ context: CommandContext, again: [String]
  ) throws -> FirstPolicy {
    let folder = local.workTree.map { $0 + "/.hookkit" } ?? local.commonDirectory + "/hookkit"
    let path = folder + "/policy.toml"
    guard FileBytes.kind(path) == .missing else {
      throw CommandError(
        .refused, "there is a policy already: \(Escaped.text(path.utf8))",
        hints: [.init("what it says", "hookkit", "policy", "show")])
    }
    guard let email = try email ?? local.configuration("user.email") else {
      throw unnamed("no maintainer given, and git knows no user.email", again)
    }
    let text = try profile.text(
      repository: Array((try repository ?? RepositoryName.guess(local)).utf8),
      person: Array((person ?? Self.word(of: email)).utf8), email: Array(email.utf8),
      account: account.map { Array($0.utf8) }, key: try publicKey(local, context, again))
    return FirstPolicy(path: path, text: text)
  }

  private func unnamed(_ headline: String, _ again: [String]) -> CommandError {
    CommandError(
      .usage, headline,
      hints: [
        Hint(
          "say who it is",
          again + [
            "--person", "NAME", "--email", "ADDRESS", "--account", "LOGIN", "--key", "FILE.pub",
          ])
      ])
  }

  /// The key in the file that is named, or else the one that signs.
  private func publicKey(
    _ repository: LocalRepository, _ context: CommandContext, _ again: [String]
  ) throws -> PublicKey {
    if let key { return try PublicKeyFile.read(key) }
    let named =
      try context.environment["HOOKKIT_KEY"] ?? repository.configuration("user.signingkey")
    guard named?.isEmpty == false else {
      throw unnamed("no key given, and git's user.signingkey names none", again)
    }
    guard let key = try SigningKey(of: repository, environment: context.environment).publicKey
    else { throw unnamed("the signing key's public half is not there", again) }
    return key
  }

  /// What stands before the `@`, in the letters that a name may have.
  private static func word(of email: String) -> String {
    let local = email.prefix { $0 != "@" }
    return String(
      local.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "-" })
  }
}

/// A public key in a file, as `ssh-keygen` writes it beside the private one.
enum PublicKeyFile {
  static func read(_ path: String) throws -> PublicKey {
    let bytes = try FileBytes.read(path, limit: PublicKey.lineLimit)
    do throws(KeyError) {
      return try PublicKey(authorizedKey: bytes)
    } catch {
      throw CommandError(
        .undecided, "\(path.quoted) is not a public SSH key", details: ["\(error)"],
        hints: [.init("its public half", "ssh-keygen", "-y", "-f", path)])
    }
  }
}
