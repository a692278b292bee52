/// Whether the bytes of a file are text, and in what encoding: what a reviewer reads line by line, or is
/// told of by size and digest.
///
/// A file is text unless much of it is control characters: neither an attribute, nor a name, nor a NUL,
/// nor the first bytes of a picture make a program's source anything else.
package enum FileContent: Hashable, Sendable {
  /// Bytes as they are: ASCII, UTF-8 or any other encoding that has ASCII in it.
  case plain
  /// Units of 2 or 4 bytes.
  ///
  /// - mayBePlain: whether it holds words for a program that reads single bytes.
  case wide(unit: Int, isLittle: Bool, mayBePlain: Bool)
  /// Not text. What its first bytes claim, for a person: `a PNG image`.
  case other(String?)

  /// - Parameter wasText: whether the file was text before: then as long as half of it can be printed.
  package init(_ bytes: UnsafeRawBufferPointer, wasText: Bool = false) {
    let counts = Counts(bytes)
    if let wide = counts.wide(bytes) {
      self = wide
    } else if (wasText && counts.printable * 2 >= bytes.count) || bytes.starts(with: "#!".utf8)
      || counts.controls < Self.fewControls
      || counts.controls * 20 < bytes.count
    {
      self = .plain
    } else {
      self = .other(Self.claim(bytes))
    }
  }

  package var isText: Bool {
    if case .other = self { false } else { true }
  }

  /// What a reviewer must know of the encoding; `nil` for plain text.
  package var remark: String? {
    guard case .wide(let unit, let isLittle, let mayBePlain) = self else { return nil }
    return "UTF-\(unit * 8), \(isLittle ? "little" : "big") endian, shown decoded"
      + (mayBePlain ? "; and byte by byte, as other programs read it" : "")
  }

  /// Control characters that the smallest file may have and be text: shown, a picture of a few bytes is a
  /// nuisance and no more.
  private static let fewControls = 16

  /// The lines of what is no text that a person, and so perhaps a program, can read all the same.
  package static func readableLines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    bytes.split(whereSeparator: { $0 == 0x0a || $0 == 0x0d }).filter { line in
      let plain = line.count { (0x20...0x7e).contains($0) || $0 == 0x09 }
      return line.count >= 3 && plain * 4 >= line.count * 3
    }
  }

  // MARK: Counting

  private struct Counts {
    /// How often each byte stands there.
    private var bytes = [Int](repeating: 0, count: 256)
    /// Zero bytes at each of four places.
    private var zeros = [0, 0, 0, 0]

    init(_ raw: UnsafeRawBufferPointer) {
      var zeros = (0, 0, 0, 0)
      bytes.withUnsafeMutableBufferPointer { bytes in
        var index = 0
        while index < raw.count {
          let byte = raw[index]
          bytes[Int(byte)] &+= 1
          if byte == 0 {
            switch index & 3 {
            case 0: zeros.0 &+= 1
            case 1: zeros.1 &+= 1
            case 2: zeros.2 &+= 1
            default: zeros.3 &+= 1
            }
          }
          index &+= 1
        }
      }
      self.zeros = [zeros.0, zeros.1, zeros.2, zeros.3]
    }

    var printable: Int { bytes[0x20...0x7e].reduce(0, +) + bytes[0x09] + bytes[0x0a] + bytes[0x0d] }

    /// Control characters that no text has.
    var controls: Int {
      var count = bytes[0x7f]
      for byte in 0..<0x20 where ![0x08, 0x09, 0x0a, 0x0c, 0x0d, 0x1b].contains(byte) {
        count += bytes[byte]
      }
      return count
    }

    /// UTF-16 or UTF-32, by its mark, or by where its zero bytes stand.
    func wide(_ raw: UnsafeRawBufferPointer) -> FileContent? {
      var forms: [(unit: Int, isLittle: Bool)] = []
      if raw.starts(with: [0xff, 0xfe, 0, 0]) { forms.append((4, true)) }
      if raw.starts(with: [0, 0, 0xfe, 0xff]) { forms.append((4, false)) }
      if raw.starts(with: [0xff, 0xfe]) { forms.append((2, true)) }
      if raw.starts(with: [0xfe, 0xff]) { forms.append((2, false)) }
      let marked = forms.count
      let quarter = raw.count / 4
      let (even, odd) = (zeros[0] + zeros[2], zeros[1] + zeros[3])
      if quarter > 0 {
        if zeros[3] * 10 > quarter * 9, zeros[2] * 10 > quarter * 9 { forms.append((4, true)) }
        if zeros[0] * 10 > quarter * 9, zeros[1] * 10 > quarter * 9 { forms.append((4, false)) }
      }
      if raw.count >= 4 {
        if odd * 10 > raw.count, even * 50 < raw.count { forms.append((2, true)) }
        if even * 10 > raw.count, odd * 50 < raw.count { forms.append((2, false)) }
      }
      for (number, form) in forms.enumerated() where raw.count % form.unit == 0 {
        let text = WideText(raw, unit: form.unit, isLittle: form.isLittle)
        // Whoever reads the mark reads the rest as well, whatever is in it.
        guard text.strange * (number < marked ? 3 : 20) <= text.count else { continue }
        return .wide(unit: form.unit, isLittle: form.isLittle, mayBePlain: Self.hasWords(raw))
      }
      return nil
    }

    /// Whether two bytes of ASCII text stand side by side, which in wide text are another letter: a shell
    /// leaves zero bytes out, and reads `r m NUL` as it reads `rm`.
    private static func hasWords(_ raw: UnsafeRawBufferPointer) -> Bool {
      var isBehindText = false
      for byte in raw {
        let isText = (0x20...0x7e).contains(byte) || byte == 0x09 || byte == 0x0a
        if isText, isBehindText { return true }
        isBehindText = isText
      }
      return false
    }
  }

  // MARK: Claims

  private static func claim(_ bytes: UnsafeRawBufferPointer) -> String? {
    claims.first { bytes.starts(with: $0.start) }?.words
  }

  /// What files of a kind begin with. It is what a file says of itself, and nothing is made of it.
  private static let claims: [(start: [UInt8], words: String)] = [
    ([0x89, 0x50, 0x4e, 0x47], "a PNG image"), ([0xff, 0xd8, 0xff], "a JPEG image"),
    (Array("GIF8".utf8), "a GIF image"), (Array("RIFF".utf8), "a RIFF file (WebP, WAV, AVI)"),
    (Array("BM".utf8), "a BMP image"), ([0, 0, 1, 0], "an icon"),
    (Array("%PDF".utf8), "a PDF document"), (Array("PK".utf8), "a zip archive (jar, wheel, docx)"),
    ([0x1f, 0x8b], "gzip data"), (Array("BZh".utf8), "bzip2 data"),
    ([0xfd, 0x37, 0x7a, 0x58, 0x5a], "xz data"), ([0x28, 0xb5, 0x2f, 0xfd], "zstd data"),
    ([0x37, 0x7a, 0xbc, 0xaf], "a 7z archive"), (Array("Rar!".utf8), "a RAR archive"),
    ([0x7f, 0x45, 0x4c, 0x46], "an ELF executable or library"),
    (Array("MZ".utf8), "a Windows executable or library"),
    ([0xca, 0xfe, 0xba, 0xbe], "a Java class or a macOS executable"),
    ([0xcf, 0xfa, 0xed, 0xfe], "a macOS executable or library"),
    (Array("!<arch>".utf8), "an ar archive (static library, .deb)"),
    ([0, 0x61, 0x73, 0x6d], "WebAssembly"), (Array("SQLite format 3".utf8), "an SQLite database"),
    ([0, 1, 0, 0], "a font"), (Array("OTTO".utf8), "a font"), (Array("wOF".utf8), "a font"),
    (Array("ID3".utf8), "an MP3 file"), (Array("OggS".utf8), "an Ogg file"),
    (Array("DIRC".utf8), "a git index"), (Array("PACK".utf8), "a git pack"),
  ]
}

/// Text in units of 2 or 4 bytes, read one scalar after another.
struct WideText {
  /// As UTF-8. What is no scalar is written in the same form and so is no UTF-8, and shown byte by byte.
  private(set) var utf8: [UInt8] = []
  private(set) var count = 0
  /// Units that no text has.
  private(set) var strange = 0

  /// - Parameter raw: whole units.
  init(_ raw: UnsafeRawBufferPointer, unit: Int, isLittle: Bool) {
    utf8.reserveCapacity(raw.count)
    var index = 0
    func value(at place: Int) -> UInt32 {
      var value: UInt32 = 0
      for step in 0..<unit {
        let byte = UInt32(raw[place + (isLittle ? unit - 1 - step : step)])
        value = value << 8 | byte
      }
      return value
    }
    while index + unit <= raw.count {
      var scalar = value(at: index)
      index += unit
      if unit == 2, (0xd800...0xdbff).contains(scalar), index + 2 <= raw.count {
        let low = value(at: index)
        if (0xdc00...0xdfff).contains(low) {
          scalar = 0x10000 + (scalar - 0xd800) << 10 + (low - 0xdc00)
          index += 2
        }
      }
      append(scalar)
    }
  }

  private mutating func append(_ scalar: UInt32) {
    count += 1
    let isControl = scalar < 0x20 && scalar != 0x09 && scalar != 0x0a && scalar != 0x0d
    if isControl || (0xd800...0xdfff).contains(scalar) || scalar > 0x10ffff { strange += 1 }
    func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | (scalar >> shift & 0x3f)) }
    switch scalar {
    case ..<0x80: utf8.append(UInt8(scalar))
    case ..<0x800: utf8 += [UInt8(0xc0 | scalar >> 6), tail(0)]
    case ..<0x10000: utf8 += [UInt8(0xe0 | scalar >> 12), tail(6), tail(0)]
    case ..<0x200000: utf8 += [UInt8(0xf0 | scalar >> 18), tail(12), tail(6), tail(0)]
    default:
      utf8 += [0xff, UInt8(scalar >> 24), UInt8(scalar >> 16 & 255), UInt8(scalar >> 8 & 255)]
      utf8.append(UInt8(scalar & 255))
    }
  }
}
