internal import Platform
internal import Report

/// The manual's page on `hookkit-shell`.
enum ShellManual {
  static var page: ManualPage {
    var page = ManualPage(
      "hookkit-shell", section: 1, title: "git over ssh for the holder of one key",
      version: Version.text)
    page.section("SYNOPSIS")
    let root = "\(ManualPage.bold("--root")) \(ManualPage.variable("dir"))"
    let key = "[\(ManualPage.bold("--key")) \(ManualPage.variable("fingerprint"))]"
    page.synopsis(
      marked:
        "\(ManualPage.bold("hookkit-shell")) \(root) \(key) \(ManualPage.variable("principal"))")
    page.section("DESCRIPTION")
    page.prose(
      """
      The forced command of an ssh key. It runs what the client asked for (SSH_ORIGINAL_COMMAND) when \
      that is git-upload-pack, git-receive-pack, git-upload-archive, git-lfs-authenticate or \
      git-lfs-transfer on one repository under the root, and the policy of that repository lets the \
      principal in: to download by whoever may read, to upload by whoever may push. Nothing else, and no \
      shell. The hooks \
      hear who pushes in HOOKKIT_PUSHER; of what the client sends, git sees a well-formed LANG and \
      GIT_PROTOCOL alone.
      """)
    page.definition(
      marked: root, "The folder with the repositories. No link is followed out of it.")
    page.definition(
      marked: "\(ManualPage.bold("--key")) \(ManualPage.variable("fingerprint"))",
      "The key that sshd has found, as SHA256:...; it must be the principal's own.")
    page.definition(
      marked: ManualPage.variable("principal"),
      "The holder as the policy has it, such as agents.codex or people.dana.")
    page.section("EXIT STATUS")
    page.prose("Where it runs git, git's own.")
    page.blocks(Array(HelpTopic.exitCodes.blocks.dropFirst()))
    page.seeAlso([
      ("hookkit-authorized-keys", 1), ("hookkit-hosts", 7), ("hookkit-policy", 5),
      ("sshd_config", 5),
    ])
    return page
  }
}
