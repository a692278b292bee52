/// One requested move of a reference: git's own three (githooks(5), pre-receive).
package struct RefUpdate: Hashable, Sendable {
  package let old: ObjectID
  package let new: ObjectID
  package let name: RefName

  package init(old: ObjectID, new: ObjectID, name: RefName) {
    self.old = old
    self.new = new
    self.name = name
  }

  package var isCreation: Bool { old.isZero && !new.isZero }
  package var isDeletion: Bool { new.isZero }
}
