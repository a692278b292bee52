package import Documents
package import Lockfiles
package import Primitives

/// Finds the line that a byte of a file stands in.
package struct LineNumbers {
  /// Where lines begin.
  private let starts: [UInt32]

  package init(_ bytes: ArraySlice<UInt8>) {
    var starts: [UInt32] = [0]
    bytes.withUnsafeBufferPointer { bytes in
      for index in 0..<bytes.count where bytes[index] == 0x0a { starts.append(UInt32(index + 1)) }
    }
    self.starts = starts
  }

  /// The line of a byte, counted from 1.
  package func line(of offset: Int) -> Int {
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(starts[middle]) <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The first and the last line of a range, counted from 1.
  func lines(of range: Range<Int>) -> (first: Int, last: Int) {
    (line(of: range.lowerBound), line(of: max(range.lowerBound, range.upperBound - 1)))
  }

  package func json(_ range: Range<Int>) -> JSON {
    let lines = lines(of: range)
    return [.integer(Int64(lines.first)), .integer(Int64(lines.last))]
  }
}

extension Inventory {
  /// A text, or null for one that is not there.
  package func json(_ text: Text) -> JSON { Self.json(Array(document.bytes(text))) }

  package static func json(_ text: [UInt8]) -> JSON { text.isEmpty ? .null : .string(text) }
}
