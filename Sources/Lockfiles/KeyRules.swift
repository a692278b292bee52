/// What a value of a dependency file decides. There is no class for what decides nothing: that is said
/// key by key, with a reason (`NeutralKey`).
package enum KeyClass: String, CaseIterable, Sendable {
  /// Which packages are asked for.
  case dependency
  /// Where code comes from: registries, mirrors, overrides, replacements.
  case origin
  /// What runs by itself: scripts, hooks, plug-ins, wrappers.
  case runsCode = "runs-code"
  /// Which code of a package runs when somebody uses the package: `bin`, `exports`, `autoload`.
  case selectsCode = "selects-code"
  /// What an agent runs or obeys.
  case agentConfig = "agent-config"
  /// What people and tools get to see.
  case visibility
  /// Not known to hookkit: shown as it stands, and never called explained.
  case unknown

  /// Where a value is of several classes, the one with the highest number counts. What is unknown may
  /// be anything that has no check of its own.
  private var strictness: Int {
    switch self {
    case .visibility: 0
    case .dependency: 1
    case .selectsCode: 2
    case .unknown: 3
    case .origin: 4
    case .agentConfig: 5
    case .runsCode: 6
    }
  }

  package func strictest(_ other: KeyClass) -> KeyClass {
    strictness < other.strictness ? other : self
  }
}

/// The meaning of the values at some paths: `KeyRule("scripts/*", .runsCode)`. Segments are keys;
/// `*` is any one key or array element, `[]` an element, `**` at the end the value itself and whatever
/// lies below. A slash within a key is `~1` (RFC 6901).
package struct KeyRule: Sendable {
  private let patterns: KeyPatterns
  package let keyClass: KeyClass

  /// Costs next to nothing: the registry is made for every push that has a dependency file.
  package init(_ pattern: StaticString, _ keyClass: KeyClass) {
    patterns = KeyPatterns([pattern], in: [])
    self.keyClass = keyClass
  }

  /// Several keys below one path, or below each of several.
  package init(_ patterns: [StaticString], in folders: StaticString..., is keyClass: KeyClass) {
    self.patterns = KeyPatterns(patterns, in: folders)
    self.keyClass = keyClass
  }

  package var paths: [[[UInt8]]] { patterns.paths }
}

/// Keys whose scalar values decide nothing as long as they have the tool's own form: not which code is
/// installed, not where it comes from, not what runs, not what a person gets to see of it.
///
/// Segments are keys; `*` is any one key and `[]` any one element of an array. The last one is a key,
/// or `[]` for the elements of a list. A value of another kind at such a path, and whatever lies below
/// one, is not meant: it is unknown.
package struct NeutralKey: Sendable {
  private let patterns: KeyPatterns
  private let because: StaticString
  /// What a value must look like; what does not is unknown.
  package let form: ValueForm

  package init(
    _ pattern: StaticString, _ form: ValueForm = .line, because reason: StaticString
  ) {
    patterns = KeyPatterns([pattern], in: [])
    because = reason
    self.form = form
  }

  /// Several keys below one path, or below each of several.
  package init(
    _ patterns: [StaticString], in folders: StaticString..., form: ValueForm = .line,
    because reason: StaticString
  ) {
    self.patterns = KeyPatterns(patterns, in: folders)
    because = reason
    self.form = form
  }

  package var paths: [[[UInt8]]] { patterns.paths }
  /// Why they decide nothing.
  package var reason: String { because.withUTF8Buffer { String(decoding: $0, as: UTF8.self) } }
}

/// Objects whose members mean the same in any order, and lists of entries in which what stands between the
/// entries does; everywhere else outside of entries order counts.
package struct FreeOrder: Sendable {
  private let patterns: KeyPatterns
  private let because: StaticString

  /// - Parameter patterns: as in a `KeyRule`; empty for the root itself.
  package init(_ patterns: StaticString..., because reason: StaticString) {
    self.patterns = KeyPatterns(patterns, in: [])
    because = reason
  }

  package var paths: [[[UInt8]]] { patterns.paths }
  package var reason: String { because.withUTF8Buffer { String(decoding: $0, as: UTF8.self) } }
}

/// The ways to some values as the tables of formats write them.
struct KeyPatterns: Sendable {
  private let folders: [StaticString]
  private let patterns: [StaticString]

  init(_ patterns: [StaticString], in folders: [StaticString]) {
    self.patterns = patterns
    self.folders = folders
  }

  var paths: [[[UInt8]]] {
    let ends = patterns.map { Self.segments($0) }
    return folders.isEmpty
      ? ends : folders.flatMap { folder in ends.map { Self.segments(folder) + $0 } }
  }

  private static func segments(_ pattern: StaticString) -> [[UInt8]] {
    guard pattern.utf8CodeUnitCount > 0 else { return [] }
    return pattern.withUTF8Buffer {
      $0.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { unescaped($0) }
    }
  }

  private static func unescaped(_ key: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
    var result: [UInt8] = []
    for byte in key {
      if byte == UInt8(ascii: "1"), result.last == UInt8(ascii: "~") {
        result[result.count - 1] = UInt8(ascii: "/")
      } else {
        result.append(byte)
      }
    }
    return result
  }
}

/// What the syntaxes say of order, for formats whose tools keep to it.
extension FreeOrder {
  static let json = FreeOrder(
    "**",
    because: "members of JSON objects have no order (RFC 8259, 4); the tool reads them as maps")
  static let toml = FreeOrder(
    "**",
    because: "pairs of TOML tables have no order (TOML 1.0, Table); the tool reads them as maps")
  static let yaml = FreeOrder(
    "**", because: "keys of YAML mappings have no order (YAML 1.2.2, 3.2.1.1); the tool reads maps")
  static let lines = FreeOrder(
    "**", because: "the tool finds each value by its name and takes no notice of its place")
}
