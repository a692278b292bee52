/// A glob over reference names or paths: `*` and `?` stop at `/`, `**` does not.
///
/// The only meta-characters are `*`, `**` and `?`; everything else stands for itself, so a pattern
/// has no parse errors, and a match takes at most `pattern.count * subject.count` steps.
/// `refs/heads/release/**` matches every name below `refs/heads/release/`; a leading or inner `**/`
/// matches any number of whole folders, also none (gitignore(5)).
package struct Pattern: Hashable, Sendable {
  package let bytes: [UInt8]
  /// What stands behind the literal prefix.
  private let tokens: [Token]
  private let prefixCount: Int

  private enum Token: Hashable, Sendable {
    case byte(UInt8)
    /// `?`: one byte of a name.
    case one
    /// `*`: any bytes of one name.
    case name
    /// `**`: any bytes.
    case anything
    /// `**/`, standing before a name; always followed by `insideFolder`.
    case folders
    /// `**/`, within a name that a slash must still end.
    case insideFolder
  }

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    prefixCount = bytes.firstIndex { $0 == 0x2a || $0 == 0x3f } ?? bytes.count
    var tokens: [Token] = []
    var index = prefixCount
    while index < bytes.count {
      let byte = bytes[index]
      guard byte == 0x2a else {
        tokens.append(byte == 0x3f ? .one : .byte(byte))
        index += 1
        continue
      }
      let stars = bytes[index...].prefix { $0 == 0x2a }.count
      let startsName = index == 0 || bytes[index - 1] == 0x2f
      index += stars
      if stars == 1 {
        tokens.append(.name)
      } else if startsName, index < bytes.count, bytes[index] == 0x2f {
        tokens += [.folders, .insideFolder]
        index += 1
      } else {
        tokens.append(.anything)
      }
    }
    self.tokens = tokens
  }

  package init(_ text: String) {
    self.init(Array(text.utf8))
  }

  /// `HEAD`, which in a rule stands for the branch that the server's HEAD names. It matches no full name.
  package static let head = Pattern("HEAD")

  /// The bytes before the first meta-character: every match begins with them.
  package var literalPrefix: ArraySlice<UInt8> { bytes[..<prefixCount] }

  /// Whether the pattern names one subject only.
  package var isLiteral: Bool { prefixCount == bytes.count }

  package func matches(_ subject: some Collection<UInt8>) -> Bool {
    matches(Array(subject))
  }

  /// The same without a copy: every reference of a push is held against every rule.
  package func matches(_ subject: [UInt8]) -> Bool {
    guard subject.count >= prefixCount else { return false }
    for index in 0..<prefixCount where subject[index] != bytes[index] { return false }
    if isLiteral { return subject.count == prefixCount }
    if tokens == [.anything] { return true }

    // The set of token positions reachable so far (Thompson), one pass over the subject.
    var states = [Bool](repeating: false, count: tokens.count + 1)
    var next = states
    states[0] = true
    skipEmptyMatches(&states)
    for position in prefixCount..<subject.count {
      var alive = false
      for index in tokens.indices where states[index] {
        guard let reached = step(from: index, over: subject[position]) else { continue }
        next[reached] = true
        alive = true
      }
      guard alive else { return false }
      skipEmptyMatches(&next)
      swap(&states, &next)
      for index in next.indices { next[index] = false }
    }
    return states[tokens.count]
  }

  private func step(from index: Int, over byte: UInt8) -> Int? {
    switch tokens[index] {
    case .byte(let wanted): wanted == byte ? index + 1 : nil
    case .one: byte == 0x2f ? nil : index + 1
    case .name: byte == 0x2f ? nil : index
    case .anything: index
    case .folders: byte == 0x2f ? index : index + 1
    case .insideFolder: byte == 0x2f ? index - 1 : index
    }
  }

  private func skipEmptyMatches(_ states: inout [Bool]) {
    for index in tokens.indices where states[index] {
      switch tokens[index] {
      case .name, .anything: states[index + 1] = true
      case .folders: states[index + 2] = true
      case .byte, .one, .insideFolder: break
      }
    }
  }
}
