/// How much of one hook's standard input is read before the gate says it cannot decide
/// (Documentation/Design/Model.md, "Limits").
package struct InputLimits: Hashable, Sendable {
  /// Reference updates in one push or transaction.
  package var updateCount: Int
  /// Bytes in one line, without its line feed.
  package var lineByteCount: Int
  /// Bytes in the whole input; a reader of standard input stops one byte behind it.
  package var byteCount: Int

  package init(
    updateCount: Int = 1_000_000, lineByteCount: Int = 16 << 10, byteCount: Int = 256 << 20
  ) {
    self.updateCount = updateCount
    self.lineByteCount = lineByteCount
    self.byteCount = byteCount
  }
}
