/// What a token looks like, piece by piece: `["ghp_", .alphanumeric(36)]`.
package struct TokenShape: ExpressibleByArrayLiteral, Sendable {
  package indirect enum Piece: ExpressibleByStringLiteral, Sendable {
    case literal(String)
    case either([String])
    case run(Alphabet, least: Int, most: Int)
    case sequence([Piece])

    package init(stringLiteral text: String) { self = .literal(text) }
  }

  /// The characters that a run is made of.
  package struct Alphabet: Sendable {
    /// What stands between the brackets of a class.
    package let members: String
    /// What may not stand beside a run of it, beyond letters, digits and `_`.
    let neighbours: String
  }

  package let pieces: [Piece]

  package init(arrayLiteral pieces: Piece...) { self.pieces = pieces }
}

extension TokenShape.Piece {
  private static func made(
    of members: String, beside neighbours: String = "", _ least: Int, _ most: Int?
  ) -> Self {
    .run(
      TokenShape.Alphabet(members: members, neighbours: neighbours), least: least,
      most: most ?? least)
  }

  static func digits(_ least: Int, _ most: Int? = nil) -> Self { made(of: "0-9", least, most) }
  static func hex(_ least: Int, _ most: Int? = nil) -> Self { made(of: "0-9a-f", least, most) }
  static func capitalHex(_ least: Int, _ most: Int? = nil) -> Self {
    made(of: "0-9A-F", least, most)
  }
  static func letters(_ least: Int, _ most: Int? = nil) -> Self { made(of: "A-Za-z", least, most) }
  static func capitals(_ least: Int, _ most: Int? = nil) -> Self { made(of: "0-9A-Z", least, most) }
  static func smalls(_ least: Int, _ most: Int? = nil) -> Self { made(of: "0-9a-z", least, most) }
  static func base32(_ least: Int, _ most: Int? = nil) -> Self { made(of: "A-Z2-7", least, most) }
  static func smallBase32(_ least: Int, _ most: Int? = nil) -> Self {
    made(of: "a-z2-7", least, most)
  }
  static func alphanumeric(_ least: Int, _ most: Int? = nil) -> Self {
    made(of: "0-9A-Za-z", least, most)
  }
  static func base64(_ least: Int, _ most: Int? = nil) -> Self {
    made(of: "0-9A-Za-z+/", beside: "+/=", least, most)
  }
  static func urlSafe(_ least: Int, _ most: Int? = nil) -> Self {
    made(of: "0-9A-Za-z_\\-", beside: "\\-", least, most)
  }
  static func anyOf(_ members: String, _ least: Int, _ most: Int? = nil) -> Self {
    made(of: members, least, most)
  }

  static var uuid: Self {
    .sequence([.hex(8), "-", .hex(4), "-", .hex(4), "-", .hex(4), "-", .hex(12)])
  }
  static var jwt: Self {
    .sequence(["eyJ", .urlSafe(10, 400), ".eyJ", .urlSafe(10, 4000), ".", .urlSafe(20, 1000)])
  }

  var pattern: String {
    switch self {
    case .literal(let text): Self.quoted(text)
    case .either(let texts): "(?:" + texts.map(Self.quoted).joined(separator: "|") + ")"
    case .run(let alphabet, let least, let most):
      "[\(alphabet.members)]{\(least == most ? "\(least)" : "\(least),\(most)")}"
    case .sequence(let pieces): pieces.map(\.pattern).joined()
    }
  }

  private static func quoted(_ text: String) -> String {
    text.reduce(into: "") { quoted, character in
      if !character.isLetter && !character.isNumber && !"_-:/=@ \"~%<>".contains(character) {
        quoted += "\\"
      }
      quoted.append(character)
    }
  }

  /// The texts of which one stands in every token; none for a run.
  var literals: [String] {
    switch self {
    case .literal(let text): [text]
    case .either(let texts): texts
    case .run: []
    case .sequence(let pieces): TokenShape.mostTelling(pieces)
    }
  }

  fileprivate var first: Self {
    if case .sequence(let pieces) = self { pieces[0].first } else { self }
  }
  fileprivate var last: Self {
    if case .sequence(let pieces) = self { pieces[pieces.count - 1].last } else { self }
  }
  fileprivate var neighbours: String {
    if case .run(let alphabet, _, _) = self { alphabet.neighbours } else { "" }
  }

  var leastCount: Int {
    switch self {
    case .literal(let text): text.utf8.count
    case .either(let texts): texts.map(\.utf8.count).min() ?? 0
    case .run(_, let least, _): least
    case .sequence(let pieces): pieces.map(\.leastCount).reduce(0, +)
    }
  }
}

extension TokenShape {
  var leastCount: Int { Piece.sequence(pieces).leastCount }
  var body: String { Piece.sequence(pieces).pattern }

  /// The token where it is no part of a longer one. The `n` of `\n` in a string is no part of it.
  var pattern: String {
    // A value begins behind `=`, which can only end a run of base64.
    let start = Piece.sequence(pieces).first.neighbours.filter { $0 != "=" }
    return "(?:(?<![0-9A-Za-z_\\\\\(start)])|(?<=\\\\[nrt]))" + body + end
  }

  /// Nothing of the token's kind follows.
  var end: String { "(?![0-9A-Za-z_\(Piece.sequence(pieces).last.neighbours)])" }

  /// The texts by which a line is looked up: the piece whose shortest is longest.
  var keywords: [String] { Self.mostTelling(pieces).map { $0.lowercased() } }

  fileprivate static func mostTelling(_ pieces: [Piece]) -> [String] {
    pieces.map(\.literals).reduce([]) { best, next in
      shortest(next) > shortest(best) ? next : best
    }
  }

  private static func shortest(_ texts: [String]) -> Int { texts.map(\.utf8.count).min() ?? 0 }
}
