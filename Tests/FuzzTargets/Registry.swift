/// A reader of hostile bytes, under the name of its folder in `Tests/Corpus`.
///
/// `run` takes any bytes. It returns when the reader gave a value or an error and its properties
/// hold, and traps otherwise: for a fuzzer a trap is a finding, and so it is for the corpus tests.
package typealias FuzzTarget = (name: String, run: @Sendable ([UInt8]) -> Void)

/// Every fuzzed reader. A new one is a file here, a line here and a folder of seeds.
package let fuzzTargets: [FuzzTarget] = [
  ("codeowners", fuzzCodeOwners),
  ("commit", fuzzCommit),
  ("dsse", fuzzEnvelope),
  ("git-request", fuzzGitRequest),
  ("json", fuzzJSON),
  ("lock-edn", fuzzEDN),
  ("lock-hcl", fuzzHCL),
  ("lock-indented-text", fuzzIndentedText),
  ("lock-ini", fuzzINI),
  ("lock-json", fuzzJSONSyntax),
  ("lock-lines", fuzzLines),
  ("lock-terms", fuzzTerms),
  ("lock-toml", fuzzTOML),
  ("lock-xml", fuzzXML),
  ("lock-yaml", fuzzYAML),
  ("lock-zon", fuzzZon),
  ("pkt-line", fuzzPktLine),
  ("policy", fuzzPolicy),
  ("proc-receive", fuzzProcReceive),
  ("push-certificate", fuzzPushCertificate),
  ("receive-input", fuzzReceiveInput),
  ("sshsig", fuzzSSHSignature),
  ("trailers", fuzzTrailers),
  ("tree", fuzzTree),
]
