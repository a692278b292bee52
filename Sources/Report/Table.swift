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

  /// The lines; one that is wider than `width` is cut.
  package func lines(width: Int = 100) -> [String] {
    let all = (header.isEmpty ? [] : [header]) + rows
    let count = all.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      all.map { $0.indices.contains(column) ? $0[column].utf8.count : 0 }.max() ?? 0
    }
    return all.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        line += cell
        if column + 1 < row.count {
          line += String(repeating: " ", count: widths[column] - cell.utf8.count + 2)
        }
      }
      while line.last == " " { line.removeLast() }
      return Ascii.cut(line, to: width)
    }
  }

  /// The lines as one text that ends in a line feed; empty for a table without lines.
  package func text(width: Int = 100) -> String {
    lines(width: width).map { $0 + "\n" }.joined()
  }
}
