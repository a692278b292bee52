extension SecretKind {
  static let forges: [[SecretKind]] = [
    of(
      "GitHub", at: "https://github.com/settings/tokens",
      .token(
        "classic-token", .critical, "personal access token (classic)",
        ["ghp_", .alphanumeric(36)], .crc32Base62),
      .token(
        "oauth-token", .critical, "OAuth access token", ["gho_", .alphanumeric(36)], .crc32Base62),
      .token(
        "user-to-server-token", .high, "App token for a user", ["ghu_", .alphanumeric(36)],
        .crc32Base62),
      .token(
        "installation-token", .high, "App installation token", ["ghs_", .alphanumeric(36)],
        .crc32Base62),
      .token(
        "installation-jwt", .high, "App installation token (stateless)",
        ["ghs_", .digits(1, 10), "_", .jwt]),
      .token("refresh-token", .high, "App refresh token", ["ghr_", .alphanumeric(36, 251)]),
      .token(
        "fine-grained-token", .critical, "fine-grained personal access token",
        ["github_pat_", .alphanumeric(22), "_", .alphanumeric(59)]),
      .named(
        "legacy-token", .critical, "personal access token (before 2021)",
        by: ["github_token", "github_pat", "gh_token"], [.hex(40)]),
      .named(
        "app-client-secret", .high, "OAuth or App client secret",
        by: ["github_client_secret", "github_secret", "gh_client_secret"], [.hex(40)])),
    of(
      "GitLab", at: "https://gitlab.com/-/user_settings/personal_access_tokens",
      .token("token", .critical, "personal, project or group token", ["glpat-", .urlSafe(20)]),
      .token(
        "routable-token", .critical, "routable token",
        [
          .either(["glpat-", "glrt-", "glrtr-", "glagent-", "gldt-", "glcbt-", "glft-"]),
          .urlSafe(27, 300), .either([".01.", "."]), .smalls(9),
        ], .crc32Base36),
      .token("oauth-secret", .high, "OAuth application secret", ["gloas-", .urlSafe(64)]),
      .token("deploy-token", .high, "deploy token", ["gldt-", .urlSafe(20)]),
      .token(
        "runner-token", .high, "runner authentication token",
        [.either(["glrt-", "glrtr-"]), .urlSafe(20)]),
      .token(
        "runner-registration-token", .high, "runner registration token",
        ["GR1348941", .urlSafe(20)]),
      .token(
        "job-token", .medium, "CI job token", ["glcbt-", .alphanumeric(1, 5), "_", .urlSafe(20)]),
      .token("trigger-token", .medium, "pipeline trigger token", ["glptt-", .hex(40)]),
      .token("feed-token", .medium, "feed token", ["glft-", .urlSafe(20)]),
      .token("incoming-mail-token", .medium, "incoming mail token", ["glimt-", .urlSafe(25)]),
      .token("agent-token", .high, "Kubernetes agent token", ["glagent-", .urlSafe(50)]),
      .token("workspace-token", .medium, "workspace token", ["glwt-", .urlSafe(20)]),
      .token("scim-token", .high, "SCIM token", ["glsoat-", .urlSafe(20)]),
      .token(
        "feature-flag-token", .low, "feature flags client token", ["glffct-", .urlSafe(20)]),
      .token("session-cookie", .medium, "session cookie", ["_gitlab_session=", .hex(32)])),
    of(
      "Atlassian", at: "https://id.atlassian.com/manage-profile/security/api-tokens",
      .token(
        "api-token", .high, "cloud API token",
        ["ATATT3xFfGF0", .urlSafe(150, 190), "=", .capitalHex(8)]),
      .named(
        "legacy-token", .high, "API token (24 characters)",
        by: ["atlassian", "jira", "confluence"], [.alphanumeric(24)], .mixedCase)),
    of(
      "Bitbucket", at: "https://bitbucket.org/account/settings",
      .token(
        "access-token", .high, "repository access token",
        ["ATCTT3xFfGN0", .urlSafe(150, 190), "=", .capitalHex(8)]),
      .token("app-password", .high, "app password", ["ATBB", .alphanumeric(24), .capitalHex(8)]),
      .token(
        "data-center-token", .high, "Data Center access token", ["BBDC-", .base64(44)], .mixedCase
      )),
    of(
      "Gitea", at: "https://codeberg.org/user/settings/applications",
      .named(
        "token", .high, "Gitea, Forgejo or Codeberg access token",
        by: ["gitea", "forgejo", "codeberg"], [.hex(40)])),
    of(
      "Sourcegraph", at: "https://sourcegraph.com/user/settings/tokens",
      .token("token", .high, "access token", ["sgp_", .hex(16), "_", .hex(40)]),
      .token("legacy-token", .high, "access token (before 2023)", ["sgp_", .hex(40)])),
    of(
      "Gerrit", at: "the server's settings, HTTP credentials",
      .named("http-password", .high, "HTTP password", [.base64(43, 44)], .mixedCase)),
    of(
      "CircleCI", at: "https://app.circleci.com/settings/user/tokens",
      .token(
        "personal-token", .high, "personal API token",
        ["CCIPAT_", .alphanumeric(22), "_", .hex(40)]),
      .token(
        "project-token", .high, "project API token",
        ["CCIPRJ_", .alphanumeric(22), "_", .hex(40)]),
      .named(
        "legacy-token", .high, "API token (legacy)", by: ["circleci", "circle_token"], [.hex(40)])),
    of(
      "Buildkite", at: "https://buildkite.com/user/api-access-tokens",
      .token("api-token", .high, "API token", ["bkua_", .hex(40)])),
    of(
      "Travis CI", at: "https://app.travis-ci.com/account/preferences",
      .named("token", .high, "access token", by: ["travis"], [.urlSafe(22)], .mixedCase)),
    of(
      "Drone", at: "the server's account page",
      .named(
        "token", .medium, "access token", by: ["drone_token", "drone_server_token"],
        [.alphanumeric(32)])),
    of(
      "Codecov", at: "https://app.codecov.io/account",
      .named("token", .low, "upload token", [.uuid])),
    of(
      "Coveralls", at: "https://coveralls.io",
      .named("token", .low, "repository token", [.alphanumeric(33)], .mixedCase)),
    of(
      "Harness", at: "https://app.harness.io",
      .token(
        "token", .high, "personal access token",
        ["pat.", .urlSafe(22), ".", .hex(24), ".", .alphanumeric(20)]),
      .token(
        "service-token", .high, "service account token",
        ["sat.", .urlSafe(22), ".", .hex(24), ".", .alphanumeric(20)])),
    of(
      "Octopus Deploy", at: "the server's profile, API keys",
      .token("api-key", .high, "API key", ["API-", .capitals(26, 31)], .digitsAndLetters)),
    of(
      "Sonar", at: "https://sonarcloud.io/account/security",
      .token("user-token", .medium, "user token", ["squ_", .hex(40)]),
      .token("project-token", .medium, "project token", ["sqp_", .hex(40)]),
      .token("global-token", .medium, "global analysis token", ["sqa_", .hex(40)]),
      .named("legacy-token", .medium, "token (before 2022)", by: ["sonar"], [.hex(40)])),
    of(
      "Snyk", at: "https://app.snyk.io/account",
      .named("token", .high, "API token", [.uuid]),
      .token(
        "personal-token", .high, "personal access token",
        ["snyk_uat.", .hex(8), ".", .urlSafe(40, 600), ".", .urlSafe(20, 200)])),
    of(
      "Semgrep", at: "https://semgrep.dev/orgs/-/settings/tokens",
      .named("token", .medium, "application token", [.hex(64)])),
    of(
      "Dependency-Track", at: "the server's teams page",
      .token("key", .high, "API key", ["odt_", .alphanumeric(8), "_", .alphanumeric(32)])),
  ]
}
