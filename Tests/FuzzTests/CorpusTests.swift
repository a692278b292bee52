import Foundation
import FuzzTargets
import Testing

/// Replays the seeds of `Tests/Corpus`, and inputs made from them, on every run.
///
/// A finding traps and ends the test run; Documentation/Fuzzing.md says how to get its bytes.
@Suite struct CorpusTests {
  private static let corpus = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Corpus")
  private static let mutationsPerSeed = 300

  private static func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
      .filter { !$0.hasPrefix(".") }.sorted()
  }

  private static func seeds(of name: String) throws -> [(name: String, bytes: [UInt8])] {
    let folder = corpus.appending(path: name)
    return try names(in: folder).map { file in
      (file, Array(try Data(contentsOf: folder.appending(path: file))))
    }
  }

  @Test("every reader has seeds, and every folder of seeds has its reader")
  func complete() throws {
    #expect(try Self.names(in: Self.corpus) == fuzzTargets.map(\.name).sorted())
    for target in fuzzTargets {
      let seeds = try Self.seeds(of: target.name)
      #expect(!seeds.isEmpty, "\(target.name)")
      for seed in seeds {
        #expect(seed.bytes.count <= Mutator.maximumCount, "\(target.name)/\(seed.name)")
      }
    }
  }

  @Test(
    "no input made from the seeds brings a reader down", .timeLimit(.minutes(10)),
    arguments: fuzzTargets.map(\.name))
  func replay(_ name: String) throws {
    let run = try #require(fuzzTargets.first { $0.name == name }?.run)
    let seeds = try Self.seeds(of: name)
    run([])
    for (index, seed) in seeds.enumerated() {
      run(seed.bytes)
      var mutator = Mutator(seed: UInt64(index))
      for round in 0..<Self.mutationsPerSeed {
        run(mutator.mutate(seed.bytes, with: seeds[(index + round) % seeds.count].bytes))
      }
    }
  }

  @Test("a seed makes the same inputs on every run, none of them too large")
  func deterministic() {
    var first = Mutator(seed: 7)
    var second = Mutator(seed: 7)
    var seen: Set<[UInt8]> = []
    let seed = Array("a seed of some bytes".utf8)
    let large = [UInt8](repeating: 1, count: Mutator.maximumCount)
    for _ in 0..<1000 {
      let input = first.mutate(seed, with: large)
      #expect(input == second.mutate(seed, with: large))
      seen.insert(input)
    }
    #expect(seen.count > 500)
    for _ in 0..<50 {
      #expect(first.mutate(large, with: large).count <= Mutator.maximumCount)
    }
  }
}
