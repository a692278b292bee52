internal import Primitives

/// A next step that can be copied: what it does, and the command.
package struct Hint: Hashable, Sendable {
  package let label: String
  package let command: [String]

  package init(_ label: String, _ command: String...) {
    self.init(label, command)
  }

  package init(_ label: String, _ command: [String]) {
    self.label = label
    self.command = command
  }

  /// What shows whether a remote of a clone answers.
  package static func reaching(_ remote: String) -> Hint {
    Hint("does it answer", "git", "fetch", remote)
  }

  /// A push of one object to a reference, both by their full names: nothing that has the short one can
  /// take their place.
  static func push(
    _ label: String, _ options: String..., of object: ObjectID, to ref: RefName
  ) -> Hint {
    Hint(label, ["git", "push"] + options + ["origin", "\(object.hex):\(ref)"])
  }

  /// What ``pushElsewhere(_:)`` is called.
  static let otherName = "under another name"

  /// The same to a name of its kind that the pusher has yet to choose.
  static func pushElsewhere(_ update: RefUpdate) -> Hint? {
    guard !update.isDeletion else { return nil }
    let kind = update.name.isTag ? "refs/tags" : "refs/heads"
    return push(otherName, of: update.new, to: RefName("\(kind)/OTHER-NAME"))
  }
}
