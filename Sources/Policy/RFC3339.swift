/// Dates and times as RFC 3339 writes them, counted in Unix seconds.
package enum RFC3339 {
  /// The second that a text names; a date alone (`2027-01-31`) names its first second in UTC.
  ///
  /// `nil` for anything else: no time without its offset, no fraction of a second, no leap second,
  /// years 1970 to 9999.
  package static func seconds(_ text: [UInt8]) -> Int64? {
    guard text.count == 10 || text.count >= 20, let days = days(text[..<10]) else { return nil }
    if text.count == 10 { return days * 86_400 }
    guard text[10] == 0x54 || text[10] == 0x74 || text[10] == 0x20, text[13] == 0x3a,
      text[16] == 0x3a, let hour = number(text[11..<13], 0...23),
      let minute = number(text[14..<16], 0...59), let second = number(text[17..<19], 0...59),
      let offset = offset(text[19...])
    else { return nil }
    return days * 86_400 + hour * 3600 + minute * 60 + second - offset
  }

  /// `2026-11-23T08:00:00Z`: a time in UTC.
  package static func text(_ seconds: Int64) -> String {
    let ofDay = (seconds % 86_400 + 86_400) % 86_400
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(date(seconds))T\(two(ofDay / 3600)):\(two(ofDay / 60 % 60)):\(two(ofDay % 60))Z"
  }

  /// The day of a second, in UTC: `2027-01-31`.
  package static func date(_ seconds: Int64) -> String {
    // Counted in eras of 400 years from 0000-03-01, so that the leap day is the last of its year.
    let days = seconds / 86_400 - (seconds % 86_400 < 0 ? 1 : 0) + 719_468
    let era = days / 146_097
    let day = days % 146_097
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
    let dayOfYear = day - (365 * year + year / 4 - year / 100)
    let month = (5 * dayOfYear + 2) / 153
    let dayOfMonth = dayOfYear - (153 * month + 2) / 5 + 1
    let civil = month < 10 ? (year + era * 400, month + 3) : (year + era * 400 + 1, month - 9)
    func padded(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(civil.0)-\(padded(civil.1))-\(padded(dayOfMonth))"
  }

  /// Days since 1970-01-01 in the Gregorian calendar.
  private static func days(_ text: ArraySlice<UInt8>) -> Int64? {
    let text = Array(text)
    guard text.count == 10, text[4] == 0x2d, text[7] == 0x2d,
      let year = number(text[0..<4], 1970...9999), let month = number(text[5..<7], 1...12),
      let day = number(text[8..<10], 1...daysInMonth(month, of: year))
    else { return nil }
    // The year is counted from March, so that the leap day is its last one.
    let marchYear = month > 2 ? year : year - 1
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400
    return marchYear * 365 + leapDays + dayOfYear - 719_468
  }

  private static func daysInMonth(_ month: Int64, of year: Int64) -> Int64 {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }

  private static func offset(_ text: ArraySlice<UInt8>) -> Int64? {
    let text = Array(text)
    if text == [0x5a] || text == [0x7a] { return 0 }
    guard text.count == 6, text[0] == 0x2b || text[0] == 0x2d, text[3] == 0x3a,
      let hours = number(text[1..<3], 0...23), let minutes = number(text[4..<6], 0...59)
    else { return nil }
    return (hours * 60 + minutes) * (text[0] == 0x2d ? -60 : 60)
  }

  private static func number(
    _ digits: ArraySlice<UInt8>, _ range: ClosedRange<Int64>
  ) -> Int64? {
    var value: Int64 = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      value = value * 10 + Int64(digit - 0x30)
    }
    return range.contains(value) ? value : nil
  }
}
