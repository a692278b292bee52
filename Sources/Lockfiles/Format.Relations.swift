package import Documents

extension Format {
  /// What a lock is written from.
  package struct Manifest: Sendable {
    /// The word of its format; empty where the manifest is a program that nobody reads.
    package let format: String
    package let agreement: Agreement

    package enum Agreement: Sendable {
      /// What the manifest asks for has an entry.
      case locked
      /// The lock repeats what the manifest asks for, word for word.
      case repeated
      /// The lock lists what the manifest asks for, and has an entry for it.
      case listed
      /// The lock marks those of its entries that the manifest asks for.
      case marked
    }

    static func locked(_ format: String) -> Manifest {
      Manifest(format: format, agreement: .locked)
    }

    static func repeated(_ format: String) -> Manifest {
      Manifest(format: format, agreement: .repeated)
    }

    static func marked(_ format: String) -> Manifest {
      Manifest(format: format, agreement: .marked)
    }

    static let listed = Manifest(format: "", agreement: .listed)
  }

  /// What a manifest's wishes mean for a lock that does not repeat them.
  package struct Wishes: Sendable {
    /// Whether the manifest may be a member of a workspace, whose lock is in a folder above.
    package var mayBeMember = false
    /// Whether names and versions are compared by the byte, and not as registries do.
    package var isLiteral = false
    /// Whether a requirement must be locked whatever the platform: what a marker, a workspace or a build
    /// leaves open is not judged.
    package var isCertain: @Sendable (Requirement, Document) -> Bool = { _, _ in true }
    /// The version that a specification names without leaving a choice; `nil` where it leaves one.
    package var exactVersion: @Sendable (ArraySlice<UInt8>) -> ArraySlice<UInt8>? = { _ in nil }
    /// Whether a lock is the manifest's own.
    package var isOwnLock: @Sendable (_ manifest: Inventory, _ lock: Inventory) -> Bool = {
      _, _ in true
    }
    /// Packages that another one stands for, so that they are not locked by their names.
    package var replaced: @Sendable (_ manifest: Inventory, _ lock: Inventory) -> Set<[UInt8]> = {
      _, _ in []
    }

    /// A version of three numbers and nothing else.
    static func plainVersion(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
      let text = text.drop { $0 == UInt8(ascii: " ") }
      let isPlain = text.allSatisfy { $0 == UInt8(ascii: ".") || $0 &- 0x30 < 10 }
      return isPlain && text.split(separator: UInt8(ascii: ".")).count == 3 ? text : nil
    }
  }

  /// A change of the format's version after which an object is gone that only repeated, for older tools,
  /// what the rest of the file says. The way back adds values that nobody has seen, and is no such case.
  package struct NeutralMigration: Sendable {
    package let from: StaticString
    package let to: StaticString
    /// Where the version stands.
    package let versionKey: StaticString
    package let dropped: StaticString
  }

  /// An option that takes in another file: `--requirement`, or `-r`.
  package struct Include: Sendable {
    package let option: StaticString
    package let short: String
  }
}
