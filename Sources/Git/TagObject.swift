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

/// An annotated tag with who made it, and the signature at its end.
///
/// Read as strictly as a commit. Source: git-mktag(1), gitformat-signature(5).
package struct AnnotatedTag: Sendable {
  package let id: ObjectID
  package let target: ObjectID
  package let tagger: CommitObject.Signature
  package let message: ArraySlice<UInt8>
  /// The armoured signature; `nil` for none.
  package let signature: [UInt8]?
  /// What the signature signs: all that is before it.
  package let signedPayload: [UInt8]

  private static let armours = [
    "-----BEGIN SSH SIGNATURE-----", "-----BEGIN PGP SIGNATURE-----",
    "-----BEGIN PGP MESSAGE-----", "-----BEGIN SIGNED MESSAGE-----",
  ].map { Array($0.utf8) }

  /// - Returns: `nil` for a tag that git fsck would not take, or whose tagger nobody names.
  init?(_ raw: UnsafeRawBufferPointer, id: ObjectID) {
    var reader = HeaderReader(raw)
    guard let target = reader.objectID("object "), reader.value("type ") != nil,
      reader.value("tag ") != nil, let line = reader.value("tagger "),
      let tagger = CommitObject.Signature(raw, line), let end = reader.peekLine(), end.isEmpty,
      memoryIndex(of: 0, in: raw, from: 0) == nil
    else { return nil }
    self.id = id
    self.target = target
    self.tagger = tagger
    let bytes = Array(raw)
    let start = end.upperBound + 1
    // git takes the last line that begins a signature.
    var found: Int?
    var position = start
    while position < bytes.count {
      if Self.armours.contains(where: { bytes[position...].starts(with: $0) }) { found = position }
      guard let feed = bytes[position...].firstIndex(of: 0x0a) else { break }
      position = feed + 1
    }
    message = bytes[start..<(found ?? bytes.count)]
    signature = found.map { Array(bytes[$0...]) }
    signedPayload = Array(bytes[..<(found ?? bytes.count)])
  }
}

extension ObjectStore {
  /// The annotated tags from an object on to what they tag in the end, the outermost first; none for
  /// anything else.
  package func annotatedTags(from id: ObjectID) throws(GitError) -> [AnnotatedTag] {
    var tags: [AnnotatedTag] = []
    var current = id
    while try header(current).kind == .tag {
      guard tags.count <= 16 else { throw .overLimit("a tag of a tag, more than 16 deep") }
      let object = try object(current, .tag, limit: CommitObject.largest)
      guard let tag = AnnotatedTag(object.bytes, id: current) else {
        throw .malformed(current, "tag headers")
      }
      tags.append(tag)
      current = tag.target
    }
    return tags
  }

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
