/// How long ago something was, or how far ahead it is, in the one unit that tells a person most.
enum Age {
  /// `just now`, `5 min ago`, `3 h ago`, `12 d ago`.
  static func past(_ time: Int64, from now: Int64) -> String {
    let (late, seconds) = now.subtractingReportingOverflow(time)
    guard !seconds else { return "long ago" }
    return late < 60 ? "just now" : "\(span(late)) ago"
  }

  /// `in 3 h`, `in 12 d`; `expired` for what has passed.
  static func future(_ time: Int64, from now: Int64) -> String {
    // A span that was just given is told as it was given, a second later too.
    time <= now ? "expired" : "in \(span(time &- now &+ 300))"
  }

  private static func span(_ seconds: Int64) -> String {
    switch seconds {
    case ..<3600: "\(max(1, seconds / 60)) min"
    case ..<172_800: "\(seconds / 3600) h"
    case ..<63_072_000: "\(seconds / 86_400) d"
    default: "\(seconds / 31_536_000) y"
    }
  }
}
