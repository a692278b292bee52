internal import Documents
internal import Primitives

/// What editors run when a folder is opened: tasks, debuggers, containers, settings that name programs.
enum EditorConfiguration {
  static let formats = [tasks, settings, devcontainer, devcontainerLock]

  /// Commands, verbatim (VS Code documentation, "Tasks", "Debugging"; Zed documentation, "Tasks").
  private static let tasks = Format(
    "editor-tasks",
    files: [
      ".vscode/tasks.json", ".vscode/launch.json", ".vscode/extensions.json", ".zed/tasks.json",
      ".zed/debug.json", ".fleet/run.json",
    ], .runsCode, .jsonc, keys: [KeyRule("*", .runsCode)], otherKeys: .runsCode)

  /// Any extension adds settings, and many of them name a program, so only those of the editor itself
  /// that cannot are told apart.
  private static let settings = Format(
    "editor-settings",
    files: [
      ".vscode/settings.json", ".zed/settings.json", ".fleet/settings.json", "*.code-workspace",
    ], .runsCode, .jsonc,
    keys: [
      KeyRule("files.exclude/**", .visibility), KeyRule("files.readonlyInclude/**", .visibility),
      KeyRule("search.exclude/**", .visibility), KeyRule("files.watcherExclude/**", .visibility),
      KeyRule("files.encoding", .visibility),
      KeyRule("workbench.colorCustomizations/**", .visibility),
    ], otherKeys: .runsCode,
    neutral: [
      NeutralKey(
        ["editor.tabSize", "editor.rulers/[]", "editor.fontSize"], in: "", form: .number(4),
        because: "of the editor itself: how text looks and is laid out"),
      NeutralKey(
        [
          "editor.insertSpaces", "editor.detectIndentation", "editor.minimap.enabled",
          "files.insertFinalNewline", "files.trimTrailingWhitespace", "files.trimFinalNewlines",
        ], in: "", form: .flag, because: "of the editor itself: how text looks and is laid out"),
      NeutralKey(
        "editor.wordWrap", .word(["off", "on", "wordWrapColumn", "bounded"]),
        because: "of the editor itself: how text looks"),
      NeutralKey(
        "files.eol", .word(["\n", "\r\n", "auto"]),
        because: "of the editor itself: how text is laid out"),
      NeutralKey("cSpell.words/[]", because: "words that a spell checker lets pass"),
    ],
    freeOrder: [FreeOrder("", because: "the editor looks settings up by their names")])

  /// The Development Container specification.
  private static let devcontainer = Format(
    "devcontainer",
    files: [".devcontainer.json", "devcontainer.json", ".devcontainer/*/devcontainer.json"],
    .runsCode, .jsonc,
    keys: [
      KeyRule("image", .dependency), KeyRule("features/**", .dependency),
      KeyRule("build/args/**", .runsCode),
    ], otherKeys: .runsCode,
    neutral: [NeutralKey("name", because: "shown by the editor")],
    mentions: [
      Mention(
        ["build/dockerfile", "dockerFile", "dockerComposeFile", "dockerComposeFile/*"],
        is: .runsCode),
      Mention(
        [
          "initializeCommand", "onCreateCommand", "updateContentCommand", "postCreateCommand",
          "postStartCommand", "postAttachCommand",
        ], is: .runsCode, from: .root, .command),
    ],
    read: { reader throws(Unread) in
      let document = reader.document
      guard let features = document.child("features", of: .root), document.isObject(features) else {
        return
      }
      for node in document.children(features) {
        // `host/owner/repository/feature:1`
        let text = document.key(node)
        let slash = document.lastIndex(of: 0x2f, in: text) ?? 0
        let colon = document.firstIndex(of: 0x3a, in: text, from: slash) ?? Int(text.count)
        reader.add(
          Requirement(
            node: node, name: document.prefix(colon, of: text),
            specification: document.dropFirst(colon + 1, of: text), scope: .build))
      }
    })

  /// The Development Container specification, "Lockfiles".
  private static let devcontainerLock = Format(
    "devcontainer-lock", files: ["devcontainer-lock.json", ".devcontainer-lock.json"], .locks,
    .json,
    keys: [
      KeyRule("features", .dependency),
      KeyRule(
        ["version", "resolved", "integrity", "dependsOn/*"], in: "features/*", is: .dependency),
    ],
    freeOrder: [.json], recordsIntegrity: true,
    read: { reader throws(Unread) in
      guard let features = reader.document.child("features", of: .root) else {
        throw reader.unread(.wrongShape, .root)
      }
      for node in reader.children(of: features) {
        let key = reader.document.key(node)
        var entry = Entry(node: node, locator: key, name: key, ecosystem: .generic)
        entry.version = try reader.text("version", of: node)
        entry.source = try reader.text("resolved", of: node)
        entry.sourceKind = .registry
        // `registry.example/owner/name@sha256:...`
        entry.sourceIsName =
          reader.document.firstIndex(of: "@sha256:", in: entry.source) != nil
          && !reader.document.starts(entry.source, with: ".")
          && !reader.document.starts(entry.source, with: "/")
        // A feature is an install script.
        entry.runsCode = .yes
        entry.isDirect = true
        let digest = reader.document.text("integrity", of: node)
        reader.add(entry, integrity: digest.map { [$0] } ?? [])
      }
    })
}
