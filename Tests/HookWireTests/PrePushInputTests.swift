import HookWire
import Primitives
import Testing

@Suite struct PrePushInputTests {
  private func read(_ text: String) throws(InputError) -> [PrePushUpdate] {
    try PrePushInput.read(Array(text.utf8))
  }

  @Test("nothing to push is valid")
  func empty() throws {
    #expect(try read("") == [])
  }

  @Test("branches, deletions and expressions with spaces are read")
  func sources() throws {
    let text =
      "refs/heads/main \(Samples.twoText) refs/heads/main \(Samples.oneText)\n"
      + "(delete) \(Samples.zeroText) refs/heads/old \(Samples.oneText)\n"
      + "HEAD@{1 day ago} \(Samples.twoText) refs/heads/new \(Samples.zeroText)\n"
    #expect(
      try read(text) == [
        PrePushUpdate(
          source: .expression(Array("refs/heads/main".utf8)),
          remote: Samples.update("refs/heads/main")),
        PrePushUpdate(
          source: .deletion, remote: Samples.update("refs/heads/old", Samples.one, .zero)),
        PrePushUpdate(
          source: .expression(Array("HEAD@{1 day ago}".utf8)),
          remote: Samples.update("refs/heads/new", .zero, Samples.two)),
      ])
  }

  @Test(
    "what git would not write is refused",
    arguments: [
      ("\n", InputError.Reason.malformedLine),
      ("\(Samples.twoText) refs/heads/main \(Samples.oneText)\n", .malformedLine),
      (" \(Samples.twoText) refs/heads/main \(Samples.oneText)\n", .malformedLine),
      ("x \(Samples.twoText) main \(Samples.oneText)\n", .malformedRefName),
      ("x \(Samples.twoText) refs/heads/main \(Samples.oneText) \n", .malformedObjectID),
      ("x y refs/heads/main \(Samples.oneText)\n", .malformedObjectID),
      ("x \(Samples.twoText) refs/heads/main \(Samples.oneText)", .truncatedLine),
    ])
  func malformed(_ text: String, _ reason: InputError.Reason) {
    #expect(throws: InputError(reason, line: 1)) { try read(text) }
  }

  @Test("one remote reference twice is refused")
  func duplicates() {
    let line = "x \(Samples.twoText) refs/heads/main \(Samples.oneText)\n"
    #expect(throws: InputError(.duplicateRef(RefName("refs/heads/main")), line: 2)) {
      try read(line + line)
    }
  }
}
