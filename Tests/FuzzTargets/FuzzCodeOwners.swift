internal import Policy
internal import Primitives

/// A file is read or refused at one of its lines; what it asks about a path stands on one of its
/// lines and names owners.
///
/// What stands behind the first NUL is the path that is asked about.
@Sendable package func fuzzCodeOwners(_ bytes: [UInt8]) {
  let file = Array(bytes.prefix { $0 != 0 })
  let path = Array(bytes.dropFirst(file.count + 1).prefix(4096))
  let lineCount = file.split(separator: 0x0a, omittingEmptySubsequences: false).count
  let owners: CodeOwners
  do throws(CodeOwnersError) { owners = try CodeOwners(file) } catch {
    precondition((1...max(lineCount, 1)).contains(error.line), "an error behind the last line")
    precondition(
      error.description.utf8.allSatisfy { (0x20...0x7e).contains($0) },
      "a message with control characters")
    return
  }
  for path in [path, Array("docs/a b/#c.md".utf8), Array("Package.swift".utf8), []] {
    let demands = owners.demands(for: path)
    for demand in demands {
      precondition(
        !demand.owners.isEmpty && demand.owners.allSatisfy { $0.contains(0x40) }, "nobody")
      precondition(demand.approvals > 0, "an approval of nobody")
      precondition((1...lineCount).contains(demand.line), "a demand of no line")
    }
  }
}
