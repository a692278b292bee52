internal import Documents
internal import Lockfiles
internal import Primitives

/// HK228: a manifest and its lock do not belong together.
enum ManifestDisagrees {
  static let check = DependencyCheck(
    228, "manifest-lock-disagree", name: "ManifestDisagrees", .high,
    title: "manifest and lock do not agree",
    why: """
      A lock holds what its manifest asks for, in versions that the manifest allows. Where they \
      disagree, a strict installation fails and a lenient one installs something that stands in \
      neither. A lock may also ask for more than the manifest beside it, which reviewers of the \
      manifest never see.

      Files of one folder in one push are compared, and within a lock what it says the project asks \
      for with what it locks. Where the lock does not repeat what the manifest says (Cargo, Python, Dart, \
      PHP, Go), what the manifest asks for since this push must be locked, in its version where it names \
      one. Not judged: ranges, and what a marker or a workspace leaves open.

      A Gemfile and a mix.exs are programs, and what they ask for is not read from them: `mix.lock` is \
      compared with nothing, and a Gemfile.lock with its own DEPENDENCIES, which repeat the Gemfile. A gem \
      that these name in one version is locked in it; one that is not locked at all is a notice, because \
      it may be for other platforms than the lock's.

      A manifest that asks for other packages while no lock changes is a notice.
      """,
    ends: "Let the package manager write the lock from the manifest.",
    examples: [
      .found(
        "the lock's own wish is not locked",
        .npm(
          Sample.npm(wants: #""ms": "^2.0.0""#, Sample.entry("ms", "2.1.3")),
          Sample.npm(wants: #""ms": "^2.0.0", "once": "^1.0.0""#, Sample.entry("ms", "2.1.3")))),
      .found(
        "the locked version is not one that is asked for",
        .npm(
          Sample.npm(wants: #""ms": "^2.0.0""#, Sample.entry("ms", "2.1.3")),
          Sample.npm(wants: #""ms": "^2.0.0""#, Sample.entry("ms", "3.0.0")))),
      .found(
        "the manifest asks for less than the lock",
        .init(
          "package.json", old: #"{"dependencies": {"ms": "^2.0.0"}}"#,
          new: #"{"dependencies": {"ms": "^2.1.0"}}"#),
        .npm(
          Sample.npm(wants: #""ms": "^2.0.0""#, Sample.entry("ms", "2.1.3")),
          Sample.npm(
            wants: #""ms": "^2.1.0", "once": "^1.0.0""#, Sample.entry("ms", "2.1.3"),
            Sample.entry("once", "1.4.0")))),
      .found(
        "the manifest asks for a package that the lock does not have",
        .init(
          "Cargo.toml", old: "[package]\nname = \"app\"\n",
          new: "[package]\nname = \"app\"\n[dependencies]\nonce = \"1\"\n"),
        .init(
          "Cargo.lock", old: "[[package]]\nname = \"app\"\nversion = \"0.1.0\"\n",
          new: "[[package]]\nname = \"app\"\nversion = \"0.2.0\"\n")),
      .found(
        "a gem is locked in another version than the one that is asked for",
        .init(
          "Gemfile.lock", old: nil,
          new: "GEM\n  remote: https://gems.example/\n  specs:\n    rake (13.0.1)\n\n"
            + "DEPENDENCIES\n  rake (= 13.0.0)\n")),
      .passes(
        "manifest and lock change together",
        .init(
          "package.json", old: #"{"dependencies": {"ms": "^2.0.0"}}"#,
          new: #"{"dependencies": {"ms": "^2.1.0"}}"#),
        .npm(
          Sample.npm(wants: #""ms": "^2.0.0""#, Sample.entry("ms", "2.1.3")),
          Sample.npm(wants: #""ms": "^2.1.0""#, Sample.entry("ms", "2.1.4")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    for (index, file) in changes.files.enumerated() {
      for (severity, words) in ManifestWishes.words(file, among: changes).listed
        + GemWishes.words(file).listed
      {
        found.append(file.finding(check, index, words, severity))
      }
      guard let new = file.new.inventory, let manifest = file.format?.manifest,
        manifest.agreement == .repeated, !file.isUntouched
      else { continue }
      var words = unlocked(new)
      // What was so before is no doing of this push.
      if !words.isEmpty, let old = file.old.inventory { words.subtract(unlocked(old)) }
      let beside = changes.files(in: file.folder).first {
        changes.files[$0].format?.name == manifest.format && !changes.files[$0].isUntouched
      }
      if let other = beside.flatMap({ changes.files[$0].new.inventory }) {
        words.formUnion(differences(other, new))
      }
      for (severity, words) in words.listed {
        found.append(file.finding(check, index, words, severity))
      }
    }
    return found
  }

  /// What the project itself asks for and the lock does not hold, in words.
  private static func unlocked(_ inventory: Inventory) -> Statements {
    let document = inventory.document
    let wanted = inventory.requirements.filter {
      $0.member.isEmpty && $0.scope != .peer && $0.scope != .optional
    }
    var places = TextTable(capacity: wanted.count)
    for (place, requirement) in wanted.enumerated() {
      _ = places.insert(place, for: requirement.name, in: document)
    }
    var versions = [[ArraySlice<UInt8>]](repeating: [], count: wanted.count)
    for entry in inventory.entries {
      for name in [entry.name] + inventory.aliases(of: entry) {
        guard let place = places.value(for: name, in: document) else { continue }
        versions[place].append(document.bytes(entry.version))
      }
    }
    var words = Statements()
    for requirement in wanted {
      let held = places.value(for: requirement.name, in: document).map { versions[$0] } ?? []
      let specification = document.bytes(requirement.specification)
      // Links, workspaces and archives are held under other names in some formats.
      guard let range = VersionRange(specification),
        !held.contains(where: { range.allows($0) ?? true })
      else { continue }
      let name = Escaped.text(document.bytes(requirement.name), limit: 80)
      let first = held.first.map { "locked as \(Escaped.text($0, limit: 40))" }
      words.insert(
        [document.bytes(requirement.name), specification] + held.prefix(1), check.severity,
        "\(name) \(Escaped.text(specification, limit: 40))   is \(first ?? "asked for and not locked")"
      )
    }
    return words
  }

  /// Requirements that the manifest and the lock's root do not share.
  private static func differences(_ manifest: Inventory, _ lock: Inventory) -> Statements {
    func wishes(_ inventory: Inventory) -> [[UInt8]: [UInt8]] {
      var wishes: [[UInt8]: [UInt8]] = [:]
      for requirement in inventory.requirements
      where requirement.member.isEmpty && requirement.scope != .peer {
        let document = inventory.document
        wishes[Array(document.bytes(requirement.name))] = Array(
          document.bytes(requirement.specification))
      }
      return wishes
    }
    let (asked, locked) = (wishes(manifest), wishes(lock))
    // A lock without its root's wishes says nothing to compare with.
    guard !locked.isEmpty else { return Statements() }
    var words = Statements()
    for (name, range) in asked where locked[name] != range {
      let other = locked[name].map { Escaped.text($0, limit: 40) } ?? "nothing"
      words.insert(
        [name[...], range[...]] + (locked[name].map { [$0[...]] } ?? []), check.severity,
        "\(Escaped.text(name, limit: 80))   manifest \(Escaped.text(range, limit: 40)), lock \(other)"
      )
    }
    for name in locked.keys where asked[name] == nil {
      words.insert(
        [name[...]], check.severity, "\(Escaped.text(name, limit: 80))   in the lock only")
    }
    return words
  }
}

/// The plain ranges of npm (node-semver): `1.2.3`, `^1.2.3`, `~1.2.3`. What is written in any other way
/// is not judged.
struct VersionRange {
  private enum Kind { case exact, caret, tilde }

  private let kind: Kind
  private let base: [UInt64]
  private let text: ArraySlice<UInt8>

  init?(_ text: ArraySlice<UInt8>) {
    switch text.first {
    case 0x5e: kind = .caret
    case 0x7e: kind = .tilde
    default: kind = .exact
    }
    let rest = kind == .exact ? text : text.dropFirst()
    guard let version = VersionOrder.Version(rest), version.numbers.count == 3,
      !version.isPrerelease, rest.allSatisfy({ $0 == 0x2e || (0x30...0x39).contains($0) })
    else { return nil }
    base = version.numbers
    self.text = rest
  }

  /// Whether a version is in the range; `nil` where that cannot be told.
  func allows(_ version: ArraySlice<UInt8>) -> Bool? {
    guard let other = VersionOrder.Version(version), other.numbers.count == 3,
      let order = VersionOrder.compare(version, text)
    else { return nil }
    let numbers = other.numbers
    switch kind {
    case .exact: return order == 0
    case .tilde: return order >= 0 && numbers[0] == base[0] && numbers[1] == base[1]
    case .caret:
      guard order >= 0, numbers[0] == base[0] else { return false }
      if base[0] > 0 { return true }
      guard numbers[1] == base[1] else { return false }
      return base[1] > 0 || numbers[2] == base[2]
    }
  }
}
