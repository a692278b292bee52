package import Primitives

/// Where a reference transaction stands when git calls the hook: its first argument.
///
/// Source: githooks(5), "reference-transaction"; `preparing` exists since git 2.54.
package enum TransactionState: Hashable, Sendable {
  /// The references are not locked yet.
  case preparing
  /// All references are locked; the last moment at which the hook can refuse.
  case prepared
  /// The references have moved.
  case committed
  /// Nothing has moved.
  case aborted
  /// A state of some later git: nothing is known about it, so the hook does nothing in it.
  case unknown([UInt8])

  package init(_ argument: [UInt8]) {
    let known: [(String, TransactionState)] = [
      ("preparing", .preparing), ("prepared", .prepared), ("committed", .committed),
      ("aborted", .aborted),
    ]
    self = known.first { argument.elementsEqual($0.0.utf8) }?.1 ?? .unknown(argument)
  }

  /// Whether git stops the transaction when the hook exits with an error now.
  package var canRefuse: Bool { self == .preparing || self == .prepared }
}

/// One move within a reference transaction.
package struct TransactionUpdate: Hashable, Sendable {
  /// What a reference holds before or after the move.
  package enum Value: Hashable, Sendable {
    /// An object; all-zero for no reference, and as the old value also for "whatever it is".
    case object(ObjectID)
    /// Another reference's name: `ref:<target>`, git 2.46 and later.
    case symbolic(RefName)
  }

  package let old: Value
  package let new: Value
  /// A full name, or one outside `refs/` such as `HEAD`.
  package let name: RefName

  package init(old: Value, new: Value, name: RefName) {
    self.old = old
    self.new = new
    self.name = name
  }

  /// The move as a plain update; `nil` when either side is symbolic or the name is not under `refs/`.
  package var refUpdate: RefUpdate? {
    guard case .object(let old) = old, case .object(let new) = new, name.isWellFormed else {
      return nil
    }
    return RefUpdate(old: old, new: new, name: name)
  }
}

/// What git writes to reference-transaction: a line `<old> <new> <ref>` for each move.
package enum TransactionInput {
  /// Reads the whole standard input; a transaction of nothing is valid.
  package static func read(
    _ input: [UInt8], limits: InputLimits = InputLimits()
  ) throws(InputError) -> [TransactionUpdate] {
    var updates: [TransactionUpdate] = []
    try Lines.forEach(in: input, limits: limits) { line, number throws(InputError) in
      updates.append(try update(line, number))
    }
    try DuplicateNames.refuse(in: updates, name: \.name)
    return updates
  }

  private static func update(
    _ line: Span<UInt8>, _ number: Int
  ) throws(InputError) -> TransactionUpdate {
    guard let first = line.firstIndex(of: 0x20),
      let second = line.firstIndex(of: 0x20, from: first + 1)
    else { throw InputError(.malformedLine, line: number) }
    return TransactionUpdate(
      old: try value(line.extracting(0..<first), number),
      new: try value(line.extracting(first + 1..<second), number),
      name: try UpdateLine.pseudoref(line.extracting(second + 1..<line.count), number))
  }

  private static func value(
    _ field: Span<UInt8>, _ number: Int
  ) throws(InputError) -> TransactionUpdate.Value {
    // No object name begins so: `r` is no hexadecimal digit.
    guard field.count > 4, field[0] == 0x72, field[1] == 0x65, field[2] == 0x66, field[3] == 0x3a
    else { return .object(try UpdateLine.objectID(field, number)) }
    return .symbolic(try UpdateLine.pseudoref(field.extracting(4..<field.count), number))
  }
}
