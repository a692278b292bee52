internal import Documents

/// `.cargo-checksum.json` of a vendored crate: the digest of the archive that it came in, and those of
/// its files (Cargo's `sources/directory.rs`).
struct ChecksumList {
  /// In lower-case digits as a rule; `nil` for a crate that came in no archive.
  let package: ArraySlice<UInt8>?
  /// By paths from the crate's folder. Cargo looks at no other file.
  let digests: [ArraySlice<UInt8>: ArraySlice<UInt8>]

  /// - Throws: `Unread`: not what Cargo reads, or not in one way only.
  init(_ bytes: [UInt8]) throws(Unread) {
    let document = try Syntax.json.read(bytes)
    guard let files = document.child("files", of: .root), document.isObject(files) else {
      throw Unread(.wrongShape, at: 0)
    }
    var digests: [ArraySlice<UInt8>: ArraySlice<UInt8>] = [:]
    digests.reserveCapacity(document.childCount(files))
    for node in document.children(files) {
      guard document.kind(node) == .string else {
        throw Unread(.wrongShape, at: document.range(node).lowerBound)
      }
      digests[document.bytes(document.key(node))] = document.bytes(document.text(node))
    }
    self.digests = digests
    guard let package = document.child("package", of: .root) else {
      self.package = nil
      return
    }
    let text = document.text(package)
    switch document.kind(package) {
    case .string: self.package = document.bytes(text)
    case .bare where document.equals(text, "null"): self.package = nil
    default: throw Unread(.wrongShape, at: document.range(package).lowerBound)
    }
  }

  /// The digest that the list has for the manifest, which names the release.
  var manifest: ArraySlice<UInt8>? { digests[Self.manifestPath] }

  static let manifestPath = Array("Cargo.toml".utf8)[...]

  /// Whether a build compiles or obeys such a file.
  static func isCode(_ path: ArraySlice<UInt8>) -> Bool {
    let name = path[((path.lastIndex(of: 0x2f) ?? (path.startIndex - 1)) + 1)...]
    return name.suffix(3).elementsEqual(".rs".utf8)
      || name.map { ($0 &- 0x41) < 26 ? $0 | 0x20 : $0 }.elementsEqual("cargo.toml".utf8)
  }

  /// Files that `cargo vendor` writes in one version and leaves out in another; no build reads them.
  private static let optional: Set<[UInt8]> = Set(
    [".gitattributes", ".gitignore", ".cargo_vcs_info.json", ".cargo-ok"].map { Array($0.utf8) })

  static func isOptional(_ path: ArraySlice<UInt8>) -> Bool {
    let name = path[((path.lastIndex(of: 0x2f) ?? (path.startIndex - 1)) + 1)...]
    return optional.contains(Array(name)) || name.suffix(5).elementsEqual(".orig".utf8)
      || name.suffix(4).elementsEqual(".rej".utf8)
  }
}
