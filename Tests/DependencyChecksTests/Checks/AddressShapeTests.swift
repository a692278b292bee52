import DependencyChecks
import Documents
import Lockfiles
import Testing

/// What stands in the place of each address of each lock, and what is said of it.
@Suite("No address in the place of one")
struct AddressShapeTests {
  /// What package managers take for a place of some kind, what is no place at all, and hosts that are not
  /// where they seem to be.
  static let shapes = [
    "owner/repo", "owner/repo#x", "//evil.example/x.tgz", "./x.tgz", "x.tgz", "../../../x.tgz",
    "^1.0.0", "latest", "npm:other@1", "/srv/x.tgz", "file:x.tgz", "file:///srv/x.tgz",
    "C:/x.tgz", "https://evil.example#@files.example/x.whl", "https://evil.example@files.example/x",
    "https:evil.example/x", "https://evil.example%2f@files.example/x",
    "https://files.example/a/%5c..%5cx", "git@evil.example:o/r", "data:text/plain,x",
    "ssh://evil.example#@files.example/x", "https://files.ex\u{430}mple/x",
    "https://evil.example%00.files.example/x", "https://evil.example./x", "https://0x7f000001/x",
    "HTTPS://files.example/x", "https:///evil.example/x", "https://files.example/../../x", "",
  ]

  /// Lines of the samples whose address fetches nothing: it is told by the value that it is, and a lock in
  /// which it does not fit another one is refused by its tool.
  private static let references = [
    "pixi.lock": ["- conda: @@", "- pypi: @@", "- url: @@"],
    "Podfile.lock": ["- Wing (from `@@`, tag `1.0.0`)", ":git: @@"],
    "deps.edn": [":mvn/repos {\"acme\" {:url \"@@\"}}}"],
    "flake.lock": ["\"url\": \"@@\""],
  ]

  /// Where the addresses of a text stand.
  private static func addresses(_ text: String) -> [Range<Int>] {
    let bytes = Array(text.utf8)
    var found: [Range<Int>] = []
    var place = 0
    while place + 2 < bytes.count {
      guard bytes[place...].starts(with: "://".utf8) else {
        place += 1
        continue
      }
      var (start, end) = (place, place + 3)
      while start > 0,
        (bytes[start - 1] | 0x20) &- 0x61 < 26 || bytes[start - 1] == UInt8(ascii: "+")
      { start -= 1 }
      while end < bytes.count, bytes[end] > 0x20, !"\"'`,}])>|<".utf8.contains(bytes[end]) {
        end += 1
      }
      if bytes[end - 1] == UInt8(ascii: ":") { end -= 1 }
      found.append(start..<end)
      place = end
    }
    return found
  }

  private static func replaced(_ text: String, _ range: Range<Int>, _ shape: String) -> String {
    let bytes = Array(text.utf8)
    return String(
      decoding: bytes[..<range.lowerBound] + Array(shape.utf8) + bytes[range.upperBound...],
      as: UTF8.self)
  }

  @Test(
    "it is critical at the same version, at another one and in a new file",
    arguments: MutatedLock.all)
  func all(_ lock: MutatedLock) throws {
    let new = try #require(lock.new)
    for (context, old, text) in [
      ("same", lock.old, lock.old), ("bump", lock.old, new), ("file", nil, new),
    ] as [(String, String?, String)] {
      for range in Self.addresses(text) {
        let line =
          Self.replaced(text, range, "@@").split(separator: "\n").first {
            $0.contains("@@")
          }.map { $0.drop { $0 == " " } } ?? ""
        for shape in Self.shapes {
          // Whoever asks for no address at all in a new file gets the tool's default.
          if shape.isEmpty, context == "file" { continue }
          let diff = try Judged.diff([(lock.path, old, Self.replaced(text, range, shape))])
          guard diff.files.first?.unread == nil else { continue }
          let isReference = Self.references[lock.path]?.contains { line.hasPrefix($0) } ?? false
          if isReference { continue }
          let worst = diff.findings.map(\.severity).max() ?? .calming
          let found = diff.findings.filter { $0.severity >= .high }.map {
            "\($0.code) \($0.severity): \($0.detail)"
          }
          let least = Self.least(lock.path, shape, context)
          if worst < least {
            print(
              "GAP|\(lock.path)|\(context)|\(shape)|\(worst == .high ? "high" : "silent")|\(line)|\(found)"
            )
          }
          #expect(worst >= least, "\(lock.path): \(context): \(line): \(shape): \(found)")
        }
      }
    }
  }

  /// How bad it has to be at least: what is a form of the tool's own is high, or the matter of other checks.
  private static func least(
    _ path: String, _ shape: String, _ context: String
  ) -> DependencyCheck.Severity {
    switch (path, shape) {
    // A part of the project, of the chart or of the usual registry, as their formats write it; composer
    // fetches the archive and not this.
    case ("Cargo.lock", ""), ("Chart.lock", ""), ("paket.lock", ""): .high
    case ("composer.lock", ""): .calming
    // Git's own way to write a repository, and new in a new file like any other.
    case (_, "git@evil.example:o/r"): context == "file" ? .calming : .high
    // Files beside the lock, which these formats know.
    case ("conda-lock.yml", "./x.tgz"), ("conda-lock.yml", "file:x.tgz"),
      ("conda-lock.yml", "x.tgz"), ("Chart.lock", "file:x.tgz"):
      .high
    default: .critical
    }
  }
}
