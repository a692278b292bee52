internal import Primitives

/// Reads CODEOWNERS line by line.
struct CodeOwnersReader {
  private(set) var sections = [
    CodeOwners.Section(name: [], isOptional: false, approvals: 1, defaultOwners: [])
  ]
  private var current = 0
  private var places: [[UInt8]: Int] = [:]
  private var line = 0
  private var ruleCount = 0
  private let dialect: CodeOwners.Dialect

  init(_ dialect: CodeOwners.Dialect) { self.dialect = dialect }

  mutating func read(_ bytes: [UInt8]) throws(CodeOwnersError) {
    line = 1
    guard bytes.count <= CodeOwners.byteLimit else { throw error(.tooLarge(bytes: bytes.count)) }
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { throw error(.byteOrderMark) }
    line = 0
    for text in bytes.split(separator: 0x0a, omittingEmptySubsequences: false) {
      line += 1
      let text = text.last == 0x0d ? text.dropLast() : text
      if let control = text.first(where: { ($0 < 0x20 && $0 != 0x09) || $0 == 0x7f }) {
        throw error(.controlCharacter(control))
      }
      let trimmed = text.drop { CodeOwnersReader.isBlank($0) }
      guard let first = trimmed.first, first != 0x23 else { continue }
      switch dialect {
      case .globs where first == 0x5b || trimmed.starts(with: "^[".utf8): try section(trimmed)
      case .globs: try rule(trimmed)
      case .expressions: try expression(trimmed)
      }
    }
  }

  private func error(_ problem: CodeOwnersError.Problem) -> CodeOwnersError {
    CodeOwnersError(problem: problem, line: line)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// `pattern owner...`; a blank or hash in the pattern is escaped with a backslash.
  private mutating func rule(_ text: ArraySlice<UInt8>) throws(CodeOwnersError) {
    ruleCount += 1
    guard ruleCount <= CodeOwners.ruleLimit else { throw error(.tooManyRules) }
    var end = text.startIndex
    while end < text.endIndex, !CodeOwnersReader.isBlank(text[end]) {
      end = Swift.min(end + (text[end] == 0x5c ? 2 : 1), text.endIndex)
    }
    let source = Array(text[..<end])
    // Bitbucket's groups: `@@@Name owner...` is no path.
    guard !source.starts(with: "@@@".utf8),
      let pattern = CodeOwners.Matcher(source, .globs),
      let folded = CodeOwners.Matcher(asciiLowercased(source), .globs)
    else { throw error(.unsupportedPattern(source)) }
    let named = try owners(text[end...])
    sections[current].rules.append(
      CodeOwners.Rule(
        pattern: pattern, folded: folded,
        owners: named.isEmpty ? sections[current].defaultOwners : named,
        line: line))
  }

  /// `expression owner...`, which asks by itself, whatever the lines behind it say. A backslash makes the
  /// next character stand for itself before the expression is read, so that `\\.` is a dot.
  private mutating func expression(_ text: ArraySlice<UInt8>) throws(CodeOwnersError) {
    ruleCount += 1
    guard ruleCount <= CodeOwners.ruleLimit else { throw error(.tooManyRules) }
    var source: [UInt8] = []
    var index = text.startIndex
    while index < text.endIndex, !CodeOwnersReader.isBlank(text[index]), text[index] != 0x23 {
      if text[index] == 0x5c { index += 1 }
      if index < text.endIndex { source.append(text[index]) }
      index += 1
    }
    let rest = text[Swift.min(index, text.endIndex)...]
    guard let pattern = CodeOwners.Matcher(source, .expressions),
      let folded = CodeOwners.Matcher(asciiLowercased(source), .expressions)
    else { throw error(.unsupportedPattern(source)) }
    var section = CodeOwners.Section(
      name: [], isOptional: false, approvals: 1, defaultOwners: [])
    section.rules = [
      CodeOwners.Rule(pattern: pattern, folded: folded, owners: try owners(rest), line: line)
    ]
    sections.append(section)
  }

  /// `[Name]`, `^[Name]`, `[Name][2]`, each with owners for the rules that name none.
  private mutating func section(_ text: ArraySlice<UInt8>) throws(CodeOwnersError) {
    let isOptional = text.first == 0x5e
    var rest = isOptional ? text.dropFirst(2) : text.dropFirst()
    guard let close = rest.firstIndex(of: 0x5d), close > rest.startIndex else {
      throw error(.malformedSection)
    }
    let name = asciiLowercased(rest[..<close])
    rest = rest[(close + 1)...]
    var approvals = 1
    if rest.first == 0x5b {
      guard let close = rest.firstIndex(of: 0x5d) else { throw error(.malformedSection) }
      let digits = rest[(rest.startIndex + 1)..<close]
      guard (1...2).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
        let count = Int(String(decoding: digits, as: UTF8.self)), count > 0
      else { throw error(.malformedSection) }
      approvals = count
      rest = rest[(close + 1)...]
    }
    guard rest.first.map({ CodeOwnersReader.isBlank($0) }) ?? true else {
      throw error(.malformedSection)
    }
    let owners = try owners(rest)
    guard let place = places[name] else {
      places[name] = sections.count
      current = sections.count
      sections.append(
        CodeOwners.Section(
          name: name, isOptional: isOptional, approvals: approvals, defaultOwners: owners))
      return
    }
    guard sections[place].isOptional == isOptional, sections[place].approvals == approvals else {
      throw error(.sectionDiffers)
    }
    sections[place].defaultOwners = owners
    current = place
  }

  private func owners(_ text: ArraySlice<UInt8>) throws(CodeOwnersError) -> [[UInt8]] {
    var owners: [[UInt8]] = []
    for word in text.split(whereSeparator: { CodeOwnersReader.isBlank($0) }) {
      if word.first == 0x23 { break }
      guard CodeOwnersReader.isOwner(word) else { throw error(.notAnOwner(Array(word))) }
      guard owners.count < CodeOwners.ownerLimit else { throw error(.tooManyOwners) }
      owners.append(Array(word))
    }
    return owners
  }

  private static func isOwner(_ word: ArraySlice<UInt8>) -> Bool {
    if word.first == 0x40 {
      let name = word.drop { $0 == 0x40 }
      let marks = word.count - name.count
      return marks <= 2 && !name.isEmpty && !name.contains(0x40) && name.first != 0x2f
        && name.last != 0x2f
    }
    guard let at = word.lastIndex(of: 0x40) else { return false }
    return at > word.startIndex && at + 1 < word.endIndex
  }
}
