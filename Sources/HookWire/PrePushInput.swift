package import Primitives

/// One update that a client is about to ask a server for.
package struct PrePushUpdate: Hashable, Sendable {
  /// What the user called the source.
  package enum Source: Hashable, Sendable {
    /// `(delete)`: there is none, the remote reference goes.
    case deletion
    /// A full reference name, or any expression that the user typed, such as `HEAD~`; it may hold
    /// spaces.
    case expression([UInt8])
  }

  package let source: Source
  /// What the remote side is asked to do, with its present value as `old`.
  package let remote: RefUpdate

  package init(source: Source, remote: RefUpdate) {
    self.source = source
    self.remote = remote
  }
}

/// What git writes to pre-push: `<local ref> <local oid> <remote ref> <remote oid>` a line.
///
/// Source: githooks(5), "pre-push".
package enum PrePushInput {
  private static let deletion = Array("(delete)".utf8)

  /// Reads the whole standard input, which is empty when there is nothing to push.
  package static func read(
    _ input: [UInt8], limits: InputLimits = InputLimits()
  ) throws(InputError) -> [PrePushUpdate] {
    var updates: [PrePushUpdate] = []
    try Lines.forEach(in: input, limits: limits) { line, number throws(InputError) in
      updates.append(try update(line, number))
    }
    try DuplicateNames.refuse(in: updates, name: \.remote.name)
    return updates
  }

  private static func update(
    _ line: Span<UInt8>, _ number: Int
  ) throws(InputError) -> PrePushUpdate {
    // From the right, since the local name may be an expression with spaces (`HEAD@{1 day ago}`).
    guard let third = line.lastIndex(of: 0x20, before: line.count),
      let second = line.lastIndex(of: 0x20, before: third),
      let first = line.lastIndex(of: 0x20, before: second), first > 0
    else { throw InputError(.malformedLine, line: number) }
    let new = try UpdateLine.objectID(line.extracting(first + 1..<second), number)
    let old = try UpdateLine.objectID(line.extracting(third + 1..<line.count), number)
    let name = try UpdateLine.name(line.extracting(second + 1..<third), number)
    let source = line.extracting(0..<first).copy
    return PrePushUpdate(
      source: source == deletion ? .deletion : .expression(source),
      remote: RefUpdate(old: old, new: new, name: name))
  }
}
