internal import CScan

/// The files in an archive, unpacked within limits: gzip (RFC 1952), a tar in it (POSIX ustar), and zip
/// (APPNOTE 6.3.10) with stored and deflated members.
///
/// What is over a limit, encrypted or packed in another way is told as unread: it may hold anything.
enum Archive {
  enum Member {
    case file(name: [UInt8], bytes: [UInt8])
    /// It holds more than is unpacked, or is damaged.
    case unread(String)
    /// It is of a kind that is never unpacked.
    case unknown(String)
  }

  /// Bytes that all members together may unpack to, and how many there may be.
  private static let most = (bytes: 64 << 20, members: 4096)

  /// - Parameter budget: bytes that may still be unpacked of all archives together.
  static func eachMember(
    of text: UnsafeRawBufferPointer, within budget: inout Int, _ body: (Member) -> Void
  ) {
    var room = min(most.bytes, budget)
    let before = room
    defer { budget -= before - max(0, room) }
    if text.starts(with: [0x1f, 0x8b, 0x08]) {
      var bytes: [UInt8] = []
      var place = 0
      // Several members are one file (RFC 1952, 2.2).
      while place < text.count, text[place...].starts(with: [0x1f, 0x8b, 0x08]) {
        var taken = 0
        let rest = UnsafeRawBufferPointer(rebasing: text[place...])
        guard let part = inflated(rest, windowBits: 15 + 16, &room, &taken) else {
          return body(.unread("a gzip file that is damaged, or unpacks to too much"))
        }
        bytes += part
        place += taken
      }
      if !eachTarMember(of: bytes, body) { body(.file(name: Array("gzip".utf8), bytes: bytes)) }
    } else if text.starts(with: [0x50, 0x4b, 0x03, 0x04]) {
      eachZipMember(of: text, &room, body)
    } else if isOther(text) {
      body(.unknown("an archive of a kind that is not unpacked"))
    }
  }

  /// bzip2, xz, zstd, 7z and RAR, by their first bytes.
  private static func isOther(_ text: UnsafeRawBufferPointer) -> Bool {
    let magics: [[UInt8]] = [
      [0x42, 0x5a, 0x68], [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], [0x28, 0xb5, 0x2f, 0xfd],
      [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07],
    ]
    guard let magic = magics.first(where: { text.starts(with: $0) }) else { return false }
    // A text may begin with `BZh`; the level and the block's mark stand behind it.
    return magic.count > 3
      || text.dropFirst(3).prefix(7).dropFirst().elementsEqual([0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
  }

  // MARK: tar

  /// - Returns: false for what is no tar.
  private static func eachTarMember(of bytes: [UInt8], _ body: (Member) -> Void) -> Bool {
    guard bytes.count >= 512, bytes[257..<262].elementsEqual("ustar".utf8) else { return false }
    var place = 0
    var members = 0
    while place + 512 <= bytes.count, bytes[place] != 0 {
      let header = bytes[place..<place + 512]
      let digits = header[(place + 124)..<(place + 136)].prefix { (0x30...0x37).contains($0) }
      guard let size = Int(String(decoding: digits, as: UTF8.self), radix: 8),
        size <= bytes.count - place - 512, members < most.members
      else {
        body(.unread("a tar that is damaged, or has more than \(most.members) members"))
        return true
      }
      members += 1
      let start = place + 512
      body(
        .file(
          name: Array(header.prefix(100).prefix { $0 != 0 }),
          bytes: Array(bytes[start..<start + size])))
      place = start + (size + 511) / 512 * 512
    }
    return true
  }

  // MARK: zip

  /// Goes from one local header to the next. A member that tells its size only behind itself is unpacked to
  /// its own end.
  private static func eachZipMember(
    of text: UnsafeRawBufferPointer, _ room: inout Int, _ body: (Member) -> Void
  ) {
    var place = 0
    var members = 0
    while place + 30 <= text.count, text[place...].starts(with: [0x50, 0x4b, 0x03, 0x04]) {
      guard members < most.members else {
        return body(.unread("a zip of more than \(most.members) members"))
      }
      members += 1
      func number(_ offset: Int, _ count: Int) -> Int {
        (0..<count).reduce(0) { $0 | Int(text[place + offset + $1]) << (8 * $1) }
      }
      let (flags, method) = (number(6, 2), number(8, 2))
      var packed = number(18, 4)
      let start = place + 30 + number(26, 2) + number(28, 2)
      guard flags & 1 == 0 else { return body(.unknown("a zip with a password")) }
      guard start <= text.count else { return body(.unread("a zip that is damaged")) }
      let name = Array(text[place + 30..<min(start, place + 30 + number(26, 2))])
      let isOpen = flags & 8 != 0 && packed == 0
      guard isOpen || packed <= text.count - start else {
        return body(.unread("a zip that is damaged"))
      }
      let part = UnsafeRawBufferPointer(
        rebasing: text[start..<(isOpen ? text.count : start + packed)])
      switch method {
      case 0 where !isOpen:
        room -= part.count
        guard room >= 0 else { return body(.unread("a zip that unpacks to too much")) }
        body(.file(name: name, bytes: Array(part)))
      case 8:
        var taken = 0
        guard let bytes = inflated(part, windowBits: -15, &room, &taken) else {
          return body(.unread("a zip that is damaged, or unpacks to too much"))
        }
        if isOpen {
          // The descriptor behind it, with or without its mark.
          packed = taken + 12
          if text[(start + taken)...].starts(with: [0x50, 0x4b, 0x07, 0x08]) { packed += 4 }
        }
        body(.file(name: name, bytes: bytes))
      default: return body(.unknown("a zip with members that are packed in another way"))
      }
      place = min(start + packed, text.count)
    }
    // The directory, or the end of an empty one, comes next.
    let isWhole = [[0x50, 0x4b, 0x01, 0x02], [0x50, 0x4b, 0x05, 0x06]].contains {
      text[place...].starts(with: $0 as [UInt8])
    }
    if !isWhole { body(.unread("a zip that is damaged, or has something between its members")) }
  }

  // MARK: deflate

  /// - Parameters:
  ///   - room: bytes that may still be unpacked.
  ///   - taken: packed bytes that were read.
  /// - Returns: `nil` for what is damaged or too large.
  private static func inflated(
    _ packed: UnsafeRawBufferPointer, windowBits: Int32, _ room: inout Int, _ taken: inout Int
  ) -> [UInt8]? {
    var stream = z_stream()
    guard
      inflateInit2_(&stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK,
      packed.count <= Int(UInt32.max)
    else { return nil }
    defer { inflateEnd(&stream) }
    stream.next_in = UnsafeMutablePointer(
      mutating: packed.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.avail_in = UInt32(packed.count)
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let code = block.withUnsafeMutableBufferPointer { block -> Int32 in
        stream.next_out = block.baseAddress
        stream.avail_out = UInt32(block.count)
        return inflate(&stream, Z_NO_FLUSH)
      }
      let count = block.count - Int(stream.avail_out)
      room -= count
      guard room >= 0, code == Z_OK || code == Z_STREAM_END else { return nil }
      bytes += block.prefix(count)
      if code == Z_STREAM_END { break }
      if count == 0, stream.avail_in == 0 { return nil }
    }
    taken = packed.count - Int(stream.avail_in)
    return bytes
  }
}
