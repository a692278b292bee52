package import Primitives

/// An annotated tag: what it points at and its raw bytes.
package struct TagObject: Sendable {
  package let target: ObjectID
  package let kind: ObjectKind
  package let name: [UInt8]

  /// Reads a raw tag object; `nil` unless the three first headers stand in git's order.
  package init?(_ raw: UnsafeRawBufferPointer) {
    var reader = HeaderReader(raw)
    guard let target = reader.objectID("object "), let kindRange = reader.value("type "),
      let kind = ObjectKind(rawValue: String(decoding: raw[kindRange], as: UTF8.self)),
      let name = reader.value("tag ")
    else { return nil }
    self.target = target
    self.kind = kind
    self.name = Array(raw[name])
  }
}

extension ObjectStore {
  /// Follows annotated tags, at most 16 of them, to what they tag in the end.
  package func peel(_ id: ObjectID) throws(GitError) -> (id: ObjectID, kind: ObjectKind) {
    var current = id
    for _ in 0...16 {
      let kind = try header(current).kind
      guard kind == .tag else { return (current, kind) }
      let object = try object(current, .tag, limit: CommitObject.largest)
      guard let tag = TagObject(object.bytes) else { throw .malformed(current, "tag headers") }
      current = tag.target
    }
    throw .overLimit("a tag of a tag, more than 16 deep")
  }
}
