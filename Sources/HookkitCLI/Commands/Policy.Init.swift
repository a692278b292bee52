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

  @OptionGroup var first: FirstPerson
  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let local = try context.repository()
    let policy = try first.policy(
      profile, for: local, context, again: ["hookkit", "policy", "init"])
    try policy.write()
    context.terminal.say("wrote \(Escaped.text(policy.path.utf8)), profile \(profile.rawValue)")
    context.terminal.hint(
      local.isBare
        ? [.init("then", "hookkit", "install", "--server", local.commonDirectory)]
        : [.init("then", "git", "add", ".hookkit/policy.toml")])
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
  static func folderless(_ text: some StringProtocol) -> String {
    var words = text.split(separator: "/").joined(separator: "/")
    if words.hasSuffix(".git") { words.removeLast(4) }
    return String(words.map { $0.isASCII && !$0.isWhitespace && !$0.isNewline ? $0 : "-" })
  }
}
