import Primitives
import Testing

@Suite struct ObjectIDTests {
  static let digits = "0123456789abcdef0123456789ABCDEF01234567"

  @Test("forty digits in either case are read and written in lower case")
  func roundTrip() throws {
    let id = try #require(ObjectID(Self.digits))
    #expect(id.hex == "0123456789abcdef0123456789abcdef01234567")
    #expect(id.short == "0123456")
    #expect(
      id.bytes == [
        0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd,
        0xef, 0x01, 0x23, 0x45, 0x67,
      ])
    #expect(ObjectID(raw: id.bytes) == id)
    #expect(id.bytes.withUnsafeBytes { ObjectID(raw: $0) } == id)
  }

  @Test("every byte but a hexadecimal digit is refused in every place")
  func everyByteInEveryPlace() {
    let valid = Array("aB3dEf67890123456789abcdefABCDEF01234567".utf8)
    for place in valid.indices {
      for byte in UInt8.min...UInt8.max {
        var text = valid
        text[place] = byte
        let isDigit = Hex.value(of: byte) != nil
        #expect((ObjectID(hex: text) != nil) == isDigit, "byte \(byte) at \(place)")
      }
    }
  }

  @Test("the fast and the slow reader of digits agree on every digit in every place")
  func agreesWithHex() throws {
    for place in 0..<ObjectID.hexCount {
      for digit in "0123456789abcdefABCDEF".utf8 {
        var text = [UInt8](repeating: 0x30, count: ObjectID.hexCount)
        text[place] = digit
        #expect(try #require(ObjectID(hex: text)).bytes == Hex.decode(text))
      }
    }
  }

  @Test(
    "any other length is refused",
    arguments: [
      "", "0", "abc", String(repeating: "0", count: 39), String(repeating: "a", count: 64),
    ])
  func otherLengths(_ text: String) {
    #expect(ObjectID(text) == nil)
    #expect(ObjectID(raw: Array(text.utf8.prefix(19))) == nil)
  }

  @Test("raw memory may be longer, never shorter")
  func rawMemory() {
    #expect([UInt8](repeating: 1, count: 19).withUnsafeBytes { ObjectID(raw: $0) } == nil)
    #expect(
      [UInt8](repeating: 1, count: 21).withUnsafeBytes { ObjectID(raw: $0) }
        == ObjectID(String(repeating: "01", count: 20)))
  }

  @Test("order is the order of the bytes, in each word")
  func order() throws {
    let ids = try [
      "0000000000000000000000000000000000000000", "0000000000000000000000000000000000000001",
      "00000000000000000000000000000000ff000000", "0000000000000000000000010000000000000000",
      "00000000000000ff000000000000000000000000", "ff00000000000000000000000000000000000000",
    ].map { try #require(ObjectID($0)) }
    #expect(ids.shuffled().sorted() == ids)
    #expect(ids[0].isZero && ids[0] == .zero)
    #expect(!ids[1].isZero)
  }
}
