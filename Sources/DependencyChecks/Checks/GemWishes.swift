internal import Documents
internal import Lockfiles
internal import Primitives

/// What HK228 says of a Gemfile.lock: its DEPENDENCIES repeat what the Gemfile asks for, and its specs are
/// what is installed.
enum GemWishes {
  /// What is so since this push.
  static func words(_ file: FileDiff) -> Statements {
    guard file.format?.manifest?.agreement == .listed, !file.isUntouched,
      let new = file.new.inventory
    else { return Statements() }
    var words = words(new)
    if !words.isEmpty, let old = file.old.inventory { words.subtract(self.words(old)) }
    return words
  }

  /// Versions of one gem; bundler locks one, and another where a platform has no newer one.
  private static let most = 16

  private static func words(_ lock: Inventory) -> Statements {
    let document = lock.document
    var versions: [ByteKey: [ArraySlice<UInt8>]] = [:]
    for entry in lock.entries {
      let (key, version) = (
        ByteKey(Array(document.bytes(entry.name))), document.bytes(entry.version)
      )
      // Platforms of one version stand behind one another.
      if versions[key]?.last != version, versions[key]?.count ?? 0 < most {
        versions[key, default: []].append(version)
      }
    }
    var words = Statements()
    for wish in lock.requirements {
      let name = document.bytes(wish.name)
      // Bundler does not lock itself among the gems.
      guard !name.elementsEqual("bundler".utf8) else { continue }
      let held = versions[ByteKey(Array(name))] ?? []
      let asked = document.bytes(wish.specification)
      let shown = Escaped.text(name, limit: 80) + " " + Escaped.text(asked, limit: 40)
      guard let first = held.first else {
        words.insert([name, asked], .notice, "\(shown)   is asked for and not locked")
        continue
      }
      guard asked.starts(with: "= ".utf8), !asked.contains(0x2c) else { continue }
      let version = asked.dropFirst(2)
      // Two pre-releases of one version are left alone.
      if !held.contains(where: { (VersionOrder.compare($0, version) ?? 0) == 0 }) {
        let locked = Escaped.text(first, limit: 40)
        words.insert([name, asked, first], .high, "\(shown)   is locked as \(locked)")
      }
    }
    return words
  }
}
