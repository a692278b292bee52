internal import Gate
internal import ArgumentParser
internal import Platform
internal import Policy
internal import Primitives
internal import Report
internal import Signing

/// `hookkit policy init`: the first policy, with one person enrolled.
struct PolicyInit: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a first policy, with one person in it.",
    discussion: """
      In a bare repository the policy is the administrator's, hookkit/policy.toml in the git folder; \
      elsewhere it is .hookkit/policy.toml, to be committed. A policy that is there already stays.
      """)

  @Option(help: ArgumentHelp("solo, team or strict.", valueName: "profile"))
  var profile: Profile = .team

  @Option(help: ArgumentHelp("What reviews call the repository.", valueName: "name"))
  var repository: String?

  @Option(help: ArgumentHelp("The person's name in the policy, one word.", valueName: "name"))
  var person: String?

  @Option(help: ArgumentHelp("The person's address in commits.", valueName: "address"))
  var email: String?

  @Option(help: ArgumentHelp("The person's account on the server.", valueName: "name"))
  var account: String?

  @Option(help: ArgumentHelp("The person's public key.", valueName: "file"))
  var key: String?

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let local = try LocalRepository(environment: context.environment)
    let path = try write(in: local, context)
    context.terminal.say("wrote \(Escaped.text(path.utf8)), profile \(profile.rawValue)")
    context.terminal.hint(
      local.isBare
        ? [.init("then", "hookkit", "install", "--server")]
        : [.init("then", "git", "add", ".hookkit/policy.toml")])
  }

  /// Writes the policy where none is yet, and gives its path.
  func write(in local: LocalRepository, _ context: CommandContext) throws -> String {
    let folder = local.workTree.map { $0 + "/.hookkit" } ?? local.commonDirectory + "/hookkit"
    let path = folder + "/policy.toml"
    guard FileBytes.kind(path) == .missing else {
      throw CommandError(
        .refused, "there is a policy already: \(Escaped.text(path.utf8))",
        hints: [.init("what it says", "hookkit", "policy", "show")])
    }
    guard let email = try email ?? local.configuration("user.email") else {
      throw CommandError(.usage, "whose policy is it? give --email and --person")
    }
    let text = try profile.text(
      repository: Array((try repository ?? RepositoryName.guess(local)).utf8),
      person: Array((person ?? Self.word(of: email)).utf8), email: Array(email.utf8),
      account: account.map { Array($0.utf8) }, key: try publicKey(local, context))
    try FileBytes.makeFolder(folder)
    try FileBytes.replace(path, with: Array(text.utf8))
    return path
  }

  /// The key in the file that is named, or else the one that signs.
  private func publicKey(
    _ repository: LocalRepository, _ context: CommandContext
  ) throws -> PublicKey {
    if let key {
      let bytes = try FileBytes.read(key, limit: PublicKey.lineLimit)
      do throws(KeyError) {
        return try PublicKey(authorizedKey: bytes)
      } catch {
        throw CommandError(
          .undecided, "\(key.quoted) is no public SSH key", details: ["\(error)"],
          hints: [.init("its public half", "ssh-keygen", "-y", "-f", key)])
      }
    }
    let signing = try SigningKey(of: repository, environment: context.environment)
    guard let key = signing.publicKey else {
      throw CommandError(.usage, "the public half of the signing key is not there; give --key FILE")
    }
    return key
  }

  /// What stands before the `@`, in the letters that a name may have.
  private static func word(of email: String) -> String {
    let local = email.prefix { $0 != "@" }
    return String(
      local.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "-" })
  }
}

extension Profile: ExpressibleByArgument {}

/// What reviews call a repository.
package enum RepositoryName {
  /// The host and path of its remote, such as `git.example.org/app`; without one its folder's name.
  static func guess(_ repository: LocalRepository) throws -> String {
    let remote = try? Remote(nil, of: repository)
    let url = try remote.flatMap { try repository.line("remote", "get-url", "--", $0.name) }
    let text = url.map { String(decoding: $0, as: UTF8.self) }
    let path = repository.workTree ?? repository.commonDirectory
    return text.flatMap(name(of:)) ?? folder(FileBytes.real(path))
  }

  /// Reads `scheme://user@host:port/path.git` and `user@host:path`; `nil` for a path of this machine.
  package static func name(of url: String) -> String? {
    var rest = url[...]
    if let scheme = rest.firstRange(of: "://") {
      guard rest[..<scheme.lowerBound] != "file" else { return nil }
      rest = rest[scheme.upperBound...]
    } else {
      guard let colon = rest.firstIndex(of: ":"), !rest[..<colon].contains("/") else { return nil }
      rest = rest[..<colon] + "/" + rest[rest.index(after: colon)...].drop { $0 == "/" }
    }
    guard let slash = rest.firstIndex(of: "/") else { return nil }
    let host = rest[..<slash].split(separator: "@").last?.prefix { $0 != ":" } ?? ""
    return "\(host)/\(folderless(rest[slash...]))"
  }

  private static func folder(_ path: String) -> String {
    let parts = path.split(separator: "/")
    let last = parts.last == ".git" ? parts.dropLast().last : parts.last
    return folderless(last ?? "repository")
  }

  /// Without slashes around it, `.git`, and what a policy would not take.
  private static func folderless(_ text: some StringProtocol) -> String {
    var words = text.split(separator: "/").joined(separator: "/")
    if words.hasSuffix(".git") { words.removeLast(4) }
    return String(words.map { $0.isASCII && !$0.isWhitespace && !$0.isNewline ? $0 : "-" })
  }
}
