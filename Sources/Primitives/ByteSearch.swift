extension Collection<UInt8>
where SubSequence: RandomAccessCollection, Self: RandomAccessCollection {
  /// The first place of some bytes in these, in time linear in both (Knuth, Morris and Pratt 1977):
  /// whoever writes the text may write the pattern too.
  package func firstIndex(of pattern: some Collection<UInt8>) -> Index? {
    let wanted = Array(pattern)
    guard let first = wanted.first else { return startIndex }
    guard wanted.count <= count else { return nil }
    guard wanted.count > 1 else { return firstIndex(of: first) }
    // How long the longest beginning of the pattern is that ends at each of its places.
    var borders = [Int](repeating: 0, count: wanted.count)
    var length = 0
    for place in 1..<wanted.count {
      while length > 0, wanted[place] != wanted[length] { length = borders[length - 1] }
      if wanted[place] == wanted[length] { length += 1 }
      borders[place] = length
    }
    length = 0
    var place = startIndex
    while place != endIndex {
      let byte = self[place]
      while length > 0, byte != wanted[length] { length = borders[length - 1] }
      if byte == wanted[length] { length += 1 }
      formIndex(after: &place)
      if length == wanted.count { return index(place, offsetBy: -length) }
    }
    return nil
  }

  /// Whether some bytes stand in these.
  package func contains(bytes pattern: some Collection<UInt8>) -> Bool {
    firstIndex(of: pattern) != nil
  }
}
