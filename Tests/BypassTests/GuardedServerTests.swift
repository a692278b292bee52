import Testing
import TestSupport

@Suite("the guarded server that the bypass tests attack")
struct GuardedServerTests {
  @Test("it lets a person's work and an agent's reviewed work through")
  func honestWorkLands() throws {
    let server = try GuardedServer()
    let own = try server.work.commit("mine", ["a": "1"], author: server.roster[.dana])
    try server.pushed(as: .dana, "main")
    #expect(try server.tip() == own)

    let work = try server.work.commit("agent's", ["b": "2"], author: server.roster[.codex])
    try server.pushed(as: .codex, "main:refs/heads/agent/codex/b")
    #expect(try server.push(as: .codex, "main").codes == ["HK101"])
    #expect(try server.tip() == own)
    try server.approve(work, by: .dana)
    try server.pushed(as: .frank, "main")
    #expect(try server.tip() == work)
    #expect(try !server.journal().isEmpty)
  }
}
