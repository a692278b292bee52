package import Git
internal import Platform
package import Primitives
internal import Signing

/// The landings in short: which reference moved from where to where, in their order.
///
/// Kept beside the records, because the records themselves take a signature's and a JSON text's reading
/// each. It names the landing that it goes up to; what is newer is read, and an index of another chain is
/// made anew.
package struct LandingIndex: Sendable {
  package struct Entry: Hashable, Sendable {
    package let kind: Kind
    package let ref: RefName
    package let old: ObjectID
    package let new: ObjectID

    package init(kind: Kind, ref: RefName, old: ObjectID, new: ObjectID) {
      self.kind = kind
      self.ref = ref
      self.old = old
      self.new = new
    }
  }

  package enum Kind: UInt8, Sendable {
    /// What stood there when hookkit was installed.
    case beginning = 0x62
    /// What stood there when a rule came to protect the reference: `verify` begins there, and nothing
    /// has landed by it.
    case laterBeginning = 0x6c
    case landing = 0x6d
  }

  /// The landing up to which it goes.
  package private(set) var tip: ObjectID?
  /// The oldest first.
  package private(set) var entries: [Entry] = []
  /// Those that say what stood there when hookkit was installed.
  package private(set) var beginnings: [Entry] = []
  /// The digest of the policy of the newest entry; `nil` where there is none.
  package private(set) var lastPolicy: [UInt8]?
  private var newest: [RefName: Int] = [:]
  /// The policy under which what stood there at the start was recorded; `nil` once anything else came.
  private var firstPolicy: [UInt8]?
  private var isAtStart = true

  private static let header = Array("hookkit.landings/2 ".utf8)
  private static let longest = 1 << 30

  package init() {}

  /// Reads the landings up to `tip`.
  ///
  /// - Parameter cache: where the index is kept; `nil` for nowhere.
  package init(
    upTo tip: ObjectID?, in objects: ObjectStore, cache: String? = nil
  ) throws(Landings.Problem) {
    let kept = cache.flatMap { LandingIndex(file: $0) }
    if let kept, let tip, kept.tip == tip {
      self = kept
      return
    }
    guard let tip else { return }
    let landings = Landings(objects: objects)
    var newer: [Landing] = []
    let reachesKept = try landings.forEach(from: tip) { landing in
      if let kept, landing.commit == kept.tip { return false }
      newer.append(landing)
      return true
    }
    if reachesKept, let kept { self = kept }
    for landing in newer.reversed() { add(landing) }
    // An index that cannot be kept is made anew the next time.
    if let cache { try? keep(at: cache) }
  }

  /// Adds the next landing of the chain.
  @discardableResult
  package mutating func add(_ landing: Landing) -> Entry {
    let statement = landing.statement
    var kind = Kind.landing
    if statement.kind == .baseline {
      if entries.isEmpty { firstPolicy = statement.policyDigest }
      isAtStart = isAtStart && firstPolicy == statement.policyDigest
      kind = isAtStart ? .beginning : .laterBeginning
    } else {
      isAtStart = false
    }
    let entry = Entry(kind: kind, ref: statement.ref, old: statement.old, new: statement.new)
    add(entry)
    lastPolicy = statement.policyDigest
    tip = landing.commit
    return entry
  }

  private mutating func add(_ entry: Entry) {
    newest[entry.ref] = entries.count
    if entry.kind == .beginning { beginnings.append(entry) }
    entries.append(entry)
  }

  /// The newest entry of a reference; `nil` when it has none.
  package func newest(of ref: RefName) -> Entry? { newest[ref].map { entries[$0] } }

  /// Where a reference stood before it was deleted; `nil` when it was not, or when that is not here any
  /// more.
  package func lastTip(of ref: RefName, in objects: ObjectStore) -> ObjectID? {
    guard let newest = newest(of: ref), newest.new.isZero,
      (try? objects.header(newest.old)) != nil
    else { return nil }
    return newest.old
  }

  /// Where every reference that has an entry stands by the landings; zero for a deleted one.
  package var tips: [RefName: ObjectID] { newest.mapValues { entries[$0].new } }

  // MARK: File

  /// The first line names the landing, its policy and the first one, or `-` once the beginnings are over.
  private init?(file path: String) {
    guard let bytes = try? FileBytes.read(path, limit: Self.longest),
      bytes.starts(with: Self.header)
    else { return nil }
    let lines = bytes.split(separator: 0x0a)
    let first = lines[0].dropFirst(Self.header.count).split(separator: 0x20)
    guard first.count == 4, let tip = ObjectID(hex: first[0]), let last = Hex.decode(first[1]),
      Hex.encode(Self.check(lines.dropFirst())) == Array(first[3])
    else { return nil }
    lastPolicy = last
    firstPolicy = Hex.decode(first[2])
    isAtStart = firstPolicy != nil
    let digits = ObjectID.hexCount
    for line in lines.dropFirst() {
      let start = line.startIndex
      guard line.count > 2 * digits + 4, let kind = Kind(rawValue: line[start]),
        let old = ObjectID(hex: line[(start + 2)..<(start + 2 + digits)]),
        let new = ObjectID(hex: line[(start + 3 + digits)..<(start + 3 + 2 * digits)])
      else { return nil }
      add(
        Entry(
          kind: kind, ref: RefName(Array(line[(start + 4 + 2 * digits)...])), old: old, new: new))
    }
    self.tip = tip
  }

  private func keep(at path: String) throws(SystemError) {
    guard let tip else { return }
    var lines: [[UInt8]] = []
    for entry in entries {
      lines.append(
        [entry.kind.rawValue, 0x20] + Hex.encode(entry.old.bytes) + [0x20]
          + Hex.encode(entry.new.bytes) + [0x20] + entry.ref.bytes)
    }
    let policy = isAtStart ? firstPolicy.map { Hex.encode($0) } ?? [] : []
    let first =
      Self.header + Hex.encode(tip.bytes) + [0x20] + Hex.encode(lastPolicy ?? []) + [0x20]
      + (policy.isEmpty ? [0x2d] : policy) + [0x20]
      + Hex.encode(Self.check(lines.map { $0[...] }[...]))
    try FileBytes.makeFolder(
      String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]), mode: 0o700)
    try FileBytes.replace(
      path, with: Array(([first] + lines).joined(separator: [0x0a])) + [0x0a], mode: 0o600,
      durable: false)
  }

  /// A crash of the machine may leave a part of the file.
  private static func check(_ lines: ArraySlice<ArraySlice<UInt8>>) -> [UInt8] {
    var sum: UInt64 = 0xcbf2_9ce4_8422_2325
    for line in lines {
      for byte in line { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01b3 }
      sum = (sum ^ 0x0a) &* 0x100_0000_01b3
    }
    return withUnsafeBytes(of: sum.bigEndian, Array.init)
  }
}
