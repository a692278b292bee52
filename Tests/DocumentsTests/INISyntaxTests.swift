import Documents
import Foundation
import TestSupport
import Testing

@Suite("INI, git configuration, properties")
struct INISyntaxTests {
  @Test("configparser's names have no case and its values go on in indented lines")
  func configParser() throws {
    #expect(
      try tree(
        .ini,
        """
        # head
        [global]
        Index-URL = https://pypi.example/simple
        extra-index-url =
            https://a.example/
            # between
            https://b.example/
        empty =
        [b c]
        k: v = w
        """)
        == #"{global: {index-url: "https://pypi.example/simple", extra-index-url: ["https://a.example/", "https://b.example/"], empty: ""}, b c: {k: "v = w"}}"#
    )
    #expect(refusal(.ini, "a = 1\n") == .unexpected)
    #expect(refusal(.ini, "[a]\nb\n") == .unexpected)
    #expect(refusal(.ini, "[a]\nb=1\nB=2\n") == .duplicateKey)
    #expect(refusal(.ini, "[a]\n[a]\n") == .duplicateKey)
    #expect(refusal(.ini, "[a] b=1\n") == .unexpected)
  }

  @Test("npm's names have case and its lists brackets")
  func npm() throws {
    #expect(
      try tree(
        .npmrc,
        "registry=https://r.example/\n; c\n@a:registry = https://a.example\nx[] = 1\nx[]=2\nflag\n")
        == #"{registry: "https://r.example/", @a:registry: "https://a.example", x[]: ["1", "2"], flag: true}"#
    )
    #expect(refusal(.npmrc, "a=1\na=2\n") == .duplicateKey)
    #expect(refusal(.npmrc, "\"registry\"=x\n") == .unsupported)
    #expect(refusal(.npmrc, "re\\;gistry=x\n") == .unsupported)
    #expect(refusal(.npmrc, "=x\n") == .unexpected)
  }

  @Test("Java's escapes and continuations are resolved")
  func properties() throws {
    #expect(
      try tree(
        .properties,
        "# c\n! c\na=https\\://x.example/\\\n    y\nb : 1 \nc 2\n\\u0064\\=e = \\u00e9\nf\n")
        == #"{a: "https://x.example/y", b: "1 ", c: "2", d=e: "é", f: ""}"#)
    #expect(refusal(.properties, "a=1\n\\u0061=2\n") == .duplicateKey)
    #expect(refusal(.properties, "a=\\u00g0\n") == .unexpected)
    #expect(refusal(.properties, "a=\\ud800\n") == .unsupported)
    #expect(try tree(.properties, "a=\\") == #"{a: ""}"#)
  }

  static let gitFiles = [
    "[submodule \"a/b\"]\n\tpath = a/b\n\turl = https://git.example/b.git\n",
    "[A]\nB = \"x ; y\" # c\n[a \"S\\\"q\\\\\"] c\nd = e\\tf\\n\\\"g\\\\\n",
    "[a]b=1\nc=\n[d]\n; x\ne = a  b   \nf = a \\\n  b\n", "# only\n", "",
    "[a]\nx = \" lead\"tail\" \"\n", "[a]\r\nb = c\r\n[d \"e\"]\r\n", "[a]\nb = x\\\r\n y\n",
    "[a]\nx = \"\"\ny = a\"b c\"d ;e\n",
  ]

  @Test("git config reads the same variables", arguments: gitFiles)
  func sameAsGit(text: String) throws {
    let document = try Syntax.gitConfig.read(Array(text.utf8), limits: ReadingLimits())
    #expect(Self.variables(document).sorted() == Self.git(text)?.sorted())
  }

  @Test(
    "what git takes only the last of, or calls broken, is refused",
    arguments: [
      ("[a]\nb=1\nB=2\n", Unread.Reason.duplicateKey), ("[s \"x\"]\n[s \"x\"]\n", .duplicateKey),
      ("a=1\n", .unexpected), ("[a.b]\nc=1\n", .unsupported), ("[a\n", .unexpected),
      ("[a]\nb = \"x\n", .unexpected), ("[a]\nb = \\x\n", .unexpected), ("[a]\nb c\n", .unexpected),
      ("[a \"b]\n", .unexpected), ("[a]\n1=2\n", .unexpected), ("[a \"b\" ]\n", .unexpected),
    ])
  func gitRefused(text: String, reason: Unread.Reason) {
    #expect(refusal(.gitConfig, text) == reason)
  }

  /// `section.subsection.name\nvalue`, as `git config --list -z` has it.
  private static func variables(_ document: Document) -> [String] {
    func string(_ text: Text) -> String {
      String(decoding: document.bytes(text), as: UTF8.self)
    }
    func list(_ node: NodeID, _ prefix: String) -> [String] {
      document.children(node).flatMap { child in
        let name = prefix + string(document.key(child))
        if document.isObject(child) { return list(child, name + ".") }
        let isAlone = document.kind(child) == .bare
        return [isAlone ? name : name + "\n" + string(document.text(child))]
      }
    }
    return list(.root, "")
  }

  private static func git(_ text: String) -> [String]? {
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "config", "-f", "-", "--list", "-z"]
    process.standardInput = input
    process.standardOutput = output
    do {
      try process.run()
      try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
      try input.fileHandleForWriting.close()
    } catch { return nil }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }
}
