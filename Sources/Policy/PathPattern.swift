internal import Primitives

/// A path pattern of CODEOWNERS, which follows gitignore(5) with GitHub's exceptions.
///
/// * A slash at the front or in the middle ties the pattern to the root; otherwise it matches at any
///   depth.
/// * A slash at the end names everything below a folder.
/// * A name also stands for everything below it when it is a folder, except when the last part is a
///   lone `*`: `docs/*` owns the files of `docs` and not those of its folders.
struct PathPattern: Hashable, Sendable {
  private let form: Form

  /// Most patterns name one file or folder at any depth, and then the names of a path are compared
  /// with it one by one; a file may have thousands of rules, and a push as many paths.
  private enum Form: Hashable, Sendable {
    case everything
    case name(Name, ofFile: Bool, ofFolder: Bool)
    case path(exact: Pattern?, below: Pattern?)
  }

  private enum Name: Hashable, Sendable {
    case literal([UInt8])
    /// `*` and then these bytes.
    case ending([UInt8])
    case glob(Pattern)

    init(_ part: [UInt8]) {
      let rest = Array(part.dropFirst())
      if Pattern(part).isLiteral {
        self = .literal(part)
      } else if part.first == 0x2a, Pattern(rest).isLiteral {
        self = .ending(rest)
      } else {
        self = .glob(Pattern(part))
      }
    }

    func matches(_ name: ArraySlice<UInt8>) -> Bool {
      switch self {
      case .literal(let bytes): name.elementsEqual(bytes)
      case .ending(let bytes): name.count >= bytes.count && name.suffix(bytes.count) == bytes[...]
      case .glob(let pattern): pattern.matches(name)
      }
    }
  }

  /// `nil` when the pattern has no exact reading: ranges, exclusions and escaped meta-characters.
  init?(_ text: [UInt8]) {
    guard let first = text.first, first != 0x21, text.count <= 4096 else { return nil }
    var glob: [UInt8] = []
    var index = 0
    while index < text.count {
      var byte = text[index]
      if byte == 0x5c {
        index += 1
        guard index < text.count, ![0x2a, 0x3f, 0x5b, 0x5d].contains(text[index]) else {
          return nil
        }
        byte = text[index]
      } else if byte == 0x5b || byte == 0x5d {
        return nil
      }
      glob.append(byte)
      index += 1
    }
    let isFolder = glob.last == 0x2f
    if isFolder { glob.removeLast() }
    let isRooted = glob.contains(0x2f)
    if glob.first == 0x2f { glob.removeFirst() }
    guard !glob.isEmpty else {
      form = .everything  // "/" alone
      return
    }
    var parts = glob.split(separator: 0x2f, omittingEmptySubsequences: false)
      .map(PathPattern.part)
    guard parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    // "**/name" is the same as "name" (gitignore(5)).
    let isAnywhere = !isRooted || (parts.count == 2 && parts[0] == [0x2a, 0x2a])
    let endsInStar = parts.last == [0x2a]
    if isAnywhere, let part = parts.last, part != [0x2a, 0x2a] {
      form = .name(Name(part), ofFile: !isFolder, ofFolder: isFolder || !endsInStar)
      return
    }
    if !isRooted, !isFolder {
      form = .everything  // "**" alone
      return
    }
    if !isRooted { parts.append([0x2a]) }  // "**/": what stands in any folder
    let joined = Array(parts.joined(separator: [0x2f]))
    form = .path(
      exact: isFolder ? nil : Pattern(joined),
      below: endsInStar && !isFolder ? nil : Pattern(joined + Array("/**".utf8)))
  }

  /// Only a part that is `**` and nothing else crosses slashes (gitignore(5), "Other consecutive
  /// asterisks are considered regular asterisks").
  private static func part(_ text: ArraySlice<UInt8>) -> [UInt8] {
    if text.elementsEqual([0x2a, 0x2a]) { return Array(text) }
    var part: [UInt8] = []
    for byte in text where byte != 0x2a || part.last != 0x2a { part.append(byte) }
    return part
  }

  /// - Parameter names: the parts of `path` between its slashes.
  func matches(_ path: [UInt8], names: [ArraySlice<UInt8>]) -> Bool {
    switch form {
    case .everything: return true
    case .name(let name, let ofFile, let ofFolder):
      if ofFile, let last = names.last, name.matches(last) { return true }
      return ofFolder && names.dropLast().contains { name.matches($0) }
    case .path(let exact, let below):
      return exact?.matches(path) == true || below?.matches(path) == true
    }
  }
}
