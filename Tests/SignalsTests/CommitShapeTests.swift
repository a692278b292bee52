import Signals
import Testing

@Suite struct CommitShapeTests {
  private static func ident(_ text: String) -> Ident {
    let parts = text.dropLast().split(separator: "<", maxSplits: 1)
    return Ident(
      name: Array(parts[0].dropLast().utf8)[...], email: Array(parts[1].utf8)[...])
  }

  private static func grade(_ shape: CommitShape) throws -> Signal.Grade? {
    try SignalCatalog.builtIn.signals(
      author: ident(shape.author), committer: ident(shape.committer),
      message: Array(shape.message.utf8)[...]
    ).highestGrade
  }

  @Test("commits of public histories are what they are", arguments: CommitShape.all.indices)
  func shapes(_ position: Int) throws {
    let shape = CommitShape.all[position]
    let grade = try Self.grade(shape)
    #expect(grade == shape.grade, "\(shape.seen): \(shape.author): \(shape.message)")
  }

  @Test("of what declares itself nearly all is found, and no person is called an agent")
  func measured() throws {
    var declared = 0
    var found = 0
    for shape in CommitShape.all {
      let grade = try Self.grade(shape)
      let isAgents = (shape.grade ?? .informational) >= .suspected
      if isAgents {
        declared += 1
        if (grade ?? .informational) >= .suspected { found += 1 }
      } else {
        #expect((grade ?? .informational) < .suspected, "\(shape.seen): \(shape.message)")
      }
    }
    #expect(declared >= 40)
    #expect(Double(found) >= 0.95 * Double(declared))
  }
}
