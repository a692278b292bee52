import DependencyChecks
import Foundation
import Lockfiles
import TestSupport
import Testing

/// Whether npm is on this machine.
private let hasNPM: Bool = {
  guard let sandbox = try? Sandbox() else { return false }
  return (try? sandbox.run(["npm", "--version"]).succeeded) ?? false
}()

/// npm itself: what is called neutral in its lock changes nothing that `npm ci` puts there.
@Suite("What npm does with a lock that is called the same", .enabled(if: hasNPM))
struct NPMOracleTests {
  /// A project of two archives on this machine, its lock, and where both are.
  private struct Project {
    let sandbox: Sandbox
    let lock: String

    init() throws {
      sandbox = try Sandbox()
      for (name, more) in [("d", ""), ("e", ", \"bin\": {\"e\": \"x.js\"}")] {
        try sandbox.write(
          "{\"name\": \"\(name)\", \"version\": \"1.0.0\"\(more)}", to: "\(name)/package.json")
        try sandbox.write("1\n", to: "\(name)/x.js")
        #expect(try sandbox.run(["npm", "pack", "--silent"], in: name).succeeded)
      }
      try sandbox.write(
        #"{"name": "app", "version": "1.0.0", "dependencies": {"d": "file:../d/d-1.0.0.tgz", "e": "file:../e/e-1.0.0.tgz"}}"#,
        to: "app/package.json")
      #expect(
        try sandbox.run(["npm", "install", "--offline", "--silent"], in: "app").succeeded)
      lock = String(
        decoding: try Data(contentsOf: URL(fileURLWithPath: sandbox.path("app/package-lock.json"))),
        as: UTF8.self)
    }

    /// The files that `npm ci` makes of a lock, with what links lead to; `nil` when it fails.
    func installed(_ lock: String) throws -> [String]? {
      try sandbox.write(lock, to: "app/package-lock.json")
      _ = try sandbox.run(["rm", "-rf", "node_modules", "ran"], in: "app")
      guard try sandbox.run(["npm", "ci", "--offline", "--silent"], in: "app").succeeded else {
        return nil
      }
      let found = try sandbox.run(
        ["find", ".", "-not", "-name", "*lock.json", "-printf", "%P %l %m\n"], in: "app")
      return found.output.split(separator: "\n").map(String.init).sorted()
    }
  }

  private func isNeutral(_ old: String, _ new: String) throws -> Bool {
    let path = Array("package-lock.json".utf8)
    return DependencyDiff([
      DependencyFile(
        path: path, match: try #require(Catalog.match(path)), old: .init(bytes: Array(old.utf8)),
        new: .init(bytes: Array(new.utf8)))
    ]).isNeutral
  }

  @Test("every neutral row leaves the installed files as they are, and what does not is no row")
  func rows() throws {
    let project = try Project()
    let usual = try #require(try project.installed(project.lock))
    let start = "\"node_modules/d\": {\n"
    #expect(project.lock.contains(start))
    let members = [
      "\"license\": \"X\"", "\"deprecated\": \"x\"", "\"funding\": \"https://x.example\"",
      "\"funding\": {\"type\": \"x\", \"url\": \"https://x.example\"}",
      "\"funding\": [\"x\", {\"type\": \"x\", \"url\": \"x\"}]",
      // What npm runs, links or leaves alone, none of it neutral.
      "\"scripts\": {\"install\": \"touch ../../ran\"}", "\"bin\": {\"d\": \"x.js\"}",
      "\"evilKey\": \"x\"", "\"license\": {\"type\": \"X\"}", "\"hasInstallScript\": true",
    ]
    var (kept, changed) = (0, 0)
    for member in members {
      let lock = project.lock.replacing(start, with: start + "      \(member),\n")
      let isNeutral = try isNeutral(project.lock, lock)
      let isSame = try project.installed(lock) == usual
      #expect(!isNeutral || isSame, "\(member)")
      if isNeutral { kept += 1 }
      if !isSame { changed += 1 }
    }
    // The suite can fail: npm does what two of them say, and five are rows.
    #expect(kept == 5 && changed == 2)
    for (old, new) in [
      ("\"name\": \"app\"", "\"name\": \"z\""),
      ("\"version\": \"1.0.0\",\n  \"lock", "\"version\": \"9.9.9\",\n  \"lock"),
    ] {
      let lock = project.lock.replacing(old, with: new)
      #expect(lock != project.lock)
      #expect(try isNeutral(project.lock, lock))
      #expect(try project.installed(lock) == usual)
    }
  }
}
