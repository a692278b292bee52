extension SecretKind {
  static let ai: [[SecretKind]] = [
    of(
      "OpenAI", at: "https://platform.openai.com/api-keys",
      .token(
        "project-key", .high, "project API key",
        ["sk-proj-", .urlSafe(20, 74), "T3BlbkFJ", .urlSafe(20, 74)]),
      .token(
        "service-account-key", .high, "service account key",
        ["sk-svcacct-", .urlSafe(20, 74), "T3BlbkFJ", .urlSafe(20, 74)]),
      .token(
        "admin-key", .critical, "organization admin key",
        ["sk-admin-", .urlSafe(20, 74), "T3BlbkFJ", .urlSafe(20, 74)]),
      .token(
        "legacy-key", .high, "user key (legacy)",
        ["sk-", .alphanumeric(20), "T3BlbkFJ", .alphanumeric(20)])),
    of(
      "Anthropic", at: "https://console.anthropic.com/settings/keys",
      .token("api-key", .high, "API key", ["sk-ant-api03-", .urlSafe(93), "AA"]),
      .token("admin-key", .critical, "admin API key", ["sk-ant-admin01-", .urlSafe(93), "AA"]),
      .token(
        "oauth-access-token", .high, "Claude OAuth access token",
        ["sk-ant-oat01-", .urlSafe(80, 110), "AA"]),
      .token(
        "oauth-refresh-token", .high, "Claude OAuth refresh token",
        ["sk-ant-ort01-", .urlSafe(80, 110), "AA"]),
      .token(
        "session-key", .high, "claude.ai session cookie",
        ["sk-ant-sid", .digits(2), "-", .urlSafe(80, 110), "AA"])),
    of(
      "xAI", at: "https://console.x.ai",
      .token("api-key", .high, "API key", ["xai-", .alphanumeric(80)])),
    of(
      "Groq", at: "https://console.groq.com/keys",
      .token("api-key", .high, "API key", ["gsk_", .alphanumeric(52)])),
    of(
      "Mistral", at: "https://console.mistral.ai/api-keys",
      .named("api-key", .high, "API key", [.alphanumeric(32)], .mixedCase)),
    of(
      "Cohere", at: "https://dashboard.cohere.com/api-keys",
      .named(
        "api-key", .high, "API key", by: ["cohere", "co_api_key"], [.alphanumeric(40)], .mixedCase
      )),
    of(
      "DeepSeek", at: "https://platform.deepseek.com/api_keys",
      .named("api-key", .high, "API key", ["sk-", .hex(32)])),
    of(
      "Alibaba DashScope", at: "https://bailian.console.aliyun.com",
      .named("api-key", .high, "key", by: ["dashscope", "qwen", "bailian"], ["sk-", .hex(32)])),
    of(
      "Zhipu", at: "https://open.bigmodel.cn/usercenter/apikeys",
      .named(
        "api-key", .high, "API key", by: ["zhipu", "zai_api", "glm", "bigmodel"],
        [.hex(32), ".", .alphanumeric(16)])),
    of(
      "Moonshot", at: "https://platform.moonshot.ai/console/api-keys",
      .named("api-key", .high, "API key", by: ["moonshot", "kimi"], ["sk-", .alphanumeric(48)])),
    of(
      "OpenRouter", at: "https://openrouter.ai/settings/keys",
      .token("api-key", .high, "API key", ["sk-or-v1-", .hex(64)])),
    of(
      "Hugging Face", at: "https://huggingface.co/settings/tokens",
      .token("user-token", .high, "user access token", ["hf_", .letters(34)]),
      .token(
        "organization-token", .high, "organization token (legacy)", ["api_org_", .letters(34)])),
    of(
      "Replicate", at: "https://replicate.com/account/api-tokens",
      .token("api-token", .high, "API token", ["r8_", .alphanumeric(37)])),
    of(
      "Perplexity", at: "https://www.perplexity.ai/settings/api",
      .token("api-key", .high, "API key", ["pplx-", .alphanumeric(48)])),
    of(
      "ElevenLabs", at: "https://elevenlabs.io/app/settings/api-keys",
      .named(
        "api-key", .high, "API key",
        by: ["elevenlabs", "eleven_labs", "eleven_api", "xi_api_key"], ["sk_", .hex(48)])),
    of(
      "Deepgram", at: "https://console.deepgram.com",
      .named("api-key", .medium, "API key", [.hex(40)])),
    of(
      "AssemblyAI", at: "https://www.assemblyai.com/app/api-keys",
      .named("api-key", .medium, "API key", by: ["assemblyai", "assembly_ai"], [.hex(32)])),
    of(
      "Together", at: "https://api.together.ai/settings/api-keys",
      .token("api-key", .high, "API key", ["tgp_v1_", .urlSafe(43)]),
      .named("legacy-key", .high, "API key (legacy)", [.hex(64)])),
    of(
      "Fireworks", at: "https://app.fireworks.ai/settings/users/api-keys",
      .named("api-key", .high, "API key", ["fw_", .alphanumeric(22, 24)])),
    of(
      "Cerebras", at: "https://cloud.cerebras.ai",
      .token("api-key", .high, "API key", ["csk-", .smalls(48)])),
    of(
      "NVIDIA", at: "https://org.ngc.nvidia.com/setup/api-keys",
      .token("api-key", .high, "NGC and NIM key", ["nvapi-", .urlSafe(64)])),
    of(
      "Voyage", at: "https://dashboard.voyageai.com",
      .named("api-key", .medium, "API key", ["pa-", .urlSafe(43)])),
    of(
      "Jina", at: "https://jina.ai/api-dashboard",
      .token("api-key", .medium, "API key", ["jina_", .urlSafe(60)])),
    of(
      "Tavily", at: "https://app.tavily.com",
      .token(
        "api-key", .medium, "API key", [.either(["tvly-dev-", "tvly-prod-"]), .urlSafe(32)]),
      .token("legacy-key", .medium, "API key (first form)", ["tvly-", .alphanumeric(32)])),
    of(
      "Firecrawl", at: "https://www.firecrawl.dev/app/api-keys",
      .named("api-key", .medium, "API key", ["fc-", .hex(32)])),
    of(
      "Exa", at: "https://dashboard.exa.ai/api-keys",
      .named("api-key", .medium, "API key", by: ["exa_api_key"], [.uuid])),
    of(
      "LangSmith", at: "https://smith.langchain.com/settings",
      .token(
        "personal-token", .high, "personal access token", ["lsv2_pt_", .hex(32), "_", .hex(10)]),
      .token("service-key", .high, "service key", ["lsv2_sk_", .hex(32), "_", .hex(10)])),
    of(
      "Langfuse", at: "https://cloud.langfuse.com",
      .token("secret-key", .medium, "secret key", ["sk-lf-", .uuid])),
    of(
      "Pinecone", at: "https://app.pinecone.io",
      .token(
        "api-key", .high, "API key", ["pcsk_", .alphanumeric(5, 6), "_", .alphanumeric(63)]),
      .named("legacy-key", .high, "API key (legacy)", [.uuid])),
    of(
      "LlamaIndex", at: "https://cloud.llamaindex.ai",
      .token("cloud-key", .medium, "LlamaCloud key", ["llx-", .alphanumeric(48)])),
    of(
      "Weights & Biases", at: "https://wandb.ai/settings",
      .named("api-key", .medium, "API key (legacy)", by: ["wandb"], [.hex(40)])),
    of(
      "E2B", at: "https://e2b.dev/dashboard",
      .token("api-key", .medium, "sandbox key", ["e2b_", .hex(40)])),
    of(
      "Daytona", at: "https://app.daytona.io/dashboard/keys",
      .token("api-key", .medium, "sandbox key", ["dtn_", .hex(64)])),
    of(
      "RunPod", at: "https://www.runpod.io/console/user/settings",
      .token("api-key", .high, "API key", ["rpa_", .capitals(40), .smalls(6)])),
    of(
      "Modal", at: "https://modal.com/settings/tokens",
      .named("token-id", .low, "token id", ["ak-", .alphanumeric(22)]),
      .named("token-secret", .high, "token secret", ["as-", .alphanumeric(22)])),
    of(
      "Cursor", at: "https://cursor.com/dashboard",
      .token("api-key", .high, "API key", ["key_", .hex(64)])),
    of(
      "Stability", at: "https://platform.stability.ai/account/keys",
      .named("api-key", .medium, "API key", ["sk-", .alphanumeric(48)])),
    of(
      "AI21", at: "https://studio.ai21.com/account/api-key",
      .named("api-key", .medium, "API key", [.alphanumeric(32)], .mixedCase)),
    of(
      "SambaNova", at: "https://cloud.sambanova.ai/apis",
      .named("api-key", .medium, "API key", [.uuid])),
    of(
      "Brave Search", at: "https://api-dashboard.search.brave.com",
      .named("api-key", .medium, "API key", by: ["brave"], ["BSA", .urlSafe(28)], .none)),
    of(
      "SerpApi", at: "https://serpapi.com/manage-api-key",
      .named("api-key", .medium, "API key", by: ["serpapi", "serp_api"], [.hex(64)])),
  ]
}
