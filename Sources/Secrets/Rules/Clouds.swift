extension SecretKind {
  static let clouds: [[SecretKind]] = [
    of(
      "AWS", at: "https://console.aws.amazon.com/iam/home#/security_credentials",
      .token(
        "access-key-id", .low, "access key id, which names a secret that stands elsewhere",
        ["AKIA", .base32(16)]),
      .token(
        "temporary-key-id", .low, "temporary access key id",
        [.either(["ASIA", "ABIA", "ACCA"]), .base32(16)], .digitsAndLetters),
      .named(
        "secret-access-key", .critical, "secret access key",
        by: ["secret_access_key", "aws_secret", "secret_key"], [.base64(40)], .mixedCase),
      .pattern(
        "key-pair", .critical, "access key id with its secret", keywords: ["akia"],
        #"(?<![0-9A-Za-z_])AKIA[A-Z2-7]{16}[^0-9A-Za-z+/](?:[^0-9+\r\n]{0,40}[^0-9A-Za-z+/])?([0-9A-Za-z+/]{40})(?![0-9A-Za-z+/=])"#,
        .mixedCase),
      .token(
        "session-token", .high, "session token",
        [.either(["IQoJb3JpZ2luX2Vj", "FwoGZXIvYXdz"]), .base64(200, 1500), .anyOf("=", 0, 2)]),
      .pattern(
        "presigned-url", .low, "presigned request, which expires", keywords: ["x-amz-signature"],
        "(?i:X-Amz-Signature)=([0-9a-f]{64})(?![0-9a-f])"),
      .token("mws-token", .high, "Marketplace token", ["amzn.mws.", .uuid]),
      .token(
        "bedrock-key", .critical, "Bedrock long-term API key",
        ["ABSKQmVkcm9ja0FQSUtleS", .base64(80, 130), .anyOf("=", 0, 2)]),
      .token(
        "bedrock-temporary-key", .high, "Bedrock short-term key",
        ["bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t", .base64(100, 3000), .anyOf("=", 0, 2)])),
    of(
      "Google", at: "https://console.cloud.google.com/apis/credentials",
      .token("api-key", .high, "API key", ["AIza", .urlSafe(35)]),
      .token("gemini-key", .high, "Gemini authentication key", ["AQ.Ab8RN6", .urlSafe(40, 60)]),
      .token("oauth-client-secret", .high, "OAuth client secret", ["GOCSPX-", .urlSafe(28)]),
      .token(
        "access-token", .medium, "OAuth access token, good for an hour",
        ["ya29.", .urlSafe(60, 400)]),
      .named(
        "refresh-token", .high, "OAuth refresh token", by: ["refresh_token", "google"],
        ["1//0", .urlSafe(40, 120)], .none),
      .token("storage-hmac-id", .low, "Cloud Storage HMAC key id", ["GOOG1E", .capitals(55)]),
      .named(
        "fcm-server-key", .medium, "Firebase messaging key (legacy)",
        by: ["fcm", "firebase", "server_key"], ["AAAA", .urlSafe(7), ":", .urlSafe(140)], .none),
      .block(
        "service-account", .critical, "service account key file", keywords: ["service_account"],
        #""type"\s*:\s*"service_account"[^{}]{0,800}?"private_key"\s*:\s*"(-----BEGIN PRIVATE KEY-----[0-9A-Za-z+/=\\\s]{64,4000}(?:-----END PRIVATE KEY-----)?)"#,
        .privateKey(encrypted: false)),
      .block(
        "user-credentials", .high, "application default credentials",
        keywords: ["authorized_user"],
        #""refresh_token"\s*:\s*"(1//[\w\-]{40,120})"[^{}]{0,400}"type"\s*:\s*"authorized_user""#)),
    of(
      "Azure", at: "https://portal.azure.com",
      .token(
        "openai-key", .critical, "AI services key",
        [
          .alphanumeric(52), "JQQJ99", .alphanumeric(1), .anyOf("A-L", 1), .alphanumeric(16),
          "ACOG", .alphanumeric(4),
        ]),
      .token(
        "devops-token", .critical, "DevOps personal access token",
        [
          .alphanumeric(52), "JQQJ99", .alphanumeric(1), .anyOf("A-L", 1), .alphanumeric(16),
          "AZDO", .alphanumeric(4),
        ]),
      .token(
        "common-key", .high, "key of 84 characters",
        [.alphanumeric(52), "JQQJ99", .alphanumeric(1), .anyOf("A-L", 1), .alphanumeric(24)]),
      .named(
        "devops-legacy-token", .critical, "DevOps personal access token (52 characters)",
        by: ["azure_devops", "system_access_token", "ado_pat", "vsts", "devops"],
        [.smallBase32(52)]),
      .token(
        "entra-client-secret", .critical, "Entra application secret",
        [
          .anyOf("0-9A-Za-z_~.\\-", 3), .either(["7Q~", "8Q~"]),
          .anyOf("0-9A-Za-z_~.\\-", 31, 34),
        ], .mixedCase),
      .token(
        "storage-key", .critical, "storage account key", [.base64(76), "+ASt", .base64(6), "=="],
        .base64(bytes: 64)),
      .named(
        "storage-legacy-key", .critical, "storage account key without a mark",
        by: ["account_key", "azure_storage", "storage_key"], [.base64(86), "=="], .mixedCase),
      .token(
        "cosmos-key", .critical, "Cosmos DB key", [.base64(76), "ACDb", .base64(6), "=="],
        .base64(bytes: 64)),
      .token(
        "messaging-key", .critical, "Service Bus, Event Hubs or Relay key",
        [.base64(33), .either(["+ASb", "+AEh", "+ARm"]), .base64(6), "="], .base64(bytes: 32)),
      .token(
        "iot-key", .high, "IoT key", [.base64(33), "AIoT", .base64(6), "="], .base64(bytes: 32)),
      .token("function-key", .high, "Functions key", [.urlSafe(44), "AzFu", .urlSafe(6), "=="]),
      .token(
        "search-key", .high, "AI Search key", [.alphanumeric(42), "AzSe", .alphanumeric(6)]),
      .token("redis-key", .high, "Cache for Redis key", [.base64(33), "AzCa", .base64(6), "="]),
      .token(
        "container-registry-key", .critical, "Container Registry password",
        [.base64(42), "+ACR", .base64(6)], .mixedCase),
      .token(
        "api-management-key", .high, "API Management key",
        [.base64(76), "APIM", .base64(6), "=="], .base64(bytes: 64)),
      .token(
        "batch-key", .high, "Batch key", [.base64(76), "+ABa", .base64(6), "=="],
        .base64(bytes: 64)),
      .token(
        "event-grid-key", .high, "Event Grid key", [.base64(33), "AZEG", .base64(6), "="],
        .base64(bytes: 32)),
      .token(
        "ml-key", .high, "Machine Learning key", [.base64(76), "+AMC", .base64(6), "=="],
        .base64(bytes: 64)),
      .named(
        "cognitive-key", .high, "AI services key (32 digits)",
        by: ["ocp_apim_subscription_key", "azure_openai", "cognitive", "azure_search"], [.hex(32)]
      ),
      .pattern(
        "shared-access-signature", .high, "shared access signature", keywords: ["sig="],
        #"(?i:(?:sv|se|sp|sr|skn)=[^\s"'<>]{0,300}[?&;]sig=)([0-9A-Za-z+/%]{43,60}(?:%3[Dd]|=))"#,
        .mixedCase)),
    of(
      "Cloudflare", at: "https://dash.cloudflare.com/profile/api-tokens",
      .token("global-key", .critical, "global API key", ["cfk_", .alphanumeric(40), .hex(8)]),
      .token("user-token", .critical, "user API token", ["cfut_", .alphanumeric(40), .hex(8)]),
      .token(
        "account-token", .critical, "account API token", ["cfat_", .alphanumeric(40), .hex(8)]),
      .named(
        "legacy-token", .critical, "API token (before 2026)",
        by: ["cloudflare", "cf_api_token", "cf_token"], [.urlSafe(40)], .mixedCase),
      .named(
        "legacy-global-key", .critical, "global API key (before 2026)",
        by: ["cloudflare", "cf_api_key", "x_auth_key"], [.hex(37)]),
      .token("origin-ca-key", .high, "origin CA key", ["v1.0-", .hex(24), "-", .hex(146)])),
    of(
      "DigitalOcean", at: "https://cloud.digitalocean.com/account/api/tokens",
      .token("token", .critical, "personal access token", ["dop_v1_", .hex(64)]),
      .token("oauth-token", .critical, "OAuth token", ["doo_v1_", .hex(64)]),
      .token("refresh-token", .critical, "OAuth refresh token", ["dor_v1_", .hex(64)]),
      .token("spaces-key-id", .low, "Spaces key id", ["DO00", .capitals(16)], .digitsAndLetters),
      .named("spaces-secret", .high, "Spaces secret", by: ["spaces"], [.urlSafe(43)], .mixedCase)),
    of(
      "Fly", at: "https://fly.io/user/personal_access_tokens",
      .token(
        "macaroon", .critical, "macaroon token",
        [.either(["fm1r_", "fm1a_", "fm2_"]), .base64(100, 2000), .anyOf("=", 0, 2)]),
      .token("access-token", .critical, "access token", ["fo1_", .urlSafe(43)])),
    of(
      "Vercel", at: "https://vercel.com/account/tokens",
      .token("ai-gateway-key", .high, "AI Gateway key", ["vck_", .alphanumeric(56)]),
      .token("personal-token", .high, "personal access token", ["vcp_", .alphanumeric(56)]),
      .token("app-token", .high, "app access token", ["vca_", .alphanumeric(56)]),
      .token("app-refresh-token", .high, "app refresh token", ["vcr_", .alphanumeric(56)]),
      .token("integration-token", .high, "integration token", ["vci_", .alphanumeric(56)]),
      .named("legacy-token", .high, "token (legacy)", [.alphanumeric(24)], .mixedCase)),
    of(
      "Render", at: "https://dashboard.render.com/u/settings#api-keys",
      .token("api-key", .critical, "API key", ["rnd_", .alphanumeric(24, 32)], .mixedCase)),
    of(
      "Netlify", at: "https://app.netlify.com/user/applications",
      .token("token", .high, "personal access token", ["nfp_", .alphanumeric(36)]),
      .named("legacy-token", .high, "access token (legacy)", [.urlSafe(40, 46)], .mixedCase)),
    of(
      "Railway", at: "https://railway.com/account/tokens",
      .named("token", .critical, "account or project token", [.uuid])),
    of(
      "Heroku", at: "https://dashboard.heroku.com/account",
      .token("api-key", .critical, "API key", ["HRKU-AA", .urlSafe(58)]),
      .named("legacy-key", .critical, "API key (before 2024)", [.uuid])),
    of(
      "Hetzner", at: "https://console.hetzner.cloud",
      .named(
        "token", .critical, "Cloud token", by: ["hcloud", "hetzner"], [.alphanumeric(64)],
        .mixedCase)),
    of(
      "Linode", at: "https://cloud.linode.com/profile/tokens",
      .named("token", .critical, "personal access token", [.hex(64)])),
    of(
      "Vultr", at: "https://my.vultr.com/settings/#settingsapi",
      .named("api-key", .critical, "API key", [.capitals(36)])),
    of(
      "Scaleway", at: "https://console.scaleway.com/iam/api-keys",
      .token("access-key-id", .low, "access key id", ["SCW", .capitals(17)], .digitsAndLetters),
      .named("secret-key", .critical, "secret key", by: ["scaleway", "scw_secret"], [.uuid])),
    of(
      "Alibaba Cloud", at: "https://ram.console.aliyun.com/manage/ak",
      .token(
        "access-key-id", .low, "access key id", ["LTAI", .alphanumeric(17, 21)], .mixedCase),
      .named(
        "access-key-secret", .critical, "access key secret",
        by: ["alibaba", "aliyun", "alicloud", "access_key_secret"], [.alphanumeric(30)],
        .mixedCase)),
    of(
      "Tencent Cloud", at: "https://console.cloud.tencent.com/cam/capi",
      .token("secret-id", .low, "secret id", ["AKID", .alphanumeric(32)], .mixedCase),
      .named(
        "secret-key", .critical, "secret key", by: ["tencent", "qcloud", "cos_secret"],
        [.alphanumeric(32)], .mixedCase)),
    of(
      "Yandex Cloud", at: "https://console.yandex.cloud/iam",
      .token("api-key", .high, "API key", ["AQVN", .urlSafe(34, 38)], .mixedCase),
      .token(
        "static-key-secret", .high, "static access key secret", ["YCP", .urlSafe(35, 37)],
        .mixedCase),
      .token(
        "iam-token", .medium, "IAM token, good for hours",
        ["t1.", .urlSafe(10, 400), ".", .urlSafe(86)]),
      .token(
        "oauth-token", .high, "OAuth token",
        [.either(["y0__", "y0_A", "y1_A", "y2_A", "y3_A"]), .urlSafe(50, 60)])),
    of(
      "IBM Cloud", at: "https://cloud.ibm.com/iam/apikeys",
      .named(
        "api-key", .critical, "API key",
        by: ["ibm_cloud", "ibmcloud", "watson", "watsonx", "bluemix"], [.urlSafe(44)], .mixedCase)),
    of(
      "OVH", at: "https://api.ovh.com/console",
      .named(
        "application-secret", .high, "application secret or consumer key", by: ["ovh"],
        [.alphanumeric(32)])),
    of(
      "Tailscale", at: "https://login.tailscale.com/admin/settings/keys",
      .token(
        "auth-key", .critical, "auth key",
        ["tskey-auth-", .alphanumeric(12, 20), "-", .alphanumeric(32)]),
      .token(
        "api-key", .critical, "API access token",
        ["tskey-api-", .alphanumeric(12, 20), "-", .alphanumeric(32)]),
      .token(
        "oauth-secret", .critical, "OAuth client secret",
        ["tskey-client-", .alphanumeric(12, 20), "-", .alphanumeric(32)]),
      .token(
        "scim-key", .high, "SCIM key",
        ["tskey-scim-", .alphanumeric(12, 20), "-", .alphanumeric(32)]),
      .token(
        "webhook-secret", .medium, "webhook secret",
        ["tskey-webhook-", .alphanumeric(12, 20), "-", .alphanumeric(32)])),
    of(
      "ngrok", at: "https://dashboard.ngrok.com/authtokens",
      .named("token", .medium, "authtoken", ["2", .alphanumeric(26), "_", .alphanumeric(21)])),
    of(
      "Fastly", at: "https://manage.fastly.com/account/personal/tokens",
      .named("token", .high, "API token", [.urlSafe(32)], .mixedCase)),
    of(
      "Bunny", at: "https://dash.bunny.net/account/api-key",
      .named("api-key", .high, "API key", by: ["bunny", "bunnycdn"], [.uuid, .uuid])),
  ]
}
