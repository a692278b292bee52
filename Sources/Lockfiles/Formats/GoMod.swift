internal import Documents
internal import Primitives

/// `go.mod` and `go.work` (Go modules reference). A `replace` moves a module to another place, and
/// `toolchain` and `tool` name programs that builds run.
enum GoMod {
  static let format = Format(
    "go-mod", files: ["go.mod", "go.work"], .manifests, .goMod, asksFor: .golang,
    keys: [
      // What imports the module's own path is not fetched.
      KeyRule("module/**", .dependency), KeyRule("replace/**", .origin),
      KeyRule("toolchain/**", .runsCode), KeyRule("tool/**", .runsCode),
      KeyRule("require/**", .dependency), KeyRule("exclude/**", .dependency),
      KeyRule("use/**", .dependency), KeyRule("go/**", .dependency),
      KeyRule("godebug/**", .dependency), KeyRule("retract/**", .dependency),
      KeyRule("ignore/**", .selectsCode),
    ],
    freeOrder: [
      FreeOrder("**", because: "go reads each directive by its module (Go modules reference)")
    ],
    wishes: .init(
      isLiteral: true, exactVersion: { $0 }, replaced: { manifest, _ in replaced(in: manifest) }),
    read: read)

  /// Modules that a `replace` moves: go.sum has their replacements.
  private static func replaced(in manifest: Inventory) -> Set<[UInt8]> {
    guard let list = manifest.document.child("replace", of: .root) else { return [] }
    return Set(
      manifest.document.children(list).map {
        Array(manifest.document.bytes(manifest.document.key($0)).prefix { $0 != 0x20 })
      })
  }

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    for module in reader.root.children("require") {
      reader.addRequirement(module, module.key.prefix(before: " "), module.text)
    }
  }
}
