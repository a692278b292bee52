package import Primitives

/// Why bytes are not a catalog file, and where in it.
package struct CatalogError: Error, Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    case json(JSONError)
    case unknownSchema
    case missingMember
    case unknownMember
    case wrongType
    /// A value that no catalog may hold: empty, too long, control characters, a domain for an
    /// address, a fingerprint of another shape, a footer so short that it would be found everywhere.
    case invalidValue
    case duplicateID
    case tooMany
  }

  package let reason: Reason
  /// The member in question, such as `entries[3].emails[0]`; safe for a stranger's terminal.
  package let path: String

  package init(_ reason: Reason, at path: String) {
    self.reason = reason
    self.path = path
  }
}

extension CatalogError: CustomStringConvertible {
  package var description: String {
    let words =
      switch reason {
      case .json(let error): "not JSON that hookkit reads: \(error.reason.rawValue)"
      case .unknownSchema: "not of the schema \(CatalogIndex.schema)"
      case .missingMember: "missing"
      case .unknownMember: "not a member that is known here"
      case .wrongType: "a value of another type than is meant"
      case .invalidValue: "a value that a catalog may not hold"
      case .duplicateID: "an id that was there before"
      case .tooMany: "more than a catalog may hold"
      }
    return "\(path): \(words)"
  }
}
