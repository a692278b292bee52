import Primitives
import TestSupport

@testable import Secrets

/// A made-up secret of one kind and the texts it stands in. Nothing of it is written down here: a
/// literal that looks like a token would be one to every scanner, for ever.
struct Sample {
  /// How long the runs of a range are.
  enum Size { case least, most }

  let secret: [UInt8]
  /// Texts in which the secret must be found.
  let texts: [[UInt8]]

  /// A true one.
  init?(of kind: SecretKind, dice: inout Dice) {
    let shape: TokenShape
    let name: String?
    switch kind.anchor {
    case .shape(let given): (shape, name) = (given, nil)
    case .name(let names, let given): (shape, name) = (given, names[dice.roll(names.count)])
    case .pattern, .block:
      guard let block = Blocks.samples[kind.id] else { return nil }
      (secret, texts) = block(&dice)
      return
    }
    for _ in 0..<500 {
      let secret = Self.fit(Self.made(shape.pieces, .least, &dice), to: kind, &dice)
      guard kind.proof.holds(secret[...]) else { continue }
      self.secret = secret
      texts = Self.lines(around: secret, name: name)
      return
    }
    return nil
  }

  // MARK: Shapes

  static func made(
    _ pieces: [TokenShape.Piece], _ size: Size, shortened: Int? = nil, only: UInt8? = nil,
    _ dice: inout Dice
  ) -> [UInt8] {
    pieces.enumerated().flatMap { index, piece -> [UInt8] in
      switch piece {
      case .literal(let text): return Array(text.utf8)
      case .either(let texts): return Array(dice.pick(texts).utf8)
      case .run(let alphabet, let least, let most):
        let members = members(of: alphabet)
        let count = (size == .least ? least : most) - (index == shortened ? 1 : 0)
        if let only, count >= 8 {
          let byte = members.contains(only) ? only : members[members.count - 1]
          return Array(repeating: byte, count: count)
        }
        return (0..<max(count, 0)).map { _ in dice.pick(members) }
      case .sequence(let pieces): return made(pieces, size, only: only, &dice)
      }
    }
  }

  static func members(of alphabet: TokenShape.Alphabet) -> [UInt8] {
    var members: [UInt8] = []
    var bytes = Array(alphabet.members.utf8)[...]
    while let first = bytes.popFirst() {
      if first == 0x5c, let escaped = bytes.popFirst() {
        members.append(escaped)
      } else if bytes.first == 0x2d, let last = bytes.dropFirst().first {
        members += first...last
        bytes = bytes.dropFirst(2)
      } else {
        members.append(first)
      }
    }
    return members
  }

  /// Gives a random text what the kind's proof asks for.
  private static func fit(
    _ text: [UInt8], to kind: SecretKind, _ dice: inout Dice
  ) -> [UInt8] {
    switch kind.proof {
    case .crc32Base62:
      let body = text.dropLast(6)
      let underscore = body.firstIndex(of: 0x5f) ?? 0
      return body + spelled(CRC32.of(body[(underscore + 1)...]), radix: 62, count: 6)
    case .crc32Base36:
      return text.dropLast(7) + spelled(CRC32.of(text.dropLast(7)), radix: 36, count: 7)
    case .crc32Hex:
      let sum = CRC32.of(text.dropLast(9)).byteSwapped
      return text.dropLast(8) + spelled(sum, radix: 16, count: 8)
    case .bech32:
      let data = text.dropLast(6)
      let separator = data.lastIndex(of: 0x31) ?? 0
      let digits = data[(separator + 1)...].map { Bech32.alphabet.firstIndex(of: $0) ?? 0 }
      let sum =
        Bech32.checksum(
          prefix: data[..<separator].map { Int($0 | 0x20) },
          data: digits + Array(repeating: 0, count: 6)) ^ 1
      return data + (0..<6).map { Bech32.alphabet[sum >> (5 * (5 - $0)) & 31] }
    case .base64:
      // The bits of the last digit that stand for nothing are zero.
      let padding = text.reversed().prefix { $0 == 0x3d }.count
      return text.dropLast(padding + 1) + [0x41] + Array(repeating: 0x3d, count: padding)
    case .base64JSON(let prefix):
      let json = #"{"k":"\#(word(40, &dice))","n":"ci","id":\#(1000 + dice.roll(9000))}"#
      return text.prefix(prefix) + Base64.encode(json.utf8)
    case .jwt(let claims):
      let token = jwt(claiming: claims, &dice)
      let marked = text.firstRange(of: Array("eyJ".utf8))?.lowerBound ?? 0
      return text[..<marked] + token
    default:
      if case .shape(let shape) = kind.anchor, case .sequence = shape.pieces.last {
        // GitHub's stateless token is a JWT behind a number.
        if let place = text.firstRange(of: Array("_eyJ".utf8)) {
          return text[...place.lowerBound] + jwt(claiming: [], &dice)
        }
      }
      return text
    }
  }

  static func word(_ count: Int, _ dice: inout Dice) -> String {
    let letters = Array("abcdefghijkmnopqrstuvwzABCDEFGHIJKLMNOPQRSTUVWZ0123456789")
    return String((0..<count).map { _ in dice.pick(letters) })
  }

  static func bytes(_ count: Int, _ dice: inout Dice) -> [UInt8] {
    (0..<count).map { _ in UInt8(dice.roll(256)) }
  }

  static func urlSafe(_ bytes: some Collection<UInt8>) -> [UInt8] {
    Base64.encode(bytes).filter { $0 != 0x3d }.map { $0 == 0x2b ? 0x2d : $0 == 0x2f ? 0x5f : $0 }
  }

  static func jwt(claiming claims: [String], exp: Int = 4_102_444_799, _ dice: inout Dice)
    -> [UInt8]
  {
    let members = claims.map { $0.hasPrefix("\"") ? $0 : "\"\($0)x\":1" } + ["\"exp\":\(exp)"]
    return urlSafe(#"{"alg":"HS256","typ":"JWT"}"#.utf8) + [0x2e]
      + urlSafe("{\(members.joined(separator: ",")),\"jti\":\"\(word(12, &dice))\"}".utf8) + [0x2e]
      + urlSafe(bytes(32, &dice))
  }

  private static func spelled(_ number: UInt32, radix: Int, count: Int) -> [UInt8] {
    let digits = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)
    let wide =
      Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
    var rest = Int(number)
    var text: [UInt8] = []
    for _ in 0..<count {
      text.insert((radix == 62 ? wide : digits)[rest % radix], at: 0)
      rest /= radix
    }
    return text
  }

  // MARK: Lines

  static func lines(around secret: [UInt8], name: String?) -> [[UInt8]] {
    let lines =
      name.map(assignments) ?? [
        "TOKEN=\0", "export A_KEY='\0'", "{\"value\": \"\0\", \"n\": 1}", "  key: \0\n",
        "see \0, and",
        "f(\"x\\n\0\\n\")", "(\0)", "<a>\0</a>", "`\0`", "x-token: \0\r\ny: z", "\0",
      ]
    return lines.map { line in
      let parts = line.utf8.split(separator: 0, omittingEmptySubsequences: false)
      return Array(parts[0]) + secret + Array(parts[1])
    }
  }

  /// How languages, files and shells give a value to a name; NUL is where it stands.
  private static func assignments(to name: String) -> [String] {
    let saysWhat = ["key", "token", "secret", "pass", "pwd", "auth", "pat"].contains {
      name.contains($0)
    }
    let words = (saysWhat ? name : name + "_api_key").split(separator: "_").map(String.init)
    let snake = words.joined(separator: "_")
    let kebab = words.joined(separator: "-")
    let capitals = snake.uppercased()
    let camel =
      words[0] + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    return [
      "\(capitals)=\0", "export \(capitals)=\"\0\"", "  \(snake): \0\n", "{\"\(camel)\": \"\0\"}",
      "const \(camel) = '\0';", "curl -H \"X-\(kebab): \0\" url", "X-\(kebab): \0\r\n",
      "os.environ[\"\(capitals)\"] = \"\0\"", "\(snake): str = \"\0\"",
      "define('\(capitals)', '\0');", "run --\(kebab) \0", "\(camel) := \"\0\"",
      "    \(snake) => \"\0\",",
    ]
  }
}
