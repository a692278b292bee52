/// Addresses under which nobody gets mail: an agent's name beside one is no person's.
enum Placeholders {
  /// - Parameters: the two sides of an address, folded.
  static func contain(local: ArraySlice<UInt8>, domain: ArraySlice<UInt8>) -> Bool {
    isSpelled(local, ["noreply", "no-reply", "donotreply"])
      // RFC 2606: names that are kept for examples.
      || isSpelled(domain, ["example.com", "example.org", "example.net"])
      || domain.reversed().starts(with: ".invalid".utf8.reversed())
  }

  private static func isSpelled(_ text: ArraySlice<UInt8>, _ words: [StaticString]) -> Bool {
    words.contains { word in word.withUTF8Buffer { $0.elementsEqual(text) } }
  }
}
