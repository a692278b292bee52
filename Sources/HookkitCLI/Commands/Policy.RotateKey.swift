internal import ArgumentParser
internal import Gate
internal import Policy
internal import Primitives
internal import Report
internal import Signing

/// `hookkit policy rotate-key`: another key for somebody who is enrolled.
struct PolicyRotateKey: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate-key", abstract: "Put another key in the place of one, or of the only one.",
    discussion: """
      The old key is ignored from the next connection on. Where it may be in wrong hands, add \
      --revoke: then it counts for nobody, in no layer.
      """)

  @Argument(help: "The name in the policy.")
  var name: String

  @Option(help: ArgumentHelp("The new public key.", valueName: "file"))
  var key: String

  @Option(
    help: ArgumentHelp(
      "Of several keys the one that goes: SHA256:..., or a file.", valueName: "key"))
  var old: String?

  @Flag(help: "Also revoke the old key.")
  var revoke = false

  @OptionGroup var file: PolicyFileOptions
  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let file = try PolicyFile(file, in: context)
    let found = try Enrolled(name, in: file)
    let new = try PublicKeyFile.read(key)
    let number: Int
    if let old {
      let fingerprint = try PolicyRevoke.fingerprint(old)
      guard let index = found.keys.firstIndex(where: { $0.fingerprint == fingerprint }) else {
        throw CommandError(
          .refused, "\(name) has no key \(fingerprint)", details: found.keys.map(\.fingerprint))
      }
      number = index
    } else {
      guard found.keys.count == 1 else {
        throw CommandError(
          .usage,
          "\(name) has \(found.keys.count.counted("key")); name the one that goes with --old",
          details: found.keys.map(\.fingerprint))
      }
      number = 0
    }
    var text = file.text
    try text.replace(
      number, of: "keys", with: TOML.quoted(Array(new.authorizedKeyText.utf8)), in: found.group,
      name)
    if revoke {
      try text.insert(
        TOML.quoted(Array(found.keys[number].fingerprint.utf8)), into: "revoked-keys")
    }
    try file.change(to: text, in: context) { $0.principal(key: new)?.name == name }
  }
}

/// Somebody who is enrolled in one file, with the keys that this file gives them, in its order.
struct Enrolled {
  /// `people`, `agents` or `services`.
  let group: String
  let keys: [PublicKey]

  init(_ name: String, in file: PolicyFile) throws {
    let root = try TOML.read(file.text.bytes)
    for group in ["people", "agents", "services"] {
      guard case .table(let tables)? = root[group]?.kind,
        case .table(let table)? = tables[name]?.kind
      else { continue }
      self.group = group
      guard case .array(let elements)? = table["keys"]?.kind else {
        keys = []
        return
      }
      keys = try elements.map { element in
        guard case .string(let line) = element.kind else {
          throw CommandError(.undecided, "a key of \(name.quoted) cannot be read")
        }
        return try PublicKey(authorizedKey: line)
      }
      return
    }
    let names = ["people", "agents", "services"].flatMap { group -> [String] in
      guard case .table(let tables)? = root[group]?.kind else { return [] }
      return tables.entries.map { Escaped.text($0.key) }
    }
    throw CommandError(
      .refused, "nobody in \(shown(file.path)) is called \(name.quoted)",
      details: CommandWords.nearest(to: name, in: names).map { ["did you mean \($0)?"] }
        ?? ["it enrols \(names.joined(separator: ", "))"])
  }
}
