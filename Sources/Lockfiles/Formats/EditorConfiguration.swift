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
      guard let features = reader.root["features"], features.isObject else { return }
      for feature in features {
        // `host/owner/repository/feature:1`
        let slash = feature.key.lastIndex(of: "/") ?? 0
        let (name, version) = feature.key.cut(at: ":", from: slash) ?? (feature.key, .empty)
        reader.addRequirement(feature, name, version, .build)
      }
    })

  /// The Development Container specification, "Lockfiles".
  private static let devcontainerLock = Format(
    "devcontainer-lock", files: ["devcontainer-lock.json", ".devcontainer-lock.json"],
    source: "Development containers: Lockfiles", .locks,
    .json,
    keys: [
      KeyRule("features", .dependency),
      KeyRule(
        ["version", "resolved", "integrity", "dependsOn/*"], in: "features/*", is: .dependency),
    ],
    freeOrder: [.json], digests: DigestForm.integrity + DigestForm.sha256,
    read: { reader throws(Unread) in
      guard let features = reader.root["features"] else { throw reader.root.unread(.wrongShape) }
      for feature in features {
        var entry = Draft(feature, .generic, feature.key)
        entry.version = try feature.text("version")
        entry.source = try feature.text("resolved")
        entry.sourceKind = .registry
        // `registry.example/owner/name@sha256:...`
        entry.sourceIsName =
          entry.source.contains("@sha256:") && !entry.source.starts(with: ".", "/")
        // A feature is an install script.
        entry.runsCode = .yes
        entry.isDirect = true
        reader.add(entry, integrity: feature[text: "integrity"].map { [$0] } ?? [])
      }
    })
}
