@testable import HookRuntime
import Testing

@Suite struct HookTests {
  @Test(
    "a hook is known by the name of its executable, with and without hookkit's prefix",
    arguments: Hook.allCases)
  func names(_ hook: Hook) {
    for path in [
      hook.rawValue, "hookkit-\(hook.rawValue)", "/usr/bin/hookkit-\(hook.rawValue)",
      "./hooks/\(hook.rawValue)", "hooks//\(hook.rawValue)/",
    ] {
      #expect(Hook(executable: path) == hook, "\(path)")
    }
  }

  @Test(
    "nothing else is taken for one",
    arguments: [
      "", "/", "hookkit-hook", "hookkit-", "hookkit", "hookkit-hookkit-update",
      "pre-receive.sample",
      "Pre-Receive", "pre-receive ", "xpre-receive", "post-update", "push-to-checkout",
    ])
  func foreign(_ path: String) {
    #expect(Hook(executable: path) == nil)
  }

  @Test("servers run what git runs while it receives a push, and no client's hook is among them")
  func servers() {
    #expect(
      Set(Hook.allCases.filter(\.isServers).map(\.rawValue)) == [
        "pre-receive", "proc-receive", "update", "reference-transaction", "post-receive",
      ])
  }
}
