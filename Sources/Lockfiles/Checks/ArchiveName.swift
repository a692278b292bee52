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
        })
      else { return nil }
      let own = Self.normalised(name)
      // A file's name is the package's with its separators, then a dash and the version.
      package = Self.normalised(file).starts(with: own + [0x2d]) ? own : Self.normalised(file)
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
