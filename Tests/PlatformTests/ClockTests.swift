import Platform
import Testing

@Suite struct ClockTests {
  @Test(
    "times are written in UTC with four digits of year or more",
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
      (951_782_400, "2000-02-29T00:00:00Z"), (1_767_225_600, "2026-01-01T00:00:00Z"),
      (4_102_444_799, "2099-12-31T23:59:59Z"), (-62_135_596_800, "0001-01-01T00:00:00Z"),
      (253_402_300_800, "10000-01-01T00:00:00Z"),
    ] as [(Int64, String)])
  func text(_ seconds: Int64, _ text: String) {
    #expect(Clock.text(seconds) == text)
  }

  @Test("a time that no calendar holds is still told")
  func extremes() {
    #expect(Clock.text(.max) == "@9223372036854775807")
    #expect(Clock.text(.min) == "@-9223372036854775808")
  }

  @Test("the clock for durations does not go back")
  func monotonic() {
    let first = Clock.monotonic()
    let second = Clock.monotonic()
    #expect(first > 0 && second >= first)
    #expect(Clock.now() > 1_700_000_000)
  }
}
