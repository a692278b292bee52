package import Documents

/// One version of a dependency file.
package enum FileReading: Sendable {
  case absent
  case read(Inventory)
  /// Bytes without a structure that hookkit reads: text, a link's target, a submodule's commit.
  case text([UInt8])
  /// Could not be read; the bytes are empty when there were too many.
  case opaque(Unread, [UInt8])

  package var inventory: Inventory? {
    guard case .read(let inventory) = self else { return nil }
    return inventory
  }

  package var unread: Unread? {
    guard case .opaque(let unread, _) = self else { return nil }
    return unread
  }

  /// The file as it stands.
  package var bytes: ArraySlice<UInt8> {
    switch self {
    case .absent: []
    case .read(let inventory): inventory.document.pool[..<inventory.document.fileCount]
    case .text(let bytes), .opaque(_, let bytes): bytes[...]
    }
  }

  package var isAbsent: Bool {
    guard case .absent = self else { return false }
    return true
  }
}
