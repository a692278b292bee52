import Foundation
import Testing

/// The package's own files, as the tests of its shape read them.
enum SourceTree {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// A Swift file below `Sources`.
  struct File: Sendable, CustomTestStringConvertible {
    /// `Gate/Rules/HK101NeedsReview.swift`.
    let path: String
    let text: String
    /// The lines as the compiler takes them: without comments and without what is in string literals.
    let code: [String]

    init(path: String, text: String) {
      self.path = path
      self.text = text
      code = Self.code(of: text)
    }

    var target: String { String(path.prefix { $0 != "/" }) }
    var name: String { String(path.split(separator: "/").last ?? "") }
    var testDescription: String { path }
  }

  static let files: [File] = {
    let folder = "\(root)/Sources"
    let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
      let data = FileManager.default.contents(atPath: "\(folder)/\(path)") ?? Data()
      return File(path: path, text: String(decoding: data, as: UTF8.self))
    }
  }()

  static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(root)/\(path)")), as: UTF8.self)
  }
}

extension SourceTree.File {
  fileprivate static func code(of text: String) -> [String] {
    var lines: [String] = []
    var isInText = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.utf8.contains(0x22), line.contains("\"\"\"") {
        let marks = line.components(separatedBy: "\"\"\"").count - 1
        if marks % 2 == 1 { isInText.toggle() }
        lines.append("")
        continue
      }
      lines.append(isInText ? "" : withoutText(line))
    }
    return lines
  }

  private static func withoutText(_ line: Substring) -> String {
    guard line.utf8.contains(where: { $0 == 0x22 || $0 == 0x2f }) else { return String(line) }
    var result = ""
    var isInString = false
    var previous: Character = " "
    for character in line {
      if isInString {
        if character == "\"", previous != "\\" { isInString = false }
        previous = previous == "\\" && character == "\\" ? " " : character
        continue
      }
      if character == "/", previous == "/" {
        result.removeLast()
        return result
      }
      if character == "\"" { isInString = true }
      result.append(character)
      previous = character
    }
    return result
  }

  /// The modules that the file imports.
  var imports: Set<String> {
    var modules: Set<String> = []
    for line in code {
      let words = line.split(separator: " ")
      guard let place = words.firstIndex(of: "import"), words.count > place + 1,
        words[..<place].allSatisfy({ ["package", "internal", "private", "public"].contains($0) })
      else { continue }
      modules.insert(String(words[place + 1]))
    }
    return modules
  }

  /// Lines on which one of these words stands by itself, with their numbers.
  func lines(with words: String...) -> [String] {
    code.enumerated().compactMap { number, line in
      words.contains { Self.has($0, in: line) } ? "\(path):\(number + 1): \(line)" : nil
    }
  }

  private static func has(_ word: String, in line: String) -> Bool {
    func isPart(_ character: Character?) -> Bool {
      character.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
    }
    var start = line.startIndex
    while let found = line.range(of: word, range: start..<line.endIndex) {
      let before =
        found.lowerBound > line.startIndex ? line[line.index(before: found.lowerBound)] : nil
      let isMember = before == "." || before == "`"
      let after = found.upperBound < line.endIndex ? line[found.upperBound] : nil
      let isOpen = word.last.map { !$0.isLetter } ?? false
      if !isPart(before), !isMember, isOpen || !isPart(after) { return true }
      start = found.upperBound
    }
    return false
  }
}
