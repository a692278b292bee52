import Primitives
import Testing

@Suite struct HexTests {
  @Test("every byte survives the way there and back, in both cases")
  func roundTrip() {
    let bytes = Array(UInt8.min...UInt8.max)
    let text = Hex.encode(bytes)
    #expect(Hex.decode(text) == bytes)
    #expect(Hex.decode(Array(Hex.string(bytes).uppercased().utf8)) == bytes)
  }

  @Test("an odd count or a stray byte is refused", arguments: ["0", "0g", "g0", " 0", "0x00", "é"])
  func refused(_ text: String) {
    #expect(Hex.decode(Array(text.utf8)) == nil)
  }

  @Test("no bytes are no digits")
  func empty() {
    #expect(Hex.decode([]) == [])
    #expect(Hex.string([]) == "")
  }
}
