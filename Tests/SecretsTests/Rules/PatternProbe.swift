import CScan

/// One pattern of PCRE2 over bytes, with a limit on its work that a test can lower.
final class PatternProbe {
  struct Unmatched: Error, CustomStringConvertible {
    let code: Int32
    var description: String { "PCRE2 answers \(code)" }
  }

  private let code: OpaquePointer
  private let match: OpaquePointer
  private let context: OpaquePointer

  init(_ pattern: String, matchLimit: UInt32 = 10_000_000) throws {
    var error: Int32 = 0
    var offset = 0
    let bytes = Array(pattern.utf8)
    guard
      let code = pcre2_compile_8(bytes, bytes.count, 0, &error, &offset, nil),
      let match = pcre2_match_data_create_from_pattern_8(code, nil),
      let context = pcre2_match_context_create_8(nil)
    else { throw Unmatched(code: error) }
    pcre2_set_match_limit_8(context, matchLimit)
    self.code = code
    self.match = match
    self.context = context
  }

  deinit {
    pcre2_match_context_free_8(context)
    pcre2_match_data_free_8(match)
    pcre2_code_free_8(code)
  }

  /// The secrets of all matches: the first group that took part, or the whole match.
  func secrets(in text: [UInt8]) throws -> [ArraySlice<UInt8>] {
    var found: [ArraySlice<UInt8>] = []
    var start = 0
    while start <= text.count {
      let count = pcre2_match_8(code, text, text.count, start, 0, match, context)
      if count == PCRE2_ERROR_NOMATCH { break }
      guard count > 0, let places = pcre2_get_ovector_pointer_8(match) else {
        throw Unmatched(code: count)
      }
      let group = (1..<max(Int(count), 1)).first { places[2 * $0] >= 0 } ?? 0
      found.append(text[places[2 * group]..<places[2 * group + 1]])
      start = max(places[1], start + 1)
    }
    return found
  }
}
