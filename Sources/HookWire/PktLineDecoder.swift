internal import Primitives

/// Takes bytes as they come and gives out whole pkt-lines.
///
/// After an error the stream has no more frame boundaries, so every later call throws it again.
package struct PktLineDecoder: Sendable {
  private var buffer: [UInt8] = []
  private var position = 0
  private var failure: PktLineError?

  package init() {}

  /// Adds bytes behind those not yet read.
  package mutating func feed(_ bytes: some Collection<UInt8>) {
    // Moved to the front only when at least half is used up, so that a byte moves once on average.
    if position * 2 >= buffer.count {
      buffer.removeFirst(position)
      position = 0
    }
    buffer += bytes
  }

  /// The next whole frame, or `nil` when more bytes are needed.
  package mutating func next() throws(PktLineError) -> PktLine? {
    if let failure { throw failure }
    guard buffer.count - position >= 4 else { return nil }
    let digits = buffer[position..<position + 4]
    guard let size = Hex.decode(digits) else { throw fail(.malformedLength(Array(digits))) }
    let count = Int(size[0]) << 8 | Int(size[1])
    switch count {
    case 0...2:
      position += 4
      return count == 0 ? .flush : count == 1 ? .delimiter : .responseEnd
    case 3: throw fail(.reservedLength)
    case 4...PktLine.maximumCount:
      guard buffer.count - position >= count else { return nil }
      defer { position += count }
      return .data(Array(buffer[position + 4..<position + count]))
    default: throw fail(.tooLong(count))
    }
  }

  /// Throws `.truncated` when the stream ends here, within a frame.
  package func finish() throws(PktLineError) {
    if let failure { throw failure }
    guard pendingCount == 0 else { throw PktLineError.truncated }
  }

  /// Bytes taken and not yet given out.
  package var pendingCount: Int { buffer.count - position }

  /// Every frame of a whole stream.
  package static func all(in bytes: some Collection<UInt8>) throws(PktLineError) -> [PktLine] {
    var decoder = PktLineDecoder()
    decoder.feed(bytes)
    var lines: [PktLine] = []
    while let line = try decoder.next() { lines.append(line) }
    try decoder.finish()
    return lines
  }

  private mutating func fail(_ error: PktLineError) -> PktLineError {
    failure = error
    return error
  }
}
