import Documents
import Lockfiles
import TestSupport
import Testing

@Suite("build.zig.zon")
struct ZigManifestTests {
  @Test("a dependency is a folder, an address or a repository, and what it builds runs")
  func entries() throws {
    let file = try ReadFile(
      "zig-manifest",
      """
      .{
        .name = .app,
        .version = "0.0.0",
        .dependencies = .{
          .a = .{ .url = "https://git.example/a.tar.gz", .hash = "a-1.0.0-xyz", .lazy = true },
          .@"b-c" = .{ .path = "./pkg/b" },
          .d = .{
            .url = "git+https://git.example/d?ref=main#0a1b",
            .hash = "1220e74df87823b84ab176cba23c01561ea8726181235e72deeff51cdd403ab9445d",
          },
        },
      }
      """)
    #expect(
      file.entries == [
        #"a: a  url https://git.example/a.tar.gz ["zig:a-1.0.0-xyz"] code:yes direct"#,
        "b-c: b-c  path ./pkg/b code:yes direct",
        #"d: d  git git+https://git.example/d?ref=main #0a1b ["sha256:e74df87823b84ab176cba23c01561ea8726181235e72deeff51cdd403ab9445d"] code:yes direct"#,
      ])
    for text in [
      ".{ 1 }", ".{ .dependencies = .{ .a = .{} } }", ".{ .dependencies = .{ .a = 1 } }",
      ".{ .dependencies = .{ .a = .{ .url = \"x\", .path = \"y\" } } }",
    ] {
      #expect(try refusal(format: "zig-manifest", text) != nil, "\(text)")
    }
  }
}
