package import Primitives

/// Whoever has promised the objects that a partial clone has not got (gitglossary(7), "promisor").
package protocol ObjectPromisor: AnyObject, Sendable {
  /// Brings an object, and whatever else will soon be asked for.
  ///
  /// - Returns: whether it may be here now; false where nobody has promised anything.
  /// - Throws: `GitError.promised`: it could not be had.
  func bring(_ id: ObjectID) throws(GitError) -> Bool
}
