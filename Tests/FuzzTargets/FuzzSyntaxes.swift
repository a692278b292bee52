internal import DependencyChecks
internal import Documents
internal import Lockfiles
internal import Primitives

/// YAML with and without references, and yarn's own text, which looks like it.
@Sendable package func fuzzYAML(_ bytes: [UInt8]) {
  fuzz([.yaml, .yamlWithReferences, .syml], bytes)
}

/// XML, which only one syntax reads.
@Sendable package func fuzzXML(_ bytes: [UInt8]) { fuzz([.xml], bytes) }

@Sendable package func fuzzTOML(_ bytes: [UInt8]) { fuzz([.toml], bytes) }

/// JSON, with comments and without, and JSON5.
@Sendable package func fuzzJSONSyntax(_ bytes: [UInt8]) { fuzz([.json, .jsonc, .json5], bytes) }

/// Clojure's data.
@Sendable package func fuzzEDN(_ bytes: [UInt8]) { fuzz([.edn], bytes) }

/// Zig's data.
@Sendable package func fuzzZon(_ bytes: [UInt8]) { fuzz([.zon], bytes) }

@Sendable package func fuzzHCL(_ bytes: [UInt8]) { fuzz([.hcl], bytes) }

/// Terms of both languages: a file of one is tried as the other, too.
@Sendable package func fuzzTerms(_ bytes: [UInt8]) { fuzz([.elixir, .erlang], bytes) }

@Sendable package func fuzzIndentedText(_ bytes: [UInt8]) { fuzz([.indentedText], bytes) }

/// Everything that is names and values.
@Sendable package func fuzzINI(_ bytes: [UInt8]) {
  fuzz([.ini, .npmrc, .gitConfig, .properties], bytes)
}

/// Everything that is lines.
@Sendable package func fuzzLines(_ bytes: [UInt8]) {
  fuzz([.lines, .plainLines, .wordLines, .requirements, .goMod, .cabal, .text], bytes)
}

/// Reads bytes as every syntax of a list, and as every format of it.
private func fuzz(_ syntaxes: [Syntax], _ bytes: [UInt8]) {
  for syntax in syntaxes {
    do throws(Unread) {
      checkTree(try syntax.read(bytes, limits: ReadingLimits()), bytes)
    } catch {
      precondition((0...bytes.count).contains(error.offset), "an error outside the file")
      continue
    }
    for format in FormatRegistry.all where format.syntax == syntax {
      checkFormat(format, bytes)
    }
  }
}

/// Every value stands within the file, every text within the pool, and no key stands twice.
private func checkTree(_ document: Document, _ bytes: [UInt8]) {
  precondition(document.pool.starts(with: bytes), "the file is not what was read")
  func check(_ text: Text) {
    precondition(text.range.upperBound <= document.pool.count, "a text outside the pool")
  }
  for index in 0..<document.nodeCount {
    let node = NodeID(index)
    let range = document.range(node)
    precondition(range.upperBound <= bytes.count, "a value outside the file")
    check(document.text(node))
    check(document.key(node))
    var keys: Set<[UInt8]> = []
    var count = 0
    for child in document.children(node) {
      precondition(child.index > index, "a value within itself")
      count += 1
      guard document.isObject(node) else { continue }
      precondition(keys.insert(Array(document.bytes(document.key(child)))).inserted, "a key twice")
    }
    precondition(count == document.childCount(node), "children are not counted right")
  }
}

/// A format yields what stands in the file, or says why not; a change to the file has its lines
/// accounted for.
private func checkFormat(_ format: Format, _ bytes: [UInt8]) {
  do throws(Unread) {
    let inventory = try format.inventory(of: bytes)
    let end = inventory.document.pool.count
    for entry in inventory.entries {
      for text in [entry.locator, entry.name, entry.version, entry.source, entry.revision] {
        precondition(text.range.upperBound <= end, "a text outside the pool")
      }
      _ = inventory.integrity(of: entry)
    }
    for digest in inventory.digests {
      precondition(digest.range.upperBound <= end, "a digest outside the pool")
    }
  } catch {
    precondition((0...bytes.count).contains(error.offset), "an error outside the file")
    return
  }
  // Formats that name no keys differ in nothing that a comparison could show.
  guard !format.keys.isEmpty || format.recordsIntegrity else { return }
  let lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
  let half = Array(bytes[..<(bytes.lastIndex(of: 0x0a) ?? 0)])
  var others = lines
  others.remove(at: lines.count / 2)
  let hole = Array(others.joined(separator: [0x0a]))
  others.insert([0x20] + lines[lines.count / 2], at: lines.count / 2)
  let moved = Array(others.joined(separator: [0x0a]))
  for (old, new) in [
    (bytes, bytes), (half, bytes), (bytes, half), (hole, bytes), (bytes, hole), (moved, bytes),
    (bytes, moved),
  ] {
    let diff = FileDiff(
      DependencyFile(
        path: Array(format.name.utf8), classes: FileClasses(format.fileClass), formats: [format],
        old: DependencyFile.Side(bytes: old), new: DependencyFile.Side(bytes: new)))
    let coverage = diff.coverage
    precondition(
      coverage.explained + coverage.neutral + coverage.residualCount == coverage.changedLines,
      "a changed line that is in no group, or in two")
    precondition(old != new || diff.changes.isEmpty && diff.facts.isEmpty, "a change from nothing")
  }
}
