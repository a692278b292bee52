extension SecretKind {
  static let payments: [[SecretKind]] = [
    of(
      "Stripe", at: "https://dashboard.stripe.com/apikeys",
      .token("secret-key", .critical, "live secret key", ["sk_live_", .alphanumeric(24, 247)]),
      .token(
        "restricted-key", .high, "live restricted key", ["rk_live_", .alphanumeric(24, 247)]),
      .token(
        "test-key", .low, "test key",
        [.either(["sk_test_", "rk_test_"]), .alphanumeric(24, 247)]),
      .token(
        "organization-key", .critical, "organization key", ["sk_org_", .alphanumeric(24, 247)]),
      .token(
        "webhook-secret", .medium, "webhook signing secret", ["whsec_", .base64(32, 60)],
        .mixedCase)),
    of(
      "Square", at: "https://developer.squareup.com/apps",
      .token("access-token", .critical, "access token", ["EAAA", .urlSafe(60)], .mixedCase),
      .token("oauth-secret", .critical, "OAuth secret", ["sq0csp-", .urlSafe(43)]),
      .token("legacy-token", .critical, "access token (first form)", ["sq0atp-", .urlSafe(22)])),
    of(
      "Shopify", at: "https://admin.shopify.com",
      .token("admin-token", .high, "admin API token", ["shpat_", .hex(32)]),
      .token("custom-app-token", .high, "custom app token", ["shpca_", .hex(32)]),
      .token("private-app-password", .high, "private app password", ["shppa_", .hex(32)]),
      .token("shared-secret", .high, "shared secret", ["shpss_", .hex(32)]),
      .token("user-token", .high, "user access token", ["shpua_", .hex(32)]),
      .token("cli-token", .high, "command line token", ["atkn_", .hex(64)])),
    of(
      "Braintree", at: "https://www.braintreegateway.com",
      .token(
        "access-token", .critical, "access token",
        ["access_token$production$", .smalls(16), "$", .hex(32)])),
    of(
      "PayPal", at: "https://developer.paypal.com/dashboard/applications",
      .named(
        "client-secret", .critical, "client secret",
        by: ["paypal_secret", "paypal_client_secret"], ["E", .urlSafe(79)], .mixedCase)),
    of(
      "Razorpay", at: "https://dashboard.razorpay.com/app/keys",
      .token("key-id", .low, "live key id", ["rzp_live_", .alphanumeric(14)]),
      .named("key-secret", .high, "key secret", [.alphanumeric(24)], .mixedCase)),
    of(
      "Flutterwave", at: "https://app.flutterwave.com/dashboard/settings/apis",
      .token("secret-key", .critical, "live secret key", ["FLWSECK-", .hex(32), "-X"])),
    of(
      "Paystack", at: "https://dashboard.paystack.com/#/settings/developers",
      .named("secret-key", .critical, "live secret key", ["sk_live_", .hex(40)])),
    of(
      "Clerk", at: "https://dashboard.clerk.com",
      .named("secret-key", .critical, "secret key", ["sk_live_", .alphanumeric(40, 50)])),
    of(
      "Mercado Pago", at: "https://www.mercadopago.com/developers/panel/app",
      .token(
        "access-token", .critical, "access token",
        ["APP_USR-", .digits(15, 17), "-", .digits(6), "-", .hex(32), "-", .digits(6, 11)])),
    of(
      "Lemon Squeezy", at: "https://app.lemonsqueezy.com/settings/api",
      .named("api-key", .high, "API key", [.jwt], .jwt())),
    of(
      "Paddle", at: "https://vendors.paddle.com/authentication-v2",
      .token(
        "api-key", .critical, "live API key",
        ["pdl_live_apikey_", .smalls(26), "_", .alphanumeric(22), "_", .alphanumeric(3)])),
    of(
      "Plaid", at: "https://dashboard.plaid.com/developers/keys",
      .token("access-token", .high, "access token", ["access-production-", .uuid]),
      .named("secret", .high, "client secret", by: ["plaid_secret"], [.hex(30)])),
    of(
      "Coinbase", at: "https://portal.cdp.coinbase.com/access/api",
      .named("api-secret", .critical, "API secret", [.base64(86), "=="], .base64(bytes: 64)),
      .named(
        "legacy-secret", .critical, "API secret (legacy)", by: ["coinbase"], [.alphanumeric(32)],
        .mixedCase)),
    of(
      "Binance", at: "https://www.binance.com/my/settings/api-management",
      .named("api-secret", .critical, "API key or secret", [.alphanumeric(64)], .mixedCase)),
    of(
      "Kraken", at: "https://pro.kraken.com/app/settings/api",
      .named(
        "private-key", .critical, "API private key", [.base64(86), "=="], .base64(bytes: 64))),
    of(
      "Alchemy", at: "https://dashboard.alchemy.com",
      .named("api-key", .medium, "API key", [.urlSafe(32)], .mixedCase)),
    of(
      "Infura", at: "https://app.infura.io",
      .named("api-key", .medium, "API key", [.hex(32)])),
    of(
      "Etherscan", at: "https://etherscan.io/myapikey",
      .named("api-key", .low, "API key", [.capitals(34)])),
    of(
      "Shippo", at: "https://apps.goshippo.com/settings/api",
      .token("token", .high, "live token", ["shippo_live_", .hex(40)])),
    of(
      "EasyPost", at: "https://www.easypost.com/account/api-keys",
      .token("key", .high, "production key", ["EZAK", .alphanumeric(54)])),
    of(
      "Duffel", at: "https://app.duffel.com",
      .token("token", .high, "live token", ["duffel_live_", .urlSafe(43)])),
    of(
      "GoCardless", at: "https://manage.gocardless.com/developers",
      .named(
        "token", .critical, "live access token", by: ["gocardless"], ["live_", .urlSafe(40)],
        .mixedCase)),
    of(
      "Lob", at: "https://dashboard.lob.com/settings/api-keys",
      .named("key", .high, "live API key", by: ["lob_api"], ["live_", .hex(35)])),
    of(
      "Wise", at: "https://wise.com/settings/api-tokens",
      .named("token", .critical, "API token", by: ["wise_api", "transferwise"], [.uuid])),
  ]
}
