import Foundation
import TestSupport
import Testing

@Suite("hookkit demo")
struct DemoTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
  }

  /// An installation with other hooks than hookkit's: each is a shell script.
  private func sabotaged(_ scripts: [String: String]) throws -> String {
    let bin = try Executables.installed(in: sandbox)
    for (hook, script) in scripts {
      try FileManager.default.removeItem(atPath: "\(bin)/hookkit-\(hook)")
      try sandbox.write("#!/bin/sh\n\(script)\n", to: "bin/hookkit-\(hook)", mode: 0o755)
    }
    return "\(bin)/hookkit"
  }

  @Test("the whole story goes as it must, and leaves nothing behind")
  func story() throws {
    let outcome = try sandbox.hookkit("demo")
    #expect(outcome.exit == 0, "\(outcome)")
    for code in ["HK101", "HK102", "HK201", "HK402"] { #expect(outcome.codes.contains(code)) }
    #expect(outcome.output.contains("holds: 3 landings"))
    for scene in ["below the tip", "brought by the agent", "prisma.seed"] {
      #expect(outcome.output.contains(scene), "\(outcome)")
    }
    #expect(outcome.output.contains("it is signed by another key than the server's"))
    #expect(outcome.lines.count <= 300)
    #expect(try sandbox.run(["ls", sandbox.path("tmp")]).output.isEmpty)
  }

  @Test("--keep leaves all of it in a new folder, and touches no folder that is there")
  func keep() throws {
    let outcome = try sandbox.hookkit("demo", "--keep", "kept")
    #expect(outcome.exit == 0, "\(outcome)")
    #expect(sandbox.exists("kept/app.git/hookkit/journal"))
    let again = try sandbox.hookkit("demo", "--keep", "kept")
    #expect(again.exit == 1)
    #expect(again.errors.contains("already exists"))
  }

  @Test("it fails when the hooks let everything pass")
  func openHooks() throws {
    let hookkit = try sabotaged([
      "pre-receive": "cat >/dev/null", "reference-transaction": "cat >/dev/null",
      "post-receive": "cat >/dev/null",
    ])
    try FileManager.default.removeItem(atPath: sandbox.path("bin/hookkit-proc-receive"))
    let outcome = try sandbox.run([hookkit, "demo"])
    #expect(outcome.exit != 0)
    #expect(!outcome.output.contains("That is all of it"))
  }

  @Test("it fails when a push is refused that must land")
  func shutHooks() throws {
    let hookkit = try sabotaged(["pre-receive": "echo no >&2; exit 1"])
    let outcome = try sandbox.run([hookkit, "demo"])
    #expect(outcome.exit == 70)
    #expect(outcome.output.contains("NOT AS EXPECTED"))
    #expect(outcome.errors.contains("the demo did not go as it must"))
  }

  @Test("it fails when landings are not recorded")
  func noRecords() throws {
    let hookkit = try sabotaged([
      "reference-transaction": "cat >/dev/null", "post-receive": "cat >/dev/null",
    ])
    let outcome = try sandbox.run([hookkit, "demo"])
    #expect(outcome.exit == 70)
    #expect(outcome.output.contains("NOT AS EXPECTED"))
  }
}
