/// Paths that some file systems take for others.
///
/// Without regard to case, APFS and NTFS take a long s for an s and the sign of the kelvin for a k; HFS+
/// ignores the code points that git's `is_hfs_dotgit` (utf8.c, `next_hfs_char`) lists.
enum FoldedPath {
  /// A path in plain letters; `nil` when it has none of these characters.
  static func plain(_ path: UnsafeRawBufferPointer) -> [UInt8]? {
    var plain: [UInt8] = []
    var isFolded = false
    var index = 0
    while index < path.count {
      if let (count, letter) = fold(path, index) {
        isFolded = true
        if let letter { plain.append(letter) }
        index += count
      } else {
        plain.append(path[index])
        index += 1
      }
    }
    return isFolded ? plain : nil
  }

  /// How many bytes stand for another letter, or for none.
  private static func fold(
    _ path: UnsafeRawBufferPointer, _ index: Int
  ) -> (count: Int, letter: UInt8?)? {
    let lead = path[index]
    guard lead >= 0x80, index + 1 < path.count else { return nil }
    let second = path[index + 1]
    if lead == 0xc5, second == 0xbf { return (2, UInt8(ascii: "s")) }
    guard index + 2 < path.count else { return nil }
    switch (lead, second, path[index + 2]) {
    case (0xe2, 0x84, 0xaa): return (3, UInt8(ascii: "k"))
    case (0xe2, 0x80, 0x8c...0x8f), (0xe2, 0x80, 0xaa...0xae), (0xe2, 0x81, 0xaa...0xaf),
      (0xef, 0xbb, 0xbf):
      return (3, nil)
    default: return nil
    }
  }
}
