internal import Gate
internal import Policy
internal import Primitives
internal import Report

/// The text of one policy layer, changed at single places: comments and layout stay as people wrote them.
///
/// Every change is read back by the policy's own reader before it is written, so that a layout which the
/// changes here do not foresee is an error and never another policy.
struct PolicyText {
  private(set) var bytes: [UInt8]

  /// What stands in the file as it is, for places.
  private func root() throws -> TOMLTable {
    do throws(TOMLError) { return try TOML.read(bytes) } catch {
      throw CommandError(
        .undecided, code: Code(802), "the policy cannot be read",
        details: ["\(error.position.line):\(error.position.column): \(error.problem)"],
        hints: [.init("fix it in an editor", "hookkit", "policy", "edit")])
    }
  }

  private static func unforeseen(_ what: String) -> CommandError {
    CommandError(
      .refused, "\(what) is written in a form that only an editor can change",
      hints: [.init("by hand", "hookkit", "policy", "edit")])
  }

  // MARK: Changes

  /// Adds one to the serial.
  mutating func raiseSerial() throws {
    guard let value = try root()["serial"], case .integer(let serial) = value.kind else {
      throw Self.unforeseen("serial")
    }
    let start = offset(value.position)
    guard serial < .max, bytes[start...].starts(with: "\(serial)".utf8) else {
      throw Self.unforeseen("serial")
    }
    bytes.replaceSubrange(start..<start + "\(serial)".utf8.count, with: "\(serial + 1)".utf8)
  }

  /// Writes a table behind the last one of its group, or at the end of the file.
  ///
  /// - Parameters:
  ///   - group: `people`, `agents` or `services`.
  ///   - lines: what stands in it.
  mutating func add(_ name: String, to group: String, _ lines: [String]) throws {
    let table = try root()[group].map { value throws in
      guard case .table(let table) = value.kind else { throw Self.unforeseen(group) }
      return table
    }
    guard table?[name] == nil else {
      throw CommandError(
        .refused, "there is a \(group).\(name) already",
        hints: [
          .init("a new key for it", "hookkit", "policy", "rotate-key", name, "--key", "FILE.pub")
        ])
    }
    let last = table?.entries.map { offset($0.position) }.max()
    let text = "[\(group).\(name)]\n" + lines.map { $0 + "\n" }.joined()
    guard let last else {
      let gap = bytes.isEmpty || bytes.last == UInt8(ascii: "\n") ? "\n" : "\n\n"
      bytes += Array((gap + text).utf8)
      return
    }
    bytes.insert(contentsOf: ("\n" + text).utf8, at: endOfTable(from: last))
  }

  /// Sets a word of a table: the line that sets it now is replaced, or one is put below the header.
  mutating func set(_ key: String, to word: String, in group: String, _ name: String) throws {
    let (header, table) = try self.table(group, name)
    if let entry = table.entries.first(where: { $0.key.elementsEqual(key.utf8) }) {
      let start = offset(entry.value.position)
      let end = bytes[start...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "#") }
      bytes.replaceSubrange(
        start..<(end ?? bytes.count),
        with: (word + (end.map { bytes[$0] == UInt8(ascii: "#") } == true ? " " : "")).utf8)
    } else {
      bytes.insert(contentsOf: "\(key) = \(word)\n".utf8, at: endOfLine(from: header))
    }
  }

  /// Puts another string in the place of one of a table's list.
  ///
  /// - Parameter number: which one, counted from 0.
  mutating func replace(
    _ number: Int, of key: String, with string: String, in group: String, _ name: String
  ) throws {
    let (_, table) = try self.table(group, name)
    guard case .array(let elements)? = table[key]?.kind, elements.indices.contains(number) else {
      throw Self.unforeseen("\(group).\(name).\(key)")
    }
    bytes.replaceSubrange(try self.string(at: offset(elements[number].position)), with: string.utf8)
  }

  /// Puts a string first in a list, of a table or of the policy itself; the list is made where there is
  /// none.
  mutating func insert(
    _ string: String, into key: String, of place: (group: String, name: String)? = nil
  ) throws {
    let table: TOMLTable
    let after: Int
    if let place {
      let found = try self.table(place.group, place.name)
      (after, table) = (endOfLine(from: found.header), found.table)
    } else {
      table = try root()
      guard let serial = table["serial"] else { throw Self.unforeseen("serial") }
      after = endOfLine(from: offset(serial.position))
    }
    guard let value = table[key] else {
      bytes.insert(contentsOf: "\(key) = [\(string)]\n".utf8, at: after)
      return
    }
    guard case .array(let elements) = value.kind else { throw Self.unforeseen(key) }
    let start = offset(value.position)
    guard bytes[start] == UInt8(ascii: "[") else { throw Self.unforeseen(key) }
    bytes.insert(contentsOf: (string + (elements.isEmpty ? "" : ", ")).utf8, at: start + 1)
  }

  // MARK: Places

  /// A table of a group with a header of its own, and where that stands.
  private func table(
    _ group: String, _ name: String
  ) throws -> (header: Int, table: TOMLTable) {
    guard case .table(let tables)? = try root()[group]?.kind,
      let entry = tables.entries.first(where: { $0.key.elementsEqual(name.utf8) }),
      case .table(let table) = entry.value.kind
    else { throw CommandError(.refused, "there is no \(group).\(name) in this file") }
    let header = offset(entry.position)
    guard
      let start = bytes[..<header].lastIndex(of: UInt8(ascii: "\n")).map({ $0 + 1 }) ?? Optional(0),
      bytes[start...header].contains(UInt8(ascii: "["))
    else { throw Self.unforeseen("\(group).\(name)") }
    return (header, table)
  }

  private func offset(_ position: SourcePosition) -> Int {
    var start = 0
    for _ in 1..<position.line {
      start = endOfLine(from: start)
    }
    return min(bytes.count, start + position.column - 1)
  }

  /// Behind the line feed of the line around an offset, or at the end of the text.
  private func endOfLine(from offset: Int) -> Int {
    bytes[min(offset, bytes.count)...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
      ?? bytes.count
  }

  /// Behind the last line of a table that says something: what stands above the next header, as a
  /// comment, belongs to that.
  private func endOfTable(from header: Int) -> Int {
    var end = endOfLine(from: header)
    var start = end
    while start < bytes.count {
      let next = endOfLine(from: start)
      let line = bytes[start..<next].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      if line.first == UInt8(ascii: "[") { break }
      if let first = line.first, first != UInt8(ascii: "#"), first != UInt8(ascii: "\n") {
        end = next
      }
      start = next
    }
    return end
  }

  /// A string on one line, with its quotes.
  private func string(at start: Int) throws -> Range<Int> {
    let quote = bytes[start]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
      !bytes[start...].starts(with: [quote, quote, quote])
    else { throw Self.unforeseen("a string") }
    var end = start + 1
    while end < bytes.count, bytes[end] != quote {
      end += bytes[end] == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") ? 2 : 1
    }
    guard end < bytes.count else { throw Self.unforeseen("a string") }
    return start..<end + 1
  }
}
