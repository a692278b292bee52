internal import Git
package import Ledger
internal import Platform
internal import Policy
package import Primitives

/// What a policy guards, kept beside the very bytes it was read from, so that a push of references that
/// no rule names need not read the policy again.
///
/// It only ever says "certainly free". Everything else, and any doubt about the summary itself, goes to
/// `judge`. Kept as plain blocks, because reading JSON or TOML costs more than a small push may.
package struct GuardSummary: Sendable {
  /// What the summary was made from: layers and the place of the tree layer. Compared byte by byte.
  private let basis: [[UInt8]]
  /// The patterns of all `[[protect]]` and `[[quarantine]]` rules, in ASCII lower case.
  private let patterns: [Pattern]
  /// Accounts of agents, whose work is remembered, and of others who may not push everywhere, or not
  /// for ever.
  private let limited: [[UInt8]]
  /// Most objects of refused pushes that are remembered for one pusher.
  package let refusedLimit: Int

  private static let header = Array("hookkit.guarded/4".utf8)
  private static let limit = 8 << 20

  /// The summary of a policy, for the very bytes that the policy was made from.
  package init(_ inForce: PolicyInForce) {
    basis = inForce.basis
    let policy = inForce.policy
    let refs =
      (policy.protections + policy.observedProtections).flatMap(\.refs)
      + (policy.quarantines + policy.observedQuarantines).flatMap(\.refs)
    // HEAD's branch is guarded whatever the rules say: it may hold the policy.
    patterns =
      (refs.map(\.bytes) + (inForce.head.map { [$0.bytes] } ?? []))
      .map { Pattern(Self.folded($0)) }
    refusedLimit = policy.limits.refusedCommits
    limited =
      policy.agents.flatMap(\.accounts)
      + policy.services.filter {
        !$0.pushLimits.isEmpty || $0.access.level == .read || $0.isRevoked || $0.expires != nil
      }.flatMap(\.accounts)
      + policy.people.filter { $0.access.level == .read }.flatMap(\.accounts)
  }

  /// Whether `judge` would let this update through without looking at what it brings.
  ///
  /// - Parameter exists: whether a reference is there, or comes with the same push.
  package func isFree(
    _ update: RefUpdate, by pusher: Pusher, exists: (RefName) -> Bool
  ) -> Bool {
    let name = update.name
    guard name.isWellFormed else { return false }
    if name == .ledger || ReservedNamespace.holds(name) || ReplaceRef.holds(name)
      || NestedRepository.concerns(name) || LookAlikeName.mayBe(name)
    {
      return false
    }
    if let account = pusher.account, limited.contains(where: { $0 == account }) { return false }
    let folded = Self.folded(name.bytes)
    if patterns.contains(where: { $0.matches(folded) }) { return false }
    return !mayReadLikeAnother(update, exists)
  }

  /// Whether the short name may stand for a guarded reference too. Where a rule names that one by a
  /// pattern, such as `refs/tags/**`, only if it is there.
  private func mayReadLikeAnother(_ update: RefUpdate, _ exists: (RefName) -> Bool) -> Bool {
    for reading in ShortNames(update.name).readings(besides: update.name) {
      let folded = Self.folded(reading.name.bytes)
      for pattern in patterns where pattern.matches(folded) {
        if pattern.isLiteral { return true }
        if update.isCreation, reading.saysKind || exists(reading.name) { return true }
      }
    }
    return false
  }

  private static func folded(_ bytes: [UInt8]) -> [UInt8] {
    bytes.map { (0x41...0x5a).contains($0) ? $0 + 0x20 : $0 }
  }

  // MARK: File

  /// Reads the summary if it was made from exactly this basis.
  package init?(_ state: ServerState, basis: [[UInt8]]) {
    guard let bytes = try? FileBytes.read(state.summaryPath, limit: Self.limit),
      let blocks = Self.blocks(bytes), blocks.count >= 4 + basis.count,
      blocks[0].elementsEqual(Self.header), let patternCount = Self.number(blocks[1]),
      let accountCount = Self.number(blocks[2]), let limit = Self.number(blocks[3]),
      blocks.count == 4 + basis.count + patternCount + accountCount
    else { return nil }
    for (index, part) in basis.enumerated() where !blocks[4 + index].elementsEqual(part) {
      return nil
    }
    self.basis = basis
    refusedLimit = limit
    let rest = blocks[(4 + basis.count)...]
    patterns = rest.prefix(patternCount).map { Pattern(Array($0)) }
    limited = rest.suffix(accountCount).map { Array($0) }
  }

  /// Keeps the summary; a failure to keep it is no harm.
  package func keep(in state: ServerState) {
    let fields: [[UInt8]] =
      [Self.header] + [patterns.count, limited.count, refusedLimit].map { Array("\($0)".utf8) }
      + basis + patterns.map(\.bytes) + limited
    var bytes: [UInt8] = []
    for field in fields { bytes += Array("\(field.count)\n".utf8) + field + [0x0a] }
    do throws(SystemError) {
      try FileBytes.makeFolder(state.folder + "/cache", mode: 0o700)
      try FileBytes.replace(state.summaryPath, with: bytes, mode: 0o600)
    } catch {
      return
    }
  }

  /// Splits `<count>\n<bytes>\n` blocks; `nil` unless they fill the file exactly.
  private static func blocks(_ bytes: [UInt8]) -> [ArraySlice<UInt8>]? {
    var blocks: [ArraySlice<UInt8>] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let feed = rest.firstIndex(of: 0x0a), let count = number(rest[..<feed]),
        count < rest.endIndex - feed - 1, rest[feed + 1 + count] == 0x0a
      else { return nil }
      blocks.append(rest[(feed + 1)..<(feed + 1 + count)])
      rest = rest[(feed + 2 + count)...]
    }
    return blocks
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard (1...9).contains(digits.count) else { return nil }
    var value = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      value = value * 10 + Int(digit - 0x30)
    }
    return value
  }
}
