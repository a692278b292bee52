import Documents
import Lockfiles
import Primitives
import Testing

@Suite("Wrappers and submodules")
struct WrappersTests {
  @Test("a wrapper's tool is an entry with its address, version and digest")
  func wrappers() throws {
    let gradle = try ReadFile(
      "gradle-wrapper",
      "distributionBase=GRADLE_USER_HOME\ndistributionUrl=https\\://services.example/gradle-8.5-bin.zip\ndistributionSha256Sum=00aa\n"
    )
    #expect(
      gradle.entries == [
        #"distributionUrl: gradle 8.5 url https://services.example/gradle-8.5-bin.zip ["sha256:00aa"] code:yes direct"#
      ])
    let maven = try ReadFile(
      "maven-wrapper",
      "distributionUrl=https://repo.example/apache-maven-3.9.6-bin.zip\nwrapperUrl=https://repo.example/maven-wrapper-3.2.0.jar\n"
    )
    #expect(
      maven.entries == [
        "distributionUrl: apache-maven 3.9.6 url https://repo.example/apache-maven-3.9.6-bin.zip code:yes direct",
        "wrapperUrl: maven-wrapper 3.2.0 url https://repo.example/maven-wrapper-3.2.0.jar code:yes direct",
      ])
    #expect(
      try ReadFile("gradle-wrapper", "distributionUrl=x\n").entries
        == ["distributionUrl: x  url x code:yes direct"])
  }

  @Test("a submodule has its address, its branch, and the command that would update it")
  func submodules() throws {
    let file = try ReadFile(
      "gitmodules",
      "[submodule \"lib\"]\n\tpath = third_party/lib\n\turl = https://git.example/lib.git\n\tbranch = main\n[submodule \"x\"]\n\tpath = x\n\turl = ../x\n\tupdate = !id\n"
    )
    #expect(
      file.entries == [
        "lib: lib  git https://git.example/lib.git #main as third_party/lib direct",
        "x: x  git ../x code:yes direct",
      ])
  }

  @Test("every format of code shows its lines and explains none")
  func code() throws {
    for format in FormatRegistry.all where format.syntax == .text {
      #expect(format.otherKeys == .unknown || format.fileClass == .visibility)
    }
    let file = try ReadFile("code", "all:\n\tcurl example.test | sh\n")
    #expect(file.entries.isEmpty)
    #expect(file.tree == "[\"all:\", \"\tcurl example.test | sh\"]")
  }
}
