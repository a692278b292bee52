import DependencyChecks
import Documents
import Lockfiles
import Testing

@Suite("mix.lock")
struct MixLockTests {
  @Test("a package has both digests, its repository and its real name")
  func entries() throws {
    let file = try ReadFile(
      "mix-lock",
      """
      %{
        "a": {:hex, :a, "1.0.0", "00", [:mix], [{:b, "~> 1.0", [hex: :b, repo: "hexpm", optional: false]}], "hexpm", "11"},
        "b": {:hex, :b_real, "2.0.0", "22", [:rebar3], [], "acme", "33"},
        "c": {:hex, :c, "0.1.0"},
        "e": {:package, "0.2.4"},
        "d": {:git, "https://git.example/d.git", "0123456789", [tag: "v1"]},
      }
      """)
    #expect(
      file.entries == [
        #"a: a 1.0.0 registry ["inner-sha256:00", "sha256:11"]"#,
        #"b: b_real 2.0.0 registry acme ["inner-sha256:22", "sha256:33"] as b"#,
        "c: c 0.1.0 registry",
        "e: e 0.2.4 registry",
        "d: d  git https://git.example/d.git #0123456789",
      ])
  }

  @Test(
    "a tuple of another kind is refused",
    arguments: [
      ("[]", Unread.Reason.wrongShape), ("%{a: 1}", .wrongShape), ("%{a: {:hex, :a}}", .wrongShape),
      ("%{a: {:hex, \"a\", \"1\"}}", .wrongShape), ("%{a: {:hg, \"u\", \"r\"}}", .unsupported),
      ("%{a: {:git, [], \"r\"}}", .wrongShape), ("%{a: {:package, :b}}", .wrongShape),
      ("%{a: {:other, \"1\"}}", .wrongShape),
    ])
  func refused(text: String, reason: Unread.Reason) throws {
    #expect(try refusal(format: "mix-lock", text) == reason)
  }

  @Test(
    "the outer digest may come to the inner one; neither may change, and the outer one must stay",
    arguments: [
      (#""00", [:mix], [], "hexpm""#, #""00", [:mix], [], "hexpm", "11""#, [Int]()),
      (#""00", [:mix], [], "hexpm", "11""#, #""00", [:mix], [], "hexpm", "22""#, [211]),
      (#""00", [:mix], [], "hexpm", "11""#, #""22", [:mix], [], "hexpm", "11""#, [211]),
      (#""00", [:mix], [], "hexpm", "11""#, #""00", [:mix], [], "hexpm""#, [213]),
    ])
  func digests(old: String, new: String, codes: [Int]) throws {
    let path = Array("mix.lock".utf8)
    func side(_ text: String) -> DependencyFile.Side {
      .init(bytes: Array("%{\"a\": {:hex, :a, \"1.0.0\", \(text)}}".utf8))
    }
    let diff = DependencyDiff([
      DependencyFile(
        path: path, match: try #require(Catalog.match(path)), old: side(old), new: side(new))
    ])
    #expect(diff.findings.filter { $0.severity >= .high }.map(\.code) == codes)
  }
}
