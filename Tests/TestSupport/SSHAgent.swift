/// A running ssh-agent of one sandbox.
package final class SSHAgent: Sendable {
  private let process: BackgroundProcess
  private let sandbox: Sandbox
  /// The path of the agent's socket, for `SSH_AUTH_SOCK`.
  package let socket: String

  /// Starts an agent with these keys; `SSH_AUTH_SOCK` is set for the whole sandbox until
  /// ``stop()``.
  package init(in sandbox: Sandbox, keys: [TestKey]) throws {
    self.sandbox = sandbox
    let socket = sandbox.path("agent")
    self.socket = socket
    process = try BackgroundProcess(["ssh-agent", "-D", "-a", socket], in: sandbox)
    try process.wait { sandbox.exists("agent") }
    sandbox.setEnvironment("SSH_AUTH_SOCK", socket)
    for key in keys {
      let added = try sandbox.run(["ssh-add", "-q", key.path])
      guard added.succeeded else { throw UnexpectedOutcome("a key in the agent", added) }
    }
  }

  /// Ends the agent and takes `SSH_AUTH_SOCK` back.
  package func stop() {
    process.stop()
    sandbox.setEnvironment("SSH_AUTH_SOCK", nil)
  }
}
