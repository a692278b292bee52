/// The environment variables that hookkit reads: the one list, for help and documentation.
package struct EnvironmentVariable: Sendable {
  package let name: String
  package let readBy: Reader
  package let meaning: String

  package enum Reader: String, Sendable {
    case client
    case server
    case everything
  }

  /// In the order in which help shows them.
  package static let all = [
    EnvironmentVariable(
      name: "NO_COLOR", readBy: .client, meaning: "when not empty: no colour, whatever the terminal"
    ),
    EnvironmentVariable(
      name: "CLICOLOR_FORCE", readBy: .client,
      meaning: "when neither empty nor 0: colour also where no terminal is"),
    EnvironmentVariable(
      name: "TERM", readBy: .client, meaning: "dumb: no colour and no moving progress"),
    EnvironmentVariable(
      name: "HOOKKIT_POLICY", readBy: .client,
      meaning: "a policy file to judge by, as --policy; a server hook never reads it"),
    EnvironmentVariable(
      name: "HOOKKIT_KEY", readBy: .client,
      meaning: "the key that signs reviews; else git's user.signingkey"),
    EnvironmentVariable(
      name: "HOOKKIT_TRACE", readBy: .everything,
      meaning:
        "1: what is done and when, on standard error; an absolute path: added to that file, "
        + "but not by server hooks"),
    EnvironmentVariable(
      name: "HOOKKIT_PUSHER", readBy: .server,
      meaning:
        "the account behind the connection, set by a forced command; hosts ssh and local only"),
  ]

  /// What the table cannot say of each.
  package static let remark =
    "No variable switches a server hook off, and none gives a pusher rights that the host did not."
}
