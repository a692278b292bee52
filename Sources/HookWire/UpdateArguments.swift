package import Primitives

/// The arguments of the update hook: `<ref> <old> <new>`, in another order than everywhere else.
///
/// Source: githooks(5), "update".
package enum UpdateArguments {
  /// Reads the arguments behind the program's own name.
  package static func read(_ arguments: [[UInt8]]) throws(InputError) -> RefUpdate {
    guard arguments.count == 3 else {
      throw InputError(.wrongArgumentCount(expected: 3, found: arguments.count), line: 0)
    }
    let (name, old, new) = (arguments[0], arguments[1], arguments[2])
    return RefUpdate(
      old: try UpdateLine.objectID(old.span, 0), new: try UpdateLine.objectID(new.span, 0),
      name: try UpdateLine.name(name.span, 0))
  }
}
