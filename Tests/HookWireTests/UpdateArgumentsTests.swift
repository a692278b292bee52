import HookWire
import Primitives
import Testing

@Suite struct UpdateArgumentsTests {
  private func read(_ arguments: [String]) throws(InputError) -> RefUpdate {
    try UpdateArguments.read(arguments.map { Array($0.utf8) })
  }

  @Test("the name comes first, unlike everywhere else")
  func order() throws {
    #expect(
      try read(["refs/heads/main", Samples.oneText, Samples.twoText])
        == Samples.update("refs/heads/main"))
  }

  @Test("another number of arguments is refused", arguments: [0, 1, 2, 4])
  func count(_ count: Int) {
    #expect(throws: InputError(.wrongArgumentCount(expected: 3, found: count), line: 0)) {
      try read(Array(repeating: "refs/heads/main", count: count))
    }
  }

  @Test("each argument is checked")
  func malformed() {
    #expect(throws: InputError(.malformedRefName, line: 0)) {
      try read(["main", Samples.oneText, Samples.twoText])
    }
    #expect(throws: InputError(.malformedObjectID, line: 0)) {
      try read(["refs/heads/main", "", Samples.twoText])
    }
    #expect(throws: InputError(.sha256Repository, line: 0)) {
      try read(["refs/heads/main", Samples.oneText, String(repeating: "0", count: 64)])
    }
  }
}
