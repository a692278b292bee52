internal import Lockfiles

/// The name and version that the address of an archive bears, where the ecosystem has a layout for it.
struct ArchiveName {
  /// The package that the folder or file belongs to; `nil` where the layout does not say.
  private(set) var package: [UInt8]?
  /// What stands between the name and the ending of the file; `nil` where that is not known.
  private(set) var version: [UInt8]?

  /// - Parameter name: the entry's own name, by which a file's name is taken apart.
  init?(_ address: SourceAddress, _ ecosystem: Ecosystem, named name: ArraySlice<UInt8>) {
    let parts = Self.decoded(address.path).split(separator: 0x2f).map(Array.init)
    switch ecosystem {
    case .npm, .jsr:
      // `/@scope/name/-/name-1.0.0.tgz`
      guard let dash = parts.lastIndex(of: [0x2d]), dash > 0, dash + 1 < parts.count,
        let file = parts.last
      else { return nil }
      let isScoped = dash > 1 && parts[dash - 2].first == 0x40
      package = isScoped ? parts[dash - 2] + [0x2f] + parts[dash - 1] : parts[dash - 1]
      readFile(file, endings: [".tgz", ".tar.gz"], base: parts[dash - 1])
    case .gem:
      guard let file = parts.last, file.suffix(4).elementsEqual(".gem".utf8) else { return nil }
      readFile(file, endings: [".gem"], base: Array(name))
    case .cargo:
      guard let file = parts.last, file.suffix(6).elementsEqual(".crate".utf8) else { return nil }
      readFile(file, endings: [".crate"], base: Array(name))
    case .pypi:
      guard let file = parts.last,
        [".whl", ".tar.gz", ".zip"].contains(where: {
          file.suffix($0.utf8.count).elementsEqual($0.utf8)
        }), !Self.isOfRepository(address, parts)
      else { return nil }
      let own = Self.normalised(name)
      // A file's name is the package's with its separators, then a dash and the version.
      let rest = file.dropFirst(own.count + 1)
      guard Self.normalised(file).starts(with: own + [0x2d]), Self.beginsWithVersion(rest) else {
        package = Self.normalised(file)
        return
      }
      package = own
      readPythonVersion(rest)
    case .conda:
      // `name-version-build.conda`
      let endings = [".conda", ".tar.bz2"]
      guard let file = parts.last,
        let ending = endings.first(where: { file.suffix($0.utf8.count).elementsEqual($0.utf8) })
      else { return nil }
      let words = file.dropLast(ending.utf8.count).split(
        separator: 0x2d, omittingEmptySubsequences: false)
      guard words.count > 2 else { return nil }
      package = Array(words.dropLast(2).joined(separator: [0x2d]))
      version = Array(words[words.count - 2])
    default: return nil
    }
  }

  private mutating func readFile(_ file: [UInt8], endings: [String], base: [UInt8]) {
    guard let ending = endings.first(where: { file.suffix($0.utf8.count).elementsEqual($0.utf8) })
    else { return }
    let stem = file.dropLast(ending.utf8.count)
    guard stem.starts(with: base + [0x2d]) else {
      // The folder and the file do not belong together, or the file to another package.
      package = Array(stem)
      return
    }
    if package == nil { package = base }
    version = Array(stem.dropFirst(base.count + 1))
  }

  /// Whether it is the archive that GitHub makes of a commit: `OWNER/NAME/archive/refs/tags/v1.0.zip`. Its
  /// name is the commit's, and whose it is the repository says.
  private static func isOfRepository(_ address: SourceAddress, _ parts: [[UInt8]]) -> Bool {
    address.host.elementsEqual("github.com".utf8) && parts.count >= 4
      && parts[2].elementsEqual("archive".utf8)
  }

  /// `1.0`, `v1.0`; what begins otherwise is more of a name.
  private static func beginsWithVersion(_ text: ArraySlice<UInt8>) -> Bool {
    let first = text.first == 0x76 ? text.dropFirst().first : text.first
    return first.map { (0x30...0x39).contains($0) } ?? false
  }

  /// `1.0.0-py3-none-any.whl` or `1.0.0.tar.gz` (binary and source distribution formats of PyPA).
  private mutating func readPythonVersion(_ rest: ArraySlice<UInt8>) {
    if rest.suffix(4).elementsEqual(".whl".utf8) {
      version = Array(rest.prefix { $0 != 0x2d })
    } else {
      let ending = [".tar.gz", ".zip"].first { rest.suffix($0.utf8.count).elementsEqual($0.utf8) }
      version = Array(rest.dropLast(ending?.utf8.count ?? 0))
    }
  }

  /// Whether the archive is of this version. Python's may be spelled in several ways (PEP 440), so their
  /// numbers are compared.
  func isOf(version other: ArraySlice<UInt8>, _ ecosystem: Ecosystem) -> Bool {
    guard let version else { return true }
    return ecosystem == .pypi
      ? Self.numbers(version[...]) == Self.numbers(other) : version.elementsEqual(other)
  }

  /// The numbers of a version, without its local part and without zeros at their ends.
  private static func numbers(_ version: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var numbers = version.prefix { $0 != 0x2b }.split { !(0x30...0x39).contains($0) }
      .map { $0.drop { $0 == 0x30 } }
    while numbers.last?.isEmpty ?? false { numbers.removeLast() }
    return numbers
  }

  /// Whether the archive is one of this package.
  func belongs(to name: ArraySlice<UInt8>, _ ecosystem: Ecosystem) -> Bool {
    guard let package else { return true }
    return ecosystem == .pypi ? package == Self.normalised(name) : package.elementsEqual(name)
  }

  /// PEP 503.
  static func normalised(_ name: some Sequence<UInt8>) -> [UInt8] {
    name.map { byte in
      switch byte {
      case 0x41...0x5a: byte | 0x20
      case 0x5f, 0x2e: 0x2d
      default: byte
      }
    }
  }

  /// The path with `%2f` and the like resolved.
  private static func decoded(_ path: ArraySlice<UInt8>) -> [UInt8] {
    guard path.contains(0x25) else { return Array(path) }
    var result: [UInt8] = []
    var rest = path
    while let byte = rest.popFirst() {
      if byte == 0x25, rest.count >= 2, let value = hex(rest.prefix(2)) {
        result.append(value)
        rest = rest.dropFirst(2)
      } else {
        result.append(byte)
      }
    }
    return result
  }

  private static func hex(_ digits: ArraySlice<UInt8>) -> UInt8? {
    UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
