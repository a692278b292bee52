internal import Primitives

/// One frame of git's pkt-line format.
///
/// Source: gitprotocol-common(5), "pkt-line format"; gitprotocol-v2(5) for the two last kinds.
package enum PktLine: Hashable, Sendable {
  /// `0004` and up: bytes, at most `maximumPayloadCount`.
  case data([UInt8])
  /// `0000`: the end of a list.
  case flush
  /// `0001`: the end of a section, protocol version 2.
  case delimiter
  /// `0002`: the end of a response, protocol version 2 without a connection.
  case responseEnd

  /// The most bytes that one frame takes, its length digits among them.
  package static let maximumCount = 65_520
  /// The most bytes that one frame carries.
  package static let maximumPayloadCount = maximumCount - 4

  /// A frame of our own text.
  package static func text(_ text: String) -> PktLine { .data(Array(text.utf8)) }

  /// Appends the frame's bytes to `output`, or nothing when it throws `.tooLong`.
  package func write(to output: inout [UInt8]) throws(PktLineError) {
    switch self {
    case .flush: output += Array("0000".utf8)
    case .delimiter: output += Array("0001".utf8)
    case .responseEnd: output += Array("0002".utf8)
    case .data(let payload):
      guard payload.count <= PktLine.maximumPayloadCount else {
        throw PktLineError.tooLong(payload.count)
      }
      let count = UInt16(payload.count + 4)
      output += Hex.encode([UInt8(count >> 8), UInt8(count & 0xff)])
      output += payload
    }
  }

  /// The payload without the one line feed that git may put at its end; `nil` for other frames.
  package var line: ArraySlice<UInt8>? {
    guard case .data(let payload) = self else { return nil }
    return payload.last == 0x0a ? payload.dropLast() : payload[...]
  }
}

/// Why bytes are not pkt-lines.
package enum PktLineError: Error, Hashable, Sendable {
  /// The four length bytes are not hexadecimal digits.
  case malformedLength([UInt8])
  /// The length is 3, which means nothing.
  case reservedLength
  /// The length is beyond what git sends: `PktLine.maximumCount`, or the payload given to write.
  case tooLong(Int)
  /// The stream ends within a frame.
  case truncated
}

extension PktLineError: CustomStringConvertible {
  /// One line of ASCII, safe for a stranger's terminal.
  package var description: String {
    switch self {
    case .malformedLength(let bytes): "pkt-line: \(Escaped.quoted(bytes)) is no length"
    case .reservedLength: "pkt-line: the length 0003 has no meaning"
    case .tooLong(let count): "pkt-line: \(count) bytes are more than a frame holds"
    case .truncated: "pkt-line: ends within a frame"
    }
  }
}
