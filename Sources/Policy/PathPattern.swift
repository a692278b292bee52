internal import Primitives

/// A path pattern of CODEOWNERS, which follows gitignore(5) with GitHub's exceptions.
///
/// * A slash at the front or in the middle ties the pattern to the root; otherwise it matches at any
///   depth.
/// * A slash at the end names everything below a folder.
/// * A name also stands for everything below it when it is a folder, except when the last part is a
///   lone `*`: `docs/*` owns the files of `docs` and not those of its folders.
struct PathPattern: Hashable, Sendable {
  private let exact: Pattern?
  private let below: Pattern?

  /// `nil` when the pattern has no exact reading: ranges, exclusions and escaped meta-characters.
  init?(_ text: [UInt8]) {
    guard let first = text.first, first != 0x21, text.count <= 4096 else { return nil }
    var glob: [UInt8] = []
    var index = 0
    while index < text.count {
      var byte = text[index]
      if byte == 0x5c {
        index += 1
        guard index < text.count, ![0x2a, 0x3f, 0x5b, 0x5d].contains(text[index]) else {
          return nil
        }
        byte = text[index]
      } else if byte == 0x5b || byte == 0x5d {
        return nil
      }
      glob.append(byte)
      index += 1
    }
    let isFolder = glob.last == 0x2f
    if isFolder { glob.removeLast() }
    let isRooted = glob.contains(0x2f)
    if glob.first == 0x2f { glob.removeFirst() }
    guard !glob.isEmpty else {
      // "/" alone: everything.
      exact = nil
      below = Pattern("**")
      return
    }
    var parts = glob.split(separator: 0x2f, omittingEmptySubsequences: false)
      .map(PathPattern.part)
    guard parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    let endsInStar = parts.last == [0x2a]
    if !isRooted { parts.insert([0x2a, 0x2a], at: 0) }
    let joined = Array(parts.joined(separator: [0x2f]))
    exact = isFolder ? nil : Pattern(joined)
    below = endsInStar && !isFolder ? nil : Pattern(joined + Array("/**".utf8))
  }

  /// Only a part that is `**` and nothing else crosses slashes (gitignore(5), "Other consecutive
  /// asterisks are considered regular asterisks").
  private static func part(_ text: ArraySlice<UInt8>) -> [UInt8] {
    if text.elementsEqual([0x2a, 0x2a]) { return Array(text) }
    var part: [UInt8] = []
    for byte in text where byte != 0x2a || part.last != 0x2a { part.append(byte) }
    return part
  }

  func matches(_ path: [UInt8]) -> Bool {
    exact?.matches(path) == true || below?.matches(path) == true
  }
}
