package import ArgumentParser
package import Platform

/// A command that does something: it has the global options and runs in a context.
///
/// One file a command, named like it: `review approve` is `Commands/Review.Approve.swift`.
package protocol HookkitCommand: ParsableCommand {
  var global: GlobalOptions { get }

  /// - Throws: any error; `CommandError.Answer` turns it into words and an exit code.
  func run(in context: CommandContext) throws
}

/// What a command gets from outside, as values.
package struct CommandContext {
  package let global: GlobalOptions
  package let environment: Environment
  package let terminal: Terminal

  private let place = Place()

  /// Where the command runs; found with the first question for it.
  private final class Place {
    var repository: LocalRepository?
  }

  /// The repository that the command runs in, as git finds it.
  ///
  /// - Throws: `CommandError`: there is none, or one of a kind that hookkit does not read.
  package func repository() throws -> LocalRepository {
    if let known = place.repository { return known }
    let found = try LocalRepository(environment: environment)
    place.repository = found
    return found
  }

  /// This machine's clock, in seconds since 1970.
  package var now: Int64 { Clock.now() }

  package init(global: GlobalOptions, environment: Environment, terminal: Terminal) {
    self.global = global
    self.environment = environment
    self.terminal = terminal
  }
}
