package import Primitives

/// Which paths of a repository matter to what code it pulls in or runs, and why (Documentation/Catalog.md).
///
/// Names are matched at any depth and without regard to ASCII case, because a checkout may stand on a
/// file system that has none. A path may be of several classes, and the classes of a path are all that
/// its changes may touch: what a format reads in the file can narrow them.
package enum Catalog {
  /// What the catalog knows of a path.
  package struct Match: Sendable {
    package let classes: FileClasses
    /// The formats whose files have this name, in the order of the registry; none when hookkit has no
    /// reader for it, and the file is opaque.
    package let formats: [Format]

    package init(classes: FileClasses, formats: [Format]) {
      self.classes = classes
      self.formats = formats
    }

    /// The same with the classes that something else gives the path as well.
    package func joined(with other: Match?) -> Match {
      guard let other else { return self }
      return Match(
        classes: classes.union(other.classes), formats: formats.isEmpty ? other.formats : formats)
    }

    /// The format that a file of this name is to be read as: the only one, or of several that share
    /// the name the first that recognises the content.
    package func format(of bytes: [UInt8]) -> Format? {
      formats.count < 2 ? formats.first : formats.first { $0.recognises(bytes) }
    }
  }

  /// A pattern that an administrator adds: `tools/**`, `*.lockfile`, `/build.zig.zon`.
  ///
  /// As in the catalog it stands for such paths at any depth, without regard to ASCII case; a slash at
  /// its front ties it to the root.
  package struct Addition: Hashable, Sendable {
    package let pattern: Pattern
    package let classes: FileClasses

    package init(_ pattern: Pattern, _ classes: FileClasses) {
      let bytes = pattern.bytes.map(CatalogIndex.lowercase)
      self.pattern =
        bytes.first == 0x2f
        ? Pattern(Array(bytes.dropFirst())) : Pattern(Array("**/".utf8) + bytes)
      self.classes = classes
    }
  }

  /// What is known of a path; `nil` when it is of no class.
  ///
  /// - Parameters:
  ///   - path: the bytes of a tree path, with `/` between its names.
  ///   - isLink: whether the entry is a symbolic link or a gitlink. Such an entry may also stand in for
  ///     a whole folder of the catalog: `.vscode` linked to a folder with another name.
  ///   - additions: what the policy adds.
  package static func match(
    _ path: [UInt8], isLink: Bool = false, additions: [Addition] = []
  ) -> Match? {
    var classes = path.withUnsafeBytes { index.find($0, isLink: isLink).classes }
    if !additions.isEmpty {
      let path = folded(path)
      for addition in additions where addition.pattern.matches(path) {
        classes.formUnion(addition.classes)
      }
    }
    guard !classes.isEmpty else { return nil }
    let formats = path.withUnsafeBytes { formatIndex.find($0, isLink: isLink).formats }
    return Match(
      classes: classes, formats: formats.sorted().map { FormatRegistry.all[Int($0)] })
  }

  /// A path as file systems without case take it, and without the characters that they leave out: by this
  /// paths are compared.
  package static func folded(_ path: [UInt8]) -> [UInt8] {
    (path.withUnsafeBytes { FoldedPath.plain($0) } ?? path).map(CatalogIndex.lowercase)
  }

  /// The same for the fast path: the classes only, of bytes that stand anywhere.
  package static func classes(_ path: UnsafeRawBufferPointer, isLink: Bool = false) -> FileClasses {
    index.find(path, isLink: isLink).classes
  }

  /// The tables' patterns. The registry of formats is not made for it: most pushes touch no such file,
  /// and it costs as much as the index.
  private static let index: CatalogIndex = {
    var index = CatalogIndex()
    for rows in [locks, table] { rows.withUTF8Buffer { index.add(table: $0) } }
    index.finish()
    return index
  }()

  /// The formats' own names; the tables have them too, as a test makes sure.
  private static let formatIndex: CatalogIndex = {
    var index = CatalogIndex()
    for (place, format) in FormatRegistry.all.enumerated() {
      let classes = FileClasses(format.fileClass)
      for file in format.files { index.add(file, classes, format: UInt8(place)) }
    }
    index.finish()
    return index
  }()
}
