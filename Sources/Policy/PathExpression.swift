internal import Primitives

/// A pattern of Gitea's and Forgejo's CODEOWNERS: a regular expression that must match the whole path.
///
/// Only what is matched exactly and in bounded time is read: characters, `.`, `[^/]` and a backslash in
/// front of punctuation, each with `*`, `+` or `?` behind it. No pusher's text is handed to an engine that
/// tries again; a match takes at most as many steps as expression and path multiplied.
struct PathExpression: Hashable, Sendable {
  private enum Kind: Hashable, Sendable {
    case character(UInt32)
    case any
    case notSlash
  }

  private struct Atom: Hashable, Sendable {
    let kind: Kind
    var isOptional = false
    var repeats = false

    func takes(_ character: UInt32) -> Bool {
      switch kind {
      case .character(let own): own == character
      case .any: true
      case .notSlash: character != 0x2f
      }
    }
  }

  private let atoms: [Atom]

  /// The longest expression that is read, in bytes.
  private static let byteLimit = 1024

  /// `nil` for what has no exact reading here.
  init?(_ text: [UInt8]) {
    guard text.count <= Self.byteLimit, let characters = Self.characters(text) else { return nil }
    var rest = characters[...]
    // What the hosts take for its opposite.
    guard rest.first != 0x21 else { return nil }
    // Both are there anyway: the hosts put `^` in front and `$` behind.
    if rest.first == 0x5e { rest = rest.dropFirst() }
    if rest.last == 0x24, rest.dropLast().last != 0x5c { rest = rest.dropLast() }
    guard !rest.isEmpty else { return nil }
    var atoms: [Atom] = []
    while let character = rest.popFirst() {
      var atom: Atom
      switch character {
      case 0x2e: atom = Atom(kind: .any)
      case 0x5b:
        guard rest.starts(with: [0x5e, 0x2f, 0x5d]) else { return nil }
        rest = rest.dropFirst(3)
        atom = Atom(kind: .notSlash)
      case 0x5c:
        // Of letters and digits some have a meaning: \d, \pL, \x41.
        guard let next = rest.popFirst(), next < 0x80, !Self.isWord(next) else { return nil }
        atom = Atom(kind: .character(next))
      case _ where Self.meta.contains(character): return nil
      default: atom = Atom(kind: .character(character))
      }
      switch rest.first {
      case 0x2a: (atom.isOptional, atom.repeats) = (true, true)
      case 0x2b: atom.repeats = true
      case 0x3f: atom.isOptional = true
      default:
        atoms.append(atom)
        continue
      }
      rest = rest.dropFirst()
      atoms.append(atom)
    }
    self.atoms = atoms
  }

  private static let meta = Set("^$*+?()[]{}|".unicodeScalars.map(\.value))

  private static func isWord(_ character: UInt32) -> Bool {
    switch character {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
    default: false
    }
  }

  private static func characters(_ bytes: [UInt8]) -> [UInt32]? {
    String(validating: bytes, as: UTF8.self)?.unicodeScalars.map(\.value)
  }

  /// A path that is not UTF-8 has no characters to compare: it is taken as matched, which asks for more.
  func matches(_ path: [UInt8]) -> Bool {
    guard let characters = Self.characters(path) else { return true }
    // `reached[n]`: the atoms before the nth can have taken what stands before.
    var reached = [Bool](repeating: false, count: atoms.count + 1)
    reached[0] = true
    skip(&reached)
    for character in characters {
      var next = [Bool](repeating: false, count: atoms.count + 1)
      for (index, atom) in atoms.enumerated() where reached[index] && atom.takes(character) {
        next[index + 1] = true
        if atom.repeats { next[index] = true }
      }
      reached = next
      skip(&reached)
    }
    return reached[atoms.count]
  }

  private func skip(_ reached: inout [Bool]) {
    for (index, atom) in atoms.enumerated() where reached[index] && atom.isOptional {
      reached[index + 1] = true
    }
  }
}
