import Primitives
import Testing

@Suite struct Base64Tests {
  /// RFC 4648, section 10.
  @Test(
    "the vectors of the RFC hold",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
  func vectors(_ plain: String, _ text: String) {
    #expect(Base64.encode(Array(plain.utf8)) == Array(text.utf8))
    #expect(Base64.decode(Array(text.utf8)) == Array(plain.utf8))
  }

  @Test("every one and two bytes come back")
  func roundTrip() {
    for high in UInt8.min...UInt8.max {
      #expect(Base64.decode(Base64.encode([high])) == [high])
      for low in stride(from: UInt8.min, through: 250, by: 5) {
        #expect(Base64.decode(Base64.encode([high, low])) == [high, low])
      }
    }
  }

  @Test("no bytes have two spellings")
  func canonical() {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=".utf8)
    var accepted = 0
    for second in alphabet {
      for fourth in alphabet {
        let text: [UInt8] = [0x51, second, 0x3d, fourth]
        guard let bytes = Base64.decode(text) else { continue }
        accepted += 1
        #expect(Base64.encode(bytes) == text)
      }
    }
    #expect(accepted == 4, "QA== QQ== Qg== Qw==")
  }

  @Test(
    "missing padding, inner padding, white space and other alphabets are refused",
    arguments: [
      "Zg", "Zg=", "Z===", "====", "=Zg=", "Zg==Zg==", "Zm8=Zm8=", "Zm9v\n", "Zm 9", "Zm9-", "Zm9_",
      "Zh==", "Zm9=", "Zg==\0\0\0\0", "Zg======", "é9v",
    ])
  func refused(_ text: String) {
    #expect(Base64.decode(Array(text.utf8)) == nil)
  }
}
