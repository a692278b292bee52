package import Documents
package import Lockfiles

/// A value outside of the entries that differs: a registry's address, a script, a requirement.
package struct FactChange: Sendable {
  /// The keys from the file's root to it; the place in decimal for an element of an array.
  package let path: [[UInt8]]
  package let keyClass: KeyClass
  /// The value before; `nil` when there was none.
  package let old: NodeID?
  /// The value after; `nil` when it is gone.
  package let new: NodeID?

  package init(path: [[UInt8]], keyClass: KeyClass, old: NodeID?, new: NodeID?) {
    self.path = path
    self.keyClass = keyClass
    self.old = old
    self.new = new
  }
}

/// What `Format.keys` says about paths.
struct KeyClasses {
  private let rules: [(path: [[UInt8]], keyClass: KeyClass)]
  private let other: KeyClass

  init(_ format: Format) {
    rules = format.keys.map { ($0.path, $0.keyClass) }
    other = format.otherKeys
  }

  /// The class of a value; the first rule that matches counts.
  func keyClass(of path: [[UInt8]]) -> KeyClass {
    rules.first { Self.matches($0.path, path) }?.keyClass ?? other
  }

  /// Whether rules could tell values below this path apart.
  func distinguishes(below path: [[UInt8]]) -> Bool {
    for rule in rules {
      if rule.path.last == Self.anything, Self.matches(rule.path, path) {
        // Everything below is of one class, as far as no earlier rule said otherwise.
        return false
      }
      if rule.path.count > path.count, Self.matches(Array(rule.path.prefix(path.count)), path) {
        return true
      }
    }
    return false
  }

  private static let anything: [UInt8] = [0x2a, 0x2a]

  /// What `a/**` says of all below `a` it says of `a` as a whole, where that comes or goes.
  private static func matches(_ rule: [[UInt8]], _ path: [[UInt8]]) -> Bool {
    let isOpen = rule.last == anything
    guard isOpen ? path.count >= rule.count - 1 : path.count == rule.count else { return false }
    for (index, segment) in rule.enumerated() {
      if isOpen, index == rule.count - 1 { return true }
      if segment != [0x2a], segment != path[index] { return false }
    }
    return true
  }
}
