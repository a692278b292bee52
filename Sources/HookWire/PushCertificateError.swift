internal import Primitives

/// Why bytes are no push certificate that hookkit reads.
package enum PushCertificateError: Error, Hashable, Sendable {
  case tooLong(limit: Int)
  /// No line begins an armour.
  case unsigned
  /// Two lines begin an armour.
  case secondSignature
  /// The armour is neither of SSH nor of OpenPGP, or not whole, or something stands behind it.
  case unsupportedSignature
  /// The first line is not `certificate version 0.1`.
  case unsupportedVersion
  case malformedPusher
  /// A header line is unknown, empty-valued, repeated or out of order; its first 80 bytes.
  case unexpectedHeader([UInt8])
  case truncatedHeader
  case tooManyOptions(limit: Int)
  /// The update lines cannot be read; lines are counted from the first of them.
  case updates(InputError)
  case noUpdates
}

extension PushCertificateError: CustomStringConvertible {
  /// One line of ASCII, safe for a stranger's terminal.
  package var description: String {
    "push certificate: \(reason)"
  }

  private var reason: String {
    switch self {
    case .tooLong(let limit): "longer than \(limit) bytes"
    case .unsigned: "not signed"
    case .secondSignature: "two signatures"
    case .unsupportedSignature: "neither a whole SSH nor a whole OpenPGP signature at its end"
    case .unsupportedVersion: "not version 0.1"
    case .malformedPusher: "no pusher, time and zone in its second line"
    case .unexpectedHeader(let line): "unexpected line \(Escaped.quoted(line, limit: 80))"
    case .truncatedHeader: "ends within its header"
    case .tooManyOptions(let limit): "more than \(limit) push options"
    case .updates(let error): "\(error)"
    case .noUpdates: "names no updates"
    }
  }
}
