import Foundation
package import Testing

/// Compares a text with the one recorded in `Tests/Snapshots/<target>/<name>.txt`.
///
/// What differs from run to run is normalised first (``Snapshot``). With `HOOKKIT_RECORD=1` the text
/// is recorded and the test fails, so that a recording run is never mistaken for a passing one.
///
/// - Parameters:
///   - sandbox: Its path reads `<sandbox>`.
///   - replacing: More texts to replace, such as a hold's random name, before anything else.
///   - asIs: The text is the same in every run, and nothing in it is normalised.
package func expectSnapshot(
  _ text: String, named name: String, in sandbox: Sandbox? = nil,
  replacing: [(String, String)] = [], asIs: Bool = false, filePath: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let source = URL(fileURLWithPath: filePath)
  let target = source.pathComponents.reversed().drop { !$0.hasSuffix("Tests") || $0 == "Tests" }
  guard let target = target.first, let tests = filePath.range(of: "/Tests/\(target)/") else {
    Issue.record("\(filePath) is in no test target", sourceLocation: sourceLocation)
    return
  }
  let file = "\(filePath[..<tests.lowerBound])/Tests/Snapshots/\(target)/\(name).txt"
  let actual =
    asIs ? text : Snapshot.normalise(text, sandbox: sandbox, replacing: replacing)
  if ProcessInfo.processInfo.environment["HOOKKIT_RECORD"] == "1" {
    try Sandbox.writeFile(Array(actual.utf8), to: file)
    Issue.record("recorded \(file)", sourceLocation: sourceLocation)
    return
  }
  let recorded = FileManager.default.contents(atPath: file)
  let expected = recorded.map { String(decoding: $0, as: UTF8.self) }
  guard let mismatch = Snapshot.mismatch(actual, with: expected) else { return }
  Issue.record("\(name).txt \(mismatch)", sourceLocation: sourceLocation)
}

/// Makes texts comparable between runs.
package enum Snapshot {
  /// Replaces the sandbox's path, key fingerprints, times, ports and object names.
  ///
  /// Object names become `<oid-1>`, `<oid-2>`, ... in order of appearance, and an abbreviation is
  /// the same name as the longer one it begins. Any word of 7 to 40 hexadecimal digits counts, but
  /// ten decimal digits are a time in seconds.
  package static func normalise(
    _ text: String, sandbox: Sandbox? = nil, replacing: [(String, String)] = []
  ) -> String {
    var result = text
    for (old, new) in replacing { result = result.replacingOccurrences(of: old, with: new) }
    if let sandbox { result = result.replacingOccurrences(of: sandbox.root, with: "<sandbox>") }
    var fingerprints: [String] = []
    result = replace(result, /SHA256:[A-Za-z0-9+\/]{43}/) { word in
      "<key-\(position(of: word, in: &fingerprints) { $0 == $1 })>"
    }
    result = replace(result, /[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]{8,}( ?[+\-][0-9:]{4,5}|Z)?/) {
      _ in "<time>"
    }
    result = replace(result, /[0-9]{4}-[0-9]{2}-[0-9]{2}/) { _ in "<date>" }
    result = replace(result, /127\.0\.0\.1:[0-9]+/) { _ in "127.0.0.1:<port>" }
    var names: [String] = []
    return replace(result, /\b[0-9a-f]{7,40}\b/) { word in
      // A kind of key, whose name is made of such digits.
      if word == "ed25519" { return word }
      if word.count == 10, word.allSatisfy(\.isNumber) { return "<time>" }
      if word.allSatisfy({ $0 == "0" }) { return "<zero>" }
      let index = position(of: word, in: &names) { $0.hasPrefix($1) || $1.hasPrefix($0) }
      if word.count > names[index - 1].count { names[index - 1] = word }
      return "<oid-\(index)>"
    }
  }

  private static func replace(
    _ text: String, _ pattern: some RegexComponent, _ replacement: (String) -> String
  ) -> String {
    text.replacing(pattern) { replacement(String(text[$0.range])) }
  }

  /// The place of a word among those seen, counted from 1; a new one goes to the end.
  private static func position(
    of word: String, in seen: inout [String], _ same: (String, String) -> Bool
  ) -> Int {
    if let index = seen.firstIndex(where: { same($0, word) }) { return index + 1 }
    seen.append(word)
    return seen.count
  }

  /// What is wrong with a text, given the recorded one; `nil` when they are the same bytes.
  package static func mismatch(_ actual: String, with expected: String?) -> String? {
    guard let expected else { return "is not there: run again with HOOKKIT_RECORD=1\n\(actual)" }
    guard !expected.utf8.elementsEqual(actual.utf8) else { return nil }
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
    let line = zip(old, new).prefix { $0 == $1 }.count
    let found = line < new.count ? String(new[line]) : "(end)"
    return "differs at line \(line + 1): \(found)\n--- recorded\n\(expected)\n--- now\n\(actual)"
  }
}
