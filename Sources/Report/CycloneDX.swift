internal import DependencyChecks
internal import Documents
internal import Lockfiles
package import Primitives

/// A bill of materials: CycloneDX 1.6 in JSON (ECMA-424). One side of a comparison at a time.
package enum CycloneDX {
  /// - Parameter toolVersion: what `hookkit --version` says behind the name.
  package static func bill(_ files: [InventoryJSON.File], toolVersion: String) -> JSON {
    var components: [JSON] = []
    for file in files {
      guard let inventory = file.reading.inventory else { continue }
      let numbers = LineNumbers(file.reading.bytes)
      for entry in inventory.entries where entry.sourceKind != .workspace {
        components.append(component(entry, inventory, file, numbers, components.count))
      }
    }
    return [
      "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
      "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
      "metadata": [
        "tools": [
          "components": [
            ["type": "application", "name": "hookkit", "version": .text(toolVersion)]
          ]
        ],
        // What could not be read is not in the list, and the list says so.
        "properties": .array(
          files.compactMap { file in
            file.reading.unread.map { unread in
              [
                "name": "hookkit:opaque",
                "value": .string(file.path + Array(": \(unread.reason.rawValue)".utf8)),
              ]
            }
          }),
      ],
      "components": .array(components),
    ]
  }

  private static func component(
    _ entry: Entry, _ inventory: Inventory, _ file: InventoryJSON.File, _ numbers: LineNumbers,
    _ place: Int
  ) -> JSON {
    let document = inventory.document
    let purl = PackageURL.text(of: entry, in: document)
    var members: [JSON.Member] = [
      .init("type", "library"),
      // Two entries may share a purl; a reference must be one entry's own.
      .init("bom-ref", .string(Array("\(place):".utf8) + purl)),
      .init("name", .string(Array(document.bytes(entry.name)))),
      .init("version", .string(Array(document.bytes(entry.version)))),
      .init("scope", entry.scope == .runtime ? "required" : "optional"),
      .init("purl", .string(purl)),
    ]
    let hashes = inventory.integrity(of: entry).compactMap { digest -> JSON? in
      guard let digest = IntegrityValue(digest[...]), let name = digest.cycloneName,
        let hex = digest.hex
      else { return nil }
      return ["alg": .text(name), "content": .string(hex)]
    }
    if !hashes.isEmpty { members.append(.init("hashes", .array(hashes))) }
    if !entry.source.isEmpty {
      members.append(
        .init(
          "externalReferences",
          [
            [
              "type": entry.sourceKind == .git ? "vcs" : "distribution",
              "url": .string(Array(document.bytes(entry.source))),
            ]
          ]))
    }
    members.append(
      .init(
        "evidence",
        [
          "occurrences": [
            [
              "location": .string(file.path),
              "line": .integer(
                Int64(numbers.line(of: document.range(entry.node).lowerBound))),
            ]
          ]
        ]))
    return .object(members)
  }
}
