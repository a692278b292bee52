internal import Platform
package import Primitives

/// What the guarded files of a few trees name, so that a push that changes none of them need not look for
/// it again.
///
/// The newest trees are kept, in one file that is read and replaced as a whole. Without it, or with one that
/// is broken, the tree is read once more.
package struct NamedFilesMemory: Sendable {
  private let state: ServerState
  private static let most = 8
  private static let limit = 32 << 20

  package init(_ state: ServerState) {
    self.state = state
  }

  private var path: String { state.folder + "/cache/named" }

  package func find(_ tree: ObjectID) -> [UInt8]? {
    entries().first { $0.tree.elementsEqual(tree.hex.utf8) }.map { Array($0.bytes) }
  }

  /// A failure to keep it is no harm.
  package func keep(_ bytes: [UInt8], of tree: ObjectID) {
    var all = entries().filter { !$0.tree.elementsEqual(tree.hex.utf8) }
    all.insert((Array(tree.hex.utf8)[...], bytes[...]), at: 0)
    var content: [UInt8] = []
    for entry in all.prefix(Self.most) where content.count + entry.bytes.count < Self.limit {
      content += entry.tree + Array(" \(entry.bytes.count)\n".utf8) + entry.bytes
    }
    do throws(SystemError) {
      try FileBytes.makeFolder(state.folder + "/cache", mode: 0o700)
      try FileBytes.replace(path, with: content, mode: 0o600, durable: false)
    } catch {
      return
    }
  }

  /// `TREE COUNT LF BYTES`, one after another; none of a file that is anything else.
  private func entries() -> [(tree: ArraySlice<UInt8>, bytes: ArraySlice<UInt8>)] {
    guard let content = try? FileBytes.read(path, limit: Self.limit) else { return [] }
    var entries: [(tree: ArraySlice<UInt8>, bytes: ArraySlice<UInt8>)] = []
    var rest = content[...]
    while !rest.isEmpty {
      guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return [] }
      let words = rest[..<end].split(separator: UInt8(ascii: " "))
      guard words.count == 2, let count = Int(String(decoding: words[1], as: UTF8.self)),
        count >= 0,
        count <= rest.endIndex - end - 1
      else { return [] }
      entries.append((words[0], rest[(end + 1)..<(end + 1 + count)]))
      rest = rest[(end + 1 + count)...]
    }
    return entries
  }
}
