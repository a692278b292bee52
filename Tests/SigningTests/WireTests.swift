import Signing
import Testing

@Suite("Wire")
struct WireTests {
  @Test("what is written is read back and nothing is left")
  func roundTrip() {
    var writer = WireWriter()
    writer.byte(7)
    writer.uint32(0x0102_0304)
    writer.string("ssh-ed25519")
    writer.positiveInteger([0x00, 0x00, 0x80, 0x01])
    writer.raw([0xff])
    #expect(
      writer.bytes
        == [7, 1, 2, 3, 4, 0, 0, 0, 11] + Array("ssh-ed25519".utf8)
        + [0, 0, 0, 3, 0x00, 0x80, 0x01, 0xff])
    var reader = WireReader(writer.bytes)
    let values = (reader.byte(), reader.uint32(), reader.expect("ssh-ed25519"))
    #expect(values == (7, 0x0102_0304, true))
    let integer = reader.positiveInteger(limit: 2)
    #expect(integer == [0x80, 0x01])
    #expect(!reader.isAtEnd)
    let rest = reader.bytes(1)
    #expect(rest == [0xff])
    #expect(reader.isAtEnd)
  }

  @Test(
    "a number that is zero, negative, too long or spelled with needless zeros is refused",
    arguments: [
      [0, 0, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 1, 0x80], [0, 0, 0, 2, 0, 0x7f],
      [0, 0, 0, 3, 1, 2, 3], [0, 0, 0, 3, 0, 0, 0x80],
    ] as [[UInt8]])
  func numbers(bytes: [UInt8]) {
    var reader = WireReader(bytes)
    let integer = reader.positiveInteger(limit: 2)
    #expect(integer == nil)
  }

  @Test(
    "a length beyond the end is refused and does not trap",
    arguments: [
      [], [0], [0, 0, 0], [0, 0, 0, 1], [0xff, 0xff, 0xff, 0xff], [0x7f, 0xff, 0xff, 0xff, 1, 2],
    ] as [[UInt8]])
  func truncated(bytes: [UInt8]) {
    var reader = WireReader(bytes)
    let string = reader.string()
    #expect(string == nil)
    var other = WireReader(bytes[...])
    let integer = other.positiveInteger(limit: 100)
    #expect(integer == nil)
  }

  @Test("a negative or too large count of bytes is refused")
  func counts() {
    var reader = WireReader([1, 2, 3])
    let refused = [reader.bytes(-1), reader.bytes(4), reader.bytes(Int.max)]
    #expect(refused == [nil, nil, nil])
    let whole = reader.bytes(3)
    #expect(whole == [1, 2, 3])
    let byte = reader.byte()
    let number = reader.uint32()
    #expect(byte == nil && number == nil)
  }
}
