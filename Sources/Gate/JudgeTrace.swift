internal import Policy
internal import Primitives

/// What is looked at on the way to a decision and what is found, a line each (`HOOKKIT_TRACE`).
///
/// Never read again, so that it cannot change what is decided. Where nobody traces, no line is made.
package struct JudgeTrace {
  private let write: ((String) -> Void)?

  package static var none: JudgeTrace { JudgeTrace(write: nil) }

  private init(write: ((String) -> Void)?) {
    self.write = write
  }

  /// - Parameter write: is handed lines of printable ASCII, whatever a push has in it.
  package init(_ write: @escaping (String) -> Void) {
    self.write = write
  }

  @inline(__always)
  func callAsFunction(_ step: @autoclosure () -> String) {
    if let write { Self.tell(step(), write) }
  }

  @inline(never)
  private static func tell(_ step: String, _ write: (String) -> Void) {
    write(Escaped.text(step.utf8, limit: 1000))
  }
}

/// What a rule looks at.
protocol Judged {
  var bench: Bench { get }
}

extension Judged {
  var trace: JudgeTrace { bench.surroundings.trace }
}

extension SourceLocation {
  /// `rule of the repository layer, line 31`
  var placeInLayer: String { "rule of the \(layer.word) layer, line \(position.line)" }
}
