import Primitives
import TestSupport
import Testing

@Suite("the naive model answers the cases that broke the gate")
struct NaiveModelCaseTests {
  private static let main = "refs/heads/main"
  private static let topic = "refs/heads/topic"

  /// The names of commits: base, one on it, two on that.
  private let ids: [ObjectID]

  init() throws {
    ids = try (1...3).map { try #require(ObjectID(String(repeating: "\($0)", count: 40))) }
  }

  /// A model with these two commits on what was there at install.
  private func model(
    _ one: NaiveModel.Commit, _ two: NaiveModel.Commit, _ rules: NaiveModel.Rules = .init()
  ) -> NaiveModel {
    var model = NaiveModel(rules)
    model.make(ids[0], .init())
    model.install(ids[0], at: Self.main)
    for (number, commit) in [one, two].enumerated() {
      var commit = commit
      commit.parents = [ids[number]]
      model.make(ids[number + 1], commit)
    }
    return model
  }

  @Test("a sponsor does not review what lies below the agent's tip")
  func sponsor() {
    var model = model(.init(), .init())
    _ = model.push([(Self.topic, ids[2])], by: .codex)
    model.reviews = [.init(reviewer: .erin, ref: Self.main, base: ids[0], head: ids[1])]
    #expect(model.push([(Self.main, ids[1])], by: .dana) == [false])
    model.reviews.append(.init(reviewer: .frank, ref: Self.main, base: ids[0], head: ids[1]))
    #expect(model.push([(Self.main, ids[1])], by: .dana) == [true])
  }

  @Test("an unknown account's commit is nobody's own, nor is one that no push brought")
  func unknown() {
    var pushed = model(.init(), .init())
    _ = pushed.push([(Self.main, ids[2])], by: .stranger)
    #expect(pushed.push([(Self.main, ids[1])], by: .dana) == [false])
    var fetched = model(.init(), .init())
    fetched.appear(ids[2])
    #expect(fetched.push([(Self.main, ids[1])], by: .dana) == [false])
    var own = model(.init(), .init())
    #expect(own.push([(Self.main, ids[2])], by: .dana) == [true])
  }

  @Test("a signature counts where a person brings it")
  func signature() {
    var model = model(.init(signer: .dana), .init(signer: .dana))
    #expect(model.push([(Self.main, ids[1])], by: .codex) == [false])
    #expect(model.push([(Self.main, ids[1])], by: .frank) == [true])
    #expect(model.push([(Self.main, ids[2])], by: .ci) == [false])
  }

  @Test("a review covers its base..head, and a series has landed at its tip alone")
  func series() {
    var model = model(.init(author: .codex), .init(author: .codex))
    model.reviews = [.init(reviewer: .dana, ref: Self.main, base: ids[1], head: ids[2])]
    #expect(model.push([(Self.main, ids[2])], by: .frank) == [false])
    model.reviews.append(.init(reviewer: .dana, ref: Self.main, base: ids[0], head: ids[2]))
    #expect(model.push([(Self.main, ids[2])], by: .frank) == [true])
    #expect(model.push([("refs/heads/release/1", ids[1])], by: .frank) == [false])
    #expect(model.push([("refs/heads/release/1", ids[2])], by: .frank) == [true])
  }

  @Test("whom an agent's commit names, and whose name is under it, does not review it")
  func named() {
    for commit in [
      NaiveModel.Commit(author: .codex, named: [.frank]), .init(author: .codex, committer: .frank),
      .init(author: .frank, isDeclared: true), .init(signer: .frank, isDeclared: true),
    ] {
      var model = model(commit, .init())
      model.reviews = [.init(reviewer: .frank, ref: Self.main, base: ids[0], head: ids[1])]
      #expect(model.push([(Self.main, ids[1])], by: .stranger) == [false])
      model.reviews.append(.init(reviewer: .dana, ref: Self.main, base: ids[0], head: ids[1]))
      #expect(model.push([(Self.main, ids[1])], by: .frank) == [true])
    }
  }
}
