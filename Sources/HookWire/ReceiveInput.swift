package import Primitives

/// What git writes to pre-receive and post-receive: a line `<old> <new> <ref>` for each update.
///
/// Source: githooks(5), "pre-receive". Read strictly: what git would never write is an error, because
/// a gate that guesses at a push lets somebody else choose the guess.
package enum ReceiveInput {
  /// Reads the whole standard input; no bytes at all are a valid push of nothing.
  package static func read(
    _ input: [UInt8], limits: InputLimits = InputLimits()
  ) throws(InputError) -> [RefUpdate] {
    var updates: [RefUpdate] = []
    try Lines.forEach(in: input, limits: limits) { line, number throws(InputError) in
      updates.append(try UpdateLine.read(line, number))
    }
    try DuplicateNames.refuse(in: updates, name: \.name)
    return updates
  }

  /// The lines that git would write for `updates`.
  package static func write(_ updates: [RefUpdate]) -> [UInt8] {
    var output: [UInt8] = []
    for update in updates {
      output += Hex.encode(update.old.bytes) + [0x20] + Hex.encode(update.new.bytes) + [0x20]
      output += update.name.bytes
      output.append(0x0a)
    }
    return output
  }
}
