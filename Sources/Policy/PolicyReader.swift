internal import Primitives
internal import Signing

/// How the value of a key is read: its form in the words of help, and its type and limits.
struct PolicyReader<Value>: Sendable {
  /// Put into words when help asks for it, which a hook never does.
  let form: @Sendable () -> String
  let read: @Sendable (PolicyValue) throws(PolicyError) -> Value

  init(
    _ form: @autoclosure @escaping @Sendable () -> String,
    _ read: @escaping @Sendable (PolicyValue) throws(PolicyError) -> Value
  ) {
    self.form = form
    self.read = read
  }
}

/// The forms that values have.
enum Form {
  typealias Claimed<Value> = (value: Value, claim: Claim)
  typealias Word = RawRepresentable<String> & CaseIterable & Sendable

  /// A list of strings, each read by itself.
  static func list<Element>(
    _ form: @autoclosure @escaping @Sendable () -> String,
    _ read: @escaping @Sendable (PolicyValue, [UInt8]) throws(PolicyError) -> Element
  ) -> PolicyReader<[Element]> {
    PolicyReader(form()) { (list) throws(PolicyError) in
      let wanted = "a list of strings"
      var elements: [Element] = []
      for element in try list.elements(wanted) {
        elements.append(try read(element, try element.string(wanted)))
      }
      return elements
    }
  }

  /// The same with one element at least.
  static func some<Element>(_ list: PolicyReader<[Element]>) -> PolicyReader<[Element]> {
    PolicyReader(list.form()) { (value) throws(PolicyError) in
      let found = try list.read(value)
      guard !found.isEmpty else {
        throw value.error(.missing(key: value.key, in: value.table.name))
      }
      return found
    }
  }

  // MARK: Plain values

  static let bool = PolicyReader<Bool>("true | false") { (value) throws(PolicyError) in
    guard case .bool(let bool) = value.value.kind else { throw value.wrongType("true or false") }
    return bool
  }

  static func integer(_ range: ClosedRange<Int>, _ form: String? = nil) -> PolicyReader<Int> {
    PolicyReader(form ?? "\(range.lowerBound) to \(range.upperBound)") {
      (value) throws(PolicyError) in
      let integer = try value.integer()
      guard let figure = Int(exactly: integer), range.contains(figure) else {
        throw value.invalid(
          Array(String(integer).utf8),
          "is not between \(range.lowerBound) and \(range.upperBound)")
      }
      return figure
    }
  }

  static let version = PolicyReader<Int>("\(Policy.version)") { (value) throws(PolicyError) in
    let found = try value.integer()
    guard found == Policy.version else { throw value.error(.unknownVersion(found)) }
    return Policy.version
  }

  /// One of the words of an enumeration.
  static func choice<Choice: Word>(_ type: Choice.Type) -> PolicyReader<Choice> {
    PolicyReader(Choice.allCases.map(\.rawValue).joined(separator: " | ")) {
      (value) throws(PolicyError) in try value.choice(try value.string())
    }
  }

  static func choices<Choice: Word>(_ type: Choice.Type) -> PolicyReader<[Choice]> {
    list("list of: " + Choice.allCases.map(\.rawValue).joined(separator: ", ")) {
      (element, bytes) throws(PolicyError) in try element.choice(bytes)
    }
  }

  static let word = PolicyReader<String>("word") { (value) throws(PolicyError) in
    try value.word(try value.string())
  }

  static let words = list("list of words") { (element, bytes) throws(PolicyError) in
    try element.word(bytes)
  }

  static let role = PolicyReader<Role>("word") { (value) throws(PolicyError) in
    Role(try value.word(try value.string(), marks: Role.marks))
  }

  static let roles = list("list of words") { (element, bytes) throws(PolicyError) in
    Role(try element.word(bytes, marks: Role.marks))
  }

  // MARK: Names that somebody is known by

  /// E-mail addresses, ASCII letters in lower case.
  static let emails = list("list of strings") { (element, bytes) throws(PolicyError) in
    let at = bytes.lastIndex(of: 0x40)
    guard bytes.count <= 320, let at, at > 0, at + 1 < bytes.count,
      bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7f && $0 != 0x3c && $0 != 0x3e })
    else { throw element.invalid(bytes, "is not an e-mail address") }
    return element.claim(.email, asciiLowercased(bytes))
  }

  /// Names of accounts on the server.
  static let accounts = list("list of strings") { (element, bytes) throws(PolicyError) in
    guard !bytes.isEmpty, bytes.count <= 255, bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else {
      throw element.invalid(bytes, "is not an account name of 1 to 255 bytes without blanks")
    }
    return element.claim(.account, bytes)
  }

  /// Public keys as `authorized_keys` lines.
  static let keys = list("list of strings") { (element, bytes) throws(PolicyError) in
    do throws(KeyError) {
      let key = try PublicKey(authorizedKey: bytes)
      return Claimed(key, Claim(.key, key.blob, key.fingerprint, at: element.location))
    } catch {
      throw element.invalid(bytes, "is \(error)")
    }
  }

  /// OpenPGP fingerprints in lower case.
  static let openPGP = list("list of strings") { (element, bytes) throws(PolicyError) in
    guard let fingerprint = openPGPFingerprint(bytes) else {
      throw element.invalid(bytes, "is not a fingerprint of 40 or 64 hexadecimal digits")
    }
    return Claimed(
      fingerprint, Claim(.openPGP, Array(fingerprint.utf8), fingerprint, at: element.location))
  }

  /// Fingerprints, each given as a key line, as `SHA256:...` or, for OpenPGP, as hexadecimal digits.
  static let fingerprints = list("list of strings") { (element, bytes) throws(PolicyError) in
    if let fingerprint = openPGPFingerprint(bytes) { return fingerprint }
    if bytes.starts(with: "SHA256:".utf8) {
      // ssh-keygen prints fingerprints without their padding.
      guard let digest = Base64.decode(bytes.dropFirst(7) + [0x3d]), digest.count == 32 else {
        throw element.invalid(bytes, "is not a SHA256 fingerprint")
      }
      return String(decoding: bytes, as: UTF8.self)
    }
    do throws(KeyError) {
      return try PublicKey(authorizedKey: bytes).fingerprint
    } catch {
      throw element.invalid(bytes, "is neither a fingerprint nor a key: \(error)")
    }
  }

  private static func openPGPFingerprint(_ bytes: [UInt8]) -> String? {
    guard bytes.count == 40 || bytes.count == 64 else { return nil }
    return Hex.decode(bytes).map { Hex.string($0) }
  }

  // MARK: Patterns

  static let refPatterns = list("list of ref patterns") { (element, bytes) throws(PolicyError) in
    try element.refPattern(bytes)
  }

  /// The refs of a rule; `HEAD` stands for the branch that the server's HEAD names.
  static let ruleRefs = some(
    list("list of ref patterns") { (element, bytes) throws(PolicyError) in
      Pattern.head.bytes == bytes ? .head : try element.refPattern(bytes)
    })

  /// Patterns over the places of repositories under a server's root, such as `team/*`.
  static let repositoryPatterns = list("list of path patterns") {
    (element, bytes) throws(PolicyError) in
    let parts = bytes.split(separator: 0x2f, omittingEmptySubsequences: false)
    guard (1...1024).contains(bytes.count),
      parts.allSatisfy({ !$0.isEmpty && $0[$0.startIndex] != 0x2e })
    else {
      throw element.invalid(bytes, "is not a path below the root, such as team/* or **/docs")
    }
    return Pattern(bytes)
  }

  /// Patterns over the paths of a tree, such as `Tests/Fixtures/**`.
  static let paths = list("list of path patterns") { (element, bytes) throws(PolicyError) in
    guard (1...1024).contains(bytes.count), bytes.first != 0x2f else {
      throw element.invalid(bytes, "is not a path from the root of the tree, such as Tests/**")
    }
    return Pattern(bytes)
  }

  static let extraPaths = list("list of \"PATH CLASS\"") { (element, bytes) throws(PolicyError) in
    let pair = try element.pair(bytes)
    guard let fileClass = FileClass(rawValue: String(decoding: pair.second, as: UTF8.self)) else {
      let known = FileClass.allCases.map(\.rawValue).joined(separator: ", ")
      throw element.invalid(pair.second, "is none of \(known)")
    }
    return Quarantine.ExtraPath(pattern: pair.first, fileClass: fileClass)
  }

  static let internalNames = list("list of \"PREFIX HOST\"") {
    (element, bytes) throws(PolicyError) in
    let pair = try element.pair(bytes)
    return Quarantine.InternalName(prefix: pair.first, host: pair.second)
  }

  static let hosts = list("list of strings") { (_, bytes) throws(PolicyError) in
    asciiLowercased(bytes)
  }

  // MARK: Times, paths and names

  /// The second at which something ends.
  static let time = PolicyReader<Int64>("RFC 3339 date or time") { (value) throws(PolicyError) in
    let bytes = try value.string()
    guard let time = RFC3339.seconds(bytes) else {
      throw value.invalid(bytes, "is not a date such as 2027-01-31 or 2027-01-31T12:00:00Z")
    }
    return time
  }

  /// A span such as `14d` or `12h`, in seconds; at most 366 days.
  static let span = PolicyReader<Int64>("a span such as 12h, 14d, 2w") {
    (value) throws(PolicyError) in
    let bytes = try value.string()
    let units: [UInt8: Int64] = [0x6d: 60, 0x68: 3600, 0x64: 86_400, 0x77: 604_800]
    let digits = bytes.dropLast()
    guard let unit = bytes.last.flatMap({ units[$0] }), (1...6).contains(digits.count),
      digits.allSatisfy({ (0x30...0x39).contains($0) }),
      let count = Int64(String(decoding: digits, as: UTF8.self)),
      (1...366 * 86_400).contains(count * unit)
    else { throw value.invalid(bytes, "is not a span such as 12h, 14d or 2w, at most 366d") }
    return count * unit
  }

  /// An absolute path on the server.
  static let path = PolicyReader<[UInt8]>("absolute path") { (value) throws(PolicyError) in
    let bytes = try value.string()
    guard bytes.first == 0x2f, bytes.count <= 4096, !bytes.contains(0) else {
      throw value.invalid(bytes, "is not an absolute path")
    }
    return bytes
  }

  static let repository = PolicyReader<[UInt8]>("string") { (value) throws(PolicyError) in
    let bytes = try value.string()
    guard (1...255).contains(bytes.count), bytes.allSatisfy({ (0x21...0x7e).contains($0) }) else {
      throw value.invalid(bytes, "is not 1 to 255 printable ASCII characters without blanks")
    }
    return bytes
  }

  // MARK: Tables

  static let table = PolicyReader<PolicyTable>("table") { (value) throws(PolicyError) in
    try value.table(named: "[\(value.key)]")
  }

  /// The elements of `[[key]]`.
  static let tableList = PolicyReader<[PolicyTable]>("list of tables") {
    (value) throws(PolicyError) in
    let wanted = "a list of tables, [[\(value.key)]]"
    var tables: [PolicyTable] = []
    for element in try value.elements(wanted) {
      tables.append(try element.table(named: "[[\(value.key)]]", wanted))
    }
    return tables
  }

  /// The tables below a key whose names the author chose, such as `[people.<name>]`.
  static let namedTables = PolicyReader<[(name: String, table: PolicyTable)]>("tables") {
    (value) throws(PolicyError) in
    var tables: [(name: String, table: PolicyTable)] = []
    for inner in try value.table(named: "").entries {
      let key = TOMLValue(.string(inner.key), at: inner.position)
      let name = try value.with(key, key: "a name in [\(value.key)]").word(inner.key)
      let one = value.with(inner.value, key: "\(value.key).\(name)")
      tables.append((name, try one.table(named: "[\(one.key)]")))
    }
    return tables
  }
}

extension PolicyValue {
  fileprivate func claim(_ kind: Claims.Kind, _ bytes: [UInt8]) -> Form.Claimed<[UInt8]> {
    (bytes, Claim(kind, bytes, Escaped.quoted(bytes, limit: 96), at: location))
  }

  fileprivate func choice<Choice: Form.Word>(_ bytes: [UInt8]) throws(PolicyError) -> Choice {
    if let choice = Choice.allCases.first(where: { $0.rawValue.utf8.elementsEqual(bytes) }) {
      return choice
    }
    let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    throw invalid(bytes, "is not one of \(words)")
  }

  /// A name of ASCII letters, digits and a few marks, which is safe to compare as a `String`.
  fileprivate func word(_ bytes: [UInt8], marks: String = "._-") throws(PolicyError) -> String {
    guard Policy.isWord(bytes, marks: marks) else {
      throw invalid(bytes, "is not a word of at most 64 ASCII letters, digits and \(marks)")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A pattern over full ref names that could match a name that git accepts.
  fileprivate func refPattern(_ bytes: [UInt8]) throws(PolicyError) -> Pattern {
    guard bytes.starts(with: "refs/".utf8) else {
      throw invalid(bytes, "does not begin with refs/")
    }
    guard bytes.count <= 1024,
      RefName(bytes.map { $0 == 0x2a || $0 == 0x3f ? 0x78 : $0 }).isWellFormed
    else { throw invalid(bytes, "matches no name that git accepts") }
    return Pattern(bytes)
  }

  /// `"FIRST SECOND"`, two words parted by one space, in lower case.
  fileprivate func pair(
    _ bytes: [UInt8]
  ) throws(PolicyError) -> (first: [UInt8], second: [UInt8]) {
    let words = bytes.split(separator: 0x20, omittingEmptySubsequences: false)
    guard words.count == 2, words.allSatisfy({ (1...1024).contains($0.count) }) else {
      throw invalid(bytes, "is not two words")
    }
    return (asciiLowercased(words[0]), asciiLowercased(words[1]))
  }
}

extension Policy {
  static func isWord(_ bytes: [UInt8], marks: String) -> Bool {
    func isAlphanumeric(_ byte: UInt8) -> Bool {
      (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
    }
    guard let first = bytes.first, isAlphanumeric(first), bytes.count <= 64 else { return false }
    return bytes.allSatisfy { isAlphanumeric($0) || marks.utf8.contains($0) }
  }
}

/// ASCII letters in lower case, all other bytes as they are.
///
/// For arrays and their slices by name: a generic one is not specialised for other modules, and looking up
/// its types took 40 % of what a push to a free branch costs.
package func asciiLowercased(_ bytes: [UInt8]) -> [UInt8] { asciiLowercased(bytes[...]) }

package func asciiLowercased(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
  bytes.withUnsafeBufferPointer { bytes in
    [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, count in
      for (index, byte) in bytes.enumerated() {
        buffer[index] = byte &- 0x41 < 26 ? byte | 0x20 : byte
      }
      count = bytes.count
    }
  }
}
