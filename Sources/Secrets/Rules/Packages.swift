extension SecretKind {
  static let packages: [[SecretKind]] = [
    of(
      "npm", at: "https://www.npmjs.com/settings/~/tokens",
      .token("token", .critical, "access token", ["npm_", .alphanumeric(36)], .crc32Base62),
      .named("legacy-token", .low, "token (revoked in 2025)", by: ["_authtoken"], [.uuid]),
      .pattern(
        "registry-token", .critical, "registry token in a configuration",
        keywords: ["_authtoken", "_auth", "_password"],
        #"(?m)(?:^|[\s"'`;])(?://[^\s=]{1,200}:)?_(?:authToken|auth|password)\s?=\s?["']?([^\s"'$<{]{16,1000})"#,
        .digitsAndLetters)),
    of(
      "PyPI", at: "https://pypi.org/manage/account/token/",
      .token("token", .critical, "API token", ["pypi-AgEIcHlwaS5vcmc", .urlSafe(50, 300)])),
    of(
      "TestPyPI", at: "https://test.pypi.org/manage/account/token/",
      .token("token", .medium, "API token", ["pypi-AgENdGVzdC5weXBpLm9yZw", .urlSafe(50, 300)])),
    of(
      "crates.io", at: "https://crates.io/settings/tokens",
      .token("token", .critical, "API token", ["cio", .alphanumeric(32)], .mixedCase)),
    of(
      "RubyGems", at: "https://rubygems.org/profile/api_keys",
      .token("key", .critical, "API key", ["rubygems_", .hex(48)])),
    of(
      "NuGet", at: "https://www.nuget.org/account/apikeys",
      .token("key", .critical, "API key", ["oy2", .smalls(43)], .digitsAndLetters)),
    of(
      "Packagist", at: "https://packagist.com/profile/tokens",
      .token(
        "organization-read-token", .high, "organization read token", ["packagist_ort_", .hex(68)]),
      .token(
        "organization-update-token", .high, "organization update token",
        ["packagist_out_", .hex(68)]),
      .token("user-token", .high, "user token", ["packagist_uut_", .hex(68)])),
    of(
      "Docker Hub", at: "https://app.docker.com/settings/personal-access-tokens",
      .token("token", .critical, "personal access token", ["dckr_pat_", .urlSafe(27)]),
      .token(
        "organization-token", .critical, "organization access token", ["dckr_oat_", .urlSafe(32)])),
    of(
      "Docker", at: "docker logout; then the registry's own page",
      .pattern(
        "registry-login", .high, "registry login in a configuration", keywords: [#""auth""#],
        #""auth"\s*:\s*"([0-9A-Za-z+/]{8,400}={0,2})""#, .base64Login)),
    of(
      "JFrog",
      at: "https://jfrog.com/help/r/jfrog-platform-administration-documentation/revoke-tokens",
      .token("api-key", .critical, "Artifactory API key", ["AKCp", .alphanumeric(69)]),
      .token("reference-token", .critical, "reference token", ["cmVmdGtuO", .alphanumeric(55)])),
    of(
      "Clojars", at: "https://clojars.org/tokens",
      .token("token", .critical, "deploy token", ["CLOJARS_", .hex(60)])),
    of(
      "Hex", at: "https://hex.pm/dashboard/keys",
      .named("api-key", .critical, "API key", by: ["hex_api_key"], [.hex(32)])),
    of(
      "Cloudsmith", at: "https://cloudsmith.io/user/settings/api/",
      .named("api-key", .high, "API key", [.hex(40)])),
    of(
      "Gemfury", at: "https://manage.fury.io",
      .named(
        "token", .high, "deploy token", by: ["gemfury", "fury"], [.alphanumeric(20, 32)],
        .mixedCase)),
    of(
      "Gradle", at: "https://plugins.gradle.org/u/~/api-keys",
      .named(
        "publish-secret", .high, "publishing secret", by: ["gradle_publish_secret"],
        [.alphanumeric(48)], .mixedCase)),
    of(
      "VS Marketplace", at: "https://dev.azure.com",
      .named("token", .high, "publisher token", by: ["vsce_pat"], [.smallBase32(52)])),
    of(
      "Open VSX", at: "https://open-vsx.org/user-settings/tokens",
      .named("token", .high, "access token", by: ["ovsx"], [.uuid])),
    of(
      "Terraform Cloud", at: "https://app.terraform.io/app/settings/tokens",
      .token("token", .critical, "API token", [.alphanumeric(14), ".atlasv1.", .urlSafe(60, 70)])),
    of(
      "Pulumi", at: "https://app.pulumi.com/account/tokens",
      .token("token", .critical, "access token", ["pul-", .hex(40)])),
    of(
      "Vault", at: "vault token revoke",
      .token("service-token", .critical, "service token", ["hvs.", .urlSafe(90, 120)]),
      .token("batch-token", .critical, "batch token", ["hvb.", .urlSafe(138, 300)]),
      .token(
        "recovery-token", .critical, "recovery token", ["hvr.", .urlSafe(24, 120)], .mixedCase),
      .named(
        "legacy-token", .critical, "service token (before 1.10)", by: ["vault"],
        ["s.", .alphanumeric(24)])),
    of(
      "Doppler", at: "https://dashboard.doppler.com/workplace/tokens",
      .token("personal-token", .critical, "personal token", ["dp.pt.", .alphanumeric(40, 44)]),
      .token(
        "service-token", .critical, "service token",
        ["dp.st.", .anyOf("0-9a-z_\\-", 2, 35), ".", .alphanumeric(40, 44)]),
      .token("cli-token", .critical, "CLI token", ["dp.ct.", .alphanumeric(40, 44)]),
      .token(
        "service-account-token", .critical, "service account token",
        ["dp.sa.", .alphanumeric(40, 44)]),
      .token("scim-token", .high, "SCIM token", ["dp.scim.", .alphanumeric(40, 44)]),
      .token("audit-token", .high, "audit token", ["dp.audit.", .alphanumeric(40, 44)])),
    of(
      "1Password", at: "https://my.1password.com/developer-tools",
      .token(
        "service-account-token", .critical, "service account token",
        ["ops_eyJ", .base64(100, 2000), .anyOf("=", 0, 2)]),
      .token(
        "secret-key", .high, "secret key",
        [
          "A3-", .capitals(6), "-", .capitals(6), "-", .capitals(5), "-", .capitals(5), "-",
          .capitals(5), "-", .capitals(5),
        ])),
    of(
      "Bitwarden", at: "https://vault.bitwarden.com",
      .named(
        "access-token", .critical, "Secrets Manager token", by: ["bitwarden", "bws"],
        ["0.", .uuid, ".", .alphanumeric(30), ":", .base64(22), "=="])),
    of(
      "Infisical", at: "https://app.infisical.com",
      .token(
        "service-token", .critical, "service token",
        ["st.", .hex(24), ".", .hex(32), ".", .hex(32)])),
    of(
      "Akeyless", at: "https://console.akeyless.io",
      .named("access-key", .critical, "access key", [.base64(43), "="], .mixedCase)),
  ]
}
