internal import Documents
internal import Lockfiles
package import Primitives

/// A comparison for programs: `hookkit.depdiff/1` (Documentation/Design/Dependencies.md, "Output").
/// Everything is sorted, so that one comparison has one text.
extension DependencyDiff {
  package static let schema = "hookkit.depdiff/1"

  /// What stands around the comparison itself.
  package struct Frame: Sendable {
    package var base: String?
    package var head: String?
    /// `held`, `released`; `nil` where nobody decides.
    package var verdict: String?
    /// SHA-256 of `digestInput`, in hexadecimal.
    package var digest: String?

    package init(
      base: String? = nil, head: String? = nil, verdict: String? = nil, digest: String? = nil
    ) {
      self.base = base
      self.head = head
      self.verdict = verdict
      self.digest = digest
    }
  }

  package func json(_ frame: Frame = Frame()) -> JSON {
    func text(_ text: String?) -> JSON { text.map { .text($0) } ?? .null }
    return .object(
      [
        .init("schema", .text(Self.schema)), .init("base", text(frame.base)),
        .init("head", text(frame.head)), .init("verdict", text(frame.verdict)),
      ] + content + [.init("digest", text(frame.digest.map { "sha256:\($0)" }))])
  }

  /// The bytes whose SHA-256 names this comparison: the same document without the members around it,
  /// on one line. The ids of both blobs of every file are in it, so that no other content has it.
  package var digestInput: [UInt8] {
    JSON.object([.init("schema", .text(Self.schema))] + content).compact
  }

  private var content: [JSON.Member] {
    [
      .init("neutral", .bool(isNeutral)),
      .init("files", .array(fileValues)),
      .init("notChecked", .array(Self.notChecked.map { .text($0) })),
    ]
  }

  private var fileValues: [JSON] {
    var findings: [[DependencyFinding]] = Array(repeating: [], count: files.count)
    for finding in self.findings { findings[finding.file].append(finding) }
    return files.indices.map { file($0, findings[$0]) }
  }

  private func file(_ index: Int, _ findings: [DependencyFinding]) -> JSON {
    let file = files[index]
    let old = LineNumbers(file.old.bytes)
    let new = LineNumbers(file.new.bytes)
    let version = (file.new.inventory ?? file.old.inventory).map { $0.json($0.formatVersion) }
    return .object([
      .init("path", .string(file.path)),
      .init("format", file.format.map { .text($0.name) } ?? .null),
      .init("formatVersion", version ?? .null),
      .init("kind", file.classes.each.first.map { .text(Self.kind($0)) } ?? .null),
      .init("kinds", .array(file.classes.each.map { .text(Self.kind($0)) })),
      .init("baseBlob", file.oldBlob.isEmpty ? .null : .text(file.oldBlob)),
      .init("headBlob", file.newBlob.isEmpty ? .null : .text(file.newBlob)),
      .init("baseMode", file.oldMode.map { .text($0.rawValue) } ?? .null),
      .init("headMode", file.newMode.map { .text($0.rawValue) } ?? .null),
      .init("parse", parse(file)),
      .init("migration", migration(file)),
      .init("neutral", .bool(file.isNeutral)),
      .init("coverage", coverage(file.coverage)),
      .init("changes", .array(file.changes.map { change($0, file, old, new) })),
      .init("facts", .array(file.facts.map { fact($0, file, old, new) })),
      .init(
        "findings", .array(findings.map { finding($0, old, new) })),
    ])
  }

  /// One file of a class.
  private static func kind(_ fileClass: FileClass) -> String {
    switch fileClass {
    case .locks: "lock"
    case .manifests: "manifest"
    case .origins: "origin"
    default: fileClass.rawValue
    }
  }

  private func parse(_ file: FileDiff) -> JSON {
    guard let unread = file.unread else {
      return ["status": file.format == nil ? "text" : "ok"]
    }
    return [
      "status": "opaque", "reason": .text(unread.reason.rawValue),
      "side": file.new.unread == nil ? "base" : "head", "offset": .integer(Int64(unread.offset)),
    ]
  }

  private func migration(_ file: FileDiff) -> JSON {
    guard let migration = file.migration else { return .null }
    return ["from": .string(Array(migration.old)), "to": .string(Array(migration.new))]
  }

  private func coverage(_ coverage: Coverage) -> JSON {
    [
      "changedLines": .integer(Int64(coverage.changedLines)),
      "explained": .integer(Int64(coverage.explained)),
      "neutral": .integer(Int64(coverage.neutral)),
      "residual": .array(
        coverage.residual.map { lines in
          [
            "side": lines.isOld ? "base" : "head",
            "lines": [
              .integer(Int64(lines.span.first + 1)),
              .integer(Int64(lines.span.first + lines.span.count)),
            ],
          ]
        }),
    ]
  }

  private func change(
    _ change: EntryChange, _ file: FileDiff, _ old: LineNumbers, _ new: LineNumbers
  ) -> JSON {
    let before = change.old.flatMap { index in
      file.old.inventory.map { ($0, $0.entries[index]) }
    }
    let after = change.new.flatMap { index in
      file.new.inventory.map { ($0, $0.entries[index]) }
    }
    guard let (inventory, entry) = after ?? before else { return .null }
    return .object([
      .init("op", .text(change.operation.rawValue)),
      .init("locator", inventory.json(entry.locator)),
      .init("name", inventory.json(entry.name)),
      .init("ecosystem", .text(entry.ecosystem.rawValue)),
      .init("purl", .string(PackageURL.text(of: entry, in: inventory.document))),
      .init("fields", .array(change.fields.names.map { .text($0) })),
      .init("from", before.map { side($0.0, $0.1) } ?? .null),
      .init("to", after.map { side($0.0, $0.1) } ?? .null),
      .init("direct", .bool(entry.isDirect)),
      .init("scope", .text(entry.scope.rawValue)),
      .init("exec", .text(Self.exec(before?.1.runsCode, after?.1.runsCode))),
      .init(
        "lines", (after == nil ? old : new).json(inventory.document.range(entry.node))),
    ])
  }

  private static func exec(_ old: Entry.RunsCode?, _ new: Entry.RunsCode?) -> String {
    switch (old, new) {
    case (.unknown?, .unknown?), (nil, .unknown?), (.unknown?, nil): "unknown"
    case (let old, let new) where (old == .yes) == (new == .yes): "unchanged"
    case (_, .yes?): "added"
    default: "removed"
    }
  }

  private func side(_ inventory: Inventory, _ entry: Entry) -> JSON {
    [
      "version": inventory.json(entry.version), "source": inventory.json(entry.source),
      "sourceKind": .text(entry.sourceKind.rawValue), "revision": inventory.json(entry.revision),
      "integrity": .array(inventory.integrity(of: entry).map { Inventory.json($0) }),
    ]
  }

  private func fact(
    _ fact: FactChange, _ file: FileDiff, _ old: LineNumbers, _ new: LineNumbers
  ) -> JSON {
    func value(_ node: NodeID?, _ reading: FileDiff.Reading) -> JSON {
      guard let node, let document = reading.inventory?.document else { return .null }
      let text =
        document.isScalar(node)
        ? document.bytes(document.text(node)) : document.pool[document.range(node)]
      return .string(Array(text))
    }
    func lines(_ node: NodeID?, _ reading: FileDiff.Reading, _ numbers: LineNumbers) -> JSON {
      guard let node, let document = reading.inventory?.document else { return .null }
      return numbers.json(document.range(node))
    }
    return [
      "path": .array(fact.path.map { .string($0) }),
      "class": .text(fact.className),
      "from": value(fact.old, file.old), "to": value(fact.new, file.new),
      "baseLines": lines(fact.old, file.old, old), "headLines": lines(fact.new, file.new, new),
    ]
  }

  private func finding(
    _ finding: DependencyFinding, _ old: LineNumbers, _ new: LineNumbers
  ) -> JSON {
    var members: [JSON.Member] = [
      .init("check", .text(finding.check)), .init("code", .text("HK\(finding.code)")),
      .init("severity", .text(finding.severity.rawValue)),
      .init("title", .text(finding.title)), .init("detail", .text(finding.detail)),
    ]
    switch finding.subject {
    case .file: break
    case .change(let index): members.append(.init("change", .integer(Int64(index))))
    case .fact(let index): members.append(.init("fact", .integer(Int64(index))))
    case .bytes(let isOld, let range):
      members.append(.init("side", isOld ? "base" : "head"))
      members.append(.init("lines", (isOld ? old : new).json(range)))
    }
    return .object(members)
  }
}

extension EntryChange.Fields {
  /// The words for JSON.
  package var names: [String] {
    let all: [(EntryChange.Fields, String)] = [
      (.name, "name"), (.version, "version"), (.source, "source"), (.revision, "revision"),
      (.integrity, "integrity"), (.runsCode, "runsCode"), (.scope, "scope"), (.alias, "alias"),
      (.locator, "locator"), (.other, "other"),
    ]
    return all.filter { contains($0.0) }.map(\.1)
  }
}
