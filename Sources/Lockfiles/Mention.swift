internal import Documents
package import Primitives

/// Where the files of a format name another file of the repository, which then decides as much as what
/// names it: a script, an included pipeline, a patch.
package struct Mention: Sendable {
  /// Where a relative path begins.
  package enum Base: Sendable {
    /// The folder of the file that has it.
    case folder
    /// The folder above that one: Cargo's, for what `.cargo/config.toml` says.
    case parent
    /// The repository, wherever the file stands.
    case root
  }

  package enum Kind: Sendable {
    case file
    /// All that lies below as well.
    case folder
    /// A command line, of which the words that look like paths count.
    case command
    /// A module of Python: a file or a folder of its name.
    case module
  }

  let patterns: KeyPatterns
  package let fileClass: FileClass
  package let base: Base
  package let kind: Kind
  /// The format that such a file is read as; empty for text, or what its own name says.
  private let format: StaticString

  init(
    _ patterns: [StaticString], in folders: StaticString..., is fileClass: FileClass,
    from base: Base = .folder, _ kind: Kind = .file, readAs format: StaticString = ""
  ) {
    self.patterns = KeyPatterns(patterns, in: folders)
    self.fileClass = fileClass
    self.base = base
    self.kind = kind
    self.format = format
  }

  package var formatName: String? {
    format.utf8CodeUnitCount > 0
      ? format.withUTF8Buffer { String(decoding: $0, as: UTF8.self) } : nil
  }
}

/// A file, or with all that lies below it a folder, that a guarded file names.
package struct NamedFile: Hashable, Sendable {
  /// From the repository's root; a star stands for part of one name, two of them for any number of names.
  package let path: [UInt8]
  package let fileClass: FileClass
  package let isFolder: Bool
  package let format: String?

  package init(path: [UInt8], fileClass: FileClass, isFolder: Bool, format: String?) {
    self.path = path
    self.fileClass = fileClass
    self.isFolder = isFolder
    self.format = format
  }

  /// Whether it is meant by a path.
  package func covers(_ other: [UInt8]) -> Bool {
    if path.contains(UInt8(ascii: "*")) { return Pattern(path).matches(other) }
    if other.count == path.count { return other == path }
    return isFolder && other.count > path.count && other[path.count] == UInt8(ascii: "/")
      && other.starts(with: path)
  }
}

extension Format {
  /// The files that one of this format names; none for one that cannot be read, which is held as it is.
  ///
  /// - Parameters:
  ///   - path: the file's own.
  ///   - limit: most files that are told.
  /// - Returns: `nil` when there are more.
  package func filesNamed(
    in bytes: [UInt8], at path: [UInt8], limit: Int = 1000
  ) -> [NamedFile]? {
    guard !mentions.isEmpty, let document = try? document(of: bytes, limits: ReadingLimits()) else {
      return []
    }
    let folder = path.lastIndex(of: UInt8(ascii: "/")).map { path[..<$0] } ?? []
    var found: [NamedFile] = []
    var seen: Set<NamedFile> = []
    for mention in mentions {
      let start: ArraySlice<UInt8> =
        switch mention.base {
        case .folder: folder
        case .parent: folder.lastIndex(of: UInt8(ascii: "/")).map { folder[..<$0] } ?? []
        case .root: []
        }
      for pattern in mention.patterns.paths {
        document.eachText(at: pattern[...], of: .root) { text in
          for word in mention.words(of: document.bytes(text)) where found.count <= limit {
            guard
              let place = RepositoryPath.resolve(
                word[...], from: start, atRoot: mention.base == .root)
            else { continue }
            let named = NamedFile(
              path: place, fileClass: mention.fileClass,
              isFolder: mention.kind == .folder || mention.kind == .module,
              format: mention.formatName)
            if seen.insert(named).inserted { found.append(named) }
          }
        }
      }
    }
    return found.count > limit ? nil : found
  }
}

extension Mention {
  /// The paths in a text.
  fileprivate func words(of text: ArraySlice<UInt8>) -> [[UInt8]] {
    switch kind {
    case .file, .folder: return [Array(text)]
    case .module:
      let name = Array(text.prefix { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: ":") })
      return name.isEmpty ? [] : [name, name + Array(".py".utf8)]
    case .command:
      let breaks = Set(" \t\n;&|()<>\"'`=,".utf8)
      return text.split { breaks.contains($0) }.filter { word in
        // An option is none, and a word without a slash or an ending is a command or an argument.
        word.first != UInt8(ascii: "-")
          && (word.contains(UInt8(ascii: "/")) || Self.endings.contains { word.hasEnding($0) })
      }.map { Array($0) }
    }
  }

  /// Of files that are run by their names alone.
  private static let endings = [
    ".js", ".cjs", ".mjs", ".ts", ".mts", ".cts", ".sh", ".bash", ".py", ".rb", ".pl", ".php",
    ".ps1",
    ".bat", ".cmd", ".exe",
  ].map { Array($0.utf8) }
}

extension ArraySlice<UInt8> {
  fileprivate func hasEnding(_ ending: [UInt8]) -> Bool {
    count > ending.count && suffix(ending.count).elementsEqual(ending)
  }
}

extension Document {
  /// Calls `body` with every scalar at a path of keys; `*` is any key or element.
  fileprivate func eachText(
    at path: ArraySlice<[UInt8]>, of node: NodeID, _ body: (Text) -> Void
  ) {
    guard let step = path.first else {
      if isScalar(node) { body(text(node)) }
      return
    }
    guard !isScalar(node) else { return }
    let isAny = step == [UInt8(ascii: "*")]
    for child in children(node) where isAny || bytes(key(child)).elementsEqual(step) {
      eachText(at: path.dropFirst(), of: child, body)
    }
  }
}

/// Paths of the repository as files write them.
package enum RepositoryPath {
  /// The path from the repository's root; `nil` for an address, for a variable, and for what leads out of the
  /// repository or means all of it.
  ///
  /// - Parameters:
  ///   - folder: the folder that a relative path begins in.
  ///   - atRoot: whether a slash at its front stands for the repository's root.
  package static func resolve(
    _ written: ArraySlice<UInt8>, from folder: ArraySlice<UInt8>, atRoot: Bool = false
  ) -> [UInt8]? {
    var path = written
    while let first = path.first, first == UInt8(ascii: " ") { path = path.dropFirst() }
    while let last = path.last, last == UInt8(ascii: " ") { path = path.dropLast() }
    if path.count > 1, let quote = path.first,
      quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
      path.last == quote
    {
      path = path.dropFirst().dropLast()
    }
    for scheme in ["file:", "link:", "portal:"] where path.starts(with: scheme.utf8) {
      path = path.dropFirst(scheme.utf8.count)
    }
    // MSBuild's own folder; any other variable may be anything.
    let own = Array("$(MSBuildThisFileDirectory)".utf8)
    if path.starts(with: own) { path = path.dropFirst(own.count) }
    let slashes = path.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 }
    path = slashes[...]
    if path.first == UInt8(ascii: "/") {
      guard atRoot else { return nil }
      path = path.dropFirst()
    }
    guard !path.contains(UInt8(ascii: "$")), !path.contains(UInt8(ascii: ":")), !path.isEmpty else {
      return nil
    }
    var parts = folder.split(separator: UInt8(ascii: "/"))
    for part in path.split(separator: UInt8(ascii: "/")) where !part.elementsEqual(".".utf8) {
      if part.elementsEqual("..".utf8) {
        guard parts.popLast() != nil else { return nil }
      } else {
        parts.append(part)
      }
    }
    return parts.isEmpty ? nil : Array(parts.joined(separator: [UInt8(ascii: "/")]))
  }
}
