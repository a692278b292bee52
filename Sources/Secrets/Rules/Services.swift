extension SecretKind {
  /// Trackers, documents, social networks, maps and what else people call over HTTP.
  static let services: [[SecretKind]] = [
    of(
      "Linear", at: "https://linear.app/settings/account/security",
      .token("api-key", .high, "API key", ["lin_api_", .alphanumeric(40)]),
      .token("oauth-token", .high, "OAuth token", ["lin_oauth_", .hex(64)]),
      .token(
        "webhook-secret", .medium, "webhook secret", ["lin_wh_", .alphanumeric(20, 64)],
        .mixedCase)),
    of(
      "Notion", at: "https://www.notion.so/profile/integrations",
      .token("token", .high, "integration token", ["ntn_", .alphanumeric(46)]),
      .token(
        "legacy-secret", .high, "integration secret (before 2024)",
        ["secret_", .alphanumeric(43)], .mixedCase)),
    of(
      "Figma", at: "https://www.figma.com/settings",
      .token("token", .medium, "personal access token", ["figd_", .urlSafe(40)])),
    of(
      "Airtable", at: "https://airtable.com/create/tokens",
      .token("token", .high, "personal access token", ["pat", .alphanumeric(14), ".", .hex(64)]),
      .named(
        "legacy-key", .medium, "API key (ended in 2024)", ["key", .alphanumeric(14)], .mixedCase)),
    of(
      "Asana", at: "https://app.asana.com/0/my-apps",
      .named(
        "token", .medium, "personal access token",
        [.anyOf("0-9", 1), "/", .digits(15, 17), "/", .digits(15, 17), ":", .hex(32)]),
      .named(
        "legacy-token", .medium, "personal access token (first form)",
        [.anyOf("0-9", 1), "/", .digits(15, 17), ":", .hex(32)])),
    of(
      "ClickUp", at: "https://app.clickup.com/settings/apps",
      .token("token", .medium, "personal token", ["pk_", .digits(7, 9), "_", .capitals(32)])),
    of(
      "monday.com", at: "https://monday.com/developers/apps",
      .named("token", .high, "API token", by: ["monday"], [.jwt], .jwt())),
    of(
      "Trello", at: "https://trello.com/power-ups/admin",
      .token("token", .medium, "API token", ["ATTA", .hex(64), .capitalHex(8)]),
      .named("api-key", .low, "API key", [.hex(32)])),
    of(
      "HubSpot", at: "https://app.hubspot.com/private-apps",
      .token(
        "private-app-token", .high, "private app token",
        ["pat-", .either(["na1", "na2", "na3", "eu1", "ap1"]), "-", .uuid])),
    of(
      "Salesforce", at: "https://login.salesforce.com",
      .token(
        "access-token", .high, "access token",
        ["00D", .alphanumeric(12, 15), "!", .anyOf("0-9A-Za-z._", 80, 120)])),
    of(
      "Postman", at: "https://go.postman.co/settings/me/api-keys",
      .token("key", .high, "API key", ["PMAK-", .hex(24), "-", .hex(34)]),
      .token("collection-key", .medium, "collection access key", ["PMAT-", .capitals(26)])),
    of(
      "Mapbox", at: "https://console.mapbox.com/account/access-tokens",
      .token(
        "secret-token", .medium, "secret token", ["sk.eyJ", .urlSafe(60, 120), ".", .urlSafe(22)])),
    of(
      "Dropbox", at: "https://www.dropbox.com/developers/apps",
      .token(
        "token", .medium, "access token, good for hours",
        [.either(["sl.u.", "sl."]), .urlSafe(130, 2000)]),
      .named("app-secret", .high, "app secret", by: ["dropbox"], [.smalls(15)])),
    of(
      "Facebook", at: "https://developers.facebook.com/tools/debug/accesstoken",
      .token("token", .high, "access token", ["EAA", .alphanumeric(90, 250)], .mixedCase),
      .named(
        "app-secret", .high, "app secret",
        by: [
          "facebook_secret", "facebook_app_secret", "fb_app_secret", "facebook_client_secret",
          "meta_app_secret",
        ], [.hex(32)])),
    of(
      "Instagram", at: "https://developers.facebook.com/apps",
      .token("token", .high, "access token", ["IGQV", .urlSafe(100, 250)], .mixedCase)),
    of(
      "X", at: "https://developer.x.com/en/portal/dashboard",
      .token(
        "bearer-token", .medium, "app bearer token",
        ["AAAAAAAAAAAAAAAAAAAA", .anyOf("0-9A-Za-z%", 80, 120)], .mixedCase),
      .named(
        "api-secret", .high, "consumer secret", by: ["twitter"], [.alphanumeric(50)], .mixedCase),
      .named(
        "access-secret", .high, "access token secret", by: ["twitter"], [.alphanumeric(45)],
        .mixedCase)),
    of(
      "LinkedIn", at: "https://www.linkedin.com/developers/apps",
      .token(
        "client-secret", .high, "client secret",
        ["WPL_AP1.", .alphanumeric(16), ".", .base64(6), "=="]),
      .named(
        "legacy-secret", .high, "client secret (16 characters)", by: ["linkedin"],
        [.alphanumeric(16)], .mixedCase)),
    of(
      "Reddit", at: "https://www.reddit.com/prefs/apps",
      .named(
        "secret", .medium, "client secret", by: ["reddit_secret", "reddit_client_secret"],
        [.urlSafe(27, 30)], .mixedCase)),
    of(
      "Spotify", at: "https://developer.spotify.com/dashboard",
      .named(
        "secret", .medium, "client secret", by: ["spotify_secret", "spotify_client_secret"],
        [.hex(32)])),
    of(
      "Twitch", at: "https://dev.twitch.tv/console",
      .named("secret", .medium, "client secret or token", [.smalls(30)])),
    of(
      "Typeform", at: "https://admin.typeform.com/user/tokens",
      .token(
        "token", .medium, "personal access token",
        ["tfp_", .alphanumeric(44), "_", .alphanumeric(14)])),
    of(
      "Calendly", at: "https://calendly.com/integrations/api_webhooks",
      .named("token", .medium, "personal access token", [.jwt], .jwt())),
    of(
      "Webflow", at: "https://webflow.com/dashboard",
      .named("token", .medium, "API token", [.hex(64)])),
    of(
      "ReadMe", at: "https://dash.readme.com",
      .token("key", .low, "API key", ["rdme_", .smalls(70)])),
    of(
      "Prefect", at: "https://app.prefect.cloud/my/api-keys",
      .token("key", .medium, "API key", ["pnu_", .alphanumeric(36)]),
      .token("service-key", .medium, "service account key", ["pnb_", .alphanumeric(36)])),
    of(
      "Adafruit", at: "https://io.adafruit.com",
      .token("key", .low, "IO key", ["aio_", .alphanumeric(28)])),
    of(
      "Particle", at: "https://console.particle.io",
      .named("token", .medium, "access token", by: ["particle"], [.hex(40)])),
    of(
      "Unsplash", at: "https://unsplash.com/oauth/applications",
      .named("key", .low, "access or secret key", [.urlSafe(43)], .mixedCase)),
    of(
      "OpenWeather", at: "https://home.openweathermap.org/api_keys",
      .named("key", .low, "API key", by: ["openweather", "open_weather"], [.hex(32)])),
    of(
      "RapidAPI", at: "https://rapidapi.com/developer/security",
      .named(
        "key", .medium, "key", by: ["rapidapi", "rapid_api"],
        [.hex(10), "msh", .hex(15), "p1", .hex(6), "jsn", .hex(12)])),
    of(
      "Apify", at: "https://console.apify.com/settings/integrations",
      .token("token", .medium, "API token", ["apify_api_", .alphanumeric(36)])),
    of(
      "Zapier", at: "https://zapier.com",
      .token(
        "webhook", .low, "webhook",
        ["hooks.zapier.com/hooks/catch/", .digits(5, 10), "/", .alphanumeric(6, 12)])),
    of(
      "IFTTT", at: "https://ifttt.com/maker_webhooks/settings",
      .named("key", .low, "webhook key", by: ["ifttt"], [.urlSafe(22, 43)], .mixedCase)),
    of(
      "Frame.io", at: "https://developer.frame.io",
      .token("token", .medium, "token", ["fio-u-", .urlSafe(64)])),
    of(
      "Ghost", at: "the site's integrations page",
      .named("admin-key", .high, "admin API key", by: ["ghost"], [.hex(24), ":", .hex(64)])),
    of(
      "Home Assistant", at: "the server's profile page",
      .named(
        "token", .high, "long-lived access token",
        by: ["hass", "home_assistant", "homeassistant"], [.jwt], .jwt())),
    of(
      "Telnyx", at: "https://portal.telnyx.com/#/app/api-keys",
      .token("key", .high, "API key", ["KEY0", .capitalHex(31), "_", .alphanumeric(22)])),
    of(
      "Shodan", at: "https://account.shodan.io",
      .named("key", .medium, "API key", [.alphanumeric(32)], .mixedCase)),
    of(
      "VirusTotal", at: "https://www.virustotal.com/gui/my-apikey",
      .named("key", .medium, "API key", by: ["virustotal", "virus_total", "vt_api"], [.hex(64)])),
    of(
      "SecurityTrails", at: "https://securitytrails.com/app/account/credentials",
      .named("key", .medium, "API key", [.alphanumeric(32)], .mixedCase)),
    of(
      "Nylas", at: "https://dashboard.nylas.com",
      .token("key", .high, "API key", ["nyk_v0_", .alphanumeric(60, 70)])),
    of(
      "Scalr", at: "https://scalr.io",
      .named("token", .high, "API token", [.jwt], .jwt())),
    of(
      "Retool", at: "the organization's settings, API",
      .token("key", .high, "API key", ["retool_", .smalls(26, 40)], .digitsAndLetters)),
  ]
}
