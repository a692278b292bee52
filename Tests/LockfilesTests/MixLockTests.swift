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
        "d": {:git, "https://git.example/d.git", "0123456789", [tag: "v1"]},
      }
      """)
    #expect(
      file.entries == [
        #"a: a 1.0.0 registry ["sha256:00", "sha256:11"]"#,
        #"b: b_real 2.0.0 registry acme ["sha256:22", "sha256:33"] as b"#, "c: c 0.1.0 registry",
        "d: d  git https://git.example/d.git #0123456789",
      ])
  }

  @Test(
    "a tuple of another kind is refused",
    arguments: [
      ("[]", Unread.Reason.wrongShape), ("%{a: 1}", .wrongShape), ("%{a: {:hex, :a}}", .wrongShape),
      ("%{a: {:hex, \"a\", \"1\"}}", .wrongShape), ("%{a: {:hg, \"u\", \"r\"}}", .unsupported),
      ("%{a: {:git, [], \"r\"}}", .wrongShape),
    ])
  func refused(text: String, reason: Unread.Reason) throws {
    #expect(try refusal(format: "mix-lock", text) == reason)
  }
}
