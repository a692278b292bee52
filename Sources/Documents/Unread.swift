/// Why a dependency file could not be read: it is then opaque, and held (LOCKFILES.md 0.3). A file that
/// hookkit cannot read is never taken for one without changes.
package struct Unread: Error, Hashable, Sendable {
  package enum Reason: String, Hashable, Sendable {
    case tooLarge = "larger than the limit"
    case tooDeep = "nested deeper than the limit"
    case tooMany = "more values than the limit"
    case lineTooLong = "a line longer than the limit"
    case notUTF8 = "not valid UTF-8"
    case controlCharacter = "a control character"
    case byteOrderMark = "a byte-order mark"
    case conflictMarker = "a conflict marker"
    case largeFilePointer = "a pointer of Git LFS: what it stands for is not in the repository"
    case duplicateKey = "the same key twice"
    case duplicateEntry = "two different entries of one identity"
    case unexpected = "a byte that the syntax does not allow here"
    case truncated = "ends too early"
    case unsupported = "a construct that hookkit does not read"
    case unknownVersion = "a format version that hookkit does not know"
    case wrongShape = "a value of another kind than the format has here"
    case contradiction = "two parts of the file that contradict each other"
    case binary = "a binary format"
  }

  package let reason: Reason
  /// Where, in bytes from the start of the file.
  package let offset: Int

  package init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }
}
