/// Why a dependency file could not be read: it is then opaque, and held
/// (Documentation/Design/Dependencies.md). A file that hookkit cannot read is never taken for one
/// without changes.
public struct Unread: Error, Hashable, Sendable {
  public enum Reason: String, Hashable, Sendable {
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

  /// What exactly was missed, where a syntax tells.
  public enum Detail: UInt8, Hashable, Sendable {
    case key, equals, value, lineEnd, listEnd, tableEnd, headerEnd, headersEnd
    /// The string that begins here has no end.
    case stringEnd
    case escape
    /// A word that is no value.
    case word
    /// The key names a table that has its header already.
    case definedTable
    /// The key names a value that nothing can be added to.
    case closedValue
  }

  public let reason: Reason
  public let detail: Detail?
  /// Where, in bytes from the start of the file.
  public let offset: Int

  public init(_ reason: Reason, at offset: Int, _ detail: Detail? = nil) {
    self.reason = reason
    self.detail = detail
    self.offset = offset
  }
}
