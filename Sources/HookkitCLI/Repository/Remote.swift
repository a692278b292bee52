internal import Gate
internal import Git
internal import Platform
package import Primitives
internal import Report
internal import Signing

/// A server as seen from a clone: what its references are now, and how to get at them.
package struct Remote {
  /// As the user and `git remote` call it; may be a URL.
  package let name: String
  private let repository: LocalRepository
  private let line = Line()

  /// The connection to the server, opened with the first thing that is asked.
  private final class Line {
    private var isOpen = false
    private var shared: SharedConnection?

    func command(
      _ arguments: [String], to remote: String, in repository: LocalRepository
    ) -> Subprocess {
      if !isOpen {
        isOpen = true
        if Remote.mayUseSSH(remote, in: repository) {
          shared = SharedConnection(of: repository, .process)
        }
      }
      let command = repository.command(arguments)
      guard let variable = shared?.variable else { return command }
      return command.setting(variable.name, variable.value)
    }
  }

  /// The remote of that name, or else the one that the present branch follows, or `origin`, or the
  /// only one there is.
  package init(_ name: String?, of repository: LocalRepository) throws {
    if let name {
      guard !name.hasPrefix("-"), !name.isEmpty else {
        throw CommandError(.usage, "no remote named \(name.quoted)")
      }
      self.init(known: name, repository)
      return
    }
    guard let usual = try Self.usual(of: repository) else {
      throw CommandError(
        .undecided, "this repository has no remote, or several and none called origin",
        hints: [.init("name one with", "--remote", "NAME")])
    }
    self = usual
  }

  private init(known name: String, _ repository: LocalRepository) {
    self.name = name
    self.repository = repository
  }

  /// The remote that is meant when none is named; `nil` where none is, or several could be.
  static func usual(of repository: LocalRepository) throws -> Remote? {
    let known = try repository.settings().remotes
    let branch = (try? repository.head())?.bytes.dropFirst("refs/heads/".utf8.count)
    let followed = try branch.flatMap {
      try repository.configuration("branch.\(String(decoding: $0, as: UTF8.self)).remote")
    }
    let name: String? =
      if let followed, known.contains(followed) { followed } else {
        known.contains("origin") ? "origin" : known.count == 1 ? known[0] : nil
      }
    return name.map { Remote(known: $0, repository) }
  }

  /// Whether git may start ssh to reach it: not for a folder, and not by HTTP. An address that the
  /// configuration rewrites may become any.
  fileprivate static func mayUseSSH(_ name: String, in repository: LocalRepository) -> Bool {
    guard let settings = try? repository.settings(),
      !settings.entries.contains(where: { $0.key.hasPrefix("url.") })
    else { return true }
    let set = ["url", "pushurl"].flatMap { settings.all("remote.\(name).\($0)") }.map(\.value)
    let plain = ["/", "./", "../", "file://", "http://", "https://", "git://"]
    return !(set.isEmpty ? [name] : set).allSatisfy { plain.contains(where: $0.hasPrefix) }
  }

  /// The references of the server as they stand.
  package func references() throws -> RemoteReferences {
    let outcome = try line.command(
      ["ls-remote", "--symref", "--quiet", "--", name], to: name, in: repository
    ).run(seconds: 600)
    guard outcome.succeeded else { throw failure("cannot read \(name.quoted)", outcome) }
    return RemoteReferences(listing: outcome.output)
  }

  /// Brings references of the server into `refs/hookkit/remotes/<name>/`, which nothing else uses, so
  /// that no branch, tag or `FETCH_HEAD` of the user's changes.
  package func fetch(_ names: [RefName]) throws {
    try fetch(names, "--no-prune")
  }

  private func fetch(_ names: [RefName], _ pruning: String) throws {
    guard !names.isEmpty else { return }
    var arguments =
      LocalRepository.withoutHooks + [
        "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules",
        pruning,
        "--refmap=", "--", name,
      ]
    arguments += try names.map { source in
      try "+\(Self.text(source)):\(Self.text(tracking(source)))"
    }
    let outcome = try line.command(arguments, to: name, in: repository).run(seconds: 3600)
    guard outcome.succeeded else { throw failure("cannot fetch from \(name.quoted)", outcome) }
  }

  /// The same, leaving out what stands here already as the server has it.
  package func fetch(_ names: [RefName], standingAt references: RemoteReferences) throws {
    let store = try ReferenceStore(gitDirectory: repository.commonDirectory)
    try fetch(
      names.filter { name in
        guard let tip = references.resolve(name) else { return true }
        return try store.resolve(tracking(name)) != tip
      })
  }

  /// Brings policy, ledger and landings of the server, whichever it has, and forgets what it has no more.
  package func fetchRecords() throws {
    let outcome = try line.command(
      LocalRepository.withoutHooks + [
        "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules",
        "--refmap=", "--", name,
        "+refs/hookkit/*:\(Self.text(tracking(RefName("refs/hookkit/*"))))",
      ], to: name, in: repository
    ).run(seconds: 3600)
    guard outcome.succeeded else { throw failure("cannot fetch from \(name.quoted)", outcome) }
  }

  /// The refspec with which git's own fetch brings them too; `nil` where the remote is a URL.
  package var recordsRefspec: String? {
    guard folder == name else { return nil }
    return "+refs/hookkit/*:refs/hookkit/remotes/\(name)/*"
  }

  /// Brings all branches of the server, for a commit that is on one of them.
  package func fetchBranches() throws {
    // Pruned, so that a branch `a` that has gone makes room for `a/b`.
    try fetch([RefName("refs/heads/*")], "--prune")
  }

  /// Where a reference of the server stands in this clone after `fetch`.
  ///
  /// `refs/hookkit/ledger` is `refs/hookkit/remotes/origin/ledger`; others keep their whole name
  /// behind the remote's, without `refs/`.
  package func tracking(_ source: RefName) -> RefName {
    let ours = source.hasPrefix("refs/hookkit/") ? "refs/hookkit/" : "refs/"
    return RefName(
      Array("refs/hookkit/remotes/\(folder)/".utf8) + source.bytes.dropFirst(ours.utf8.count))
  }

  /// The remote's name where that can be part of a reference, else its digest.
  private var folder: String {
    RefName("refs/hookkit/remotes/\(name)/ledger").isWellFormed
      ? name : Hex.string(Digest.sha256(name.utf8).prefix(8))
  }

  /// What became of a push.
  package enum PushResult {
    /// With what the server said all the same, safe to show.
    case done([String])
    /// With what the server said, safe to show.
    case refused([String])
  }

  /// Pushes one commit to one reference, never by force.
  package func push(_ commit: ObjectID, to target: RefName) throws -> PushResult {
    let outcome = try line.command(
      LocalRepository.withoutHooks + [
        "push", "--quiet", "--porcelain", "--no-follow-tags", "--recurse-submodules=no", "--", name,
        "\(commit.hex):\(try Self.text(target))",
      ], to: name, in: repository
    ).run(seconds: 600)
    let words = Self.words(outcome)
    guard outcome.succeeded else { return .refused(words) }
    let remote = "remote: "
    return .done(words.filter { $0.hasPrefix(remote) }.map { String($0.dropFirst(remote.count)) })
  }

  /// Notes here where a reference of the server stands after a push of ours.
  package func remember(_ commit: ObjectID, as source: RefName) throws {
    let name = try Self.text(tracking(source))
    let outcome = try repository.command(
      LocalRepository.withoutHooks + ["update-ref", "--", name, commit.hex]
    ).run()
    guard outcome.succeeded else { throw failure("cannot update \(name)", outcome) }
  }

  private func failure(_ headline: String, _ outcome: Subprocess.Outcome) -> CommandError {
    CommandError(.undecided, headline, details: Self.words(outcome))
  }

  /// What git and the server said, line by line, escaped.
  private static func words(_ outcome: Subprocess.Outcome) -> [String] {
    let lines = LocalRepository.lines(outcome.errors) + LocalRepository.lines(outcome.output)
    return lines.filter { !$0.isEmpty && !$0.elementsEqual("Done".utf8) }.prefix(20)
      .map { line in
        var line = line
        while line.last == 0x20 { line.removeLast() }
        return Escaped.text(line.map { $0 == 0x09 ? 0x20 : $0 })
      }
  }

  /// A reference's name as an argument; names are bytes, arguments of ours are text.
  private static func text(_ name: RefName) throws -> String {
    guard let text = String(validating: name.bytes, as: UTF8.self) else {
      throw CommandError(.undecided, "the name \(name) is not UTF-8")
    }
    return text
  }
}
