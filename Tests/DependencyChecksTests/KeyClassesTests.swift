import DependencyChecks
import Documents
import Lockfiles
import Primitives
import Testing

@Suite("What values outside of entries mean")
struct KeyClassesTests {
  private func facts(_ format: String, _ old: String?, _ new: String?) throws -> [String] {
    let format = try #require(FormatRegistry.format(named: format))
    let diff = FileDiff(
      DependencyFile(
        path: Array("file".utf8), classes: FileClasses(format.fileClass), formats: [format],
        old: old.map { DependencyFile.Side(bytes: Array($0.utf8)) },
        new: new.map { DependencyFile.Side(bytes: Array($0.utf8)) }))
    #expect(diff.unread == nil)
    return diff.facts.map { fact in
      let path = fact.path.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
      return "\(path): \(fact.className)"
    }
  }

  @Test("what a rule says of all below a value it says of the value as a whole")
  func whole() throws {
    #expect(
      try facts("go-mod", "module a\n", "module a\nreplace b => ../b\ntool c\n")
        == ["replace: origin", "tool: runs-code"])
    #expect(
      try facts("go-mod", "replace b => ../b\n", "replace (\nb => ../b\nc => d v1\n)\n")
        == ["replace/c: origin"])
    #expect(
      try facts(
        "msbuild-project", "<Project><PropertyGroup><Version>1</Version></PropertyGroup></Project>",
        "<Project><PropertyGroup><Version>2</Version><OutputType>Exe</OutputType><Secret>1</Secret></PropertyGroup><Target Name='x'/></Project>"
      ).sorted()
        == [
          "Project/PropertyGroup/0/OutputType: unknown",
          "Project/PropertyGroup/0/Secret: unknown",
          "Project/PropertyGroup/0/Version/0: unknown", "Project/Target: runs-code",
        ])
  }

  @Test("a gem server, a checksum and a platform differ in class")
  func gemfile() throws {
    let old = "GEM\n  remote: https://a.example/\n  specs:\n    x (1)\n"
    let new =
      "GEM\n  remote: https://b.example/\n  specs:\n    x (1)\n\nPLATFORMS\n  ruby\n\nFUTURE\n  y\n"
    #expect(
      try facts("gemfile-lock", old, new) == [
        "GEM/0/remote/https://a.example/: origin", "GEM/0/remote/https://b.example/: origin",
        "PLATFORMS/0/ruby: dependency", "FUTURE/0/y: unknown",
      ])
  }
}
