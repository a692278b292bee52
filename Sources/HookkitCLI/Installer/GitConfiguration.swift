internal import Platform

/// git's configuration as it holds for one repository, with the files that it comes from.
struct GitConfiguration: Sendable {
  /// One value of a key and where it is set.
  struct Entry: Hashable, Sendable {
    let key: String
    let value: String
    /// A file's absolute path, or git's word for another source, such as `command line`.
    let source: String
    /// How many settings of the same key stand before it in that file; `nil` where there is none.
    fileprivate let number: Int?

    /// `file:line`, for messages.
    var place: String {
      let line = number.flatMap { GitConfigurationFile.line(of: key, nth: $0, in: source) }
      return shown(source) + (line.map { ":\($0)" } ?? "")
    }
  }

  /// All entries, the weakest first.
  let entries: [Entry]

  /// The command whose output is read.
  static let listing = ["config", "--list", "--show-origin", "--null"]

  /// A key as it is listed: in lower case but for a subsection.
  static func listed(_ key: String) -> String {
    guard let first = key.firstIndex(of: "."), let last = key.lastIndex(of: ".") else { return key }
    return key[..<first].lowercased() + key[first..<last] + key[last...].lowercased()
  }

  /// Reads everything that git reads in this repository.
  init(_ git: GitCommand) throws {
    self.init(try git.run(Self.listing), in: git.directory)
  }

  /// - Parameter directory: where git has run: the paths of files may count from there.
  init(_ output: [UInt8], in directory: String) {
    let fields = output.split(separator: 0, omittingEmptySubsequences: false)
    var entries: [Entry] = []
    var counts: [String: Int] = [:]
    var paths: [String: String] = [:]
    for index in stride(from: 0, to: fields.count - 1, by: 2) {
      let setting = fields[index + 1].split(
        separator: 0x0a, maxSplits: 1, omittingEmptySubsequences: false)
      let key = String(decoding: setting[0], as: UTF8.self)
      // A key without a value is a boolean that holds (git-config(1)).
      let value = setting.count > 1 ? String(decoding: setting[1], as: UTF8.self) : "true"
      var source = String(decoding: fields[index], as: UTF8.self)
      var number: Int?
      if source.hasPrefix("file:") {
        let path = source.dropFirst("file:".count)
        let absolute = path.hasPrefix("/") ? String(path) : "\(directory)/\(path)"
        let real = paths[absolute] ?? FileBytes.real(absolute)
        paths[absolute] = real
        source = real
        number = counts["\(source)\0\(key)", default: 0]
        counts["\(source)\0\(key)", default: 0] += 1
      }
      entries.append(Entry(key: key, value: value, source: source, number: number))
    }
    self.entries = entries
  }

  /// The names of remotes, in the order in which `git remote` lists them.
  var remotes: [String] {
    let prefix = "remote."
    let names = entries.compactMap { entry -> String? in
      guard entry.key.hasPrefix(prefix), let dot = entry.key.lastIndex(of: "."),
        let start = entry.key.index(
          entry.key.startIndex, offsetBy: prefix.count, limitedBy: dot)
      else { return nil }
      return String(entry.key[start..<dot])
    }
    return Set(names).sorted()
  }

  /// All entries of a key, which is given in lower case but for a subsection.
  func all(_ key: String) -> [Entry] { entries.filter { $0.key == key } }

  /// The entry that counts where git takes one value.
  func last(_ key: String) -> Entry? { entries.last { $0.key == key } }

  /// What git takes a value for where it expects a boolean; `nil` for what it refuses.
  static func boolean(_ value: String) -> Bool? {
    switch value.lowercased() {
    case "true", "yes", "on", "1": true
    case "false", "no", "off", "0", "": false
    default: Int(value).map { $0 != 0 }
    }
  }
}

/// One file of git's configuration, read for the line numbers that git does not tell.
enum GitConfigurationFile {
  /// The line of the `nth` (from 0) setting of a key; `nil` when the file has none or is too odd.
  ///
  /// Follows git-config(1), "Syntax", as far as sections and names go; values are not looked at but
  /// for a backslash that continues them on the next line.
  static func line(of key: String, nth: Int, in path: String) -> Int? {
    guard let bytes = try? FileBytes.read(path, limit: 16 << 20) else { return nil }
    var section = ""
    var seen = 0
    var continues = false
    for (index, line) in bytes.split(separator: 0x0a, omittingEmptySubsequences: false).enumerated()
    {
      let isContinuation = continues
      continues = line.last == 0x5c
      if isContinuation { continue }
      var rest = String(decoding: line, as: UTF8.self)[...].trimmingBlanks
      if rest.hasPrefix("["), let end = rest.lastIndex(of: "]") {
        section = name(ofSection: rest[rest.index(after: rest.startIndex)..<end])
        rest = rest[rest.index(after: end)...].trimmingBlanks
      }
      let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" }.lowercased()
      guard !name.isEmpty, "\(section).\(name)" == key else { continue }
      if seen == nth { return index + 1 }
      seen += 1
    }
    return nil
  }

  /// `core` or `remote.origin`: what stands between the brackets as the start of a key.
  private static func name(ofSection header: Substring) -> String {
    guard let quote = header.firstIndex(of: "\"") else { return header.lowercased() }
    let section = header[..<quote].trimmingBlanks.lowercased()
    var subsection = ""
    var escaped = false
    for character in header[header.index(after: quote)...] {
      if !escaped, character == "\\" {
        escaped = true
      } else if !escaped, character == "\"" {
        break
      } else {
        subsection.append(character)
        escaped = false
      }
    }
    return "\(section).\(subsection)"
  }
}

extension Substring {
  fileprivate var trimmingBlanks: Substring {
    var rest = drop { $0 == " " || $0 == "\t" }
    while let last = rest.last, last == " " || last == "\t" || last == "\r" { rest.removeLast() }
    return rest
  }
}
