import Foundation
import TestSupport
import Testing

@Suite("Executables")
struct ExecutablesTests {
  @Test("the executables under test are there, under the name of every hook")
  func installed() throws {
    let sandbox = try Sandbox()
    let bin = try Executables.installed(in: sandbox)
    let names =
      ["hookkit", "hookkit-hook", "hookkit-shell"] + Executables.hooks.map { "hookkit-\($0)" }
    #expect(try FileManager.default.contentsOfDirectory(atPath: bin).sorted() == names.sorted())
    for name in names {
      #expect(FileManager.default.isExecutableFile(atPath: "\(bin)/\(name)"), "\(name)")
    }
  }

  @Test("install.sh links, hooks/ holds and the tests know the same hooks")
  func sameHooks() throws {
    let tests = try #require(#filePath.range(of: "/Tests/EndToEndTests/"))
    let root = String(#filePath[..<tests.lowerBound])
    let shims = try FileManager.default.contentsOfDirectory(atPath: "\(root)/hooks")
    #expect(shims.sorted() == Executables.hooks.sorted())
    let bytes = FileManager.default.contents(atPath: "\(root)/install.sh") ?? Data()
    let script = String(decoding: bytes, as: UTF8.self)
    let start = try #require(script.range(of: "\nhooks='")).upperBound
    let list = script[start...].prefix { $0 != "'" }
    #expect(list.split { $0 == " " || $0 == "\n" }.map(String.init) == Executables.hooks)
  }
}
