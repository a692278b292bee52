internal import Primitives

/// The fields of one `<old> <new> <ref>` line, which four of git's protocols share.
enum UpdateLine {
  /// Reads one line whose values are object names and whose reference stands under `refs/`.
  ///
  /// - Parameter number: what the error says, counted from 1.
  static func read(_ line: Span<UInt8>, _ number: Int) throws(InputError) -> RefUpdate {
    let digits = ObjectID.hexCount
    // The usual shape has its fields at fixed places; only a line of another shape is searched for
    // what is wrong with it.
    guard line.count > 2 * digits + 2, line[digits] == 0x20, line[2 * digits + 1] == 0x20,
      let old = ObjectID(hex: line.extracting(0..<digits)),
      let new = ObjectID(hex: line.extracting(digits + 1..<2 * digits + 1))
    else { throw InputError(reasonForUnusualShape(line), line: number) }
    let name = try name(line.extracting(2 * digits + 2..<line.count), number)
    return RefUpdate(old: old, new: new, name: name)
  }

  /// Reads a full reference name.
  static func name(_ bytes: Span<UInt8>, _ number: Int) throws(InputError) -> RefName {
    guard RefName.isWellFormed(bytes) else { throw badName(bytes, number) }
    return RefName(bytes.copy)
  }

  /// Reads a reference name that may stand outside `refs/`, as `HEAD` does.
  static func pseudoref(_ bytes: Span<UInt8>, _ number: Int) throws(InputError) -> RefName {
    guard RefName.isWellFormedPseudoref(bytes) else { throw badName(bytes, number) }
    return RefName(bytes.copy)
  }

  /// Reads an object name and says what is wrong with one that is none.
  static func objectID(_ bytes: Span<UInt8>, _ number: Int) throws(InputError) -> ObjectID {
    guard let id = ObjectID(hex: bytes) else {
      throw InputError(
        isSHA256(bytes) ? .sha256Repository : .malformedObjectID, line: number)
    }
    return id
  }

  private static func badName(_ bytes: Span<UInt8>, _ number: Int) -> InputError {
    InputError(bytes.firstIndex(of: 0) == nil ? .malformedRefName : .nulInName, line: number)
  }

  private static func reasonForUnusualShape(_ line: Span<UInt8>) -> InputError.Reason {
    guard let first = line.firstIndex(of: 0x20),
      let second = line.firstIndex(of: 0x20, from: first + 1), second + 1 < line.count
    else { return .malformedLine }
    let old = line.extracting(0..<first)
    let new = line.extracting(first + 1..<second)
    return isSHA256(old) && isSHA256(new) ? .sha256Repository : .malformedObjectID
  }

  private static func isSHA256(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count == 64 else { return false }
    for index in bytes.indices where Hex.value(of: bytes[index]) == nil { return false }
    return true
  }
}
