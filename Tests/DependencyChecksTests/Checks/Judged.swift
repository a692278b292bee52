import Documents
import Lockfiles
import Primitives
import Testing

@testable import DependencyChecks

/// A comparison of files that are given as text, and what the checks say of it.
enum Judged {
  static func diff(_ files: [(path: String, old: String?, new: String?)]) throws -> DependencyDiff {
    DependencyDiff(
      try files.map { path, old, new in
        let path = Array(path.utf8)
        func side(_ text: String?) -> DependencyFile.Side? {
          text.map { .init(bytes: Array($0.utf8)) }
        }
        return DependencyFile(
          path: path, match: try #require(Catalog.match(path)), old: side(old), new: side(new))
      })
  }

  /// `210 critical: words`
  static func findings(_ path: String, _ old: String?, _ new: String?) throws -> [String] {
    try findings([(path, old, new)])
  }

  static func findings(_ files: [(path: String, old: String?, new: String?)]) throws -> [String] {
    let diff = try diff(files)
    for file in diff.files {
      let path = String(decoding: file.path, as: UTF8.self)
      #expect(file.unread == nil, "\(path): \(String(describing: file.unread))")
    }
    return diff.findings.map { "\($0.code) \($0.severity): \($0.detail)" }
  }

  /// A digest of this many bytes in hexadecimal.
  static func hex(_ digit: Character, _ bytes: Int = 32) -> String {
    String(repeating: digit, count: bytes * 2)
  }

  /// A SHA-512 as JavaScript's package managers write it.
  static func sha512(_ digit: Character) -> String {
    "sha512-" + String(repeating: digit, count: 85) + "A=="
  }

  /// A package-lock.json of version 3: name, version, address, digest.
  static func npm(_ entries: [(name: String, version: String, url: String, digest: String)])
    -> String
  {
    let wanted = entries.map { "\"\($0.name)\": \"*\"" }.joined(separator: ", ")
    let packages = entries.map {
      """
      "node_modules/\($0.name)": {"version": "\($0.version)", "resolved": "\($0.url)", \
      "integrity": "\($0.digest)"}
      """
    }
    return "{\"lockfileVersion\": 3, \"packages\": {\"\": {\"dependencies\": {\(wanted)}},\n"
      + packages.joined(separator: ",\n") + "}}\n"
  }
}
