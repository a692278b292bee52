/// Rows in aligned columns, for people: ASCII, two spaces between columns, none at a line's end.
package struct Table: Sendable {
  private let header: [String]
  private var rows: [[String]] = []

  /// - Parameter header: the columns' names; a table without one when empty.
  package init(_ header: String...) {
    self.header = header
  }

  /// Adds a row. A missing cell is empty; every byte that is not printable ASCII is escaped.
  package mutating func add(_ cells: String...) { add(cells) }

  package mutating func add(_ cells: [String]) {
    rows.append(cells.map(Ascii.line))
  }

  package var isEmpty: Bool { rows.isEmpty }

  /// The lines. Where they would be wider than `width`, cells are wrapped at their words; where even the
  /// words of a row do not fit beside each other, rows are.
  package func lines(width: Int = .max) -> [String] {
    let all = (header.isEmpty ? [] : [header]) + rows
    let count = all.map(\.count).max() ?? 0
    func widest(_ length: (String) -> Int) -> [Int] {
      (0..<count).map { column in
        all.map { $0.indices.contains(column) ? length($0[column]) : 0 }.max() ?? 0
      }
    }
    let natural = widest(\.utf8.count)
    let least = widest { $0.split(separator: " ").map(\.utf8.count).max() ?? 0 }
    let room = width - 2 * max(0, count - 1)
    guard least.reduce(0, +) <= room else {
      return all.flatMap { row in
        Ascii.wrap(
          row.filter { !$0.isEmpty }.joined(separator: "  "), to: width, hanging: 4)
      }
    }
    let widths = Self.fitted(natural, least, to: room)
    return all.flatMap { row in
      let cells = zip(row, widths).map { Ascii.wrap($0, to: $1) }
      return (0..<(cells.map(\.count).max() ?? 0)).map { line in
        Self.line(cells.map { $0.indices.contains(line) ? $0[line] : "" }, widths)
      }
    }
  }

  /// Takes from the widest column that has words to wrap until all fit.
  private static func fitted(_ natural: [Int], _ least: [Int], to room: Int) -> [Int] {
    var widths = natural
    var excess = natural.reduce(0, +) - room
    while excess > 0,
      let widest = widths.indices.filter({ widths[$0] > least[$0] })
        .max(by: { widths[$0] < widths[$1] })
    {
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  private static func line(_ cells: [String], _ widths: [Int]) -> String {
    var line = ""
    for (cell, width) in zip(cells, widths) {
      line += cell + String(repeating: " ", count: width - cell.utf8.count + 2)
    }
    while line.last == " " { line.removeLast() }
    return line
  }

  /// The lines as one text that ends in a line feed; empty for a table without lines.
  package func text(width: Int = .max) -> String {
    lines(width: width).map { $0 + "\n" }.joined()
  }
}
