internal import ArgumentParser
internal import DependencyChecks
internal import Gate
internal import Ledger
internal import Platform
internal import Primitives
internal import Report

/// Words that a shell offers: what this clone knows already, without asking a server.
enum Completions {
  static let holds = CompletionKind.custom { _, _, _ in known(Hold.self) }
  static let codes = CompletionKind.custom { _, _, _ in
    CodeRegistry.all.map { "\($0.code)" } + known(Hold.self)
  }
  static let refs = CompletionKind.shellCommand(
    "git for-each-ref --format='%(refname:lstrip=2)' refs/heads refs/tags")
  static let remotes = CompletionKind.shellCommand("git remote")

  /// The holds that were last fetched from any remote.
  private static func known(_: Hold.Type) -> [String] {
    let listed = try? Subprocess(
      ["git", "for-each-ref", "--format=%(refname)", "refs/hookkit/remotes"],
      environment: Environment.process.all
    ).run(limit: 1 << 20)
    guard let listed, listed.succeeded else { return [] }
    return LocalRepository.lines(listed.output).compactMap { line in
      let parts = line.split(separator: UInt8(ascii: "/"))
      guard parts.count == 6, parts[4].elementsEqual("quarantine".utf8) else { return nil }
      let name = String(decoding: parts[5], as: UTF8.self)
      return Hold.isID(name) ? name : nil
    }
  }
}
