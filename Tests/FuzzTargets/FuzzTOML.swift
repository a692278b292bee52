internal import Lockfiles

/// A file of TOML is one tree whose values stand within the file, each key once in its table; and every
/// format of TOML reads it or refuses it at a place of its own.
@Sendable package func fuzzTOML(_ bytes: [UInt8]) {
  let document: Document
  do throws(Unread) {
    document = try Syntax.toml.read(bytes, limits: ReadingLimits())
  } catch {
    precondition((0...bytes.count).contains(error.offset), "an error outside the file")
    return
  }
  checkNode(.root, document)
  for format in FormatRegistry.all where format.syntax == .toml {
    do throws(Unread) {
      let inventory = try format.inventory(of: bytes)
      for entry in inventory.entries {
        precondition(
          inventory.document.range(entry.node).upperBound <= bytes.count, "an entry elsewhere")
        precondition(
          inventory.integrity(of: entry).allSatisfy { !$0.isEmpty }, "an empty digest")
      }
    } catch {
      precondition((0...bytes.count).contains(error.offset), "an error outside the file")
    }
  }
}

private func checkNode(_ node: NodeID, _ document: Document) {
  let range = document.range(node)
  precondition(range.upperBound <= document.fileCount, "a value outside the file")
  var keys: Set<ArraySlice<UInt8>> = []
  var count = 0
  for child in document.children(node) {
    count += 1
    let start = document.range(child).lowerBound
    precondition(start >= range.lowerBound, "a value before its table")
    if document.isObject(node) {
      precondition(keys.insert(document.bytes(document.key(child))).inserted, "a key twice")
    }
    checkNode(child, document)
  }
  precondition(count == document.childCount(node), "a value is lost")
}
