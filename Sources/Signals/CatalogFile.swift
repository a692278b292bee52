/// A catalog apart, as it is read from a file or laid over another; `CatalogIndex` is the same,
/// made ready for lookups.
struct CatalogFile {
  struct Fact: Hashable, Sendable {
    let kind: CatalogIndex.Kind
    let key: [UInt8]
    let value: [UInt8]
  }

  struct Entry: Sendable {
    let id: [UInt8]
    var category: SignalCatalog.Category
    var name: [UInt8]
    var facts: [Fact] = []

    mutating func add(_ fact: Fact) {
      if !facts.contains(fact) { facts.append(fact) }
    }
  }

  /// Something that a file takes away from the catalog below it.
  enum Withdrawal: Hashable, Sendable {
    case entry([UInt8])
    /// A signing key, by its fingerprint, wherever it stands.
    case key([UInt8])
    /// An environment variable of one entry.
    case variable(entry: [UInt8], name: [UInt8])
  }

  var date: [UInt8]
  /// Words that stand behind the names of all: `ai`, `agent`.
  var words: [[UInt8]] = []
  var entries: [Entry] = []
  var withdrawn: [Withdrawal] = []

  init(date: [UInt8]) {
    self.date = date
  }

  /// Takes a compact text of our own apart.
  init(compact text: [UInt8]) {
    let index = CatalogIndex(compact: text)
    date = Array(text[index.date])
    for line in text.split(separator: 0x0a).dropFirst() {
      let parts = line.dropFirst().split(
        separator: 0x09, maxSplits: 2, omittingEmptySubsequences: false)
      if line.first == 0x3d {
        guard parts.count == 3, let letter = parts[1].first,
          let category = SignalCatalog.Category(letter: letter)
        else { continue }
        entries.append(Entry(id: Array(parts[0]), category: category, name: Array(parts[2])))
      } else if line.first == CatalogIndex.Kind.word.rawValue {
        words.append(Array(line.dropFirst(2)))
      } else if let kind = line.first.flatMap(CatalogIndex.Kind.init(rawValue:)), !entries.isEmpty {
        let fact = line.dropFirst(2).split(
          separator: 0x09, maxSplits: 1, omittingEmptySubsequences: false)
        entries[entries.count - 1].facts.append(
          Fact(
            kind: kind, key: fact.first.map(Array.init) ?? [],
            value: fact.count > 1 ? Array(fact[1]) : []))
      }
    }
  }

  /// The text that `CatalogIndex` reads.
  var compact: [UInt8] {
    var text = Array((CatalogIndex.schema + " ").utf8) + date + [0x0a]
    for word in words { text += [CatalogIndex.Kind.word.rawValue, 0x20] + word + [0x0a] }
    for entry in entries {
      text += [0x3d] + entry.id + [0x09] + Array(entry.category.letter.utf8) + [0x09] + entry.name
      text.append(0x0a)
      for fact in entry.facts {
        text += [fact.kind.rawValue, 0x20] + fact.key
        if !fact.value.isEmpty { text += [0x09] + fact.value }
        text.append(0x0a)
      }
    }
    return text
  }

  /// Lays another catalog over this one.
  mutating func lay(_ other: CatalogFile, withdrawing withdrawals: [Withdrawal]) {
    date = other.date
    for word in other.words where !words.contains(word) { words.append(word) }
    for withdrawal in withdrawals { withdraw(withdrawal) }
    for entry in other.entries {
      if let place = entries.firstIndex(where: { $0.id == entry.id }) {
        entries[place].category = entry.category
        entries[place].name = entry.name
        for fact in entry.facts { entries[place].add(fact) }
      } else {
        entries.append(entry)
      }
    }
  }

  private mutating func withdraw(_ withdrawal: Withdrawal) {
    switch withdrawal {
    case .entry(let id): entries.removeAll { $0.id == id }
    case .key(let fingerprint):
      for place in entries.indices {
        entries[place].facts.removeAll {
          $0.kind == .fingerprint && $0.key == fingerprint
            || $0.kind == .publicKey && $0.value == fingerprint
        }
      }
    case .variable(let id, let name):
      for place in entries.indices where entries[place].id == id {
        entries[place].facts.removeAll { $0.kind == .environment && $0.key == name }
      }
    }
  }
}
