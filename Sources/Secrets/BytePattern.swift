internal import CScan

/// A pattern of PCRE2 over bytes, the one engine of all rules, with bounds on what a match may cost.
///
/// Source: pcre2api(3), pcre2pattern(3).
final class BytePattern {
  /// Why a text is no pattern.
  struct Malformed: Error, Hashable {
    /// PCRE2's own words.
    let words: String
    /// Where in the pattern, in bytes.
    let offset: Int
  }

  /// What a search gives.
  enum Outcome {
    /// All of the match, and the secret in it.
    case found(whole: Range<Int>, secret: Range<Int>)
    case nothing
    /// A bound was reached before it was known.
    case tooCostly
  }

  private let code: OpaquePointer
  private let places: OpaquePointer
  private let context: OpaquePointer
  /// Searches until it is worth while to make machine code of it.
  private var searches = 0

  /// Kibibytes that a search may keep.
  private static let mostMemory: UInt32 = 8192

  /// - Parameter steps: of one search.
  init(_ text: String, steps: UInt32 = 2_000_000) throws(Malformed) {
    var text = text
    let (compiled, error, offset) = text.withUTF8 { bytes -> (OpaquePointer?, Int32, Int) in
      var error: Int32 = 0
      var offset = 0
      let code = pcre2_compile_8(
        bytes.baseAddress, bytes.count, UInt32(PCRE2_DOLLAR_ENDONLY), &error, &offset, nil)
      return (code, error, offset)
    }
    guard let code = compiled, let places = pcre2_match_data_create_from_pattern_8(code, nil),
      let context = pcre2_match_context_create_8(nil)
    else {
      throw Malformed(words: Self.words(error), offset: offset)
    }
    pcre2_set_match_limit_8(context, steps)
    pcre2_set_depth_limit_8(context, steps)
    pcre2_set_heap_limit_8(context, Self.mostMemory)
    self.code = code
    self.places = places
    self.context = context
  }

  deinit {
    pcre2_match_context_free_8(context)
    pcre2_match_data_free_8(places)
    pcre2_code_free_8(code)
  }

  private static func words(_ error: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = pcre2_get_error_message_8(error, &buffer, buffer.count)
    return String(decoding: buffer.prefix(max(0, Int(count))), as: UTF8.self)
  }

  /// The first match at or behind a place.
  func search(_ text: UnsafeRawBufferPointer, from start: Int) -> Outcome {
    searches += 1
    if searches == 32 { _ = pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE)) }
    let bytes = text.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let count = pcre2_match_8(
      code, bytes, text.count, start, UInt32(PCRE2_NOTEMPTY), places, context)
    if count == PCRE2_ERROR_NOMATCH { return .nothing }
    guard count > 0, let ends = pcre2_get_ovector_pointer_8(places) else { return .tooCostly }
    // A look-behind's \K may put the end before the start; such a match is none.
    guard ends[0] <= ends[1] else { return .nothing }
    let group = (1..<max(Int(count), 1)).first { ends[2 * $0] >= 0 } ?? 0
    return .found(whole: ends[0]..<ends[1], secret: ends[2 * group]..<ends[2 * group + 1])
  }
}
