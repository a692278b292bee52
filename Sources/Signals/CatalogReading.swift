internal import Primitives

extension CatalogFile {
  private static let maximumCount = 1 << 20
  private static let maximumEntryCount = 2000

  /// Reads a catalog file, strictly.
  init(reading bytes: [UInt8]) throws(CatalogError) {
    let json: JSON
    do {
      json = try JSON(reading: bytes, maximumCount: Self.maximumCount, maximumDepth: 8)
    } catch {
      throw CatalogError(.json(error), at: "byte \(error.offset)")
    }
    let top = try CatalogObject(json, at: "")
    try top.allow(["schema", "date", "note", "common-words", "entries"])
    guard try top.text("schema") == Array(CatalogIndex.schema.utf8) else {
      throw CatalogError(.unknownSchema, at: "schema")
    }
    self.init(date: try top.date("date"))
    for word in try top.texts("common-words") {
      let folded = NamePieces.words(of: word)
      guard !folded.isEmpty, !folded.contains(0x20) else { throw top.invalid("common-words") }
      if !words.contains(folded) { words.append(folded) }
    }
    var ids: Set<[UInt8]> = []
    var factCount = words.count
    for object in try top.objects("entries") {
      guard entries.count < Self.maximumEntryCount else {
        throw CatalogError(.tooMany, at: object.path)
      }
      try read(object, ids: &ids)
      factCount += entries.last?.facts.count ?? 0
      guard factCount < CatalogIndex.maximumTermCount else {
        throw CatalogError(.tooMany, at: object.path)
      }
    }
  }

  private mutating func read(_ object: CatalogObject, ids: inout Set<[UInt8]>) throws(CatalogError)
  {
    try object.allow([
      "id", "name", "class", "confidence", "revoked", "note", "looked-up", "sources", "emails",
      "github-ids", "logins", "display-names", "shared-names", "tool-names", "name-suffixes",
      "name-infixes", "models", "trailer-keys",
      "footers", "branches", "keys", "notes-refs", "environment", "process-names",
    ])
    let id = try object.text("id")
    guard id.allSatisfy(Self.isSlug) else { throw object.invalid("id") }
    guard ids.insert(id).inserted else { throw CatalogError(.duplicateID, at: object.path) }
    if try object.flag("revoked") {
      withdrawn.append(.entry(id))
      return
    }
    guard
      let category = SignalCatalog.Category(
        rawValue: String(decoding: try object.text("class"), as: UTF8.self))
    else { throw object.invalid("class") }
    var entry = Entry(id: id, category: category, name: try object.text("name"))
    for name in ["sources", "process-names"] { _ = try object.texts(name) }
    for name in ["confidence", "note"] where object.has(name) { _ = try object.text(name) }
    if object.has("looked-up") { _ = try object.date("looked-up") }
    try readIdentity(object, into: &entry)
    try readText(object, into: &entry)
    try readKeys(object, into: &entry)
    try readEnvironment(object, into: &entry)
    entries.append(entry)
  }

  private static func isSlug(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x61...0x7a, 0x30...0x39, 0x2d: true
    default: false
    }
  }

  private func readIdentity(
    _ object: CatalogObject, into entry: inout Entry
  ) throws(CatalogError) {
    for email in try object.texts("emails") {
      let folded = Folding.folded(email)
      guard let at = folded.firstIndex(of: 0x40), at > 0, at < folded.count - 1,
        !folded.contains(0x20)
      else { throw object.invalid("emails") }
      entry.add(Fact(kind: .email, key: folded, value: []))
    }
    for id in try object.numbers("github-ids") {
      entry.add(Fact(kind: .githubID, key: Array(String(id).utf8), value: []))
    }
    for login in try object.texts("logins") {
      entry.add(Fact(kind: .login, key: Folding.folded(login), value: []))
    }
    for (member, kind) in [
      ("display-names", CatalogIndex.Kind.displayName), ("shared-names", .sharedName),
      ("tool-names", .toolName), ("models", .model),
    ] {
      for name in try object.texts(member) {
        let words = NamePieces.words(of: name)
        guard !words.isEmpty else { throw object.invalid(member) }
        entry.add(Fact(kind: kind, key: words, value: []))
      }
    }
    // The word that the client writes for an agent is its name, so that name is read back.
    if entry.category == .agent {
      let words = NamePieces.words(of: entry.name)
      guard !words.isEmpty else { throw object.invalid("name") }
      entry.add(Fact(kind: .toolName, key: words, value: []))
    }
    for (member, kind) in [
      ("name-suffixes", CatalogIndex.Kind.nameSuffix), ("name-infixes", .nameInfix),
    ] {
      for part in try object.texts(member) {
        let folded = Folding.folded(part)
        // The filter goes by words, so no part begins within one, and an infix does not end in one.
        guard folded.count >= 4, let first = folded.first, let last = folded.last,
          !NamePieces.isWord(first), kind == .nameSuffix || !NamePieces.isWord(last)
        else { throw object.invalid(member) }
        entry.add(Fact(kind: kind, key: folded, value: []))
      }
    }
  }

  private func readText(_ object: CatalogObject, into entry: inout Entry) throws(CatalogError) {
    for item in try object.objects("trailer-keys") {
      try item.allow(["key", "values"])
      let key = Folding.folded(try item.text("key")).filter { ![0x20, 0x2d, 0x5f].contains($0) }
      guard let first = key.first, !(0x30...0x39).contains(first), !key.contains(0x3a),
        key.count <= Claim.maximumKeyCount
      else { throw item.invalid("key") }
      let values = try item.texts("values")
      if values.isEmpty {
        // By itself, a key under which people sign would make everybody an agent.
        guard Claim(folded: key) == nil else { throw item.invalid("key") }
        entry.add(Fact(kind: .trailerKey, key: key, value: []))
      }
      for value in values {
        entry.add(Fact(kind: .trailerKey, key: key, value: Folding.folded(value)))
      }
    }
    for footer in try object.texts("footers") {
      let folded = Folding.folded(footer)
      let text = Array(folded.dropFirst(LineReader.start(of: folded).start))
      guard text.count >= 6 else { throw object.invalid("footers") }
      entry.add(Fact(kind: .footer, key: text, value: []))
    }
    for prefix in try object.texts("branches") {
      guard prefix.count >= 3 else { throw object.invalid("branches") }
      entry.add(Fact(kind: .branch, key: prefix.map(LineReader.lowered), value: []))
    }
    for ref in try object.texts("notes-refs") {
      guard ref.starts(with: "refs/".utf8), ref.count > 8 else {
        throw object.invalid("notes-refs")
      }
      entry.add(Fact(kind: .notesRef, key: ref, value: []))
    }
  }

  private mutating func readKeys(
    _ object: CatalogObject, into entry: inout Entry
  ) throws(CatalogError) {
    for item in try object.objects("keys") {
      try item.allow([
        "fingerprint", "public-key", "first-seen", "last-seen", "commits", "repositories",
        "revoked", "note",
      ])
      let fingerprint = try item.text("fingerprint")
      // OpenSSH writes SHA-256 in Base64 without its padding.
      guard fingerprint.starts(with: "SHA256:".utf8),
        Base64.decode(Array(fingerprint.dropFirst(7)) + [0x3d])?.count == 32
      else { throw item.invalid("fingerprint") }
      for name in ["first-seen", "last-seen"] where item.has(name) { _ = try item.date(name) }
      for name in ["commits", "repositories"] where item.has(name) { _ = try item.number(name) }
      if item.has("note") { _ = try item.text("note") }
      var blob: [UInt8]?
      if item.has("public-key") {
        let words = try item.text("public-key").split(separator: 0x20)
        guard words.count >= 2, let bytes = Base64.decode(words[1]), bytes.count > 4,
          bytes.dropFirst(4).starts(with: words[0])
        else { throw item.invalid("public-key") }
        blob = Array(words[1])
      }
      if try item.flag("revoked") {
        withdrawn.append(.key(fingerprint))
        continue
      }
      entry.add(Fact(kind: .fingerprint, key: fingerprint, value: []))
      if let blob { entry.add(Fact(kind: .publicKey, key: blob, value: fingerprint)) }
    }
  }

  private mutating func readEnvironment(
    _ object: CatalogObject, into entry: inout Entry
  ) throws(CatalogError) {
    for item in try object.objects("environment") {
      try item.allow(["name", "value", "prefix", "contains", "ambient", "and"])
      let name = try item.text("name")
      if try item.flag("ambient") {
        withdrawn.append(.variable(entry: entry.id, name: name))
        continue
      }
      var value = try Self.condition(item)
      if let other = try item.object("and") {
        try other.allow(["name", "value", "prefix", "contains"])
        value += [0x09] + (try other.text("name")) + [0x09] + (try Self.condition(other))
      }
      entry.add(Fact(kind: .environment, key: name, value: value))
    }
  }

  /// What a variable must hold: `*` anything, `=` exactly, `^` at its start, `~` somewhere.
  private static func condition(_ item: CatalogObject) throws(CatalogError) -> [UInt8] {
    guard !(try item.text("name")).contains(0x3d) else { throw item.invalid("name") }
    var result: [UInt8] = []
    for (member, sign) in [("value", 0x3d), ("prefix", 0x5e), ("contains", 0x7e)] as [(_, UInt8)]
    where item.has(member) {
      guard result.isEmpty else { throw item.invalid(member) }
      result = [sign] + (try item.text(member))
    }
    return result.isEmpty ? [0x2a] : result
  }
}
