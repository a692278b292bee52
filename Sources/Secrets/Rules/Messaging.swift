extension SecretKind {
  static let messaging: [[SecretKind]] = [
    of(
      "Slack", at: "https://api.slack.com/apps",
      .token(
        "bot-token", .high, "bot token",
        ["xoxb-", .digits(10, 13), "-", .digits(10, 13), "-", .alphanumeric(24)]),
      .token(
        "bot-legacy-token", .high, "bot token (legacy)",
        ["xoxb-", .digits(10, 13), "-", .alphanumeric(24)]),
      .token(
        "user-token", .critical, "user token",
        ["xoxp-", .digits(10, 13), "-", .digits(10, 13), "-", .digits(10, 13), "-", .hex(32)]),
      .token(
        "app-token", .high, "app-level token",
        ["xapp-1-A", .capitals(8, 12), "-", .digits(11, 13), "-", .hex(64)]),
      .token(
        "configuration-token", .high, "configuration token",
        ["xoxe.xoxp-1-", .alphanumeric(120, 180)]),
      .token("refresh-token", .high, "refresh token", ["xoxe-1-", .alphanumeric(120, 180)]),
      .token(
        "session-token", .medium, "browser session token",
        [
          .either(["xoxc-", "xoxs-"]), .digits(10, 13), "-", .digits(10, 13), "-",
          .digits(10, 13), "-", .hex(64),
        ]),
      .token(
        "session-cookie", .high, "browser session cookie",
        ["xoxd-", .anyOf("0-9A-Za-z+/%", 100, 400)], .mixedCase),
      .token(
        "workflow-token", .low, "workflow token, good for minutes",
        ["xwfp-", .digits(10, 13), "-", .digits(10, 13), "-", .alphanumeric(24)]),
      .token(
        "webhook", .medium, "incoming webhook",
        [
          "hooks.slack.com/services/T", .capitals(8, 12), "/B", .capitals(8, 12), "/",
          .alphanumeric(24),
        ]),
      .token(
        "workflow-webhook", .medium, "workflow webhook",
        [
          .either(["hooks.slack.com/workflows/T", "hooks.slack.com/triggers/T"]),
          .capitals(8, 12), "/", .capitals(10, 24), "/", .digits(10, 24), "/",
          .alphanumeric(20, 40),
        ]),
      .named(
        "signing-secret", .medium, "signing or client secret",
        by: ["slack_signing_secret", "slack_client_secret"], [.hex(32)])),
    of(
      "Discord", at: "https://discord.com/developers/applications",
      .named(
        "bot-token", .high, "bot token", by: ["discord", "bot_token", "token"],
        [.anyOf("MNO", 1), .alphanumeric(23, 27), ".", .urlSafe(6), ".", .urlSafe(27, 38)],
        .mixedCase),
      .token(
        "webhook", .medium, "webhook",
        [
          .either(["discord.com/api/webhooks/", "discordapp.com/api/webhooks/"]), .digits(17, 20),
          "/", .urlSafe(60, 70),
        ]),
      .named(
        "client-secret", .high, "client secret", by: ["discord_client_secret", "discord_secret"],
        [.urlSafe(32)], .mixedCase)),
    of(
      "Telegram", at: "@BotFather, /revoke",
      .token("bot-token", .high, "bot token", [.digits(8, 10), ":AA", .urlSafe(33)])),
    of(
      "Microsoft Teams", at: "Teams, the channel's connectors",
      .token(
        "webhook", .medium, "webhook",
        [
          "webhook.office.com/webhookb2/", .uuid, "@", .uuid, "/IncomingWebhook/", .hex(32), "/",
          .uuid,
        ])),
    of(
      "Google Chat", at: "Google Chat, the space's webhooks",
      .token(
        "webhook", .medium, "webhook",
        [
          "chat.googleapis.com/v1/spaces/", .urlSafe(8, 14), "/messages?key=", .urlSafe(39),
          "&token=", .urlSafe(40, 60),
        ])),
    of(
      "Feishu", at: "https://open.feishu.cn/app",
      .token(
        "webhook", .medium, "bot webhook",
        [
          .either([
            "open.feishu.cn/open-apis/bot/v2/hook/", "open.larksuite.com/open-apis/bot/v2/hook/",
          ]), .uuid,
        ])),
    of(
      "DingTalk", at: "https://open-dev.dingtalk.com",
      .token(
        "webhook", .medium, "bot webhook",
        ["oapi.dingtalk.com/robot/send?access_token=", .hex(64)])),
    of(
      "WeCom", at: "https://work.weixin.qq.com",
      .token(
        "webhook", .medium, "bot webhook",
        ["qyapi.weixin.qq.com/cgi-bin/webhook/send?key=", .uuid])),
    of(
      "LINE", at: "https://developers.line.biz/console",
      .named(
        "channel-token", .high, "channel access token",
        by: ["line_channel", "line_access_token"], [.base64(160, 175), .anyOf("=", 0, 2)],
        .mixedCase)),
    of(
      "Mattermost", at: "the server's security settings",
      .named("token", .high, "access token", [.smalls(26)])),
    of(
      "Twilio", at: "https://console.twilio.com/us1/account/keys-credentials",
      .named(
        "api-key", .low, "API key id, which names a secret that stands elsewhere",
        ["SK", .hex(32)], .digitsAndLetters),
      .named(
        "api-secret", .high, "API secret", by: ["twilio_api_secret", "twilio_secret"],
        [.alphanumeric(32)], .mixedCase),
      .named("auth-token", .critical, "account auth token", [.hex(32)])),
    of(
      "SendGrid", at: "https://app.sendgrid.com/settings/api_keys",
      .token("key", .high, "API key", ["SG.", .urlSafe(22), ".", .urlSafe(43)])),
    of(
      "Mailgun", at: "https://app.mailgun.com/settings/api_security",
      .named("key", .high, "API key", [.hex(32), "-", .hex(8), "-", .hex(8)]),
      .token("legacy-key", .high, "API key (legacy)", ["key-", .hex(32)], .digitsAndLetters)),
    of(
      "Mailchimp", at: "https://admin.mailchimp.com/account/api",
      .token("key", .medium, "API key", [.hex(32), "-us", .digits(1, 2)], .digitsAndLetters),
      .token(
        "transactional-key", .medium, "Transactional API key", ["md-", .urlSafe(22)], .mixedCase)),
    of(
      "Postmark", at: "https://account.postmarkapp.com",
      .named("token", .medium, "server or account token", [.uuid])),
    of(
      "Resend", at: "https://resend.com/api-keys",
      .token("key", .medium, "API key", ["re_", .alphanumeric(8), "_", .alphanumeric(24)])),
    of(
      "Brevo", at: "https://app.brevo.com/settings/keys/api",
      .token("key", .medium, "API key", ["xkeysib-", .hex(64), "-", .alphanumeric(16)]),
      .token("smtp-key", .medium, "SMTP key", ["xsmtpsib-", .hex(64), "-", .alphanumeric(16)])),
    of(
      "MailerSend", at: "https://app.mailersend.com/api-tokens",
      .token("token", .medium, "API token", ["mlsn.", .hex(64)])),
    of(
      "Mailjet", at: "https://app.mailjet.com/account/apikeys",
      .named("key", .medium, "API key or secret", [.hex(32)])),
    of(
      "SparkPost", at: "https://app.sparkpost.com/account/api-keys",
      .named("key", .medium, "API key", [.hex(40)])),
    of(
      "Loops", at: "https://app.loops.so/settings",
      .named("key", .medium, "API key", by: ["loops_api"], [.hex(32)])),
    of(
      "Courier", at: "https://app.courier.com/settings/api-keys",
      .token("key", .medium, "production key", ["pk_prod_", .capitals(28)])),
    of(
      "Vonage", at: "https://dashboard.nexmo.com/settings",
      .named(
        "secret", .medium, "API secret", by: ["vonage", "nexmo"], [.alphanumeric(16)], .mixedCase)),
    of(
      "MessageBird", at: "https://dashboard.messagebird.com/developers/access",
      .named("key", .medium, "access key", [.alphanumeric(25)], .mixedCase)),
    of(
      "Plivo", at: "https://cx.plivo.com",
      .named("auth-token", .medium, "auth token", [.alphanumeric(40)], .mixedCase)),
    of(
      "Zoom", at: "https://marketplace.zoom.us",
      .named(
        "client-secret", .high, "client secret", by: ["zoom_client_secret", "zoom_secret"],
        [.alphanumeric(32)], .mixedCase)),
    of(
      "Intercom", at: "https://app.intercom.com/a/apps/_/developer-hub",
      .named(
        "token", .high, "access token", ["dG9r", .base64(56), .anyOf("=", 0, 2)], .mixedCase)),
    of(
      "Zendesk", at: "the account's admin centre, API tokens",
      .named("token", .high, "API token", [.alphanumeric(40)], .mixedCase)),
    of(
      "Freshdesk", at: "the account's profile settings",
      .named("key", .medium, "API key", by: ["freshdesk"], [.alphanumeric(20)], .mixedCase)),
    of(
      "Ably", at: "https://ably.com/accounts",
      .named(
        "key", .medium, "API key", [.urlSafe(6), ".", .urlSafe(6), ":", .urlSafe(43)], .mixedCase)),
    of(
      "Pusher", at: "https://dashboard.pusher.com",
      .named(
        "secret", .medium, "app secret", by: ["pusher_secret", "pusher_app_secret"], [.hex(20)])),
    of(
      "PubNub", at: "https://admin.pubnub.com",
      .token("secret-key", .high, "secret key", ["sec-c-", .base64(48)], .mixedCase)),
  ]
}
