// Made from Sources/Secrets/Rules by SecretRulesTests; record it anew, do not edit it.

// swift-format-ignore-file

/// The built-in rules in the form that `RuleTable` reads.
enum RuleData {
  static let text: StaticString = """
    L\tsk-proj-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sk-proj-[0-9A-Za-z_\\-]{20,74}T3BlbkFJ[0-9A-Za-z_\\-]{20,74}(?![0-9A-Za-z_\\-])
    L\tsk-svcacct-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sk-svcacct-[0-9A-Za-z_\\-]{20,74}T3BlbkFJ[0-9A-Za-z_\\-]{20,74}(?![0-9A-Za-z_\\-])
    L\tsk-admin-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sk-admin-[0-9A-Za-z_\\-]{20,74}T3BlbkFJ[0-9A-Za-z_\\-]{20,74}(?![0-9A-Za-z_\\-])
    L\tt3blbkfj

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sk-[0-9A-Za-z]{20}T3BlbkFJ[0-9A-Za-z]{20}(?![0-9A-Za-z_])
    L\tsk-ant-api03-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sk-ant-api03-[0-9A-Za-z_\\-]{93}AA(?![0-9A-Za-z_])
    L\tsk-ant-admin01-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sk-ant-admin01-[0-9A-Za-z_\\-]{93}AA(?![0-9A-Za-z_])
    L\tsk-ant-oat01-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sk-ant-oat01-[0-9A-Za-z_\\-]{80,110}AA(?![0-9A-Za-z_])
    L\tsk-ant-ort01-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sk-ant-ort01-[0-9A-Za-z_\\-]{80,110}AA(?![0-9A-Za-z_])
    L\tsk-ant-sid

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sk-ant-sid[0-9]{2}-[0-9A-Za-z_\\-]{80,110}AA(?![0-9A-Za-z_])
    L\txai-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))xai-[0-9A-Za-z]{80}(?![0-9A-Za-z_])
    L\tgsk_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))gsk_[0-9A-Za-z]{52}(?![0-9A-Za-z_])
    L\tmistral

    (?i:(?:mistral)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{32})(?![0-9A-Za-z_])
    L\tcohere\tco_api_key\tco-api-key\tco api key\tcoapikey

    (?i:co_api_key|co-api-key|co api key|coapikey|(?:cohere)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{40})(?![0-9A-Za-z_])
    L\tdeepseek

    (?i:(?:deepseek)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(sk-[0-9a-f]{32})(?![0-9A-Za-z_])
    L\tdashscope\tqwen\tbailian

    (?i:(?:dashscope|qwen|bailian)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(sk-[0-9a-f]{32})(?![0-9A-Za-z_])
    L\tzhipu\tzai_api\tzai-api\tzai api\tzaiapi\tglm\tbigmodel

    (?i:(?:zhipu|zai_api|zai-api|zai api|zaiapi|glm|bigmodel)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{32}\\.[0-9A-Za-z]{16})(?![0-9A-Za-z_])
    L\tmoonshot\tkimi

    (?i:(?:moonshot|kimi)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(sk-[0-9A-Za-z]{48})(?![0-9A-Za-z_])
    L\tsk-or-v1-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sk-or-v1-[0-9a-f]{64}(?![0-9A-Za-z_])
    L\thf_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))hf_[A-Za-z]{34}(?![0-9A-Za-z_])
    L\tapi_org_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))api_org_[A-Za-z]{34}(?![0-9A-Za-z_])
    L\tr8_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))r8_[0-9A-Za-z]{37}(?![0-9A-Za-z_])
    L\tpplx-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))pplx-[0-9A-Za-z]{48}(?![0-9A-Za-z_])
    L\televenlabs\televen_labs\televen-labs\televen labs\televenlabs\televen_api\televen-api\televen api\televenapi\txi_api_key\txi-api-key\txi api key\txiapikey

    (?i:xi_api_key|xi-api-key|xi api key|xiapikey|(?:elevenlabs|eleven_labs|eleven-labs|eleven labs|elevenlabs|eleven_api|eleven-api|eleven api|elevenapi)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(sk_[0-9a-f]{48})(?![0-9A-Za-z_])
    L\tdeepgram

    (?i:(?:deepgram)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{40})(?![0-9A-Za-z_])
    L\tassemblyai\tassembly_ai\tassembly-ai\tassembly ai\tassemblyai

    (?i:(?:assemblyai|assembly_ai|assembly-ai|assembly ai|assemblyai)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{32})(?![0-9A-Za-z_])
    L\ttgp_v1_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))tgp_v1_[0-9A-Za-z_\\-]{43}(?![0-9A-Za-z_\\-])
    L\ttogether

    (?i:(?:together)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{64})(?![0-9A-Za-z_])
    L\tfireworks

    (?i:(?:fireworks)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(fw_[0-9A-Za-z]{22,24})(?![0-9A-Za-z_])
    L\tcsk-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))csk-[0-9a-z]{48}(?![0-9A-Za-z_])
    L\tnvapi-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))nvapi-[0-9A-Za-z_\\-]{64}(?![0-9A-Za-z_\\-])
    L\tvoyage

    (?i:(?:voyage)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(pa-[0-9A-Za-z_\\-]{43})(?![0-9A-Za-z_\\-])
    L\tjina_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))jina_[0-9A-Za-z_\\-]{60}(?![0-9A-Za-z_\\-])
    L\ttvly-dev-\ttvly-prod-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))(?:tvly-dev-|tvly-prod-)[0-9A-Za-z_\\-]{32}(?![0-9A-Za-z_\\-])
    L\ttvly-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))tvly-[0-9A-Za-z]{32}(?![0-9A-Za-z_])
    L\tfirecrawl

    (?i:(?:firecrawl)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(fc-[0-9a-f]{32})(?![0-9A-Za-z_])
    L\texa_api_key\texa-api-key\texa api key\texaapikey

    (?i:exa_api_key|exa-api-key|exa api key|exaapikey)\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![0-9A-Za-z_])
    L\tlsv2_pt_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))lsv2_pt_[0-9a-f]{32}_[0-9a-f]{10}(?![0-9A-Za-z_])
    L\tlsv2_sk_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))lsv2_sk_[0-9a-f]{32}_[0-9a-f]{10}(?![0-9A-Za-z_])
    L\tsk-lf-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sk-lf-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9A-Za-z_])
    L\tpcsk_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))pcsk_[0-9A-Za-z]{5,6}_[0-9A-Za-z]{63}(?![0-9A-Za-z_])
    L\tpinecone

    (?i:(?:pinecone)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![0-9A-Za-z_])
    L\tllx-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))llx-[0-9A-Za-z]{48}(?![0-9A-Za-z_])
    L\twandb

    (?i:(?:wandb)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{40})(?![0-9A-Za-z_])
    L\te2b_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))e2b_[0-9a-f]{40}(?![0-9A-Za-z_])
    L\tdtn_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))dtn_[0-9a-f]{64}(?![0-9A-Za-z_])
    L\trpa_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))rpa_[0-9A-Z]{40}[0-9a-z]{6}(?![0-9A-Za-z_])
    L\tmodal

    (?i:(?:modal)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(ak-[0-9A-Za-z]{22})(?![0-9A-Za-z_])
    L\tmodal

    (?i:(?:modal)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(as-[0-9A-Za-z]{22})(?![0-9A-Za-z_])
    L\tkey_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))key_[0-9a-f]{64}(?![0-9A-Za-z_])
    L\tstability

    (?i:(?:stability)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(sk-[0-9A-Za-z]{48})(?![0-9A-Za-z_])
    L\tai21

    (?i:(?:ai21)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{32})(?![0-9A-Za-z_])
    L\tsambanova

    (?i:(?:sambanova)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![0-9A-Za-z_])
    L\tbrave

    (?i:(?:brave)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(BSA[0-9A-Za-z_\\-]{28})(?![0-9A-Za-z_\\-])
    L\tserpapi\tserp_api\tserp-api\tserp api\tserpapi

    (?i:(?:serpapi|serp_api|serp-api|serp api|serpapi)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{64})(?![0-9A-Za-z_])
    L\takia

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))AKIA[A-Z2-7]{16}(?![0-9A-Za-z_])
    L\tasia\tabia\tacca

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))(?:ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![0-9A-Za-z_])
    L\tsecret_access_key\tsecret-access-key\tsecret access key\tsecretaccesskey\taws_secret\taws-secret\taws secret\tawssecret\tsecret_key\tsecret-key\tsecret key\tsecretkey

    (?i:secret_access_key|secret-access-key|secret access key|secretaccesskey|aws_secret|aws-secret|aws secret|awssecret|secret_key|secret-key|secret key|secretkey)\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z+/]{40})(?![0-9A-Za-z_+/=])
    L\takia

    (?<![0-9A-Za-z_])AKIA[A-Z2-7]{16}[^0-9A-Za-z+/](?:[^0-9+\\r\\n]{0,40}[^0-9A-Za-z+/])?([0-9A-Za-z+/]{40})(?![0-9A-Za-z+/=])
    L\tiqojb3jpz2lux2vj\tfwogzxivyxdz

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))(?:IQoJb3JpZ2luX2Vj|FwoGZXIvYXdz)[0-9A-Za-z+/]{200,1500}[=]{0,2}(?![0-9A-Za-z_])
    L\tx-amz-signature

    (?i:X-Amz-Signature)=([0-9a-f]{64})(?![0-9a-f])
    L\tamzn.mws.

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))amzn\\.mws\\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9A-Za-z_])
    L\tabskqmvkcm9ja0fqsutles

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))ABSKQmVkcm9ja0FQSUtleS[0-9A-Za-z+/]{80,130}[=]{0,2}(?![0-9A-Za-z_])
    L\tbedrock-api-key-ymvkcm9jay5hbwf6b25hd3muy29t

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t[0-9A-Za-z+/]{100,3000}[=]{0,2}(?![0-9A-Za-z_])
    L\taiza

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))AIza[0-9A-Za-z_\\-]{35}(?![0-9A-Za-z_\\-])
    L\taq.ab8rn6

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))AQ\\.Ab8RN6[0-9A-Za-z_\\-]{40,60}(?![0-9A-Za-z_\\-])
    L\tgocspx-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))GOCSPX-[0-9A-Za-z_\\-]{28}(?![0-9A-Za-z_\\-])
    L\tya29.

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))ya29\\.[0-9A-Za-z_\\-]{60,400}(?![0-9A-Za-z_\\-])
    L\trefresh_token\trefresh-token\trefresh token\trefreshtoken\tgoogle

    (?i:refresh_token|refresh-token|refresh token|refreshtoken|(?:google)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(1//0[0-9A-Za-z_\\-]{40,120})(?![0-9A-Za-z_\\-])
    L\tgoog1e

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))GOOG1E[0-9A-Z]{55}(?![0-9A-Za-z_])
    L\tfcm\tfirebase\tserver_key\tserver-key\tserver key\tserverkey

    (?i:server_key|server-key|server key|serverkey|(?:fcm|firebase)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(AAAA[0-9A-Za-z_\\-]{7}:[0-9A-Za-z_\\-]{140})(?![0-9A-Za-z_\\-])
    B\tservice_account

    "type"\\s*:\\s*"service_account"[^{}]{0,800}?"private_key"\\s*:\\s*"(-----BEGIN PRIVATE KEY-----[0-9A-Za-z+/=\\\\\\s]{64,4000}(?:-----END PRIVATE KEY-----)?)
    B\tauthorized_user

    "refresh_token"\\s*:\\s*"(1//[\\w\\-]{40,120})"[^{}]{0,400}"type"\\s*:\\s*"authorized_user"
    L\tjqqj99

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))[0-9A-Za-z]{52}JQQJ99[0-9A-Za-z]{1}[A-L]{1}[0-9A-Za-z]{16}ACOG[0-9A-Za-z]{4}(?![0-9A-Za-z_])
    L\tjqqj99

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))[0-9A-Za-z]{52}JQQJ99[0-9A-Za-z]{1}[A-L]{1}[0-9A-Za-z]{16}AZDO[0-9A-Za-z]{4}(?![0-9A-Za-z_])
    L\tjqqj99

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))[0-9A-Za-z]{52}JQQJ99[0-9A-Za-z]{1}[A-L]{1}[0-9A-Za-z]{24}(?![0-9A-Za-z_])
    L\tazure_devops\tazure-devops\tazure devops\tazuredevops\tsystem_access_token\tsystem-access-token\tsystem access token\tsystemaccesstoken\tado_pat\tado-pat\tado pat\tadopat\tvsts\tdevops

    (?i:system_access_token|system-access-token|system access token|systemaccesstoken|ado_pat|ado-pat|ado pat|adopat|(?:azure_devops|azure-devops|azure devops|azuredevops|vsts|devops)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([a-z2-7]{52})(?![0-9A-Za-z_])
    L\t7q~\t8q~

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))[0-9A-Za-z_~.\\-]{3}(?:7Q~|8Q~)[0-9A-Za-z_~.\\-]{31,34}(?![0-9A-Za-z_])
    L\t+ast

    (?:(?<![0-9A-Za-z_\\\\+/])|(?<=\\\\[nrt]))[0-9A-Za-z+/]{76}\\+ASt[0-9A-Za-z+/]{6}==(?![0-9A-Za-z_])
    L\taccount_key\taccount-key\taccount key\taccountkey\tazure_storage\tazure-storage\tazure storage\tazurestorage\tstorage_key\tstorage-key\tstorage key\tstoragekey

    (?i:account_key|account-key|account key|accountkey|storage_key|storage-key|storage key|storagekey|(?:azure_storage|azure-storage|azure storage|azurestorage)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z+/]{86}==)(?![0-9A-Za-z_])
    L\tacdb

    (?:(?<![0-9A-Za-z_\\\\+/])|(?<=\\\\[nrt]))[0-9A-Za-z+/]{76}ACDb[0-9A-Za-z+/]{6}==(?![0-9A-Za-z_])
    L\t+asb\t+aeh\t+arm

    (?:(?<![0-9A-Za-z_\\\\+/])|(?<=\\\\[nrt]))[0-9A-Za-z+/]{33}(?:\\+ASb|\\+AEh|\\+ARm)[0-9A-Za-z+/]{6}=(?![0-9A-Za-z_])
    L\taiot

    (?:(?<![0-9A-Za-z_\\\\+/])|(?<=\\\\[nrt]))[0-9A-Za-z+/]{33}AIoT[0-9A-Za-z+/]{6}=(?![0-9A-Za-z_])
    L\tazfu

    (?:(?<![0-9A-Za-z_\\\\\\-])|(?<=\\\\[nrt]))[0-9A-Za-z_\\-]{44}AzFu[0-9A-Za-z_\\-]{6}==(?![0-9A-Za-z_])
    L\tazse

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))[0-9A-Za-z]{42}AzSe[0-9A-Za-z]{6}(?![0-9A-Za-z_])
    L\tazca

    (?:(?<![0-9A-Za-z_\\\\+/])|(?<=\\\\[nrt]))[0-9A-Za-z+/]{33}AzCa[0-9A-Za-z+/]{6}=(?![0-9A-Za-z_])
    L\t+acr

    (?:(?<![0-9A-Za-z_\\\\+/])|(?<=\\\\[nrt]))[0-9A-Za-z+/]{42}\\+ACR[0-9A-Za-z+/]{6}(?![0-9A-Za-z_+/=])
    L\tapim

    (?:(?<![0-9A-Za-z_\\\\+/])|(?<=\\\\[nrt]))[0-9A-Za-z+/]{76}APIM[0-9A-Za-z+/]{6}==(?![0-9A-Za-z_])
    L\t+aba

    (?:(?<![0-9A-Za-z_\\\\+/])|(?<=\\\\[nrt]))[0-9A-Za-z+/]{76}\\+ABa[0-9A-Za-z+/]{6}==(?![0-9A-Za-z_])
    L\tazeg

    (?:(?<![0-9A-Za-z_\\\\+/])|(?<=\\\\[nrt]))[0-9A-Za-z+/]{33}AZEG[0-9A-Za-z+/]{6}=(?![0-9A-Za-z_])
    L\t+amc

    (?:(?<![0-9A-Za-z_\\\\+/])|(?<=\\\\[nrt]))[0-9A-Za-z+/]{76}\\+AMC[0-9A-Za-z+/]{6}==(?![0-9A-Za-z_])
    L\tocp_apim_subscription_key\tocp-apim-subscription-key\tocp apim subscription key\tocpapimsubscriptionkey\tazure_openai\tazure-openai\tazure openai\tazureopenai\tcognitive\tazure_search\tazure-search\tazure search\tazuresearch

    (?i:ocp_apim_subscription_key|ocp-apim-subscription-key|ocp apim subscription key|ocpapimsubscriptionkey|(?:azure_openai|azure-openai|azure openai|azureopenai|cognitive|azure_search|azure-search|azure search|azuresearch)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{32})(?![0-9A-Za-z_])
    L\tsig=

    (?i:(?:sv|se|sp|sr|skn)=[^\\s"'<>]{0,300}[?&;]sig=)([0-9A-Za-z+/%]{43,60}(?:%3[Dd]|=))
    L\tcfk_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))cfk_[0-9A-Za-z]{40}[0-9a-f]{8}(?![0-9A-Za-z_])
    L\tcfut_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))cfut_[0-9A-Za-z]{40}[0-9a-f]{8}(?![0-9A-Za-z_])
    L\tcfat_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))cfat_[0-9A-Za-z]{40}[0-9a-f]{8}(?![0-9A-Za-z_])
    L\tcloudflare\tcf_api_token\tcf-api-token\tcf api token\tcfapitoken\tcf_token\tcf-token\tcf token\tcftoken

    (?i:cf_api_token|cf-api-token|cf api token|cfapitoken|cf_token|cf-token|cf token|cftoken|(?:cloudflare)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z_\\-]{40})(?![0-9A-Za-z_\\-])
    L\tcloudflare\tcf_api_key\tcf-api-key\tcf api key\tcfapikey\tx_auth_key\tx-auth-key\tx auth key\txauthkey

    (?i:cf_api_key|cf-api-key|cf api key|cfapikey|x_auth_key|x-auth-key|x auth key|xauthkey|(?:cloudflare)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{37})(?![0-9A-Za-z_])
    L\tv1.0-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))v1\\.0-[0-9a-f]{24}-[0-9a-f]{146}(?![0-9A-Za-z_])
    L\tdop_v1_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))dop_v1_[0-9a-f]{64}(?![0-9A-Za-z_])
    L\tdoo_v1_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))doo_v1_[0-9a-f]{64}(?![0-9A-Za-z_])
    L\tdor_v1_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))dor_v1_[0-9a-f]{64}(?![0-9A-Za-z_])
    L\tdo00

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))DO00[0-9A-Z]{16}(?![0-9A-Za-z_])
    L\tspaces

    (?i:(?:spaces)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z_\\-]{43})(?![0-9A-Za-z_\\-])
    L\tfm1r_\tfm1a_\tfm2_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))(?:fm1r_|fm1a_|fm2_)[0-9A-Za-z+/]{100,2000}[=]{0,2}(?![0-9A-Za-z_])
    L\tfo1_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))fo1_[0-9A-Za-z_\\-]{43}(?![0-9A-Za-z_\\-])
    L\tvck_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))vck_[0-9A-Za-z]{56}(?![0-9A-Za-z_])
    L\tvcp_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))vcp_[0-9A-Za-z]{56}(?![0-9A-Za-z_])
    L\tvca_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))vca_[0-9A-Za-z]{56}(?![0-9A-Za-z_])
    L\tvcr_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))vcr_[0-9A-Za-z]{56}(?![0-9A-Za-z_])
    L\tvci_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))vci_[0-9A-Za-z]{56}(?![0-9A-Za-z_])
    L\tvercel

    (?i:(?:vercel)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{24})(?![0-9A-Za-z_])
    L\trnd_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))rnd_[0-9A-Za-z]{24,32}(?![0-9A-Za-z_])
    L\tnfp_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))nfp_[0-9A-Za-z]{36}(?![0-9A-Za-z_])
    L\tnetlify

    (?i:(?:netlify)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z_\\-]{40,46})(?![0-9A-Za-z_\\-])
    L\trailway

    (?i:(?:railway)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![0-9A-Za-z_])
    L\thrku-aa

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))HRKU-AA[0-9A-Za-z_\\-]{58}(?![0-9A-Za-z_\\-])
    L\theroku

    (?i:(?:heroku)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![0-9A-Za-z_])
    L\thcloud\thetzner

    (?i:(?:hcloud|hetzner)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{64})(?![0-9A-Za-z_])
    L\tlinode

    (?i:(?:linode)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{64})(?![0-9A-Za-z_])
    L\tvultr

    (?i:(?:vultr)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Z]{36})(?![0-9A-Za-z_])
    L\tscw

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))SCW[0-9A-Z]{17}(?![0-9A-Za-z_])
    L\tscaleway\tscw_secret\tscw-secret\tscw secret\tscwsecret

    (?i:scw_secret|scw-secret|scw secret|scwsecret|(?:scaleway)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![0-9A-Za-z_])
    L\tltai

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))LTAI[0-9A-Za-z]{17,21}(?![0-9A-Za-z_])
    L\talibaba\taliyun\talicloud\taccess_key_secret\taccess-key-secret\taccess key secret\taccesskeysecret

    (?i:access_key_secret|access-key-secret|access key secret|accesskeysecret|(?:alibaba|aliyun|alicloud)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{30})(?![0-9A-Za-z_])
    L\takid

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))AKID[0-9A-Za-z]{32}(?![0-9A-Za-z_])
    L\ttencent\tqcloud\tcos_secret\tcos-secret\tcos secret\tcossecret

    (?i:cos_secret|cos-secret|cos secret|cossecret|(?:tencent|qcloud)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{32})(?![0-9A-Za-z_])
    L\taqvn

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))AQVN[0-9A-Za-z_\\-]{34,38}(?![0-9A-Za-z_\\-])
    L\tycp

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))YCP[0-9A-Za-z_\\-]{35,37}(?![0-9A-Za-z_\\-])
    L\tt1.

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))t1\\.[0-9A-Za-z_\\-]{10,400}\\.[0-9A-Za-z_\\-]{86}(?![0-9A-Za-z_\\-])
    L\ty0__\ty0_a\ty1_a\ty2_a\ty3_a

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))(?:y0__|y0_A|y1_A|y2_A|y3_A)[0-9A-Za-z_\\-]{50,60}(?![0-9A-Za-z_\\-])
    L\tibm_cloud\tibm-cloud\tibm cloud\tibmcloud\tibmcloud\twatson\twatsonx\tbluemix

    (?i:(?:ibm_cloud|ibm-cloud|ibm cloud|ibmcloud|ibmcloud|watson|watsonx|bluemix)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z_\\-]{44})(?![0-9A-Za-z_\\-])
    L\tovh

    (?i:(?:ovh)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{32})(?![0-9A-Za-z_])
    L\ttskey-auth-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))tskey-auth-[0-9A-Za-z]{12,20}-[0-9A-Za-z]{32}(?![0-9A-Za-z_])
    L\ttskey-api-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))tskey-api-[0-9A-Za-z]{12,20}-[0-9A-Za-z]{32}(?![0-9A-Za-z_])
    L\ttskey-client-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))tskey-client-[0-9A-Za-z]{12,20}-[0-9A-Za-z]{32}(?![0-9A-Za-z_])
    L\ttskey-scim-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))tskey-scim-[0-9A-Za-z]{12,20}-[0-9A-Za-z]{32}(?![0-9A-Za-z_])
    L\ttskey-webhook-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))tskey-webhook-[0-9A-Za-z]{12,20}-[0-9A-Za-z]{32}(?![0-9A-Za-z_])
    L\tngrok

    (?i:(?:ngrok)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(2[0-9A-Za-z]{26}_[0-9A-Za-z]{21})(?![0-9A-Za-z_])
    L\tfastly

    (?i:(?:fastly)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z_\\-]{32})(?![0-9A-Za-z_\\-])
    L\tbunny\tbunnycdn

    (?i:(?:bunny|bunnycdn)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![0-9A-Za-z_])
    L\tsb_secret_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sb_secret_[0-9A-Za-z_\\-]{22}_[0-9A-Za-z_\\-]{8}(?![0-9A-Za-z_\\-])
    L\tsbp_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sbp_[0-9a-f]{40}(?![0-9A-Za-z_])
    L\t.eyj

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))eyJ[0-9A-Za-z_\\-]{10,400}\\.eyJ[0-9A-Za-z_\\-]{10,4000}\\.[0-9A-Za-z_\\-]{20,1000}(?![0-9A-Za-z_\\-])
    L\tnapi_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))napi_[0-9a-z]{64}(?![0-9A-Za-z_])
    L\tpscale_tkn_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))pscale_tkn_[0-9A-Za-z_\\-]{32,64}(?![0-9A-Za-z_\\-])
    L\tpscale_pw_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))pscale_pw_[0-9A-Za-z_\\-]{32,64}(?![0-9A-Za-z_\\-])
    L\tpscale_oauth_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))pscale_oauth_[0-9A-Za-z_\\-]{32,64}(?![0-9A-Za-z_\\-])
    L\tmdb_sa_sk_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))mdb_sa_sk_[0-9A-Za-z_\\-]{40}(?![0-9A-Za-z_\\-])
    L\tatlas_private_key\tatlas-private-key\tatlas private key\tatlasprivatekey\tmongodb_atlas\tmongodb-atlas\tmongodb atlas\tmongodbatlas

    (?i:atlas_private_key|atlas-private-key|atlas private key|atlasprivatekey|(?:mongodb_atlas|mongodb-atlas|mongodb atlas|mongodbatlas)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![0-9A-Za-z_])
    L\tdapi

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))dapi[0-9a-f]{32}(?![0-9A-Za-z_])
    L\tdose

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))dose[0-9a-f]{32}(?![0-9A-Za-z_])
    L\tavns_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))AVNS_[0-9A-Za-z_\\-]{19}(?![0-9A-Za-z_\\-])
    L\tessu_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))essu_[0-9A-Za-z_\\-]{60,120}(?![0-9A-Za-z_\\-])
    L\telastic\tes_api_key\tes-api-key\tes api key\tesapikey

    (?i:es_api_key|es-api-key|es api key|esapikey|(?:elastic)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z+/]{58,60}==)(?![0-9A-Za-z_])
    L\t4b1d

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))4b1d[0-9A-Za-z]{38}(?![0-9A-Za-z_])
    L\tconfluent

    (?i:(?:confluent)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Z]{16})(?![0-9A-Za-z_])
    L\tconfluent

    (?i:(?:confluent)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z+/]{64})(?![0-9A-Za-z_+/=])
    L\tsnowflake

    (?i:(?:snowflake)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(eyJ[0-9A-Za-z_\\-]{10,400}\\.eyJ[0-9A-Za-z_\\-]{10,4000}\\.[0-9A-Za-z_\\-]{20,1000})(?![0-9A-Za-z_\\-])
    L\tfna

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))fnA[0-9A-Za-z_\\-]{37}(?![0-9A-Za-z_\\-])
    L\tccdb1_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))CCDB1_[0-9A-Za-z]{22}_[0-9A-Za-z]{40}(?![0-9A-Za-z_])
    L\tturso\tlibsql

    (?i:(?:turso|libsql)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(eyJ[0-9A-Za-z_\\-]{10,400}\\.eyJ[0-9A-Za-z_\\-]{10,4000}\\.[0-9A-Za-z_\\-]{20,1000})(?![0-9A-Za-z_\\-])
    L\tupstash

    (?i:(?:upstash)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{40,80})(?![0-9A-Za-z_])
    L\txau_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))xau_[0-9A-Za-z]{43}(?![0-9A-Za-z_])
    L\tinflux

    (?i:(?:influx)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z_\\-]{86}==)(?![0-9A-Za-z_])
    L\tweaviate

    (?i:(?:weaviate)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{36})(?![0-9A-Za-z_])
    L\talgolia_admin\talgolia-admin\talgolia admin\talgoliaadmin\talgolia_write\talgolia-write\talgolia write\talgoliawrite

    (?i:(?:algolia_admin|algolia-admin|algolia admin|algoliaadmin|algolia_write|algolia-write|algolia write|algoliawrite)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{32})(?![0-9A-Za-z_])
    L\talgolia

    (?i:(?:algolia)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{32})(?![0-9A-Za-z_])
    L\ttypesense

    (?i:(?:typesense)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{32})(?![0-9A-Za-z_])
    L\tcfpat-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))CFPAT-[0-9A-Za-z_\\-]{43}(?![0-9A-Za-z_\\-])
    L\tsanity

    (?i:(?:sanity)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(sk[0-9A-Za-z]{80,200})(?![0-9A-Za-z_])
    L\tconvex

    (?i:(?:convex)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?((?:prod:|dev:|preview:)[0-9a-z:\\-]{5,60}\\|[0-9A-Za-z+/]{60,400}[=]{0,2})(?![0-9A-Za-z_])
    L\t://

    (?i:postgres(?:ql)?|mysql|mariadb|mongodb|rediss?|amqps?|mssql|sqlserver|cockroachdb|clickhouse|neo4j|bolt)(?:\\+\\w{1,12})?://[^\\s:/@"'<>`${}]{0,100}:([^\\s/@"'<>`${}*]{8,200})@(?!localhost|127\\.|0\\.0\\.0\\.0|\\[::1|host\\.docker|db[:/]|postgres[:/]|mysql[:/]|redis[:/]|[a-z.\\-]*example\\.)[0-9A-Za-z.\\[\\-]{2}
    L\t://

    (?i:postgres(?:ql)?|mysql|mariadb|mongodb|rediss?|amqps?|mssql|sqlserver|cockroachdb|clickhouse|neo4j|bolt)(?:\\+\\w{1,12})?://[^\\s:/@"'<>`${}]{0,100}:([^\\s/@"'<>`${}*]{3,200})@[0-9A-Za-z.\\[\\-]{2}
    L\tpassword=\tpwd=

    (?i)(?:server|data source|host|addr(?:ess)?)\\s?=[^"'\\r\\n]{1,300};\\s?(?:password|pwd)\\s?=\\s?([^\\s;"'<>${}%*]{6,100})
    L\tjdbc:

    jdbc:[a-z0-9]{2,20}:[^\\s"'<>]{1,300}[?&;](?i:password|pwd)=([^\\s&;"'<>${}%*]{6,100})
    L\tghp_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))ghp_[0-9A-Za-z]{36}(?![0-9A-Za-z_])
    L\tgho_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))gho_[0-9A-Za-z]{36}(?![0-9A-Za-z_])
    L\tghu_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))ghu_[0-9A-Za-z]{36}(?![0-9A-Za-z_])
    L\tghs_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))ghs_[0-9A-Za-z]{36}(?![0-9A-Za-z_])
    L\tghs_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))ghs_[0-9]{1,10}_eyJ[0-9A-Za-z_\\-]{10,400}\\.eyJ[0-9A-Za-z_\\-]{10,4000}\\.[0-9A-Za-z_\\-]{20,1000}(?![0-9A-Za-z_\\-])
    L\tghr_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))ghr_[0-9A-Za-z]{36,251}(?![0-9A-Za-z_])
    L\tgithub_pat_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))github_pat_[0-9A-Za-z]{22}_[0-9A-Za-z]{59}(?![0-9A-Za-z_])
    L\tgithub_token\tgithub-token\tgithub token\tgithubtoken\tgithub_pat\tgithub-pat\tgithub pat\tgithubpat\tgh_token\tgh-token\tgh token\tghtoken

    (?i:github_token|github-token|github token|githubtoken|github_pat|github-pat|github pat|githubpat|gh_token|gh-token|gh token|ghtoken)\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{40})(?![0-9A-Za-z_])
    L\tgithub_client_secret\tgithub-client-secret\tgithub client secret\tgithubclientsecret\tgithub_secret\tgithub-secret\tgithub secret\tgithubsecret\tgh_client_secret\tgh-client-secret\tgh client secret\tghclientsecret

    (?i:github_client_secret|github-client-secret|github client secret|githubclientsecret|github_secret|github-secret|github secret|githubsecret|gh_client_secret|gh-client-secret|gh client secret|ghclientsecret)\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{40})(?![0-9A-Za-z_])
    L\tglpat-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))glpat-[0-9A-Za-z_\\-]{20}(?![0-9A-Za-z_\\-])
    L\tglpat-\tglrt-\tglrtr-\tglagent-\tgldt-\tglcbt-\tglft-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))(?:glpat-|glrt-|glrtr-|glagent-|gldt-|glcbt-|glft-)[0-9A-Za-z_\\-]{27,300}(?:\\.01\\.|\\.)[0-9a-z]{9}(?![0-9A-Za-z_])
    L\tgloas-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))gloas-[0-9A-Za-z_\\-]{64}(?![0-9A-Za-z_\\-])
    L\tgldt-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))gldt-[0-9A-Za-z_\\-]{20}(?![0-9A-Za-z_\\-])
    L\tglrt-\tglrtr-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))(?:glrt-|glrtr-)[0-9A-Za-z_\\-]{20}(?![0-9A-Za-z_\\-])
    L\tgr1348941

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))GR1348941[0-9A-Za-z_\\-]{20}(?![0-9A-Za-z_\\-])
    L\tglcbt-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))glcbt-[0-9A-Za-z]{1,5}_[0-9A-Za-z_\\-]{20}(?![0-9A-Za-z_\\-])
    L\tglptt-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))glptt-[0-9a-f]{40}(?![0-9A-Za-z_])
    L\tglft-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))glft-[0-9A-Za-z_\\-]{20}(?![0-9A-Za-z_\\-])
    L\tglimt-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))glimt-[0-9A-Za-z_\\-]{25}(?![0-9A-Za-z_\\-])
    L\tglagent-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))glagent-[0-9A-Za-z_\\-]{50}(?![0-9A-Za-z_\\-])
    L\tglwt-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))glwt-[0-9A-Za-z_\\-]{20}(?![0-9A-Za-z_\\-])
    L\tglsoat-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))glsoat-[0-9A-Za-z_\\-]{20}(?![0-9A-Za-z_\\-])
    L\tglffct-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))glffct-[0-9A-Za-z_\\-]{20}(?![0-9A-Za-z_\\-])
    L\t_gitlab_session=

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))_gitlab_session=[0-9a-f]{32}(?![0-9A-Za-z_])
    L\tatatt3xffgf0

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))ATATT3xFfGF0[0-9A-Za-z_\\-]{150,190}=[0-9A-F]{8}(?![0-9A-Za-z_])
    L\tatlassian\tjira\tconfluence

    (?i:(?:atlassian|jira|confluence)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{24})(?![0-9A-Za-z_])
    L\tatctt3xffgn0

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))ATCTT3xFfGN0[0-9A-Za-z_\\-]{150,190}=[0-9A-F]{8}(?![0-9A-Za-z_])
    L\tatbb

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))ATBB[0-9A-Za-z]{24}[0-9A-F]{8}(?![0-9A-Za-z_])
    L\tbbdc-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))BBDC-[0-9A-Za-z+/]{44}(?![0-9A-Za-z_+/=])
    L\tgitea\tforgejo\tcodeberg

    (?i:(?:gitea|forgejo|codeberg)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{40})(?![0-9A-Za-z_])
    L\tsgp_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sgp_[0-9a-f]{16}_[0-9a-f]{40}(?![0-9A-Za-z_])
    L\tsgp_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sgp_[0-9a-f]{40}(?![0-9A-Za-z_])
    L\tgerrit

    (?i:(?:gerrit)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z+/]{43,44})(?![0-9A-Za-z_+/=])
    L\tccipat_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))CCIPAT_[0-9A-Za-z]{22}_[0-9a-f]{40}(?![0-9A-Za-z_])
    L\tcciprj_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))CCIPRJ_[0-9A-Za-z]{22}_[0-9a-f]{40}(?![0-9A-Za-z_])
    L\tcircleci\tcircle_token\tcircle-token\tcircle token\tcircletoken

    (?i:circle_token|circle-token|circle token|circletoken|(?:circleci)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{40})(?![0-9A-Za-z_])
    L\tbkua_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))bkua_[0-9a-f]{40}(?![0-9A-Za-z_])
    L\ttravis

    (?i:(?:travis)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z_\\-]{22})(?![0-9A-Za-z_\\-])
    L\tdrone_token\tdrone-token\tdrone token\tdronetoken\tdrone_server_token\tdrone-server-token\tdrone server token\tdroneservertoken

    (?i:drone_token|drone-token|drone token|dronetoken|drone_server_token|drone-server-token|drone server token|droneservertoken)\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{32})(?![0-9A-Za-z_])
    L\tcodecov

    (?i:(?:codecov)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![0-9A-Za-z_])
    L\tcoveralls

    (?i:(?:coveralls)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{33})(?![0-9A-Za-z_])
    L\tpat.

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))pat\\.[0-9A-Za-z_\\-]{22}\\.[0-9a-f]{24}\\.[0-9A-Za-z]{20}(?![0-9A-Za-z_])
    L\tsat.

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sat\\.[0-9A-Za-z_\\-]{22}\\.[0-9a-f]{24}\\.[0-9A-Za-z]{20}(?![0-9A-Za-z_])
    L\tapi-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))API-[0-9A-Z]{26,31}(?![0-9A-Za-z_])
    L\tsqu_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))squ_[0-9a-f]{40}(?![0-9A-Za-z_])
    L\tsqp_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sqp_[0-9a-f]{40}(?![0-9A-Za-z_])
    L\tsqa_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sqa_[0-9a-f]{40}(?![0-9A-Za-z_])
    L\tsonar

    (?i:(?:sonar)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{40})(?![0-9A-Za-z_])
    L\tsnyk

    (?i:(?:snyk)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![0-9A-Za-z_])
    L\tsnyk_uat.

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))snyk_uat\\.[0-9a-f]{8}\\.[0-9A-Za-z_\\-]{40,600}\\.[0-9A-Za-z_\\-]{20,200}(?![0-9A-Za-z_\\-])
    L\tsemgrep

    (?i:(?:semgrep)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{64})(?![0-9A-Za-z_])
    L\todt_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))odt_[0-9A-Za-z]{8}_[0-9A-Za-z]{32}(?![0-9A-Za-z_])
    B\tprivate key-----

    -----BEGIN (?:RSA |EC |DSA |ED25519 )?PRIVATE KEY-----[\\s\\\\nrt"',+0-9A-Za-z/=:.()\\-]{64,16000}?(?:-----END [A-Z0-9 ]{0,30}-----|(?![\\s\\\\nrt"',+0-9A-Za-z/=:.()\\-]))
    B\tprivate key-----

    -----BEGIN (?:RSA |EC |DSA |ENCRYPTED )?PRIVATE KEY-----[\\s\\\\nrt"',+0-9A-Za-z/=:.()\\-]{64,16000}?(?:-----END [A-Z0-9 ]{0,30}-----|(?![\\s\\\\nrt"',+0-9A-Za-z/=:.()\\-]))
    B\topenssh private key-----

    -----BEGIN OPENSSH PRIVATE KEY-----[\\s\\\\nrt"',+0-9A-Za-z/=:.()\\-]{64,16000}?(?:-----END [A-Z0-9 ]{0,30}-----|(?![\\s\\\\nrt"',+0-9A-Za-z/=:.()\\-]))
    B\topenssh private key-----

    -----BEGIN OPENSSH PRIVATE KEY-----[\\s\\\\nrt"',+0-9A-Za-z/=:.()\\-]{64,16000}?(?:-----END [A-Z0-9 ]{0,30}-----|(?![\\s\\\\nrt"',+0-9A-Za-z/=:.()\\-]))
    B\tpgp private key block-----

    -----BEGIN PGP PRIVATE KEY BLOCK-----[\\s\\\\nrt"',+0-9A-Za-z/=:.()\\-]{64,16000}?(?:-----END [A-Z0-9 ]{0,30}-----|(?![\\s\\\\nrt"',+0-9A-Za-z/=:.()\\-]))
    B\tssh2 encrypted private key

    ---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----([\\s\\\\nr"0-9A-Za-z+/=:.,@\\-]{64,8000})
    B\tputty-user-key-file-

    PuTTY-User-Key-File-[23]: [^\\r\\n]{3,60}\\s+Encryption: none\\s+(?:[^\\r\\n]{0,200}\\s+){1,40}?Private-Lines: \\d{1,3}\\s+([0-9A-Za-z+/=\\s]{40,4000})
    B\tputty-user-key-file-

    PuTTY-User-Key-File-[23]: [^\\r\\n]{3,60}\\s+Encryption: aes256-cbc\\s
    B\t"kty"

    "kty"\\s*:\\s*"(?:EC|RSA|OKP)"[^{}]{0,4000}?"d"\\s*:\\s*"([\\w\\-]{42,700})"
    L\tprivatekey\tprivate_key\tpresharedkey

    (?i:(?:Private|Preshared)_?Key)["']?\\s?[=:]\\s?["']?([0-9A-Za-z+/]{42}[AEIMQUYcgkosw048]=)(?![0-9A-Za-z+/=])
    L\tage-secret-key-1

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}(?![0-9A-Za-z_])
    L\tage-secret-key-pq-1

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))AGE-SECRET-KEY-PQ-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}(?![0-9A-Za-z_])
    L\trwrty0iy

    (?<![0-9A-Za-z+/])(RWRTY0Iy[0-9A-Za-z+/]{190,210}={0,2})(?![0-9A-Za-z+/=])
    B\tsigstore private key-----\tcosign private key-----

    -----BEGIN ENCRYPTED (?:SIGSTORE|COSIGN) PRIVATE KEY-----[\\s\\\\nrt"',+0-9A-Za-z/=:.()\\-]{64,16000}?(?:-----END [A-Z0-9 ]{0,30}-----|(?![\\s\\\\nrt"',+0-9A-Za-z/=:.()\\-]))
    L\tprivate_key\tprivate-key\tprivate key\tprivatekey\tdeployer_key\tdeployer-key\tdeployer key\tdeployerkey\twallet_key\twallet-key\twallet key\twalletkey

    (?i:private_key|private-key|private key|privatekey|deployer_key|deployer-key|deployer key|deployerkey|wallet_key|wallet-key|wallet key|walletkey)\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(0x[0-9a-f]{64})(?![0-9A-Za-z_])
    L\tprivate_key\tprivate-key\tprivate key\tprivatekey\twif\tbitcoin

    (?i:private_key|private-key|private key|privatekey|(?:wif|bitcoin)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([5KL]{1}[1-9A-HJ-NP-Za-km-z]{50,51})(?![0-9A-Za-z_])
    L\tprivate_key\tprivate-key\tprivate key\tprivatekey\tsolana\tkeypair

    (?i:private_key|private-key|private key|privatekey|keypair|(?:solana)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([1-9A-HJ-NP-Za-km-z]{86,88})(?![0-9A-Za-z_])
    L\txprv9s21zrqh143k\txprva\txprv9\tzprva\typrva

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))(?:xprv9s21ZrQH143K|xprvA|xprv9|zprvA|yprvA)[1-9A-HJ-NP-Za-km-z]{90,107}(?![0-9A-Za-z_])
    L\tmnemonic\tseed_phrase\tseedphrase\tseed phrase

    (?i:mnemonic|seed[_ ]?phrase)\\w{0,12}["']?\\s?[:=]\\s?["']((?:[a-z]{3,8} ){11}(?:(?:[a-z]{3,8} ){12})?[a-z]{3,8})["']
    L\tnsec1

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))nsec1[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{58}(?![0-9A-Za-z_])
    L\txoxb-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))xoxb-[0-9]{10,13}-[0-9]{10,13}-[0-9A-Za-z]{24}(?![0-9A-Za-z_])
    L\txoxb-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))xoxb-[0-9]{10,13}-[0-9A-Za-z]{24}(?![0-9A-Za-z_])
    L\txoxp-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))xoxp-[0-9]{10,13}-[0-9]{10,13}-[0-9]{10,13}-[0-9a-f]{32}(?![0-9A-Za-z_])
    L\txapp-1-a

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))xapp-1-A[0-9A-Z]{8,12}-[0-9]{11,13}-[0-9a-f]{64}(?![0-9A-Za-z_])
    L\txoxe.xoxp-1-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))xoxe\\.xoxp-1-[0-9A-Za-z]{120,180}(?![0-9A-Za-z_])
    L\txoxe-1-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))xoxe-1-[0-9A-Za-z]{120,180}(?![0-9A-Za-z_])
    L\txoxc-\txoxs-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))(?:xoxc-|xoxs-)[0-9]{10,13}-[0-9]{10,13}-[0-9]{10,13}-[0-9a-f]{64}(?![0-9A-Za-z_])
    L\txoxd-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))xoxd-[0-9A-Za-z+/%]{100,400}(?![0-9A-Za-z_])
    L\txwfp-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))xwfp-[0-9]{10,13}-[0-9]{10,13}-[0-9A-Za-z]{24}(?![0-9A-Za-z_])
    L\thooks.slack.com/services/t

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))hooks\\.slack\\.com/services/T[0-9A-Z]{8,12}/B[0-9A-Z]{8,12}/[0-9A-Za-z]{24}(?![0-9A-Za-z_])
    L\thooks.slack.com/workflows/t\thooks.slack.com/triggers/t

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))(?:hooks\\.slack\\.com/workflows/T|hooks\\.slack\\.com/triggers/T)[0-9A-Z]{8,12}/[0-9A-Z]{10,24}/[0-9]{10,24}/[0-9A-Za-z]{20,40}(?![0-9A-Za-z_])
    L\tslack_signing_secret\tslack-signing-secret\tslack signing secret\tslacksigningsecret\tslack_client_secret\tslack-client-secret\tslack client secret\tslackclientsecret

    (?i:slack_signing_secret|slack-signing-secret|slack signing secret|slacksigningsecret|slack_client_secret|slack-client-secret|slack client secret|slackclientsecret)\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{32})(?![0-9A-Za-z_])
    L\tdiscord\tbot_token\tbot-token\tbot token\tbottoken\ttoken

    (?i:bot_token|bot-token|bot token|bottoken|token|(?:discord)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([MNO]{1}[0-9A-Za-z]{23,27}\\.[0-9A-Za-z_\\-]{6}\\.[0-9A-Za-z_\\-]{27,38})(?![0-9A-Za-z_\\-])
    L\tdiscord.com/api/webhooks/\tdiscordapp.com/api/webhooks/

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))(?:discord\\.com/api/webhooks/|discordapp\\.com/api/webhooks/)[0-9]{17,20}/[0-9A-Za-z_\\-]{60,70}(?![0-9A-Za-z_\\-])
    L\tdiscord_client_secret\tdiscord-client-secret\tdiscord client secret\tdiscordclientsecret\tdiscord_secret\tdiscord-secret\tdiscord secret\tdiscordsecret

    (?i:discord_client_secret|discord-client-secret|discord client secret|discordclientsecret|discord_secret|discord-secret|discord secret|discordsecret)\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z_\\-]{32})(?![0-9A-Za-z_\\-])
    L\t:aa

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))[0-9]{8,10}:AA[0-9A-Za-z_\\-]{33}(?![0-9A-Za-z_\\-])
    L\twebhook.office.com/webhookb2/

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))webhook\\.office\\.com/webhookb2/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}@[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/IncomingWebhook/[0-9a-f]{32}/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9A-Za-z_])
    L\tchat.googleapis.com/v1/spaces/

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))chat\\.googleapis\\.com/v1/spaces/[0-9A-Za-z_\\-]{8,14}/messages\\?key=[0-9A-Za-z_\\-]{39}\\&token=[0-9A-Za-z_\\-]{40,60}(?![0-9A-Za-z_\\-])
    L\topen.feishu.cn/open-apis/bot/v2/hook/\topen.larksuite.com/open-apis/bot/v2/hook/

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))(?:open\\.feishu\\.cn/open-apis/bot/v2/hook/|open\\.larksuite\\.com/open-apis/bot/v2/hook/)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9A-Za-z_])
    L\toapi.dingtalk.com/robot/send?access_token=

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))oapi\\.dingtalk\\.com/robot/send\\?access_token=[0-9a-f]{64}(?![0-9A-Za-z_])
    L\tqyapi.weixin.qq.com/cgi-bin/webhook/send?key=

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))qyapi\\.weixin\\.qq\\.com/cgi-bin/webhook/send\\?key=[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9A-Za-z_])
    L\tline_channel\tline-channel\tline channel\tlinechannel\tline_access_token\tline-access-token\tline access token\tlineaccesstoken

    (?i:line_access_token|line-access-token|line access token|lineaccesstoken|(?:line_channel|line-channel|line channel|linechannel)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z+/]{160,175}[=]{0,2})(?![0-9A-Za-z_])
    L\tmattermost

    (?i:(?:mattermost)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-z]{26})(?![0-9A-Za-z_])
    L\ttwilio

    (?i:(?:twilio)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(SK[0-9a-f]{32})(?![0-9A-Za-z_])
    L\ttwilio_api_secret\ttwilio-api-secret\ttwilio api secret\ttwilioapisecret\ttwilio_secret\ttwilio-secret\ttwilio secret\ttwiliosecret

    (?i:twilio_api_secret|twilio-api-secret|twilio api secret|twilioapisecret|twilio_secret|twilio-secret|twilio secret|twiliosecret)\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{32})(?![0-9A-Za-z_])
    L\ttwilio

    (?i:(?:twilio)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{32})(?![0-9A-Za-z_])
    L\tsg.

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))SG\\.[0-9A-Za-z_\\-]{22}\\.[0-9A-Za-z_\\-]{43}(?![0-9A-Za-z_\\-])
    L\tmailgun

    (?i:(?:mailgun)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8})(?![0-9A-Za-z_])
    L\tkey-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))key-[0-9a-f]{32}(?![0-9A-Za-z_])
    L\t-us

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))[0-9a-f]{32}-us[0-9]{1,2}(?![0-9A-Za-z_])
    L\tmd-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))md-[0-9A-Za-z_\\-]{22}(?![0-9A-Za-z_\\-])
    L\tpostmark

    (?i:(?:postmark)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![0-9A-Za-z_])
    L\tre_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))re_[0-9A-Za-z]{8}_[0-9A-Za-z]{24}(?![0-9A-Za-z_])
    L\txkeysib-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))xkeysib-[0-9a-f]{64}-[0-9A-Za-z]{16}(?![0-9A-Za-z_])
    L\txsmtpsib-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))xsmtpsib-[0-9a-f]{64}-[0-9A-Za-z]{16}(?![0-9A-Za-z_])
    L\tmlsn.

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))mlsn\\.[0-9a-f]{64}(?![0-9A-Za-z_])
    L\tmailjet

    (?i:(?:mailjet)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{32})(?![0-9A-Za-z_])
    L\tsparkpost

    (?i:(?:sparkpost)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{40})(?![0-9A-Za-z_])
    L\tloops_api\tloops-api\tloops api\tloopsapi

    (?i:(?:loops_api|loops-api|loops api|loopsapi)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{32})(?![0-9A-Za-z_])
    L\tpk_prod_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))pk_prod_[0-9A-Z]{28}(?![0-9A-Za-z_])
    L\tvonage\tnexmo

    (?i:(?:vonage|nexmo)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{16})(?![0-9A-Za-z_])
    L\tmessagebird

    (?i:(?:messagebird)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{25})(?![0-9A-Za-z_])
    L\tplivo

    (?i:(?:plivo)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{40})(?![0-9A-Za-z_])
    L\tzoom_client_secret\tzoom-client-secret\tzoom client secret\tzoomclientsecret\tzoom_secret\tzoom-secret\tzoom secret\tzoomsecret

    (?i:zoom_client_secret|zoom-client-secret|zoom client secret|zoomclientsecret|zoom_secret|zoom-secret|zoom secret|zoomsecret)\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{32})(?![0-9A-Za-z_])
    L\tintercom

    (?i:(?:intercom)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(dG9r[0-9A-Za-z+/]{56}[=]{0,2})(?![0-9A-Za-z_])
    L\tzendesk

    (?i:(?:zendesk)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{40})(?![0-9A-Za-z_])
    L\tfreshdesk

    (?i:(?:freshdesk)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{20})(?![0-9A-Za-z_])
    L\tably

    (?i:(?:ably)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z_\\-]{6}\\.[0-9A-Za-z_\\-]{6}:[0-9A-Za-z_\\-]{43})(?![0-9A-Za-z_\\-])
    L\tpusher_secret\tpusher-secret\tpusher secret\tpushersecret\tpusher_app_secret\tpusher-app-secret\tpusher app secret\tpusherappsecret

    (?i:pusher_secret|pusher-secret|pusher secret|pushersecret|pusher_app_secret|pusher-app-secret|pusher app secret|pusherappsecret)\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{20})(?![0-9A-Za-z_])
    L\tsec-c-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sec-c-[0-9A-Za-z+/]{48}(?![0-9A-Za-z_+/=])
    L\tdatadog\tdd_api_key\tdd-api-key\tdd api key\tddapikey

    (?i:dd_api_key|dd-api-key|dd api key|ddapikey|(?:datadog)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{32})(?![0-9A-Za-z_])
    L\tdatadog\tdd_app_key\tdd-app-key\tdd app key\tddappkey\tdd_application_key\tdd-application-key\tdd application key\tddapplicationkey

    (?i:dd_app_key|dd-app-key|dd app key|ddappkey|dd_application_key|dd-application-key|dd application key|ddapplicationkey|(?:datadog)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{40})(?![0-9A-Za-z_])
    L\tddapp_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))ddapp_[0-9A-Za-z]{34}(?![0-9A-Za-z_])
    L\tnrak-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))NRAK-[0-9A-Z]{27}(?![0-9A-Za-z_])
    L\tnral

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))[0-9a-f]{36}NRAL(?![0-9A-Za-z_])
    L\tnrii-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))NRII-[0-9A-Za-z_\\-]{32}(?![0-9A-Za-z_\\-])
    L\tnraa-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))NRAA-[0-9a-f]{27}(?![0-9A-Za-z_])
    L\tpagerduty

    (?i:(?:pagerduty)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?((?:u\\+|y_|e\\+)[0-9A-Za-z_+\\-]{18})(?![0-9A-Za-z_])
    L\tpagerduty\trouting_key\trouting-key\trouting key\troutingkey\tpd_service_key\tpd-service-key\tpd service key\tpdservicekey

    (?i:routing_key|routing-key|routing key|routingkey|pd_service_key|pd-service-key|pd service key|pdservicekey|(?:pagerduty)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{32})(?![0-9A-Za-z_])
    L\topsgenie\tgeniekey

    (?i:geniekey|(?:opsgenie)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![0-9A-Za-z_])
    L\tsntrys_eyj

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sntrys_eyJ[0-9A-Za-z+/=]{60,300}_[0-9A-Za-z+/]{43}(?![0-9A-Za-z_+/=])
    L\tsntryu_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sntryu_[0-9a-f]{64}(?![0-9A-Za-z_])
    L\tsntrya_\tsntryi_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))(?:sntrya_|sntryi_)[0-9a-f]{64}(?![0-9A-Za-z_])
    L\tsentry_auth_token\tsentry-auth-token\tsentry auth token\tsentryauthtoken\tsentry_token\tsentry-token\tsentry token\tsentrytoken

    (?i:sentry_auth_token|sentry-auth-token|sentry auth token|sentryauthtoken|sentry_token|sentry-token|sentry token|sentrytoken)\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{64})(?![0-9A-Za-z_])
    L\tglsa_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))glsa_[0-9A-Za-z]{32}_[0-9a-f]{8}(?![0-9A-Za-z_])
    L\tglc_eyj

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))glc_eyJ[0-9A-Za-z+/]{40,400}[=]{0,2}(?![0-9A-Za-z_])
    L\teyjrijoi

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))eyJrIjoi[0-9A-Za-z+/]{40,200}[=]{0,2}(?![0-9A-Za-z_])
    L\thcaik_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))hcaik_[0-9A-Za-z]{58}(?![0-9A-Za-z_])
    L\thcamk_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))hcamk_[0-9A-Za-z]{26}:[0-9A-Za-z]{32}(?![0-9A-Za-z_])
    L\thoneycomb

    (?i:(?:honeycomb)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{32})(?![0-9A-Za-z_])
    L\tdt0c01.

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))dt0c01\\.[A-Z2-7]{24}\\.[A-Z2-7]{64}(?![0-9A-Za-z_])
    L\tdt0s16.

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))dt0s16\\.[A-Z2-7]{8}\\.[A-Z2-7]{64}(?![0-9A-Za-z_])
    L\tdt0s02.

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))dt0s02\\.[A-Z2-7]{8}\\.[A-Z2-7]{64}(?![0-9A-Za-z_])
    L\tsplunk\thec_token\thec-token\thec token\thectoken

    (?i:hec_token|hec-token|hec token|hectoken|(?:splunk)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![0-9A-Za-z_])
    L\tsplunkd_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))splunkd_[0-9A-Za-z_\\-]{60,200}(?![0-9A-Za-z_\\-])
    L\tsumo

    (?i:(?:sumo)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{64})(?![0-9A-Za-z_])
    L\tlogzio\tlogz

    (?i:(?:logzio|logz)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([A-Za-z]{32})(?![0-9A-Za-z_])
    L\tloggly

    (?i:(?:loggly)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![0-9A-Za-z_])
    L\tpapertrail

    (?i:(?:papertrail)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{20})(?![0-9A-Za-z_])
    L\tbetterstack\tlogtail\tbetter_stack\tbetter-stack\tbetter stack\tbetterstack

    (?i:(?:betterstack|logtail|better_stack|better-stack|better stack|betterstack)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{24})(?![0-9A-Za-z_])
    L\txaat-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))xaat-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9A-Za-z_])
    L\txapt-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))xapt-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9A-Za-z_])
    L\trollbar

    (?i:(?:rollbar)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{32})(?![0-9A-Za-z_])
    L\tbugsnag

    (?i:(?:bugsnag)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{32})(?![0-9A-Za-z_])
    L\tairbrake

    (?i:(?:airbrake)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{32})(?![0-9A-Za-z_])
    L\tapi-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))api-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9A-Za-z_])
    L\tsdk-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sdk-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9A-Za-z_])
    L\tsecret-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))secret-[0-9A-Za-z]{40,50}(?![0-9A-Za-z_])
    L\tconsole-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))console-[0-9A-Za-z]{40,50}(?![0-9A-Za-z_])
    L\tphx_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))phx_[0-9A-Za-z]{43,47}(?![0-9A-Za-z_])
    L\tsgp_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sgp_[0-9A-Za-z]{64}(?![0-9A-Za-z_])
    L\tmixpanel_secret\tmixpanel-secret\tmixpanel secret\tmixpanelsecret\tmixpanel_api_secret\tmixpanel-api-secret\tmixpanel api secret\tmixpanelapisecret

    (?i:mixpanel_secret|mixpanel-secret|mixpanel secret|mixpanelsecret|mixpanel_api_secret|mixpanel-api-secret|mixpanel api secret|mixpanelapisecret)\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{32})(?![0-9A-Za-z_])
    L\tamplitude_secret\tamplitude-secret\tamplitude secret\tamplitudesecret

    (?i:amplitude_secret|amplitude-secret|amplitude secret|amplitudesecret)\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{32})(?![0-9A-Za-z_])
    L\tokta\tssws

    (?i:(?:okta|ssws)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(00[0-9A-Za-z_\\-]{40})(?![0-9A-Za-z_\\-])
    L\tauth0

    (?i:auth0)\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z_\\-]{64})(?![0-9A-Za-z_\\-])
    L\tworkos

    (?i:(?:workos)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(sk_[0-9A-Za-z]{40,60})(?![0-9A-Za-z_])
    L\tsecret-live-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))secret-live-[0-9A-Za-z_\\-]{35,40}=(?![0-9A-Za-z_])
    L\tnpm_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))npm_[0-9A-Za-z]{36}(?![0-9A-Za-z_])
    L\tauthtoken\tauthtoken\tauthtoken\tauthtoken

    (?i:authtoken|authtoken|authtoken|authtoken)\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![0-9A-Za-z_])
    L\t_authtoken\t_auth\t_password

    (?m)(?:^|[\\s"'`;])(?://[^\\s=]{1,200}:)?_(?:authToken|auth|password)\\s?=\\s?["']?([^\\s"'$<{]{16,1000})
    L\tpypi-ageichlwas5vcmc

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))pypi-AgEIcHlwaS5vcmc[0-9A-Za-z_\\-]{50,300}(?![0-9A-Za-z_\\-])
    L\tpypi-agendgvzdc5wexbplm9yzw

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))pypi-AgENdGVzdC5weXBpLm9yZw[0-9A-Za-z_\\-]{50,300}(?![0-9A-Za-z_\\-])
    L\tcio

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))cio[0-9A-Za-z]{32}(?![0-9A-Za-z_])
    L\trubygems_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))rubygems_[0-9a-f]{48}(?![0-9A-Za-z_])
    L\toy2

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))oy2[0-9a-z]{43}(?![0-9A-Za-z_])
    L\tpackagist_ort_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))packagist_ort_[0-9a-f]{68}(?![0-9A-Za-z_])
    L\tpackagist_out_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))packagist_out_[0-9a-f]{68}(?![0-9A-Za-z_])
    L\tpackagist_uut_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))packagist_uut_[0-9a-f]{68}(?![0-9A-Za-z_])
    L\tdckr_pat_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))dckr_pat_[0-9A-Za-z_\\-]{27}(?![0-9A-Za-z_\\-])
    L\tdckr_oat_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))dckr_oat_[0-9A-Za-z_\\-]{32}(?![0-9A-Za-z_\\-])
    L\t"auth"

    "auth"\\s*:\\s*"([0-9A-Za-z+/]{8,400}={0,2})"
    L\takcp

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))AKCp[0-9A-Za-z]{69}(?![0-9A-Za-z_])
    L\tcmvmdgtuo

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))cmVmdGtuO[0-9A-Za-z]{55}(?![0-9A-Za-z_])
    L\tclojars_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))CLOJARS_[0-9a-f]{60}(?![0-9A-Za-z_])
    L\thex_api_key\thex-api-key\thex api key\thexapikey

    (?i:hex_api_key|hex-api-key|hex api key|hexapikey)\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{32})(?![0-9A-Za-z_])
    L\tcloudsmith

    (?i:(?:cloudsmith)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{40})(?![0-9A-Za-z_])
    L\tgemfury\tfury

    (?i:(?:gemfury|fury)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{20,32})(?![0-9A-Za-z_])
    L\tgradle_publish_secret\tgradle-publish-secret\tgradle publish secret\tgradlepublishsecret

    (?i:gradle_publish_secret|gradle-publish-secret|gradle publish secret|gradlepublishsecret)\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{48})(?![0-9A-Za-z_])
    L\tvsce_pat\tvsce-pat\tvsce pat\tvscepat

    (?i:vsce_pat|vsce-pat|vsce pat|vscepat)\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([a-z2-7]{52})(?![0-9A-Za-z_])
    L\tovsx

    (?i:(?:ovsx)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![0-9A-Za-z_])
    L\t.atlasv1.

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))[0-9A-Za-z]{14}\\.atlasv1\\.[0-9A-Za-z_\\-]{60,70}(?![0-9A-Za-z_\\-])
    L\tpul-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))pul-[0-9a-f]{40}(?![0-9A-Za-z_])
    L\thvs.

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))hvs\\.[0-9A-Za-z_\\-]{90,120}(?![0-9A-Za-z_\\-])
    L\thvb.

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))hvb\\.[0-9A-Za-z_\\-]{138,300}(?![0-9A-Za-z_\\-])
    L\thvr.

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))hvr\\.[0-9A-Za-z_\\-]{24,120}(?![0-9A-Za-z_\\-])
    L\tvault

    (?i:(?:vault)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(s\\.[0-9A-Za-z]{24})(?![0-9A-Za-z_])
    L\tdp.pt.

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))dp\\.pt\\.[0-9A-Za-z]{40,44}(?![0-9A-Za-z_])
    L\tdp.st.

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))dp\\.st\\.[0-9a-z_\\-]{2,35}\\.[0-9A-Za-z]{40,44}(?![0-9A-Za-z_])
    L\tdp.ct.

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))dp\\.ct\\.[0-9A-Za-z]{40,44}(?![0-9A-Za-z_])
    L\tdp.sa.

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))dp\\.sa\\.[0-9A-Za-z]{40,44}(?![0-9A-Za-z_])
    L\tdp.scim.

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))dp\\.scim\\.[0-9A-Za-z]{40,44}(?![0-9A-Za-z_])
    L\tdp.audit.

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))dp\\.audit\\.[0-9A-Za-z]{40,44}(?![0-9A-Za-z_])
    L\tops_eyj

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))ops_eyJ[0-9A-Za-z+/]{100,2000}[=]{0,2}(?![0-9A-Za-z_])
    L\ta3-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))A3-[0-9A-Z]{6}-[0-9A-Z]{6}-[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}(?![0-9A-Za-z_])
    L\tbitwarden\tbws

    (?i:(?:bitwarden|bws)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(0\\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\.[0-9A-Za-z]{30}:[0-9A-Za-z+/]{22}==)(?![0-9A-Za-z_])
    L\tst.

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))st\\.[0-9a-f]{24}\\.[0-9a-f]{32}\\.[0-9a-f]{32}(?![0-9A-Za-z_])
    L\takeyless

    (?i:akeyless)\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z+/]{43}=)(?![0-9A-Za-z_])
    L\tsk_live_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sk_live_[0-9A-Za-z]{24,247}(?![0-9A-Za-z_])
    L\trk_live_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))rk_live_[0-9A-Za-z]{24,247}(?![0-9A-Za-z_])
    L\tsk_test_\trk_test_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))(?:sk_test_|rk_test_)[0-9A-Za-z]{24,247}(?![0-9A-Za-z_])
    L\tsk_org_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sk_org_[0-9A-Za-z]{24,247}(?![0-9A-Za-z_])
    L\twhsec_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))whsec_[0-9A-Za-z+/]{32,60}(?![0-9A-Za-z_+/=])
    L\teaaa

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))EAAA[0-9A-Za-z_\\-]{60}(?![0-9A-Za-z_\\-])
    L\tsq0csp-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sq0csp-[0-9A-Za-z_\\-]{43}(?![0-9A-Za-z_\\-])
    L\tsq0atp-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sq0atp-[0-9A-Za-z_\\-]{22}(?![0-9A-Za-z_\\-])
    L\tshpat_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))shpat_[0-9a-f]{32}(?![0-9A-Za-z_])
    L\tshpca_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))shpca_[0-9a-f]{32}(?![0-9A-Za-z_])
    L\tshppa_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))shppa_[0-9a-f]{32}(?![0-9A-Za-z_])
    L\tshpss_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))shpss_[0-9a-f]{32}(?![0-9A-Za-z_])
    L\tshpua_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))shpua_[0-9a-f]{32}(?![0-9A-Za-z_])
    L\tatkn_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))atkn_[0-9a-f]{64}(?![0-9A-Za-z_])
    L\taccess_token$production$

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))access_token\\$production\\$[0-9a-z]{16}\\$[0-9a-f]{32}(?![0-9A-Za-z_])
    L\tpaypal_secret\tpaypal-secret\tpaypal secret\tpaypalsecret\tpaypal_client_secret\tpaypal-client-secret\tpaypal client secret\tpaypalclientsecret

    (?i:paypal_secret|paypal-secret|paypal secret|paypalsecret|paypal_client_secret|paypal-client-secret|paypal client secret|paypalclientsecret)\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(E[0-9A-Za-z_\\-]{79})(?![0-9A-Za-z_\\-])
    L\trzp_live_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))rzp_live_[0-9A-Za-z]{14}(?![0-9A-Za-z_])
    L\trazorpay

    (?i:(?:razorpay)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{24})(?![0-9A-Za-z_])
    L\tflwseck-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))FLWSECK-[0-9a-f]{32}-X(?![0-9A-Za-z_])
    L\tpaystack

    (?i:(?:paystack)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(sk_live_[0-9a-f]{40})(?![0-9A-Za-z_])
    L\tclerk

    (?i:(?:clerk)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(sk_live_[0-9A-Za-z]{40,50})(?![0-9A-Za-z_])
    L\tapp_usr-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))APP_USR-[0-9]{15,17}-[0-9]{6}-[0-9a-f]{32}-[0-9]{6,11}(?![0-9A-Za-z_])
    L\tlemon_squeezy\tlemon-squeezy\tlemon squeezy\tlemonsqueezy

    (?i:(?:lemon_squeezy|lemon-squeezy|lemon squeezy|lemonsqueezy)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(eyJ[0-9A-Za-z_\\-]{10,400}\\.eyJ[0-9A-Za-z_\\-]{10,4000}\\.[0-9A-Za-z_\\-]{20,1000})(?![0-9A-Za-z_\\-])
    L\tpdl_live_apikey_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))pdl_live_apikey_[0-9a-z]{26}_[0-9A-Za-z]{22}_[0-9A-Za-z]{3}(?![0-9A-Za-z_])
    L\taccess-production-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))access-production-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9A-Za-z_])
    L\tplaid_secret\tplaid-secret\tplaid secret\tplaidsecret

    (?i:plaid_secret|plaid-secret|plaid secret|plaidsecret)\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{30})(?![0-9A-Za-z_])
    L\tcoinbase

    (?i:(?:coinbase)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z+/]{86}==)(?![0-9A-Za-z_])
    L\tcoinbase

    (?i:(?:coinbase)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{32})(?![0-9A-Za-z_])
    L\tbinance

    (?i:(?:binance)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{64})(?![0-9A-Za-z_])
    L\tkraken

    (?i:(?:kraken)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z+/]{86}==)(?![0-9A-Za-z_])
    L\talchemy

    (?i:(?:alchemy)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z_\\-]{32})(?![0-9A-Za-z_\\-])
    L\tinfura

    (?i:(?:infura)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{32})(?![0-9A-Za-z_])
    L\tetherscan

    (?i:(?:etherscan)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Z]{34})(?![0-9A-Za-z_])
    L\tshippo_live_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))shippo_live_[0-9a-f]{40}(?![0-9A-Za-z_])
    L\tezak

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))EZAK[0-9A-Za-z]{54}(?![0-9A-Za-z_])
    L\tduffel_live_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))duffel_live_[0-9A-Za-z_\\-]{43}(?![0-9A-Za-z_\\-])
    L\tgocardless

    (?i:(?:gocardless)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(live_[0-9A-Za-z_\\-]{40})(?![0-9A-Za-z_\\-])
    L\tlob_api\tlob-api\tlob api\tlobapi

    (?i:(?:lob_api|lob-api|lob api|lobapi)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(live_[0-9a-f]{35})(?![0-9A-Za-z_])
    L\twise_api\twise-api\twise api\twiseapi\ttransferwise

    (?i:(?:wise_api|wise-api|wise api|wiseapi|transferwise)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![0-9A-Za-z_])
    L\tlin_api_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))lin_api_[0-9A-Za-z]{40}(?![0-9A-Za-z_])
    L\tlin_oauth_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))lin_oauth_[0-9a-f]{64}(?![0-9A-Za-z_])
    L\tlin_wh_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))lin_wh_[0-9A-Za-z]{20,64}(?![0-9A-Za-z_])
    L\tntn_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))ntn_[0-9A-Za-z]{46}(?![0-9A-Za-z_])
    L\tsecret_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))secret_[0-9A-Za-z]{43}(?![0-9A-Za-z_])
    L\tfigd_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))figd_[0-9A-Za-z_\\-]{40}(?![0-9A-Za-z_\\-])
    L\tpat

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))pat[0-9A-Za-z]{14}\\.[0-9a-f]{64}(?![0-9A-Za-z_])
    L\tairtable

    (?i:(?:airtable)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(key[0-9A-Za-z]{14})(?![0-9A-Za-z_])
    L\tasana

    (?i:(?:asana)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9]{1}/[0-9]{15,17}/[0-9]{15,17}:[0-9a-f]{32})(?![0-9A-Za-z_])
    L\tasana

    (?i:(?:asana)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9]{1}/[0-9]{15,17}:[0-9a-f]{32})(?![0-9A-Za-z_])
    L\tpk_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))pk_[0-9]{7,9}_[0-9A-Z]{32}(?![0-9A-Za-z_])
    L\tmonday

    (?i:(?:monday)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(eyJ[0-9A-Za-z_\\-]{10,400}\\.eyJ[0-9A-Za-z_\\-]{10,4000}\\.[0-9A-Za-z_\\-]{20,1000})(?![0-9A-Za-z_\\-])
    L\tatta

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))ATTA[0-9a-f]{64}[0-9A-F]{8}(?![0-9A-Za-z_])
    L\ttrello

    (?i:(?:trello)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{32})(?![0-9A-Za-z_])
    L\tpat-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))pat-(?:na1|na2|na3|eu1|ap1)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9A-Za-z_])
    L\t00d

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))00D[0-9A-Za-z]{12,15}\\![0-9A-Za-z._]{80,120}(?![0-9A-Za-z_])
    L\tpmak-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))PMAK-[0-9a-f]{24}-[0-9a-f]{34}(?![0-9A-Za-z_])
    L\tpmat-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))PMAT-[0-9A-Z]{26}(?![0-9A-Za-z_])
    L\tsk.eyj

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))sk\\.eyJ[0-9A-Za-z_\\-]{60,120}\\.[0-9A-Za-z_\\-]{22}(?![0-9A-Za-z_\\-])
    L\tsl.u.\tsl.

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))(?:sl\\.u\\.|sl\\.)[0-9A-Za-z_\\-]{130,2000}(?![0-9A-Za-z_\\-])
    L\tdropbox

    (?i:(?:dropbox)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-z]{15})(?![0-9A-Za-z_])
    L\teaa

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))EAA[0-9A-Za-z]{90,250}(?![0-9A-Za-z_])
    L\tfacebook_secret\tfacebook-secret\tfacebook secret\tfacebooksecret\tfacebook_app_secret\tfacebook-app-secret\tfacebook app secret\tfacebookappsecret\tfb_app_secret\tfb-app-secret\tfb app secret\tfbappsecret\tfacebook_client_secret\tfacebook-client-secret\tfacebook client secret\tfacebookclientsecret\tmeta_app_secret\tmeta-app-secret\tmeta app secret\tmetaappsecret

    (?i:facebook_secret|facebook-secret|facebook secret|facebooksecret|facebook_app_secret|facebook-app-secret|facebook app secret|facebookappsecret|fb_app_secret|fb-app-secret|fb app secret|fbappsecret|facebook_client_secret|facebook-client-secret|facebook client secret|facebookclientsecret|meta_app_secret|meta-app-secret|meta app secret|metaappsecret)\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{32})(?![0-9A-Za-z_])
    L\tigqv

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))IGQV[0-9A-Za-z_\\-]{100,250}(?![0-9A-Za-z_\\-])
    L\taaaaaaaaaaaaaaaaaaaa

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))AAAAAAAAAAAAAAAAAAAA[0-9A-Za-z%]{80,120}(?![0-9A-Za-z_])
    L\ttwitter

    (?i:(?:twitter)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{50})(?![0-9A-Za-z_])
    L\ttwitter

    (?i:(?:twitter)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{45})(?![0-9A-Za-z_])
    L\twpl_ap1.

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))WPL_AP1\\.[0-9A-Za-z]{16}\\.[0-9A-Za-z+/]{6}==(?![0-9A-Za-z_])
    L\tlinkedin

    (?i:(?:linkedin)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{16})(?![0-9A-Za-z_])
    L\treddit_secret\treddit-secret\treddit secret\tredditsecret\treddit_client_secret\treddit-client-secret\treddit client secret\tredditclientsecret

    (?i:reddit_secret|reddit-secret|reddit secret|redditsecret|reddit_client_secret|reddit-client-secret|reddit client secret|redditclientsecret)\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z_\\-]{27,30})(?![0-9A-Za-z_\\-])
    L\tspotify_secret\tspotify-secret\tspotify secret\tspotifysecret\tspotify_client_secret\tspotify-client-secret\tspotify client secret\tspotifyclientsecret

    (?i:spotify_secret|spotify-secret|spotify secret|spotifysecret|spotify_client_secret|spotify-client-secret|spotify client secret|spotifyclientsecret)\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{32})(?![0-9A-Za-z_])
    L\ttwitch

    (?i:(?:twitch)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-z]{30})(?![0-9A-Za-z_])
    L\ttfp_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))tfp_[0-9A-Za-z]{44}_[0-9A-Za-z]{14}(?![0-9A-Za-z_])
    L\tcalendly

    (?i:(?:calendly)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(eyJ[0-9A-Za-z_\\-]{10,400}\\.eyJ[0-9A-Za-z_\\-]{10,4000}\\.[0-9A-Za-z_\\-]{20,1000})(?![0-9A-Za-z_\\-])
    L\twebflow

    (?i:(?:webflow)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{64})(?![0-9A-Za-z_])
    L\trdme_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))rdme_[0-9a-z]{70}(?![0-9A-Za-z_])
    L\tpnu_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))pnu_[0-9A-Za-z]{36}(?![0-9A-Za-z_])
    L\tpnb_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))pnb_[0-9A-Za-z]{36}(?![0-9A-Za-z_])
    L\taio_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))aio_[0-9A-Za-z]{28}(?![0-9A-Za-z_])
    L\tparticle

    (?i:(?:particle)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{40})(?![0-9A-Za-z_])
    L\tunsplash

    (?i:(?:unsplash)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z_\\-]{43})(?![0-9A-Za-z_\\-])
    L\topenweather\topen_weather\topen-weather\topen weather\topenweather

    (?i:(?:openweather|open_weather|open-weather|open weather|openweather)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{32})(?![0-9A-Za-z_])
    L\trapidapi\trapid_api\trapid-api\trapid api\trapidapi

    (?i:(?:rapidapi|rapid_api|rapid-api|rapid api|rapidapi)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{10}msh[0-9a-f]{15}p1[0-9a-f]{6}jsn[0-9a-f]{12})(?![0-9A-Za-z_])
    L\tapify_api_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))apify_api_[0-9A-Za-z]{36}(?![0-9A-Za-z_])
    L\thooks.zapier.com/hooks/catch/

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))hooks\\.zapier\\.com/hooks/catch/[0-9]{5,10}/[0-9A-Za-z]{6,12}(?![0-9A-Za-z_])
    L\tifttt

    (?i:(?:ifttt)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z_\\-]{22,43})(?![0-9A-Za-z_\\-])
    L\tfio-u-

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))fio-u-[0-9A-Za-z_\\-]{64}(?![0-9A-Za-z_\\-])
    L\tghost

    (?i:(?:ghost)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{24}:[0-9a-f]{64})(?![0-9A-Za-z_])
    L\thass\thome_assistant\thome-assistant\thome assistant\thomeassistant\thomeassistant

    (?i:(?:hass|home_assistant|home-assistant|home assistant|homeassistant|homeassistant)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(eyJ[0-9A-Za-z_\\-]{10,400}\\.eyJ[0-9A-Za-z_\\-]{10,4000}\\.[0-9A-Za-z_\\-]{20,1000})(?![0-9A-Za-z_\\-])
    L\tkey0

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))KEY0[0-9A-F]{31}_[0-9A-Za-z]{22}(?![0-9A-Za-z_])
    L\tshodan

    (?i:(?:shodan)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{32})(?![0-9A-Za-z_])
    L\tvirustotal\tvirus_total\tvirus-total\tvirus total\tvirustotal\tvt_api\tvt-api\tvt api\tvtapi

    (?i:(?:virustotal|virus_total|virus-total|virus total|virustotal|vt_api|vt-api|vt api|vtapi)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9a-f]{64})(?![0-9A-Za-z_])
    L\tsecuritytrails

    (?i:(?:securitytrails)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?([0-9A-Za-z]{32})(?![0-9A-Za-z_])
    L\tnyk_v0_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))nyk_v0_[0-9A-Za-z]{60,70}(?![0-9A-Za-z_])
    L\tscalr

    (?i:(?:scalr)[^\\r\\n,;]{0,40}?(?:key|token|secret|pass|pwd|auth|cred|pat))\\w{0,24}(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?["'`]|[\\s:=,(>|?"'`\\\\\\])]{1,12})(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(eyJ[0-9A-Za-z_\\-]{10,400}\\.eyJ[0-9A-Za-z_\\-]{10,4000}\\.[0-9A-Za-z_\\-]{20,1000})(?![0-9A-Za-z_\\-])
    L\tretool_

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))retool_[0-9a-z]{26,40}(?![0-9A-Za-z_])
    L\t.eyj

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))eyJ[0-9A-Za-z_\\-]{10,400}\\.eyJ[0-9A-Za-z_\\-]{10,4000}\\.[0-9A-Za-z_\\-]{20,1000}(?![0-9A-Za-z_\\-])
    L\t.eyj

    (?:(?<![0-9A-Za-z_\\\\])|(?<=\\\\[nrt]))eyJ[0-9A-Za-z_\\-]{10,400}\\.eyJ[0-9A-Za-z_\\-]{10,4000}\\.[0-9A-Za-z_\\-]{20,1000}(?![0-9A-Za-z_\\-])
    L\tclient-key-data

    client-key-data["']?:\\s{0,4}["']?(LS0tLS1CRUdJTi[0-9A-Za-z+/]{100,8000}={0,2})
    L\ttoken:

    (?m)^\\s{2,12}token:\\s{1,4}["']?([a-z0-9]{6}\\.[a-z0-9]{16}|eyJ[\\w\\-]{10,400}\\.[\\w\\-]{10,4000}\\.[\\w\\-]{20,1000})["']?\\s*$
    L\tkubeadm\tbootstrap

    (?<![a-z0-9.])([a-z0-9]{6}\\.[a-z0-9]{16})(?![a-z0-9.])
    L\t://

    \\b(?:https?|ftps?|sftp|ssh|smtps?|imaps?|ldaps?|socks5h?|git\\+https)://[^\\s:/@"'<>`${}?#]{1,100}:((?![^@]{0,200}%[89A-Fa-f])[^\\s/@"'<>`${}*:]{8,200})@(?!localhost|127\\.|0\\.0\\.0\\.0|\\[::1|[a-z.\\-]*example\\.|host\\b)[0-9A-Za-z\\[]
    L\t://

    \\b(?:https?|ftps?|sftp|ssh|smtps?|imaps?|ldaps?|socks5h?|git\\+https)://[^\\s:/@"'<>`${}?#]{1,100}:([^\\s/@"'<>`${}*:]{3,200})@[0-9A-Za-z\\[]
    L\tbasic 

    (?i:authorization)["'`\\]]{0,3}\\s?[:=,]\\s?["'`]?(?i:basic)\\s([0-9A-Za-z+/]{12,400}={0,2})(?![0-9A-Za-z+/=])
    L\tauthorization

    (?i:authorization)["'`\\]]{0,3}\\s?[:=,]\\s?["'`]?(?i:bearer|token)\\s([0-9A-Za-z_.~+/\\-]{24,2000}={0,2})(?![0-9A-Za-z_+/=])
    L\tcurl

    \\bcurl\\b[^\\r\\n]{0,300}?\\s(?:-u|--user)[\\s=]{1,4}["']?[^\\s:"'$<{]{1,100}:([^\\s"'$<{}*]{8,200})
    L\totpauth://

    otpauth://[th]otp/[^\\s"'<>?]{0,200}\\?[^\\s"'<>]{0,300}?secret=([A-Za-z2-7]{16,128})
    L\tbase64:

    (?i:app_?key)["']?\\s?[=:]>?\\s?["']?base64:([0-9A-Za-z+/]{43}=)
    L\tsecret_key

    \\bSECRET_KEY\\s?[=:]\\s?[rb]?["']((?!django-insecure-)[^"'\\s$<{]{40,120})["']
    L\tdjango-insecure-

    (django-insecure-[^"'\\s]{40,60})
    L\trails_master_key\tmaster_key

    (?i:rails_master_key|\\bmaster_key)["']?\\s?[=:]\\s?["']?([0-9a-f]{32})(?![0-9a-f])
    L\tsecret_key_base

    (?i:secret_key_base)["']?\\s?[=:]\\s?["']?([0-9a-f]{128})(?![0-9a-f])
    L\tdefine(

    define\\(\\s?['"](?:DB_PASSWORD|(?:SECURE_|LOGGED_IN_)?(?:AUTH_|NONCE_)?(?:KEY|SALT))['"]\\s?,\\s?['"]([^'"\\r\\n]{8,80})['"]
    L\tansible_

    \\bansible_(?:become_|ssh_|sudo_|su_|winrm_)?pass(?:word)?["']?\\s?[=:]\\s?["']?((?!!)[^\\s"'{$<]{6,100})
    L\t$2a$\t$2b$\t$2y$\t$apr1$\t$5$\t$6$\t$y$\t$argon2

    (?<![\\w$])(\\$(?:2[aby]\\$\\d\\d\\$[./0-9A-Za-z]{53}|apr1\\$[./0-9A-Za-z]{1,8}\\$[./0-9A-Za-z]{22}|5\\$(?:rounds=\\d{4,9}\\$)?[./0-9A-Za-z]{1,16}\\$[./0-9A-Za-z]{43}|6\\$(?:rounds=\\d{4,9}\\$)?[./0-9A-Za-z]{1,16}\\$[./0-9A-Za-z]{86}|y\\$[./0-9A-Za-z]{1,10}\\$[./0-9A-Za-z]{1,86}\\$[./0-9A-Za-z]{43}|argon2id?\\$v=\\d{1,3}\\$m=\\d{1,9},t=\\d{1,4},p=\\d{1,3}\\$[0-9A-Za-z+/]{8,60}\\$[0-9A-Za-z+/]{20,100}))(?![\\w/])
    L\t--passphrase

    \\bgpg2?\\b[^\\r\\n]{0,200}?--passphrase[\\s=]["']?([^\\s"'$<{-][^\\s"'$<{]{7,100})
    L\tsshpass

    \\bsshpass\\s{1,4}-p\\s{0,4}["']?([^\\s"'$<{-][^\\s"'$<{]{5,100})
    L\tnet use

    (?i)\\bnet use\\s[^\\r\\n]{0,200}?/user:\\S{1,100}\\s([^\\s"'$<{%/*]{6,100})
    L\tpassword\tpasswd
    **/.netrc\t**/_netrc\t**/netrc
    (?i)\\bpassw(?:or)?d\\s+["']?([^\\s"'<${]{3,200})
    L
    **/.pgpass\t**/pgpass.conf\t**/*.pgpass
    (?m)^[^#\\r\\n:]{1,200}:[^:\\r\\n]{0,20}:[^:\\r\\n]{0,100}:[^:\\r\\n]{1,100}:([^\\s:<${]{3,200})$
    L\t://
    **/.git-credentials\t**/.config/git/credentials
    [a-z]{3,6}://[^\\s:/@]{1,100}:([^\\s@]{3,200})@
    L
    **/.htpasswd\t**/htpasswd\t**/*.htpasswd\t**/*.htpasswd.*\t**/.htpasswd*
    (?m)^[^\\s:#]{1,100}:(\\$[0-9A-Za-z]{1,6}\\$[^\\s:]{20,200}|\\{SHA\\}[0-9A-Za-z+/=]{20,60}|[./0-9A-Za-z]{13})\\s*$
    L
    **/shadow\t**/shadow-\t**/shadow.bak\t**/master.passwd\t**/etc/shadow*\t**/passwd
    (?m)^[a-z_][^\\s:]{0,40}:(\\$[0-9A-Za-z]{1,6}\\$[^\\s:]{20,200}|_[./0-9A-Za-z]{19}|[./0-9A-Za-z]{13}):
    L\t<pass
    **/*ilezilla*.xml\t**/sitemanager.xml\t**/recentservers.xml\t**/filezilla/*.xml
    <Pass(?: encoding="[a-z0-9]{1,16}")?>([^<\\s]{3,200})</Pass>
    L\tpassword\tsecret\ttoken\tprivate_key\taccess_key\tconnection_string
    **/*.tfstate\t**/*.tfstate.backup\t**/*.tfvars\t**/*.tfvars.json
    (?i)"?[\\w\\-]{0,60}(?:password|secret|token|private_key|access_key|connection_string)[\\w\\-]{0,40}"?\\s{0,8}[:=]\\s{0,8}"((?!\\$\\{|<|null)[^"\\s]{6,4000})"
    L\tinsert into\tidentified by\tpassword
    **/*.sql\t**/*.dump\t**/*.sql.bak
    (?i)(?:insert into [^\\r\\n]{0,400}?(?:users?|accounts?|members?|login|admin|auth)[^\\r\\n]{0,2000}?['"](\\$(?:2[aby]|5|6|1|P|H|argon2\\w{0,2})\\$[^'"\\s]{8,200}|[0-9a-f]{32}(?:[0-9a-f]{8}|[0-9a-f]{32})?)['"]|identified by '([^'\\s]{4,100})'|with password '([^'\\s]{4,100})')
    L
    **/master.key\t**/config/credentials/*.key
    \\A\\s*([0-9a-f]{32})\\s*\\z
    L\tpassword
    **/.pypirc\t**/pip.conf\t**/pypirc
    (?im)^\\s*password\\s*[:=]\\s*([^\\s$<{%]{4,400})$
    L\tsecret\tapi_key\tclient_key\taccess_key\ttoken\tkey
    **/.aws/credentials\t**/aws/credentials\t**/.s3cfg\t**/s3cfg\t**/.boto\t**/.passwd-s3fs\t**/credentials.ini\t**/cloud/.credentials\t**/.cloud/credentials\t**/.credentials\t**/cloud/.s3cfg\t**/cloud/.tugboat\t**/.tugboat\t**/cloud/heroku.json\t**/heroku.json
    (?im)^\\s*["']?\\w{0,30}(?:secret_?(?:access_?)?(?:key)?|api_?key|client_?key|access_?(?:key|token)|token|heroku_?key|authentication)["']?\\s*[:=]\\s*["']?([^\\s"'<${,]{8,400})
    L\tpass
    **/.esmtprc\t**/.msmtprc\t**/.mutt*\t**/.muttrc\t**/muttrc\t**/.fetchmailrc\t**/.offlineimaprc\t**/.mbsyncrc
    (?i)\\b(?:imap_|smtp_)?pass(?:word)?\\s*(?:=|\\s)\\s*["']?([^\\s"'<${]{4,200})
    L\tpass\tpwd\tsecret\ttoken\tprivate
    **/.ftpconfig\t**/sftp-config*.json\t**/sftp.json\t**/ftp-config.json\t**/.remote-sync.json\t**/.ftpsync.settings\t**/deployment-config.json\t**/dbeaver-data-sources.xml\t**/robomongo.json\t**/ventrilo_srv.ini\t**/proftpdpasswd\t**/wp-config*.php
    (?i)["']?[\\w.\\-]{0,40}(?:pass(?:word|phrase|wd|w)?|pwd|secret|api_?key|token|private_?key)[\\w.\\-]{0,30}["']?[ \\t]{0,8}(?:=>|[:=,])[ \\t]{0,8}["']?((?!true|false|null|none|undefined|\\$|%|<|\\{|os\\.|env|process|get_?env|self|this|function|array|str|int|string|required)[^\\s"',;<>${}()\\[\\]]{5,400})
    L\tpass\tpwd\tsecret\ttoken\tapikey\tapi_key\tprivate
    **/.env*\t**/*.env\t**/config.php\t**/configuration.php\t**/db.php\t**/database.yml\t**/secrets.yml\t**/settings.py\t**/LocalSettings.php\t**/*.ini\t**/*.exports\t**/.bash_profile\t**/.bashrc\t**/.zshrc\t**/.profile\t**/proxy.conf
    (?i)["']?[\\w.\\-]{0,40}(?:pass(?:word|phrase|wd|w)?|pwd|secret|api_?key|token|private_?key)[\\w.\\-]{0,30}["']?[ \\t]{0,8}(?:=>|[:=,])[ \\t]{0,8}["']?((?!true|false|null|none|undefined|\\$|%|<|\\{|os\\.|env|process|get_?env|self|this|function|array|str|int|string|required)[^\\s"',;<>${}()\\[\\]]{5,400})
    L\tpassword=
    **/.idea/*.xml\t**/WebServers.xml
    (?i)\\bpassword="([^"\\s]{4,400})"
    L\tpassword\tautosendcmd
    **/.irssi/config\t**/irssi/config\t**/irssi_config
    (?i)(?:\\bpassword\\s*=\\s*"([^"\\s]{3,200})"|identify\\s+(?:\\S{1,60}\\s)?([^\\s"]{4,200}))
    L
    **/*.p12\t**/*.pfx\t**/*.jks\t**/*.keystore\t**/*.bks
    (?s)\\A(\\x30[\\x80-\\x84]|\\xfe\\xed\\xfe\\xed|\\xce\\xce\\xce\\xce)
    L
    **/*.kdbx\t**/*.kdb
    (?s)\\A(\\x03\\xd9\\xa2\\x9a)
    L\tpassword\tpasswd\tpassphrase\tsecret\ttoken\tapi_key\tapikey\tapi-key\taccess_key\taccesskey\tprivate_key\tcredential\tauth_key

    (?i)(?:passw(?:or)?d|passphrase|secret|token|api[_\\-]?key|access_?key|private_?key|credential|auth_?key)s?[\\w\\-]{0,24}["'\\])]{0,3}(?:\\s?:\\s?\\w{1,12})?\\s{0,4}(?:=>|:=|[:=])\\s{0,4}[rbf]?["'`]([0-9A-Za-z+/=_.~!@#%^&*\\-]{16,200})["'`]
    L\t_password\t_passwd\t_secret\t_token\t_key\t_pat\tsecret_\ttoken_

    (?m)^\\s{0,8}(?:export\\s|set\\s|-\\s|ENV\\s)?\\s{0,4}[A-Z][A-Z0-9_]{0,60}(?:PASSWORD|PASSWD|SECRET|TOKEN|KEY|PAT|CREDENTIALS?)[A-Z0-9_]{0,20}\\s{0,2}[=:]\\s{0,2}["']?((?![$<{%])[0-9A-Za-z+/=_.~!@#^&*\\-]{16,400})["']?\\s*$

    """
}
