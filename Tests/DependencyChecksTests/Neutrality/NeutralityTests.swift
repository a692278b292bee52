import DependencyChecks
import Documents
import Lockfiles
import Primitives
import Testing

/// What may pass for neutral, tried by program on a file of every format
/// (Documentation/Design/Dependencies.md, "Judgement").
@Suite("Nothing is neutral but what the formats name")
struct NeutralityTests {
  private static let deaf: Set<String> = ["bun-binary-lock"]

  private func diff(
    _ sample: FormatSample, _ format: Format, _ old: [UInt8]?, _ new: [UInt8]?
  ) -> DependencyDiff {
    DependencyDiff([
      DependencyFile(
        path: Array(sample.path.utf8), classes: FileClasses(format.fileClass), formats: [format],
        old: old.map { .init(bytes: $0) }, new: new.map { .init(bytes: $0) })
    ])
  }

  private func read(_ sample: FormatSample) throws -> SampleMutations {
    try SampleMutations(sample, try #require(FormatRegistry.format(named: sample.format)))
  }

  @Test("every format has a sample, under one of its names")
  func samples() throws {
    #expect(Set(FormatSample.all.map(\.format)) == Set(FormatRegistry.all.map(\.name)))
    for sample in FormatSample.all {
      let match = try #require(Catalog.match(Array(sample.path.utf8)), "\(sample.path)")
      #expect(match.formats.contains { $0.name == sample.format }, "\(sample.format)")
    }
  }

  @Test("the allow-list names scalars by their keys, each with a reason")
  func rows() {
    for format in FormatRegistry.all {
      for row in format.neutral {
        #expect(row.reason.count > 10 && row.reason.contains(" "), "\(format.name)")
        for path in row.paths {
          let words = path.map { String(decoding: $0, as: UTF8.self) }
          #expect(!words.contains("**"), "\(format.name): \(words)")
          #expect(words.last != "*" && words.last != nil, "\(format.name): \(words)")
          #expect(words.last != "[]" || words.dropLast().last != "*", "\(format.name): \(words)")
        }
      }
      for order in format.freeOrder {
        #expect(order.reason.count > 10 && order.reason.contains(" "), "\(format.name)")
      }
    }
  }

  @Test("a lock that comes or goes has its lines explained", arguments: FormatSample.all)
  func oneSided(_ sample: FormatSample) throws {
    let format = try #require(FormatRegistry.format(named: sample.format))
    guard format.fileClass == .locks, !Self.deaf.contains(sample.format) else { return }
    let bytes = Array(sample.text.utf8)
    for (old, new) in [(nil, bytes), (bytes, nil)] as [([UInt8]?, [UInt8]?)] {
      let file = try #require(diff(sample, format, old, new).files.first)
      let residual = file.coverage.residual.map {
        String(
          decoding: file.new.bytes.isEmpty
            ? file.old.bytes[$0.span.bytes] : file.new.bytes[$0.span.bytes], as: UTF8.self)
      }
      #expect(residual.isEmpty, "\(sample.format)")
    }
  }

  @Test(
    "an invented key is held, at the top, in every table and in every entry",
    arguments: FormatSample.all)
  func invented(_ sample: FormatSample) throws {
    guard !Self.deaf.contains(sample.format) else { return }
    let mutations = try read(sample)
    var readable = 0
    for text in mutations.withInventedKeys {
      let diff = diff(sample, mutations.format, mutations.bytes, text)
      let shown = String(decoding: text, as: UTF8.self)
      #expect(!diff.isNeutral, "\(shown)")
      let file = try #require(diff.files.first)
      guard let inventory = file.new.inventory else { continue }
      readable += 1
      let isInEntry = inventory.entries.contains { entry in
        inventory.document.isObject(entry.node)
          && inventory.document.children(entry.node).contains {
            inventory.document.bytes(inventory.document.key($0)).elementsEqual(
              SampleMutations.invented.utf8)
          }
      }
      guard isInEntry, mutations.format.otherKeys == .unknown else { continue }
      #expect(file.coverage.residualCount > 0, "explained: \(shown)")
    }
    // Where every line has a form of its own, another one is not read.
    #expect(readable > 0 || Self.strict.contains(sample.format))
  }

  private static let strict: Set<String> = [
    "go-sum", "go-vendor-modules", "gradle-lock", "versions-lock", "cartfile", "cartfile-resolved",
    "mix-lock", "rebar-lock",
  ]

  @Test("a value of another type is held", arguments: FormatSample.all)
  func types(_ sample: FormatSample) throws {
    guard !Self.deaf.contains(sample.format) else { return }
    let mutations = try read(sample)
    for place in mutations.places {
      for text in mutations.withOtherTypes(place.node) {
        let isNeutral = diff(sample, mutations.format, mutations.bytes, text).isNeutral
        #expect(!isNeutral, "\(String(decoding: text, as: UTF8.self))")
      }
    }
  }

  @Test(
    "another value is neutral where the allow-list says so, and nowhere else",
    arguments: FormatSample.all)
  func values(_ sample: FormatSample) throws {
    guard !Self.deaf.contains(sample.format) else { return }
    let mutations = try read(sample)
    for place in mutations.places {
      let row = mutations.row(place)
      guard let text = mutations.changed(place.node, row?.form) else { continue }
      let diff = diff(sample, mutations.format, mutations.bytes, text)
      let isNeutral = diff.isNeutral
      #expect(
        isNeutral == (row != nil),
        "\(String(decoding: text, as: UTF8.self)) \(diff.findings.map(\.detail))")
    }
  }

  @Test("a value that has not the form of its tool is held", arguments: FormatSample.all)
  func forms(_ sample: FormatSample) throws {
    guard !Self.deaf.contains(sample.format) else { return }
    let mutations = try read(sample)
    for place in mutations.places {
      guard let form = mutations.row(place)?.form else { continue }
      var texts = SampleMutations.misshapen(form).compactMap {
        mutations.replaced(place.node, $0)
      }
      switch mutations.format.syntax {
      case .json, .jsonc, .json5, .toml:
        // An escape that makes two lines of one.
        if let text = mutations.replaced(place.node, "a\\nb") { texts.append(text) }
      default: break
      }
      for text in texts where text != mutations.bytes {
        let isNeutral = diff(sample, mutations.format, mutations.bytes, text).isNeutral
        #expect(!isNeutral, "\(String(decoding: text, as: UTF8.self))")
      }
    }
  }

  @Test("the samples have every row of the allow-list")
  func rowsInSamples() throws {
    var rows: [String: Set<[[UInt8]]>] = [:]
    for format in FormatRegistry.all { rows[format.name] = Set(format.neutral.flatMap(\.paths)) }
    for sample in FormatSample.all where !Self.deaf.contains(sample.format) {
      for place in try read(sample).places {
        guard
          let row = rows[sample.format]?.first(where: {
            SampleMutations.matches($0, place.path, isNeutral: true)
          })
        else { continue }
        rows[sample.format]?.remove(row)
      }
    }
    for (name, missing) in rows where !missing.isEmpty {
      let words = missing.map {
        $0.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
      }
      Issue.record("\(name): no sample has \(words)")
    }
  }

  @Test(
    "another order is neutral where the format says so, and nowhere else",
    arguments: FormatSample.all)
  func order(_ sample: FormatSample) throws {
    guard !Self.deaf.contains(sample.format) else { return }
    let mutations = try read(sample)
    for (place, isOfEntries, text) in mutations.reordered where text != mutations.bytes {
      let isGranted = mutations.format.freeOrder.flatMap(\.paths).contains {
        SampleMutations.matches($0, place.path, isNeutral: false)
      }
      let holdsEntries =
        !mutations.document.isObject(place.node) && mutations.holdsEntries(place.node)
      let isFree =
        place.isInEntry || isOfEntries
        || isGranted && (mutations.document.isObject(place.node) || holdsEntries)
        || mutations.isAllNeutral(place)
      let diff = diff(sample, mutations.format, mutations.bytes, text)
      let isNeutral = diff.isNeutral
      #expect(!isNeutral || isFree, "\(String(decoding: text, as: UTF8.self))")
    }
  }

  @Test("a neutral value that an alias reads elsewhere is held", arguments: FormatSample.all)
  func anchors(_ sample: FormatSample) throws {
    guard !Self.deaf.contains(sample.format) else { return }
    let mutations = try read(sample)
    for place in mutations.places {
      guard let (old, new) = mutations.anchored(place.node) else { continue }
      let diff = diff(sample, mutations.format, old, new)
      let isNeutral = diff.isNeutral
      #expect(!isNeutral, "\(String(decoding: new, as: UTF8.self))")
      let file = try #require(diff.files.first)
      #expect(
        file.unread != nil || file.facts.contains { $0.keyClass == mutations.format.otherKeys },
        "\(String(decoding: new, as: UTF8.self))")
    }
  }

  @Test("another target of a link is held", arguments: FormatSample.all)
  func links(_ sample: FormatSample) throws {
    let format = try #require(FormatRegistry.format(named: sample.format))
    let diff = DependencyDiff([
      DependencyFile(
        path: Array(sample.path.utf8), classes: FileClasses(format.fileClass), formats: [format],
        old: .init(mode: .link, bytes: Array("a".utf8)),
        new: .init(mode: .link, bytes: Array("b".utf8)))
    ])
    #expect(!diff.isNeutral)
  }
}
