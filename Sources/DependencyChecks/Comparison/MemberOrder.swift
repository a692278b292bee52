internal import Documents
internal import Lockfiles

/// Whether the members of two objects stand in another order.
///
/// Where a syntax puts all values of one key into an array (the elements of XML, pip's options), they are
/// members one by one: what stands between two of them belongs to the order.
enum MemberOrder {
  private struct Member {
    let node: Int
    let start: UInt32
  }

  /// The members of the new object that stand elsewhere; `nil` when the order is the same. Members that
  /// come or go are no matter of order.
  static func change(
    _ left: Int, _ old: DocumentView, _ right: Int, _ new: DocumentView
  ) -> [Int]? {
    if !old.groupsRepeatedKeys, hasSameKeys(left, old, right, new) { return nil }
    var a = members(of: left, old)
    var b = members(of: right, new)
    var counts: [[UInt8]: Int] = [:]
    let (oldKeys, newKeys) = (a.map { Array(old.key($0.node)) }, b.map { Array(new.key($0.node)) })
    for key in oldKeys { counts[key, default: 0] += 1 }
    for key in newKeys { counts[key, default: 0] -= 1 }
    a = zip(a, oldKeys).filter { counts[$1] == 0 }.map(\.0)
    b = zip(b, newKeys).filter { counts[$1] == 0 }.map(\.0)
    guard a.count == b.count else { return nil }
    var (start, end) = (0, a.count)
    while start < end, old.key(a[start].node).equals(new.key(b[start].node)) { start += 1 }
    while end > start, old.key(a[end - 1].node).equals(new.key(b[end - 1].node)) { end -= 1 }
    return start == end ? nil : b[start..<end].map(\.node)
  }

  private static func hasSameKeys(
    _ left: Int, _ old: DocumentView, _ right: Int, _ new: DocumentView
  ) -> Bool {
    var a = old.firstChild(of: left)
    var b = new.firstChild(of: right)
    while a != 0, b != 0, old.key(a).equals(new.key(b)) {
      a = old.next(after: a)
      b = new.next(after: b)
    }
    return a == 0 || b == 0
  }

  /// The members in the order of the file, each by the value that has the key.
  private static func members(of object: Int, _ view: DocumentView) -> [Member] {
    var members: [Member] = []
    var child = view.firstChild(of: object)
    while child != 0 {
      if view.groupsRepeatedKeys, view.nodes[child].kind == .array {
        for element in view.children(of: child) {
          members.append(Member(node: child, start: view.nodes[element].start))
        }
      } else {
        members.append(Member(node: child, start: view.nodes[child].start))
      }
      child = view.next(after: child)
    }
    if view.groupsRepeatedKeys { members.sort { $0.start < $1.start } }
    return members
  }
}
