package import DependencyChecks
internal import Documents
internal import Lockfiles
package import Primitives

/// The comparison as an array of additions and removals, in the shape that readers of GitHub's
/// dependency review know (GitHub REST API, "Dependency review"). A changed entry is both.
extension DependencyDiff {
  package var dependencyReview: JSON {
    var rows: [JSON] = []
    for file in files {
      for change in file.changes {
        if let old = change.old, let inventory = file.old.inventory {
          rows.append(Self.row("removed", inventory.entries[old], inventory, file))
        }
        if let new = change.new, let inventory = file.new.inventory {
          rows.append(Self.row("added", inventory.entries[new], inventory, file))
        }
      }
    }
    return .array(rows)
  }

  private static func row(
    _ type: String, _ entry: Entry, _ inventory: Inventory, _ file: FileDiff
  ) -> JSON {
    let source = SourceAddress(inventory.document.bytes(entry.source), entry.sourceKind)
    let isWeb = source.scheme.elementsEqual("https".utf8) || source.isHTTP
    return [
      "change_type": .text(type), "manifest": .string(file.path),
      "ecosystem": .text(entry.ecosystem.rawValue),
      "name": .string(Array(inventory.document.bytes(entry.name))),
      "version": .string(Array(inventory.document.bytes(entry.version))),
      "package_url": .string(PackageURL.text(of: entry, in: inventory.document)),
      "license": .null,
      "source_repository_url": entry.sourceKind == .git && isWeb
        ? .string(Array(inventory.document.bytes(entry.source))) : .null,
      "scope": entry.scope == .runtime ? "runtime" : "development",
      "vulnerabilities": [],
    ]
  }
}
