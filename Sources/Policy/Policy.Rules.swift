internal import Primitives

// The `[[protect]]` and `[[quarantine]]` rules of a layer, and its statements one by one.
extension Policy {
  mutating func applyRules(_ table: PolicyTable) throws(PolicyError) {
    for view in try table.tableList("protect", keys: .protect) {
      protections.append(
        Protection(
          refs: try view.ruleRefs(),
          review: try reviewRule(view),
          unverified: try view.choice("unverified") ?? .agent,
          assisted: try view.choice("assisted") ?? .review,
          binding: try view.choice("binding") ?? .head,
          allowsForcePush: try view.bool("force-push") ?? false,
          allowsDelete: try view.bool("delete") ?? false,
          allowsCreate: try view.bool("create") ?? true,
          creators: try view.choice("who") ?? .anyone,
          holds: try view.bool("hold") ?? false,
          requiresSignedPush: try view.bool("signed-push") ?? false,
          location: view.layer.location(view.position)))
    }
    for view in try table.tableList("quarantine", keys: .quarantine) {
      guard let files = try view.choices("files", FileClass.self), !files.isEmpty else {
        throw view.error(.missing(key: "files", in: view.name), at: "files")
      }
      quarantines.append(
        Quarantine(
          refs: try view.ruleRefs(), by: try view.choice("by") ?? .anyone, files: Set(files),
          extra: try extraPaths(view), unverified: try view.choice("unverified") ?? .person,
          neutral: try view.choice("neutral") ?? .pass,
          role: try view.word("role", marks: Role.marks).map(Role.init) ?? .reviewer,
          presence: try view.choice("presence") ?? .none,
          sponsorMayRelease: try view.bool("sponsor-may-release") ?? false,
          hosts: try (view.strings("hosts") ?? []).map { asciiLowercased($0.0) },
          internalNames: try view.pairs("internal").map {
            Quarantine.InternalName(prefix: $0.first, host: $0.second)
          },
          expires: try view.duration("expires") ?? 14 * 86_400,
          location: view.layer.location(view.position)))
    }
  }

  private func extraPaths(_ view: PolicyTable) throws(PolicyError) -> [Quarantine.ExtraPath] {
    var extra: [Quarantine.ExtraPath] = []
    for pair in try view.pairs("extra") {
      guard let fileClass = FileClass(rawValue: String(decoding: pair.second, as: UTF8.self)) else {
        let known = FileClass.allCases.map(\.rawValue).joined(separator: ", ")
        throw view.invalid("extra", pair.second, "is none of \(known)", at: pair.position)
      }
      extra.append(Quarantine.ExtraPath(pattern: pair.first, fileClass: fileClass))
    }
    return extra
  }

  private func reviewRule(_ rule: PolicyTable) throws(PolicyError) -> ReviewRule {
    let view =
      try rule.table("review", keys: .review)
      ?? PolicyTable(TOMLTable(entries: []), named: "[review]", at: rule.position, of: rule.layer)
    return ReviewRule(
      of: try view.choice("of") ?? .agents,
      approvals: Int(try view.integer("approvals", in: 0...32) ?? 1),
      role: try view.word("role", marks: Role.marks).map(Role.init) ?? .reviewer,
      presence: try view.choice("presence") ?? .none,
      owners: try view.bool("owners") ?? false,
      sponsorMayReview: try view.bool("sponsor-may-review") ?? false,
      vouches: try view.words("vouches") ?? ["code"])
  }

  // MARK: Statements

  /// One layer as it was read.
  struct LayerText: Sendable {
    let layer: PolicyLayer
    let root: TOMLTable
    /// How many rules the layers above have: those of this one are counted on from there.
    let protectionsAbove: Int
    let quarantinesAbove: Int
  }

  /// Every setting that a layer makes, in the order of the layers.
  package var statements: [Statement] {
    var statements: [Statement] = []
    for text in texts {
      for entry in text.root.entries {
        let key = String(decoding: entry.key, as: UTF8.self)
        guard case .array(let elements) = entry.value.kind,
          key == "protect" || key == "quarantine"
        else {
          Policy.state(entry, key, text.layer, &statements)
          continue
        }
        let above = key == "protect" ? text.protectionsAbove : text.quarantinesAbove
        for (index, element) in elements.enumerated() {
          guard case .table(let table) = element.kind else { continue }
          for inner in table.entries {
            let path = "\(key)[\(above + index)].\(Policy.pathPart(inner.key))"
            Policy.state(inner, path, text.layer, &statements)
          }
        }
      }
    }
    return statements
  }

  private static func state(
    _ entry: TOMLTable.Entry, _ path: String, _ layer: PolicyLayer,
    _ statements: inout [Statement]
  ) {
    guard case .table(let table) = entry.value.kind else {
      statements.append(
        Statement(
          path: path, value: text(of: entry.value), location: layer.location(entry.position)))
      return
    }
    for inner in table.entries {
      state(inner, path + "." + pathPart(inner.key), layer, &statements)
    }
  }

  private static func pathPart(_ key: [UInt8]) -> String {
    PolicyTable.isWord(key, marks: "_-") ? String(decoding: key, as: UTF8.self) : TOML.quoted(key)
  }

  private static func text(of value: TOMLValue) -> String {
    switch value.kind {
    case .string(let bytes): TOML.quoted(bytes)
    case .integer(let integer): String(integer)
    case .bool(let bool): bool ? "true" : "false"
    case .array(let elements): "[" + elements.map(text(of:)).joined(separator: ", ") + "]"
    case .table(let table):
      "{ "
        + table.entries.map { pathPart($0.key) + " = " + text(of: $0.value) }
        .joined(separator: ", ") + " }"
    }
  }
}
