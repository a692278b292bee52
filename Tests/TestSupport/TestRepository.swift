import Foundation
package import Primitives

/// A git repository in a sandbox, and the ways to fill it.
///
/// It holds on to its sandbox, so the folder stays for as long as anyone has the repository.
package struct TestRepository: Sendable {
  package let sandbox: Sandbox
  /// The absolute path: of the work tree, or of the bare repository.
  package let path: String
  package let isBare: Bool

  package init(sandbox: Sandbox, path: String, isBare: Bool) {
    self.sandbox = sandbox
    self.path = path
    self.isBare = isBare
  }

  /// The absolute path of what `$GIT_DIR` is.
  package var gitDirectory: String { isBare ? path : "\(path)/.git" }

  // MARK: Commands

  /// Runs git here and requires that it succeeds.
  @discardableResult
  package func git(
    _ arguments: String..., stdin: [UInt8]? = nil, env: [String: String] = [:]
  ) throws -> Outcome {
    try sandbox.git(arguments, in: path, stdin: stdin, env: env)
  }

  /// Runs git here and requires that it succeeds.
  @discardableResult
  package func git(
    _ arguments: [String], stdin: [UInt8]? = nil, env: [String: String] = [:]
  ) throws -> Outcome {
    try sandbox.git(arguments, in: path, stdin: stdin, env: env)
  }

  /// Runs git here, whatever comes of it.
  package func attempt(
    _ arguments: String..., stdin: [UInt8]? = nil, env: [String: String] = [:]
  ) throws -> Outcome {
    try sandbox.run(["git"] + arguments, in: path, stdin: stdin, env: env)
  }

  /// Runs git here and requires that it refuses.
  @discardableResult
  package func gitFails(
    _ arguments: String..., stdin: [UInt8]? = nil, env: [String: String] = [:]
  ) throws -> Outcome {
    let outcome = try sandbox.run(["git"] + arguments, in: path, stdin: stdin, env: env)
    guard let exit = outcome.exit, exit != 0, !outcome.timedOut else {
      throw UnexpectedOutcome("a failure", outcome)
    }
    return outcome
  }

  // MARK: References

  /// What a revision names, or `nil` when it names nothing.
  package func id(_ revision: String) throws -> ObjectID? {
    let outcome = try attempt("rev-parse", "--quiet", "--verify", revision)
    return outcome.succeeded ? try outcome.objectID() : nil
  }

  /// Every reference and what it names.
  package func references() throws -> [String: ObjectID] {
    var result: [String: ObjectID] = [:]
    for line in try git("for-each-ref", "--format=%(objectname) %(refname)").lines {
      result[String(line.dropFirst(ObjectID.hexCount + 1))] = ObjectID(String(line.prefix(40)))
    }
    return result
  }

  /// Sets many references in one go, without the hooks that git would run for one by one pushes.
  package func setReferences(_ references: [(name: String, id: ObjectID)]) throws {
    let lines = references.map { "update \($0.name) \($0.id)\n" }.joined()
    try git("-c", "core.hooksPath=/dev/null", "update-ref", "--stdin", stdin: Array(lines.utf8))
  }

  // MARK: Hooks

  /// Writes `hooks/<name>` with the run bit.
  package func writeHook(_ name: String, _ text: String) throws {
    try Sandbox.writeFile(Array(text.utf8), to: "\(gitDirectory)/hooks/\(name)", mode: 0o755)
  }

  /// Writes a file of the work tree.
  package func writeFile(_ relative: String, _ text: String) throws {
    try Sandbox.writeFile(Array(text.utf8), to: "\(path)/\(relative)")
  }
}

extension Sandbox {
  /// Makes a bare repository, as a server has it; `options` go to `git init`.
  package func bareRepository(
    _ name: String = "server.git", options: [String] = []
  ) throws -> TestRepository {
    try git(["init", "--quiet", "--bare"] + options + [path(name)])
    return TestRepository(sandbox: self, path: path(name), isBare: true)
  }

  /// Makes a repository with a work tree; `options` go to `git init`.
  package func repository(
    _ name: String = "work", options: [String] = []
  ) throws -> TestRepository {
    try git(["init", "--quiet"] + options + [path(name)])
    return TestRepository(sandbox: self, path: path(name), isBare: false)
  }

  /// Clones over the file transport; `url` replaces the path, for another transport.
  package func clone(
    _ source: TestRepository, _ name: String = "clone", url: String? = nil,
    options: [String] = [], env: [String: String] = [:]
  ) throws -> TestRepository {
    try git(["clone", "--quiet"] + options + [url ?? source.path, path(name)], env: env)
    return TestRepository(sandbox: self, path: path(name), isBare: false)
  }
}
