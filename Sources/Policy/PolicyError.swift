internal import Primitives

/// Why a policy cannot be used, and where; the gate stays shut.
package struct PolicyError: Error, Hashable, Sendable {
  package let problem: Problem
  package let location: SourceLocation

  package enum Problem: Hashable, Sendable {
    case syntax(TOMLError.Problem)
    case noLayers
    case layerTwice
    /// The file has no key at all.
    case empty
    case unknownVersion(Int64)
    case missing(key: String, in: String)
    /// `nearest` is a known key that differs by a slip of the finger.
    case unknownKey([UInt8], in: String, nearest: String?)
    case wrongType(key: String, wanted: String, found: String)
    case invalid(key: String, value: [UInt8], reason: String)
    /// A right that only a layer further up may give.
    case notDelegated(String)
    /// A key that is reserved to the administrator's layers.
    case administratorOnly(key: String)
    /// A value that would loosen what a layer further up says.
    case loosens(key: String, reason: String)
    /// Two principals claim the same name, key, account or address.
    case conflict(what: String, value: String, first: String, second: String)
    case serialNotHigher(old: Int64, new: Int64)
    case repositoryChanged
    case noMaintainerLeft
    case removed
  }

  package init(_ problem: Problem, at location: SourceLocation) {
    self.problem = problem
    self.location = location
  }
}

extension PolicyError: CustomStringConvertible {
  /// `where: what is wrong`, one line, safe to print.
  package var description: String { "\(location): \(problem)" }
}

extension PolicyError.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .syntax(let problem): problem.description
    case .noLayers: "no policy is given"
    case .layerTwice: "this layer is given twice"
    case .empty: "the policy is empty"
    case .unknownVersion(let version): "version \(version) is unknown; this hookkit reads version 1"
    case .missing(let key, in: let table): "\(key) is missing in \(table)"
    case .unknownKey(let key, in: let table, let nearest):
      "the key \(Escaped.quoted(key, limit: 64)) is unknown in \(table)"
        + (nearest.map { "; did you mean \($0)?" } ?? "")
    case .wrongType(let key, let wanted, let found): "\(key) must be \(wanted), not \(found)"
    case .invalid(let key, let value, let reason):
      "\(key): \(Escaped.quoted(value, limit: 96)) \(reason)"
    case .notDelegated(let what):
      "\(what): only a layer above may do this, unless it says delegate = [\"people\"]"
    case .administratorOnly(let key):
      "\(key) may stand only in the organisation's or the repository's own policy"
    case .loosens(let key, let reason): "\(key) \(reason); a lower layer may only tighten"
    case .conflict(let what, let value, let first, let second):
      "the \(what) \(value) belongs to both \(first) and \(second)"
    case .serialNotHigher(let old, let new):
      "serial \(new) is not higher than \(old), the one in force"
    case .repositoryChanged: "repository differs from the one in force, which every review names"
    case .noMaintainerLeft: "nobody would be left with the maintainer role to change the policy"
    case .removed: "the policy file may not be removed"
    }
  }
}
