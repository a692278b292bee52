internal import Git
internal import Primitives
internal import Report

/// The bytes of one file, for what cannot be shown as text.
struct RawFile {
  private let id: ObjectID
  private let view: ServerView

  /// - Parameter word: the object's 40 digits, as a page names it.
  init(_ word: String, in view: ServerView) throws {
    guard let id = ObjectID(hex: Array(word.utf8).span) else {
      throw CommandError(
        .usage, "\(word.quoted) is not an object's 40 digits",
        details: ["the page of the change names them behind --raw"])
    }
    self.id = id
    self.view = view
  }

  /// Writes them as they are; on a terminal, sixteen in a row, as `hexdump -C` does.
  func show(on terminal: Terminal) throws {
    let blobs = try Blobs(of: view.repository)
    guard terminal.showsPages else {
      return try blobs.stream(id) { piece in
        terminal.write(piece)
        return true
      }
    }
    try terminal.page(with: try view.repository.pager()) { page in
      var place = 0
      var rest: [UInt8] = []
      var failure: (any Error)?
      try blobs.stream(id) { piece in
        rest += piece
        do {
          var start = 0
          while rest.count - start >= 16 {
            try page.line(Self.row(rest[start..<start + 16], at: place))
            start += 16
            place += 16
          }
          rest.removeFirst(start)
          return true
        } catch {
          failure = error
          return false
        }
      }
      if let failure { throw failure }
      if !rest.isEmpty { try page.line(Self.row(rest[...], at: place)) }
    }
  }

  private static func row(_ bytes: ArraySlice<UInt8>, at place: Int) -> String {
    let digits = String(place, radix: 16)
    let hex = bytes.map { Hex.string([$0]) }.joined(separator: " ")
    let text = bytes.map { (0x20...0x7e).contains($0) ? $0 : UInt8(ascii: ".") }
    return String(repeating: "0", count: max(0, 8 - digits.count)) + digits + "  " + hex
      + String(repeating: " ", count: 47 - hex.utf8.count) + "  |"
      + String(decoding: text, as: UTF8.self) + "|"
  }
}
