package import DependencyChecks
package import Documents
package import Lockfiles
package import Primitives

/// What dependency files hold, for programs: `hookkit.deps/1` (Documentation/Design/Dependencies.md,
/// "Output").
package enum InventoryJSON {
  package static let schema = "hookkit.deps/1"

  /// One file of a listing.
  package struct File: Sendable {
    package let path: [UInt8]
    package let format: Format?
    package let reading: FileDiff.Reading

    /// Reads a file as its name says.
    package init(
      path: [UInt8], match: Catalog.Match, bytes: [UInt8]?,
      limits: ReadingLimits = ReadingLimits()
    ) {
      let diff = FileDiff(
        DependencyFile(
          path: path, match: match, old: nil, new: DependencyFile.Side(bytes: bytes)),
        limits: limits)
      self.path = path
      format = diff.format
      reading = diff.new
    }
  }

  package static func value(_ files: [File]) -> JSON {
    ["schema": .text(schema), "files": .array(files.map(file))]
  }

  private static func file(_ file: File) -> JSON {
    var members: [JSON.Member] = [
      .init("path", .string(file.path)),
      .init("format", file.format.map { .text($0.name) } ?? .null),
    ]
    switch file.reading {
    case .read(let inventory):
      let numbers = LineNumbers(file.reading.bytes)
      members += [
        .init("formatVersion", inventory.json(inventory.formatVersion)),
        .init("status", "ok"), .init("reason", .null),
        .init("entries", .array(inventory.entries.map { entry(inventory, $0, numbers) })),
      ]
    case .opaque(let unread, _):
      members += [
        .init("formatVersion", .null), .init("status", "opaque"),
        .init("reason", .text(unread.reason.rawValue)),
        .init("offset", .integer(Int64(unread.offset))), .init("entries", []),
      ]
    case .text, .absent:
      members += [
        .init("formatVersion", .null), .init("status", "opaque"),
        .init("reason", "no reader for files of this name"), .init("entries", []),
      ]
    }
    return .object(members)
  }

  static func entry(_ inventory: Inventory, _ entry: Entry, _ numbers: LineNumbers) -> JSON {
    [
      "name": inventory.json(entry.name),
      "version": inventory.json(entry.version),
      "purl": .string(PackageURL.text(of: entry, in: inventory.document)),
      "locator": inventory.json(entry.locator),
      "ecosystem": .text(entry.ecosystem.rawValue),
      "source": inventory.json(entry.source),
      "sourceKind": .text(entry.sourceKind.rawValue),
      "revision": inventory.json(entry.revision),
      "integrity": .array(inventory.integrity(of: entry).map { Inventory.json($0) }),
      "scope": .text(entry.scope.rawValue),
      "direct": .bool(entry.isDirect),
      "runsCode": .text(entry.runsCode.rawValue),
      "alias": inventory.json(entry.alias),
      "lines": numbers.json(inventory.document.range(entry.node)),
    ]
  }
}
