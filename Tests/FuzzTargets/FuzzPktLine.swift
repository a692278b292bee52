internal import HookWire

/// Frames do not depend on the pieces in which the bytes come, and what is read is written as the
/// same frames.
@Sendable package func fuzzPktLine(_ bytes: [UInt8]) {
  let whole = decode([bytes[...]])
  // The cut is taken from the input, so that a fuzzer finds the interesting ones.
  let cut = bytes.isEmpty ? 0 : Int(bytes[bytes.count / 2]) % (bytes.count + 1)
  precondition(decode([bytes[..<cut], bytes[cut...]]) == whole, "pieces make other frames")

  var written: [UInt8] = []
  for line in whole.lines {
    do { try line.write(to: &written) } catch { preconditionFailure("what was read is too long") }
  }
  let again = decode([written[...]])
  precondition(again.lines == whole.lines && again.error == nil, "what is written is other frames")
}

private struct Decoded: Equatable {
  var lines: [PktLine] = []
  var error: PktLineError?
}

private func decode(_ pieces: [ArraySlice<UInt8>]) -> Decoded {
  var result = Decoded()
  var decoder = PktLineDecoder()
  do throws(PktLineError) {
    for piece in pieces {
      decoder.feed(piece)
      while let line = try decoder.next() { result.lines.append(line) }
    }
    try decoder.finish()
  } catch { result.error = error }
  return result
}
