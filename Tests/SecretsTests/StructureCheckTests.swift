import Foundation
import TestSupport
import Testing

@testable import Secrets

@Suite("StructureCheck")
struct StructureCheckTests {
  @Test("CRC-32 is zlib's")
  func crc() {
    #expect(CRC32.of("123456789".utf8) == 0xcbf4_3926)
  }

  @Test("Bech32 is that of BIP 173, whose own example it accepts in capitals")
  func bech32() {
    #expect(Bech32.isValid(Array("A12UEL5L".utf8)[...]))
    #expect(!Bech32.isValid(Array("A12UEL5Q".utf8)[...]))
  }

  @Test("what stands in for a secret is none under any proof")
  func placeholders() {
    for text in [
      "AKIA" + "IOSFODNN7EXAMPLE", "changeme", "your-api-key", "<token>", "${TOKEN}", "xxxxxxxx",
      "0000000000000000", "1234567890abcdef", "abcdefghijklmnop", "deadbeefdeadbeefdeadbeef",
      "password", "abcabcabcabcabcabcabcabc",
    ] {
      #expect(!StructureCheck.none.holds(Array(text.utf8)[...]), "\(text)")
    }
  }

  @Test("random texts of every length stand in for nothing")
  func randomTexts() {
    var dice = Dice(seed: 5)
    var held = 0
    for count in 20..<1020 {
      let text = Sample.urlSafe(Sample.bytes(count, &dice))
      if StructureCheck.none.holds(text[...]) { held += 1 }
    }
    #expect(held >= 998)
  }

  @Test("a JSON Web Token is believed by its two objects, and says when it ends")
  func jwt() {
    var dice = Dice(seed: 6)
    let token = Sample.jwt(claiming: [], exp: 1_712_345_679, &dice)
    #expect(StructureCheck.jwt().holds(token[...]))
    #expect(StructureCheck.expiry(of: token[...]) == 1_712_345_679)
    #expect(!StructureCheck.jwt(claiming: ["kubernetes.io"]).holds(token[...]))
    #expect(!StructureCheck.jwt().holds(token.dropFirst(4)))
    #expect(StructureCheck.expiry(of: token.dropFirst(4)) == nil)
    let demo = Sample.urlSafe(#"{"sub":"1234567890","name":"John Doe"}"#.utf8)
    var parts = token.split(separator: 0x2e)
    parts[1] = demo[...]
    #expect(!StructureCheck.jwt().holds(Array(parts.joined(separator: [0x2e]))[...]))
  }

  @Test("a private key is one only when its block decodes to one")
  func privateKeys() {
    var dice = Dice(seed: 7)
    let plain = StructureCheck.privateKey(encrypted: false)
    let key = Blocks.pem("RSA PRIVATE KEY", Blocks.der(600, &dice))
    #expect(plain.holds(key[...]))
    #expect(plain.holds(Blocks.escaped(key)[...]))
    // The first lines are enough where the rest was not read.
    #expect(plain.holds(key[..<300]))
    #expect(!StructureCheck.privateKey(encrypted: true).holds(key[...]))
    #expect(!plain.holds(Blocks.pem("RSA PRIVATE KEY", Sample.bytes(600, &dice))[...]))
    let short = Array(Blocks.der(600, &dice).prefix(400))
    #expect(!plain.holds(Blocks.pem("RSA PRIVATE KEY", short)[...]), "the block ends too early")
    #expect(!plain.holds(Array("-----BEGIN RSA PRIVATE KEY-----\n...\n-----END".utf8)[...]))
    let locked = Blocks.pem("OPENSSH PRIVATE KEY", Blocks.openSSH("aes256-ctr", &dice))
    #expect(StructureCheck.openSSHKey(encrypted: true).holds(locked[...]))
    #expect(!StructureCheck.openSSHKey(encrypted: false).holds(locked[...]))
  }

  @Test("no bytes make a check trap", arguments: 0..<200)
  func anyBytes(seed: Int) {
    var dice = Dice(seed: UInt64(seed))
    let head = Array(dice.pick(["", "-----BEGIN A PRIVATE KEY-----\n", "eyJ.eyJ.", "a_"]).utf8)
    var body = Sample.bytes(dice.roll(80), &dice)
    if dice.once(in: 2) { body = Sample.urlSafe([0x30, UInt8(dice.roll(256))] + body) }
    for check in [
      StructureCheck.none, .digitsAndLetters, .mixedCase, .crc32Base62, .crc32Base36, .crc32Hex,
      .bech32, .base64(bytes: 32), .base64JSON(dropping: 4), .base64Login, .jwt(),
      .privateKey(encrypted: false), .privateKey(encrypted: true), .openSSHKey(encrypted: false),
      .pgpSecretKey,
    ] {
      _ = check.holds((head + body)[...])
    }
    _ = StructureCheck.expiry(of: (head + body)[...])
  }
}
