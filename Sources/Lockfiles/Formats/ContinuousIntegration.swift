internal import Documents
internal import Primitives

/// What runs in CI, in containers and in git hooks: workflows, pipelines, compose files, hook managers.
///
/// All of it runs code unless a rule says less. What is fetched by name is asked for: `uses`, `image`,
/// orbs, the repositories of hooks. References are shown as they are written.
enum ContinuousIntegration {
  static let formats = [
    workflow, action, gitlab, circle, compose, preCommit, preCommitHooks, lefthook, other,
  ]

  /// GitHub documentation, "Workflow syntax"; Gitea and Forgejo read the same.
  private static let workflow = Format(
    "workflow",
    files: [
      ".github/workflows/*.yml", ".github/workflows/*.yaml", ".gitea/workflows/*.yml",
      ".gitea/workflows/*.yaml", ".forgejo/workflows/*.yml", ".forgejo/workflows/*.yaml",
    ], .runsCode, .yamlWithReferences, asksFor: .githubactions,
    keys: [
      // Checks that a branch requires are known by these names.
      KeyRule("jobs/*/name", .visibility), KeyRule("jobs/*/steps/*/uses", .dependency),
      KeyRule("jobs/*/uses", .dependency), KeyRule("jobs/*/container", .dependency),
      KeyRule("jobs/*/container/image", .dependency),
      KeyRule("jobs/*/services/*/image", .dependency),
    ], otherKeys: .runsCode,
    // Not the workflow's own name: `workflow_run` starts others by it, and expressions hand it on.
    neutral: [
      NeutralKey("jobs/*/steps/[]/name", because: "shown in the log; no expression has it")
    ],
    mentions: [
      Mention(["jobs/*/steps/*/uses"], is: .runsCode, from: .root, .folder)
    ], read: readFetched)

  /// GitHub documentation, "Metadata syntax".
  private static let action = Format(
    "action", files: ["action.yml", "action.yaml"], .runsCode, .yamlWithReferences,
    asksFor: .githubactions,
    keys: [KeyRule("runs/steps/*/uses", .dependency), KeyRule("runs/image", .dependency)],
    otherKeys: .runsCode,
    neutral: [
      NeutralKey(
        [
          "name", "description", "author", "branding/icon", "branding/color",
          "inputs/*/description", "outputs/*/description", "runs/steps/[]/name",
        ], in: "", because: "shown in the marketplace and the log; no expression has it")
    ],
    mentions: [
      Mention(
        [
          "runs/main", "runs/pre", "runs/post", "runs/image", "runs/entrypoint",
          "runs/pre-entrypoint", "runs/post-entrypoint",
        ], is: .runsCode),
      Mention(["runs/steps/*/uses"], is: .runsCode, from: .root, .folder),
    ], read: readFetched)

  /// GitLab documentation, "CI/CD YAML syntax reference".
  private static let gitlab = Format(
    "gitlab-ci",
    files: [".gitlab-ci.yml", ".gitlab-ci.yaml", "*.gitlab-ci.yml", "*.gitlab-ci.yaml"], .runsCode,
    .yamlWithReferences,
    keys: [
      KeyRule("include/**", .origin), KeyRule("image", .dependency),
      KeyRule("image/name", .dependency), KeyRule("services/**", .dependency),
      KeyRule("default/image", .dependency), KeyRule("*/image", .dependency),
      KeyRule("*/image/name", .dependency), KeyRule("*/services/**", .dependency),
    ], otherKeys: .runsCode,
    mentions: [
      Mention(
        [
          "include", "include/*", "include/local", "include/*/local", "*/trigger/include",
          "*/trigger/include/*", "*/trigger/include/local", "*/trigger/include/*/local",
        ], is: .runsCode, from: .root, readAs: "gitlab-ci")
    ], read: readFetched)

  /// CircleCI documentation, "Configuration reference".
  private static let circle = Format(
    "circleci", files: [".circleci/*.yml", ".circleci/*.yaml"], .runsCode, .yamlWithReferences,
    keys: [
      KeyRule("orbs/**", .dependency),
      KeyRule("jobs/*/docker/*/image", .dependency),
      KeyRule("executors/*/docker/*/image", .dependency),
    ], otherKeys: .runsCode,
    read: { reader throws(Unread) in
      if let orbs = reader.root["orbs"], orbs.isObject {
        // `name: namespace/orb@1.2`; an orb of the file itself is a mapping.
        for orb in orbs where orb.isScalar { addFetched(orb, &reader) }
      }
      try readFetched(&reader)
    })

  /// The compose specification.
  private static let compose = Format(
    "compose",
    files: [
      "compose.yml", "compose.yaml", "compose.*.yml", "compose.*.yaml", "docker-compose.yml",
      "docker-compose.yaml", "docker-compose*.yml", "docker-compose*.yaml",
    ], .runsCode, .yamlWithReferences,
    keys: [
      KeyRule("include/**", .origin), KeyRule("services/*/image", .dependency),
    ], otherKeys: .runsCode,
    mentions: [
      Mention(
        ["include/*", "include/*/path", "include/*/path/*", "services/*/extends/file"],
        is: .runsCode, readAs: "compose"),
      Mention(
        ["services/*/build/dockerfile", "services/*/env_file", "services/*/env_file/*"],
        is: .runsCode),
    ], read: readFetched)

  /// pre-commit documentation, ".pre-commit-config.yaml".
  private static let preCommit = Format(
    "pre-commit", files: [".pre-commit-config.yaml", ".pre-commit-config.yml"], .runsCode,
    .yamlWithReferences,
    keys: [
      KeyRule("repos/*/repo", .origin), KeyRule("repos/*/rev", .dependency),
      // Installed beside a hook, and run with it, by whoever commits.
      KeyRule("repos/*/hooks/*/additional_dependencies/**", .runsCode),
      KeyRule("ci/**", .visibility), KeyRule("minimum_pre_commit_version", .dependency),
    ], otherKeys: .runsCode,
    neutral: [
      NeutralKey(
        ["name", "description"], in: "repos/[]/hooks/[]", because: "shown while the hook runs")
    ],
    mentions: [
      Mention(["repos/*/hooks/*/entry"], is: .runsCode, from: .root, .command)
    ],
    read: { reader throws(Unread) in
      guard let list = reader.root["repos"], list.isArray else { return }
      for repository in list {
        guard let name = repository[text: "repo"] else { continue }
        reader.addRequirement(repository, name, repository[text: "rev"], .build)
      }
    })

  private static let preCommitHooks = Format(
    "pre-commit-hooks", files: [".pre-commit-hooks.yaml", ".pre-commit-hooks.yml"], .runsCode,
    .yamlWithReferences, otherKeys: .runsCode,
    mentions: [
      Mention(["*/entry"], is: .runsCode, from: .root, .command)
    ])

  /// Lefthook documentation, "Configuration".
  private static let lefthook = Format(
    "lefthook",
    files: [
      "lefthook.yml", "lefthook.yaml", ".lefthook.yml", ".lefthook.yaml", "lefthook-local.yml",
      "lefthook-local.yaml", ".lefthook-local.yml", ".lefthook-local.yaml",
    ], .runsCode, .yamlWithReferences,
    keys: [
      KeyRule("remotes/**", .origin), KeyRule("remote/**", .origin), KeyRule("extends/**", .origin),
      KeyRule("min_version", .dependency), KeyRule("colors/**", .visibility),
      KeyRule("output/**", .visibility),
    ], otherKeys: .runsCode,
    mentions: [
      Mention(["extends", "extends/*"], is: .runsCode, readAs: "lefthook")
    ])

  /// Pipelines of which only the images are told apart.
  private static let other = Format(
    "pipeline",
    files: [
      "azure-pipelines.yml", "azure-pipelines.yaml", "azure-pipelines-*.yml",
      "azure-pipelines-*.yaml", ".azure-pipelines/*.yml", ".azure-pipelines/*.yaml",
      "bitbucket-pipelines.yml", "bitbucket-pipelines.yaml", ".drone.yml", ".drone.yaml",
      ".woodpecker.yml", ".woodpecker.yaml", ".woodpecker/*.yml", ".woodpecker/*.yaml",
      ".travis.yml", "appveyor.yml", ".appveyor.yml", ".cirrus.yml", "cloudbuild.yaml",
      "cloudbuild.yml", "buildspec.yml", "buildspec.yaml", "codefresh.yml", "wercker.yml",
      ".gitpod.yml", ".buildkite/*.yml", ".buildkite/*.yaml", ".semaphore/*.yml",
      ".tekton/*.yaml", ".tekton/*.yml", "taskfile.yml", "taskfile.yaml", "taskfile.dist.yml",
      "taskfile.dist.yaml", ".overcommit.yml",
    ], .runsCode, .yamlWithReferences, otherKeys: .runsCode,
    mentions: [
      Mention(
        [
          "extends/template", "steps/*/template", "jobs/*/template", "stages/*/template",
          "variables/*/template", "jobs/*/steps/*/template", "stages/*/jobs/*/template",
          "stages/*/jobs/*/steps/*/template", "includes/*", "includes/*/taskfile",
        ], is: .runsCode, readAs: "pipeline")
    ], read: readFetched)

  // MARK: What is fetched

  /// Adds every `uses: name@ref` and `image: name:tag` of the file.
  private static func readFetched(_ reader: inout EntryReader) throws(Unread) {
    addFetched(below: reader.root, &reader)
  }

  private static func addFetched(below value: Cursor, _ reader: inout EntryReader) {
    for child in value {
      if !child.isScalar {
        addFetched(below: child, &reader)
      } else if child.key == "uses" || child.key == "image" {
        addFetched(child, &reader)
      }
    }
  }

  private static func addFetched(_ node: Cursor, _ reader: inout EntryReader) {
    let text = node.text
    guard !text.isEmpty else { return }
    var parts = text.cut(atLast: "@")
    // `host:5000/image:tag`
    if parts == nil, let split = text.cut(atLast: ":"), !split.after.contains("/") { parts = split }
    reader.addRequirement(node, parts?.before ?? text, parts?.after, .build)
  }
}
