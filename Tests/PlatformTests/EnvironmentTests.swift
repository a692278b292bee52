import Platform
import TestSupport
import Testing

@Suite struct EnvironmentTests {
  @Test("a made environment has what it was made of and nothing of the process's")
  func made() {
    let environment = Environment(["A": "1", "EMPTY": ""])
    #expect(environment["A"] == "1" && environment["EMPTY"] == "")
    #expect(environment["PATH"] == nil && environment.bytes("a") == nil)
    #expect(environment.all.map(\.name) == ["A", "EMPTY"])
  }

  @Test("the process's own is read, and told whole to a child that is to inherit it")
  func process() throws {
    let environment = Environment.process
    let path = try #require(environment["PATH"])
    #expect(environment.bytes("PATH") == Array(path.utf8))
    let child = try Subprocess(["printenv", "PATH"], environment: environment.all).run()
    #expect(child.output == Array("\(path)\n".utf8))
    #expect(environment["HOOKKIT_NO_SUCH_VARIABLE"] == nil)
  }
}
