import Foundation
import TestSupport
import Testing

@testable import Secrets

@Suite("Archive")
struct ArchiveTests {
  private let scanner = SecretScanner()
  private let key = MadeUp.key()

  private func scan(_ bytes: [UInt8]) -> TextScan {
    bytes.withUnsafeBytes { scanner.scan($0, path: Array("a".utf8)[...]) }
  }

  /// What the system's own tools pack.
  private func packed(_ command: String) throws -> [UInt8] {
    let sandbox = try Sandbox()
    try sandbox.write("it is \(key)\n", to: "in/key.txt")
    try sandbox.write(String(repeating: "nothing ", count: 1000), to: "in/other.txt")
    let made = try sandbox.run(["sh", "-c", "cd in && \(command)"])
    #expect(made.succeeded, "\(made)")
    return try Array(sandbox.read("out"))
  }

  @Test(
    "what the usual tools pack is looked through",
    arguments: [
      "gzip -c key.txt > ../out", "tar -cf - . | gzip > ../out",
      "(gzip -c other.txt; gzip -c key.txt) > ../out",
      "python3 -m zipfile -c ../out other.txt key.txt",
      "python3 -c 'import zipfile as z; z.ZipFile(\"../out\", \"w\", z.ZIP_STORED).write(\"key.txt\")'",
    ])
  func packs(_ command: String) throws {
    let found = scan(try packed(command))
    #expect(found.matches.map(\.rule.id) == ["groq-api-key"], "\(found.doubts)")
    let isStored = command.contains("STORED")
    #expect(found.matches.first?.wrapping.first?.hasPrefix("!") ?? false != isStored)
    #expect(found.doubts.isEmpty && found.unseen.isEmpty)
  }

  @Test("one that is cut off, or that is no more than a bomb, is a doubt")
  func doubts() throws {
    let whole = try packed("gzip -c other.txt > ../out")
    #expect(scan(Array(whole.dropLast(12))).doubts.count == 1)
    #expect(scan(Array("PK\u{3}\u{4} and no more".utf8)).doubts.count == 1)
    let bomb = try packed("head -c 80000000 /dev/zero | gzip > ../out")
    #expect(scan(bomb).doubts.count == 1)
  }

  @Test("other kinds are named as not looked into")
  func unseen() throws {
    #expect(scan([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 1, 2, 3]).unseen.count == 1)
    #expect(scan(Array("BZhang wrote this".utf8)).unseen.isEmpty)
  }

  @Test("whatever the bytes, reading an archive ends")
  func fuzzed() throws {
    let seeds = [
      try packed("gzip -c key.txt > ../out"), try packed("tar -cf - . | gzip > ../out"),
      try packed("python3 -m zipfile -c ../out other.txt key.txt"),
    ]
    var dice = Dice(seed: 13)
    for seed in seeds {
      for _ in 0..<100 {
        var bytes = seed
        for _ in 0..<3 { bytes[dice.roll(bytes.count)] = UInt8(dice.roll(256)) }
        _ = scan(Array(bytes.prefix(dice.roll(bytes.count + 1))))
      }
    }
  }
}
