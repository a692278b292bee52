/// The order of versions as far as ecosystems share it: numbers between dots, and anything behind a
/// dash is before the version itself (Semantic Versioning 2.0.0, 11).
enum VersionOrder {
  /// Negative when `left` is older, 0 when neither is; `nil` where that cannot be told.
  static func compare(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int? {
    guard let a = Version(left), let b = Version(right) else { return nil }
    for index in 0..<max(a.numbers.count, b.numbers.count) {
      let x = index < a.numbers.count ? a.numbers[index] : 0
      let y = index < b.numbers.count ? b.numbers[index] : 0
      if x != y { return x < y ? -1 : 1 }
    }
    if a.isPrerelease != b.isPrerelease { return a.isPrerelease ? -1 : 1 }
    // Two pre-releases of one version: their names do not say enough.
    return a.isPrerelease && left != right ? nil : 0
  }

  struct Version {
    let numbers: [UInt64]
    let isPrerelease: Bool

    init?(_ text: ArraySlice<UInt8>) {
      var rest = text
      if rest.first == 0x76 { rest = rest.dropFirst() }
      let core = rest.prefix { $0 == 0x2e || (0x30...0x39).contains($0) }
      let parts = core.split(separator: 0x2e)
      guard !parts.isEmpty else { return nil }
      var numbers: [UInt64] = []
      for part in parts {
        guard let number = UInt64(String(decoding: part, as: UTF8.self)) else { return nil }
        numbers.append(number)
      }
      self.numbers = numbers
      let tail = rest[core.endIndex...]
      // `+` is build metadata (SemVer 2.0.0, 10) or a local version (PEP 440), later in any case.
      isPrerelease = !tail.isEmpty && tail.first != 0x2b
    }
  }
}
