package import Documents
package import Lockfiles

/// A value outside of the entries that differs: a registry's address, a script, a requirement.
package struct FactChange: Sendable {
  /// The keys from the file's root to it; the place in decimal for an element of an array.
  package let path: [[UInt8]]
  /// What it decides; `nil` when the format's allow-list says that it decides nothing.
  package let keyClass: KeyClass?
  /// The value before; `nil` when there was none.
  package let old: NodeID?
  /// The value after; `nil` when it is gone.
  package let new: NodeID?

  package init(path: [[UInt8]], keyClass: KeyClass?, old: NodeID?, new: NodeID?) {
    self.path = path
    self.keyClass = keyClass
    self.old = old
    self.new = new
  }

  package var isNeutral: Bool { keyClass == nil }

  /// The word for it in JSON.
  package var className: String { keyClass?.rawValue ?? "metadata" }
}
