package import Platform
package import Primitives
internal import Signing

/// The server's record of every decision: one JSON line each, chained by hashes.
///
/// A line carries the SHA-256 of the line before it, so that a line changed or taken out later shows.
/// It is written before a reference moves; a decision that cannot be written is not carried out.
package struct Journal: Sendable {
  private let path: String

  package static let schema = "hookkit.journal/1"
  /// Most bytes of one line.
  private static let longestLine = 1 << 20
  /// Bytes at the end of the file in which the last line is looked for first.
  private static let usualTail = 1 << 13
  private static let start = [UInt8](repeating: 0, count: Digest.byteCount)

  package init(_ state: ServerState) {
    path = state.journalPath
  }

  /// Appends records in their order, all under one lock.
  ///
  /// - Parameter records: each an object; `schema` is put before its members and `prev` behind them.
  /// - Throws: `SystemError`: not one of the records counts then.
  package func append(_ records: [[JSON.Member]]) throws(SystemError) {
    let file: LockedFile
    do throws(SystemError) {
      file = try LockedFile(path)
    } catch  where error.isMissing {
      throw SystemError("journal", path, error.reason)
    }
    var tail = try file.tail(Self.usualTail)
    if tail.count == Self.usualTail, !tail.dropLast().contains(0x0a) {
      tail = try file.tail(Self.longestLine + 1)
    }
    var output: [UInt8] = []
    var previous = Self.start
    if !tail.isEmpty {
      // A last line that a killed process left unfinished stays, is closed, and is hashed as it is.
      if tail.last != 0x0a { output.append(0x0a) }
      let whole = tail.last == 0x0a ? tail.dropLast() : tail[...]
      previous = Digest.sha256(Array(whole.suffix(while: { $0 != 0x0a })))
    }
    for record in records {
      let line = JSON.object(
        [JSON.Member(key: Array("schema".utf8), value: .text(Self.schema))] + record
          + [JSON.Member(key: Array("prev".utf8), value: .text(Hex.string(previous)))]
      ).compact
      guard line.count <= Self.longestLine else {
        throw SystemError("journal", path, .tooLarge(limit: Self.longestLine))
      }
      output += line
      output.append(0x0a)
      previous = Digest.sha256(line)
    }
    try file.append(output, durable: true)
  }

  /// The records at the journal's end, the newest first; lines that are none are passed over.
  ///
  /// - Parameter limit: most bytes that are read.
  package func newest(within limit: Int) throws(SystemError) -> [JSON] {
    let file: LockedFile
    do throws(SystemError) {
      file = try LockedFile(reading: path)
    } catch  where error.isMissing {
      return []
    }
    let lines = try file.tail(limit).split(separator: 0x0a)
    return lines.reversed().compactMap {
      try? JSON(reading: Array($0), maximumCount: Self.longestLine)
    }
  }

  /// Where a reference last stood before it was deleted, as far as the end of the journal tells.
  ///
  /// - Parameter name: compared as the journal shows it.
  package func lastDeletion(of name: RefName, within limit: Int) throws(SystemError) -> ObjectID? {
    let file: LockedFile
    do throws(SystemError) {
      file = try LockedFile(reading: path)
    } catch  where error.isMissing {
      return nil
    }
    let wanted = Array("\"new\":\"\(ObjectID.zero.hex)\"".utf8)
    for line in try file.tail(limit).split(separator: 0x0a).reversed() {
      // Most lines are of something else, and reading JSON costs more than looking for the word.
      guard line.contains(wanted), let record = try? JSON(reading: Array(line)),
        record["verdict"]?.string == "allow",
        record["refHex"]?.bytes.flatMap({ Hex.decode($0) }) ?? record["ref"]?.bytes == name.bytes
      else { continue }
      return record["old"]?.bytes.flatMap { ObjectID(hex: $0) }
    }
    return nil
  }

  /// One line as it was read: the record, or `nil` for a line that is not one, and whether the chain
  /// holds up to it.
  package struct Entry: Sendable {
    package let number: Int
    package let record: JSON?
    package let isChained: Bool
  }

  /// All lines, the oldest first.
  ///
  /// - Parameter limit: most bytes of the journal that are read.
  package func entries(limit: Int = 1 << 30) throws(SystemError) -> [Entry] {
    guard let bytes = try FileBytes.readIfPresent(path, limit: limit) else { return [] }
    var previous = Self.start
    var entries: [Entry] = []
    for line in bytes.split(separator: 0x0a, omittingEmptySubsequences: true) {
      let record = try? JSON(reading: Array(line), maximumCount: Self.longestLine)
      let chained = record?["prev"]?.bytes == Hex.encode(previous)
      entries.append(Entry(number: entries.count + 1, record: record, isChained: chained))
      previous = Digest.sha256(line)
    }
    return entries
  }
}

extension ArraySlice<UInt8> {
  fileprivate func contains(_ word: [UInt8]) -> Bool {
    guard let first = word.first else { return true }
    var rest = self
    while let start = rest.firstIndex(of: first) {
      if rest[start...].starts(with: word) { return true }
      rest = rest[(start + 1)...]
    }
    return false
  }
}

extension Collection<UInt8> where Self: BidirectionalCollection {
  /// The longest end of the bytes that satisfies the predicate throughout.
  fileprivate func suffix(while predicate: (UInt8) -> Bool) -> SubSequence {
    var start = endIndex
    while start > startIndex {
      let before = index(before: start)
      guard predicate(self[before]) else { break }
      start = before
    }
    return self[start...]
  }
}
