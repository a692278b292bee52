internal import Documents
internal import Lockfiles
internal import Primitives

/// What Go itself asks of a vendored build: `vendor/modules.txt` marks as explicit what `go.mod`
/// requires, in the same version, and nothing else (Go's `modload/vendor.go`).
enum GoVendoring {
  private struct Module: Hashable {
    let name: [UInt8]
    let version: [UInt8]

    var words: String {
      "\(Escaped.text(name, limit: 120)) \(Escaped.text(version, limit: 60))"
    }
  }

  /// Where the two files of a module disagree since this push, in words.
  ///
  /// - Parameter file: anything; only `vendor/modules.txt` has words.
  static func words(
    _ file: FileDiff, among changes: borrowing CheckedChanges
  ) -> Statements {
    guard file.format?.manifest?.agreement == .marked, let vendored = file.new.inventory,
      file.folder.suffix(6).elementsEqual("vendor".utf8)
    else { return Statements() }
    let path = file.folder.dropLast(6) + Array("go.mod".utf8)
    guard let other = changes.file(at: Array(path)).map({ changes.files[$0] }),
      let manifest = other.new.inventory
    else { return Statements() }
    var words = disagreements(manifest, vendored)
    if !words.isEmpty, let before = other.old.inventory, let old = file.old.inventory {
      words.subtract(disagreements(before, old))
    }
    return words
  }

  private static func disagreements(_ manifest: Inventory, _ vendored: Inventory) -> Statements {
    // Before Go 1.14 nothing was marked.
    guard let marked = explicit(vendored.document), !marked.isEmpty else { return Statements() }
    let required = Set(
      manifest.requirements.map { wish in
        Module(
          name: Array(manifest.document.bytes(wish.name)),
          version: Array(manifest.document.bytes(wish.specification)))
      })
    var words = Statements()
    for module in required.subtracting(marked) {
      words.insert(
        [module.name[...], module.version[...]], .high,
        "\(module.words)   is required by go.mod and not vendored as such")
    }
    for module in marked.subtracting(required) {
      words.insert(
        [module.name[...], module.version[...], []], .high,
        "\(module.words)   is vendored as required, and go.mod does not require it")
    }
    return words
  }

  /// The modules that are marked as explicit; `nil` for a workspace, which has several manifests.
  private static func explicit(_ document: Document) -> Set<Module>? {
    var marked: Set<Module> = []
    var module: Module?
    for node in document.children(.root) {
      let line = document.bytes(document.text(node))
      if line.starts(with: "## ".utf8) {
        let marks = line.dropFirst(3).split(separator: 0x3b).map(trimmed)
        if marks.contains(where: { $0.elementsEqual("workspace".utf8) }) { return nil }
        if let module, marks.contains(where: { $0.elementsEqual("explicit".utf8) }) {
          marked.insert(module)
        }
      } else if line.starts(with: "# ".utf8) {
        let words = line.dropFirst(2).split(separator: 0x20)
        // Without a version it is a `replace` of modules that are not vendored.
        module =
          words.count > 1 && words[1].first == 0x76
          ? Module(name: Array(words[0]), version: Array(words[1])) : nil
      }
    }
    return marked
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = text.drop { $0 == 0x20 }
    while text.last == 0x20 { text.removeLast() }
    return text
  }
}
