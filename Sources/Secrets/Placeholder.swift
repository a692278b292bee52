/// What people write where a secret would stand.
package enum Placeholder {
  /// Whole values that are nobody's secret.
  private static let values: Set<String> = [
    "admin", "bar", "foo", "foobar", "guest", "hunter2", "pass", "passwd", "password", "postgres",
    "pw", "pwd", "root", "secret", "test", "token", "user",
  ]
  /// Parts that a random text has less than once in a thousand.
  private static let parts = [
    "example", "change_me", "change-me", "changeme", "placeholder", "redacted", "your_", "your-",
    "yourkey", "yourtoken", "dummy", "fake", "sample", "xxxx", "****", "...", "_here", "-here",
    "notreal", "not-real", "not_real", "<", "${", "{{", "$(",
  ].map { Array($0.utf8) }

  /// Whether `text` stands in for a secret: by a word, a run of one byte, of neighbours (`12345678`),
  /// or of a few bytes over and over. A run of `A` is how base64 writes zeros and proves nothing.
  package static func stands(in text: ArraySlice<UInt8>) -> Bool {
    let lower = text.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
    // In a long text some word comes about by chance.
    if lower.count < 400, parts.contains(where: lower.contains) { return true }
    return values.contains(String(decoding: lower, as: UTF8.self)) || hasRun(text)
      || isPeriodic(lower)
  }

  private static func hasRun(_ text: ArraySlice<UInt8>) -> Bool {
    var same = 1
    var ascending = 1
    var last: UInt8?
    for byte in text {
      if let last {
        same = byte == last && byte != 0x41 ? same + 1 : 1
        let follows = byte == last &+ 1 || last == 0x39 && byte == 0x30
        ascending = follows ? ascending + 1 : 1
        if same == 8 || ascending == 8 { return true }
      }
      last = byte
    }
    return false
  }

  private static func isPeriodic(_ text: [UInt8]) -> Bool {
    let tail = text.suffix(24)
    return tail.count >= 16
      && (1...8).contains { period in
        tail.dropFirst(period).elementsEqual(tail.dropLast(period)) && tail.last != 0x61
      }
  }
}
