/// How large a dependency file may be in every direction before it is opaque.
///
/// The largest lock files in the wild hold some ten thousand packages in 20 MB; a file beyond these
/// figures is either an attack on the reader or nothing that a person could judge.
public struct ReadingLimits: Sendable {
  /// Bytes of one file.
  public var bytes = 64 << 20
  /// Objects and arrays within one another.
  public var depth = 128
  /// Values of one file.
  public var nodes = 4_000_000
  /// Bytes of one line, for every syntax but JSON, whose writers may put a file on one line.
  public var line = 1 << 20

  public init() {}
}
