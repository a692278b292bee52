#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The wall clock and the calendar.
package enum Clock {
  /// Seconds since 1970-01-01T00:00:00Z by this machine's clock.
  package static func now() -> Int64 { Int64(time(nil)) }

  /// Nanoseconds of a clock that never goes back, for progress and traces.
  package static func monotonic() -> UInt64 {
    var value = timespec()
    clock_gettime(CLOCK_MONOTONIC, &value)
    return UInt64(value.tv_sec) * 1_000_000_000 + UInt64(value.tv_nsec)
  }

  /// `2026-11-23T00:00:00Z`, in UTC (RFC 3339); also for times before 1970.
  package static func text(_ seconds: Int64) -> String {
    var value = time_t(seconds)
    var parts = tm()
    guard gmtime_r(&value, &parts) != nil else { return "@\(seconds)" }
    func padded(_ number: Int32, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
    let date = [
      padded(parts.tm_year + 1900, 4), padded(parts.tm_mon + 1, 2), padded(parts.tm_mday, 2),
    ]
    let clock = [padded(parts.tm_hour, 2), padded(parts.tm_min, 2), padded(parts.tm_sec, 2)]
    return date.joined(separator: "-") + "T" + clock.joined(separator: ":") + "Z"
  }
}
