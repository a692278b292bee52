package import Primitives

extension SignalCatalog {
  /// What the name of a branch says: an agent's prefix is suspected.
  ///
  /// - Parameter branch: A full name; what is not under `refs/heads/` says nothing.
  package func signals(branch: RefName) -> [Signal] {
    let prefix = Array("refs/heads/".utf8)
    guard branch.bytes.starts(with: prefix) else { return [] }
    let name = branch.bytes.dropFirst(prefix.count).map(LineReader.lowered)
    return index.branches
      .filter { name.starts(with: index.text[$0.key]) }
      .map { signal($0.entry, "branch", grade($0.entry, .suspected), .branch, quote: branch.bytes) }
  }

  /// What the name of a ref that holds notes says.
  ///
  /// - Parameter content: The note of the commit in question. git-ai writes a note for people's work
  ///   too: one that names no tool says nothing. Without it the ref alone is suspected.
  package func signals(notesRef: RefName, content: ArraySlice<UInt8>? = nil) -> [Signal] {
    if let content, !Self.namesTool(content) { return [] }
    return index.notesRefs
      .filter { term in
        let name = index.text[term.key]
        return name.last == 0x2f
          ? notesRef.bytes.starts(with: name) : notesRef.bytes.elementsEqual(name)
      }
      .map { signal($0.entry, "notes", grade($0.entry, .suspected), .notes, quote: notesRef.bytes) }
  }

  /// Whether a note (`authorship/3.0.0`: attestations, `---`, JSON) has the member `tool`.
  private static func namesTool(_ note: ArraySlice<UInt8>) -> Bool {
    let wanted = Array("\"tool\"".utf8)
    var index = note.startIndex
    while note.endIndex - index >= wanted.count {
      if note[index] == 0x22, note[index..<index + wanted.count].elementsEqual(wanted) {
        return true
      }
      index += 1
    }
    return false
  }

  /// What the key of a valid signature says; the caller has checked the signature.
  ///
  /// - Parameter keyFingerprint: As OpenSSH writes it, `SHA256:` and Base64 without padding.
  package func signal(keyFingerprint: some Collection<UInt8>) -> Signal? {
    signal(.fingerprint, Array(keyFingerprint))
  }

  /// The same for the key itself, in the form that is on the wire (RFC 4253, 6.6).
  package func signal(keyBlob: some Collection<UInt8>) -> Signal? {
    signal(.publicKey, Base64.encode(keyBlob))
  }

  private func signal(_ kind: CatalogIndex.Kind, _ key: [UInt8]) -> Signal? {
    var found: Signal?
    index.forEach(kind, key, 0..<key.count) { term in
      let fingerprint = kind == .publicKey ? Array(index.text[term.value]) : key
      if found == nil {
        found = signal(term.entry, "key", grade(term.entry, .declared), .key, quote: fingerprint)
      }
    }
    return found
  }

  /// Which agents the environment of a client hook points at, for a warning and an `Assisted-by:`
  /// trailer; the first is the one to name. Advice only: it never lowers what a server asks.
  ///
  /// - Parameter lookup: The value of an environment variable, or `nil`.
  package func environmentSignals(lookup: (String) -> [UInt8]?) -> [Signal] {
    var found: [Signal] = []
    for term in index.environment {
      guard let quote = quote(of: term, lookup) else { continue }
      let signal = signal(
        term.entry, "environment", grade(term.entry, .suspected), .environment, quote: quote)
      if !found.contains(where: { $0.id == signal.id }) { found.append(signal) }
    }
    return found
  }

  /// `NAME=value`, when the variable and the one that must stand beside it hold what they must.
  private func quote(of term: CatalogIndex.Term, _ lookup: (String) -> [UInt8]?) -> [UInt8]? {
    let parts = index.text[term.value].split(separator: 0x09)
    guard let condition = parts.first, let value = lookup(index.string(term.key)),
      Self.holds(value, condition)
    else { return nil }
    if parts.count == 3 {
      guard let other = lookup(String(decoding: parts[1], as: UTF8.self)),
        Self.holds(other, parts[2])
      else { return nil }
    }
    return Array(index.text[term.key]) + [0x3d] + value
  }

  private static func holds(_ value: [UInt8], _ condition: ArraySlice<UInt8>) -> Bool {
    let wanted = condition.dropFirst()
    switch condition.first {
    case 0x3d: return value.elementsEqual(wanted)
    case 0x5e: return value.starts(with: wanted)
    case 0x7e:
      return value.indices.contains { value[$0...].starts(with: wanted) }
    default: return !value.isEmpty
    }
  }

  private func grade(_ entry: Int, _ agent: Signal.Grade) -> Signal.Grade {
    switch index.entries[entry].category {
    case .agent: agent
    case .service: .service
    case .suggestion, .webSuggestion: .informational
    }
  }
}
