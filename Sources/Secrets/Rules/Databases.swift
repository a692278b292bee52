extension SecretKind {
  static let databases: [[SecretKind]] = [
    of(
      "Supabase", at: "https://supabase.com/dashboard/account/tokens",
      .token(
        "secret-key", .critical, "secret key", ["sb_secret_", .urlSafe(22), "_", .urlSafe(8)]),
      .token("management-token", .critical, "personal access token", ["sbp_", .hex(40)]),
      .token(
        "service-role-key", .critical, "service_role key", [.jwt],
        .jwt(claiming: [#""role":"service_role""#]))),
    of(
      "Neon", at: "https://console.neon.tech/app/settings/api-keys",
      .token("api-key", .critical, "API key", ["napi_", .smalls(64)])),
    of(
      "PlanetScale", at: "https://app.planetscale.com",
      .token("service-token", .critical, "service token", ["pscale_tkn_", .urlSafe(32, 64)]),
      .token("password", .critical, "database password", ["pscale_pw_", .urlSafe(32, 64)]),
      .token("oauth-token", .critical, "OAuth token", ["pscale_oauth_", .urlSafe(32, 64)])),
    of(
      "MongoDB Atlas", at: "https://cloud.mongodb.com",
      .token(
        "service-account-secret", .critical, "service account secret",
        ["mdb_sa_sk_", .urlSafe(40)]),
      .named(
        "private-key", .critical, "programmatic private key",
        by: ["atlas_private_key", "mongodb_atlas"], [.uuid])),
    of(
      "Databricks", at: "https://accounts.cloud.databricks.com",
      .token("token", .critical, "personal access token", ["dapi", .hex(32)]),
      .token("service-secret", .critical, "service principal secret", ["dose", .hex(32)])),
    of(
      "Aiven", at: "https://console.aiven.io/profile/tokens",
      .token("password", .critical, "service password", ["AVNS_", .urlSafe(19)])),
    of(
      "Elastic", at: "https://cloud.elastic.co/account/keys",
      .token("cloud-key", .high, "Cloud API key", ["essu_", .urlSafe(60, 120)]),
      .named(
        "api-key", .high, "encoded API key", by: ["elastic", "es_api_key"],
        [.base64(58, 60), "=="], .mixedCase)),
    of(
      "ClickHouse", at: "https://console.clickhouse.cloud/keys",
      .token("cloud-secret", .high, "Cloud API secret", ["4b1d", .alphanumeric(38)], .mixedCase)),
    of(
      "Confluent", at: "https://confluent.cloud/settings/api-keys",
      .named("api-key", .low, "API key id", [.capitals(16)]),
      .named("api-secret", .critical, "API secret", [.base64(64)], .mixedCase)),
    of(
      "Snowflake", at: "https://app.snowflake.com",
      .named("token", .critical, "programmatic access token", [.jwt], .jwt())),
    of(
      "Fauna", at: "https://dashboard.fauna.com",
      .token("key", .high, "database key", ["fnA", .urlSafe(37)], .mixedCase)),
    of(
      "CockroachDB", at: "https://cockroachlabs.cloud/access",
      .token(
        "api-key", .critical, "Cloud API key",
        ["CCDB1_", .alphanumeric(22), "_", .alphanumeric(40)])),
    of(
      "Turso", at: "turso db tokens invalidate",
      .named("token", .high, "database token", by: ["turso", "libsql"], [.jwt], .jwt())),
    of(
      "Upstash", at: "https://console.upstash.com",
      .named("token", .high, "REST token", [.alphanumeric(40, 80)], .mixedCase)),
    of(
      "Xata", at: "https://app.xata.io/settings",
      .token("api-key", .high, "API key", ["xau_", .alphanumeric(43)])),
    of(
      "InfluxDB", at: "https://cloud2.influxdata.com",
      .named("token", .high, "API token", by: ["influx"], [.urlSafe(86), "=="], .mixedCase)),
    of(
      "Weaviate", at: "https://console.weaviate.cloud",
      .named("api-key", .high, "API key", [.alphanumeric(36)], .mixedCase)),
    of(
      "Algolia", at: "https://dashboard.algolia.com/account/api-keys",
      .named(
        "admin-key", .high, "admin API key", by: ["algolia_admin", "algolia_write"], [.hex(32)]),
      // Most of them can only search, and stand in public pages.
      .named("api-key", .low, "API key", [.hex(32)])),
    of(
      "Typesense", at: "the server's keys endpoint",
      .named("api-key", .high, "API key", [.alphanumeric(32)], .mixedCase)),
    of(
      "Contentful", at: "https://app.contentful.com/account/profile/cma_tokens",
      .token("management-token", .high, "management token", ["CFPAT-", .urlSafe(43)])),
    of(
      "Sanity", at: "https://www.sanity.io/manage",
      .named("token", .high, "API token", ["sk", .alphanumeric(80, 200)], .mixedCase)),
    of(
      "Convex", at: "https://dashboard.convex.dev",
      .named(
        "deploy-key", .high, "deploy key",
        [
          .either(["prod:", "dev:", "preview:"]), .anyOf("0-9a-z:\\-", 5, 60), "|",
          .base64(60, 400), .anyOf("=", 0, 2),
        ], .mixedCase)),
    ofAnybody(
      at: "the database: change the user's password",
      .pattern(
        "database-url", .high, "Database URL with a password", keywords: ["://"],
        databaseURL(password: #"[^\s/@"'<>`${}*]{8,200}"#), .digitsAndLetters),
      .pattern(
        "database-url-weak", .medium, "Database URL with a weak password or for this machine",
        keywords: ["://"], databaseURL(password: #"[^\s/@"'<>`${}*]{3,200}"#, local: true)),
      .pattern(
        "sql-connection-string", .high, "ADO.NET connection string with a password",
        keywords: ["password=", "pwd="],
        #"(?i)(?:server|data source|host|addr(?:ess)?)\s?=[^"'\r\n]{1,300};\s?(?:password|pwd)\s?=\s?([^\s;"'<>${}%*]{6,100})"#,
        .digitsAndLetters),
      .pattern(
        "jdbc-password", .high, "JDBC URL with a password", keywords: ["jdbc:"],
        #"jdbc:[a-z0-9]{2,20}:[^\s"'<>]{1,300}[?&;](?i:password|pwd)=([^\s&;"'<>${}%*]{6,100})"#,
        .digitsAndLetters)),
  ]

  private static func databaseURL(password: String, local: Bool = false) -> String {
    let here =
      #"localhost|127\.|0\.0\.0\.0|\[::1|host\.docker|db[:/]|postgres[:/]|mysql[:/]|redis[:/]|[a-z.\-]*example\."#
    return
      #"(?i:postgres(?:ql)?|mysql|mariadb|mongodb|rediss?|amqps?|mssql|sqlserver|cockroachdb|clickhouse|neo4j|bolt)"#
      + #"(?:\+\w{1,12})?://[^\s:/@"'<>`${}]{0,100}:("# + password + ")@"
      + (local ? "" : "(?!" + here + ")") + #"[0-9A-Za-z.\[\-]{2}"#
  }
}
