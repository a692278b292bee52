extension SecretKind {
  static let observability: [[SecretKind]] = [
    of(
      "Datadog", at: "https://app.datadoghq.com/organization-settings/api-keys",
      .named("api-key", .high, "API key", by: ["datadog", "dd_api_key"], [.hex(32)]),
      .named(
        "app-key", .high, "application key", by: ["datadog", "dd_app_key", "dd_application_key"],
        [.hex(40)]),
      .token(
        "scoped-app-key", .high, "application key (prefixed)", ["ddapp_", .alphanumeric(34)])),
    of(
      "New Relic", at: "https://one.newrelic.com/api-keys",
      .token("user-key", .high, "user API key", ["NRAK-", .capitals(27)]),
      .token("license-key", .medium, "ingest license key", [.hex(36), "NRAL"]),
      .token("insert-key", .medium, "insights insert key", ["NRII-", .urlSafe(32)]),
      .token("admin-key", .high, "admin key", ["NRAA-", .hex(27)])),
    of(
      "PagerDuty", at: "https://support.pagerduty.com/main/docs/api-access-keys",
      .named(
        "user-key", .high, "REST API key",
        [.either(["u+", "y_", "e+"]), .anyOf("0-9A-Za-z_+\\-", 18)], .none),
      .named(
        "routing-key", .high, "Events routing key",
        by: ["pagerduty", "routing_key", "pd_service_key"], [.hex(32)])),
    of(
      "Opsgenie", at: "https://app.opsgenie.com/settings/api-key-management",
      .named("key", .high, "API key", by: ["opsgenie", "geniekey"], [.uuid])),
    of(
      "Sentry", at: "https://sentry.io/settings/account/api/auth-tokens",
      .token(
        "organization-token", .high, "organization auth token",
        ["sntrys_eyJ", .anyOf("0-9A-Za-z+/=", 60, 300), "_", .base64(43)]),
      .token("user-token", .high, "personal auth token", ["sntryu_", .hex(64)]),
      .token("app-token", .high, "app token", [.either(["sntrya_", "sntryi_"]), .hex(64)]),
      .named(
        "legacy-token", .high, "auth token (before 2024)",
        by: ["sentry_auth_token", "sentry_token"], [.hex(64)])),
    of(
      "Grafana", at: "https://grafana.com/orgs/_/access-policies",
      .token(
        "service-account-token", .high, "service account token",
        ["glsa_", .alphanumeric(32), "_", .hex(8)], .crc32Hex),
      .token(
        "cloud-token", .high, "Cloud access policy token",
        ["glc_eyJ", .base64(40, 400), .anyOf("=", 0, 2)], .base64JSON(dropping: 4)),
      .token(
        "legacy-key", .high, "API key (legacy)",
        ["eyJrIjoi", .base64(40, 200), .anyOf("=", 0, 2)], .base64JSON(dropping: 0))),
    of(
      "Honeycomb", at: "https://ui.honeycomb.io/account",
      .token("ingest-key", .medium, "ingest key", ["hcaik_", .alphanumeric(58)]),
      .token(
        "management-key", .high, "management key",
        ["hcamk_", .alphanumeric(26), ":", .alphanumeric(32)]),
      .named("legacy-key", .medium, "API key (classic)", by: ["honeycomb"], [.hex(32)])),
    of(
      "Dynatrace", at: "the environment's access tokens page",
      .token("token", .high, "API token", ["dt0c01.", .base32(24), ".", .base32(64)]),
      .token(
        "platform-token", .high, "platform token", ["dt0s16.", .base32(8), ".", .base32(64)]),
      .token(
        "oauth-secret", .high, "OAuth client secret", ["dt0s02.", .base32(8), ".", .base32(64)])),
    of(
      "Splunk", at: "the instance's HTTP event collector page",
      .named(
        "hec-token", .medium, "event collector token", by: ["splunk", "hec_token"], [.uuid]),
      .token("observability-token", .medium, "session token", ["splunkd_", .urlSafe(60, 200)])),
    of(
      "Sumo Logic", at: "https://service.sumologic.com/ui/#/preferences",
      .named("access-key", .high, "access key", by: ["sumo"], [.alphanumeric(64)], .mixedCase)),
    of(
      "Logz.io", at: "https://app.logz.io/#/dashboard/settings/manage-tokens",
      .named("token", .medium, "shipping token", by: ["logzio", "logz"], [.letters(32)], .none)),
    of(
      "Loggly", at: "the account's source setup page",
      .named("token", .medium, "customer token", [.uuid])),
    of(
      "Papertrail", at: "https://papertrailapp.com/account/profile",
      .named("token", .medium, "API token", [.alphanumeric(20)])),
    of(
      "Better Stack", at: "https://betterstack.com/settings/global-api-tokens",
      .named(
        "token", .medium, "source or API token", by: ["betterstack", "logtail", "better_stack"],
        [.alphanumeric(24)], .mixedCase)),
    of(
      "Axiom", at: "https://app.axiom.co/settings/api-tokens",
      .token("api-token", .medium, "API token", ["xaat-", .uuid]),
      .token("personal-token", .high, "personal token", ["xapt-", .uuid])),
    of(
      "Rollbar", at: "https://app.rollbar.com",
      .named("token", .medium, "access token", [.hex(32)])),
    of(
      "Bugsnag", at: "https://app.bugsnag.com",
      .named("key", .low, "API key", [.hex(32)])),
    of(
      "Airbrake", at: "https://airbrake.io",
      .named("key", .low, "project key", [.hex(32)])),
    of(
      "LaunchDarkly", at: "https://app.launchdarkly.com/settings/authorization",
      .token("api-token", .high, "API access token", ["api-", .uuid]),
      .token("sdk-key", .medium, "server SDK key", ["sdk-", .uuid])),
    of(
      "Statsig", at: "https://console.statsig.com/api_keys",
      .token(
        "secret-key", .medium, "server secret", ["secret-", .alphanumeric(40, 50)], .mixedCase),
      .token(
        "console-key", .high, "console key", ["console-", .alphanumeric(40, 50)], .mixedCase)),
    of(
      "PostHog", at: "https://app.posthog.com/settings/user-api-keys",
      .token("personal-key", .high, "personal API key", ["phx_", .alphanumeric(43, 47)])),
    of(
      "Segment", at: "https://app.segment.com",
      .token("token", .medium, "public API token", ["sgp_", .alphanumeric(64)])),
    of(
      "Mixpanel", at: "https://mixpanel.com/settings/project",
      .named(
        "secret", .medium, "API secret", by: ["mixpanel_secret", "mixpanel_api_secret"],
        [.hex(32)])),
    of(
      "Amplitude", at: "https://app.amplitude.com",
      .named("secret", .medium, "secret key", by: ["amplitude_secret"], [.hex(32)])),
    of(
      "Okta", at: "the organization's security, API, tokens page",
      .named(
        "token", .critical, "API token", by: ["okta", "ssws"], ["00", .urlSafe(40)], .mixedCase)),
    of(
      "Auth0", at: "https://manage.auth0.com",
      .named("client-secret", .high, "client secret", by: ["auth0"], [.urlSafe(64)], .mixedCase)),
    of(
      "WorkOS", at: "https://dashboard.workos.com/api-keys",
      .named("key", .high, "API key", ["sk_", .alphanumeric(40, 60)])),
    of(
      "Stytch", at: "https://stytch.com/dashboard/api-keys",
      .token("secret", .high, "live secret", ["secret-live-", .urlSafe(35, 40), "="])),
  ]
}
