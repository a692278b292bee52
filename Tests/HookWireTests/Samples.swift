import Primitives

/// Object names and lines that several suites share.
enum Samples {
  static let oneText = String(repeating: "1", count: 40)
  static let twoText = String(repeating: "2", count: 40)
  static let zeroText = String(repeating: "0", count: 40)
  static let one = ObjectID(oneText) ?? .zero
  static let two = ObjectID(twoText) ?? .zero

  static func update(_ name: String, _ old: ObjectID = one, _ new: ObjectID = two) -> RefUpdate {
    RefUpdate(old: old, new: new, name: RefName(name))
  }
}
