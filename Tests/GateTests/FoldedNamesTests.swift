import Gate
import Git
import Policy
import Primitives
import TestSupport
import Testing

/// A server's disk that finds a file by its name in any mix of capital letters.
private struct FoldingReferences: ReferenceReading {
  let store: any ReferenceReading

  func resolve(_ name: RefName) throws(GitError) -> ObjectID? {
    for (known, id) in try store.list(prefix: Array("refs/".utf8))
    where asciiLowercased(known.bytes) == asciiLowercased(name.bytes) {
      return id
    }
    return nil
  }

  func head() throws(GitError) -> RefName? { try store.head() }

  func list(prefix: [UInt8]) throws(GitError) -> [(name: RefName, id: ObjectID)] {
    try store.list(prefix: prefix)
  }
}

@Suite struct FoldedNamesTests {
  private func judge(_ name: String, _ bench: GateBench, folding: Bool) throws -> Judgement {
    let own = try bench.surroundings()
    let surroundings = Surroundings(
      objects: own.objects,
      references: folding ? FoldingReferences(store: own.references) : own.references,
      upperLayers: own.upperLayers, memory: own.memory, landings: own.landings, merges: own.merges,
      files: own.files)
    let update = RefUpdate(old: bench.base, new: .zero, name: RefName(name))
    return Gate.judge(
      Push(updates: [update], pusher: Pusher(account: Array("dana".utf8)), time: bench.now),
      in: surroundings
    ).judgements[0]
  }

  @Test("on a disk that folds case no other spelling deletes what is kept")
  func folding() throws {
    let bench = try GateBench()
    for ref in ["refs/hookkit/landings", "refs/quarantine/Q1", "refs/replace/\(bench.base)"] {
      try bench.server.repository.git("update-ref", "--no-deref", ref, bench.base.hex)
    }
    for (name, code) in [
      ("refs/heads/MAIN", "HK505"), ("refs/Heads/main", "HK505"),
      ("refs/Hookkit/landings", "HK506"), ("refs/hookkit/Landings", "HK506"),
      ("refs/QUARANTINE/q1", "HK506"), ("refs/Replace/\(bench.base)", "HK507"),
    ] {
      #expect(try judge(name, bench, folding: true).codes == [code], "\(name)")
    }
  }

  @Test("where case is kept, what was made under such a name can be deleted")
  func keeping() throws {
    let bench = try GateBench()
    for name in [
      "refs/heads/MAIN", "refs/Heads/main", "refs/Hookkit/landings", "refs/QUARANTINE/q1",
      "refs/Replace/\(bench.base)",
    ] {
      try bench.server.repository.git("update-ref", "--no-deref", name, bench.base.hex)
      #expect(try judge(name, bench, folding: false).verdict == .allow, "\(name)")
    }
    for name in ["refs/hookkit/Landings", "refs/hookkit/landings", "refs/quarantine/Q1"] {
      #expect(try judge(name, bench, folding: false).codes == ["HK506"], "\(name)")
    }
  }
}
