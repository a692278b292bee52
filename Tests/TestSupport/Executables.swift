import Foundation

/// The built executables under test.
package enum Executables {
  /// The hooks that `hookkit-hook` answers to, by the name it is called with.
  package static let hooks = [
    "pre-receive", "proc-receive", "update", "reference-transaction", "post-receive", "pre-push",
    "pre-commit", "pre-merge-commit", "prepare-commit-msg", "commit-msg",
  ]

  /// Where the executables are: `HOOKKIT_TEST_BIN`, or else the folder the tests were built in.
  package static let folder: String = {
    if let given = ProcessInfo.processInfo.environment["HOOKKIT_TEST_BIN"], !given.isEmpty {
      return URL(fileURLWithPath: given).standardizedFileURL.path
    }
    #if os(Linux)
      let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      return own.deletingLastPathComponent().path
    #else
      let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") } ?? Bundle.main
      return bundle.bundleURL.deletingLastPathComponent().path
    #endif
  }()

  /// The hook executable with a clock that `HOOKKIT_TEST_SKEW` moves by so many seconds: a part of the
  /// tests, never of what is installed.
  package static var skewedHook: String {
    let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return own.deletingLastPathComponent().appendingPathComponent("hookkit-skewed").path
  }

  /// The command line tool.
  package static var hookkit: String { "\(folder)/hookkit" }

  /// The hook executable under its own name.
  package static var hookkitHook: String { "\(folder)/hookkit-hook" }

  /// A folder in the sandbox with `hookkit`, `hookkit-hook`, one link a hook and one for `hookkit-shell`, as
  /// an installation has them; made once a sandbox.
  package static func installed(in sandbox: Sandbox) throws -> String {
    let bin = try sandbox.makeFolder("bin")
    let links =
      [("hookkit", hookkit), ("hookkit-hook", hookkitHook)]
      + (hooks + ["shell"]).map { ("hookkit-\($0)", "hookkit-hook") }
    for (name, target) in links where !sandbox.exists("bin/\(name)") {
      try FileManager.default.createSymbolicLink(
        atPath: "\(bin)/\(name)", withDestinationPath: target)
    }
    return bin
  }

  /// The path to start one hook by, in a sandbox's own ``installed(in:)`` folder.
  package static func hook(_ name: String, in sandbox: Sandbox) throws -> String {
    "\(try installed(in: sandbox))/hookkit-\(name)"
  }
}

extension Sandbox {
  /// Runs the `hookkit` under test.
  package func hookkit(
    _ arguments: String..., in directory: String? = nil, stdin: [UInt8]? = nil,
    env: [String: String] = [:]
  ) throws -> Outcome {
    let bin = try Executables.installed(in: self)
    return try run(["\(bin)/hookkit"] + arguments, in: directory, stdin: stdin, env: env)
  }
}
