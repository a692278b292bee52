import Policy
import Primitives
import Testing

struct CodeOwnersTests {
  private func owners(_ text: String, of path: String) throws -> [[String]] {
    try CodeOwners(bytes(text)).owners(of: bytes(path)).map { group in
      group.map { String(decoding: $0, as: UTF8.self) }
    }
  }

  private func refusal(_ text: String) -> String {
    do throws(CodeOwnersError) {
      _ = try CodeOwners(bytes(text))
      return "accepted"
    } catch {
      return error.description
    }
  }

  @Test("the places are asked in the order in which hosts look")
  func locations() {
    #expect(
      CodeOwners.locations == [
        bytes(".github/CODEOWNERS"), bytes("CODEOWNERS"), bytes("docs/CODEOWNERS"),
        bytes(".gitlab/CODEOWNERS"), bytes(".gitea/CODEOWNERS"), bytes(".forgejo/CODEOWNERS"),
        bytes(".bitbucket/CODEOWNERS"),
      ])
  }

  /// The worked example of GitHub's "About code owners", in names of our own.
  private static let github = """
    # everything, unless a later rule says otherwise
    *       @all1 @all2
    *.js    @js #inline
    *.go docs@example.com
    *.txt @org/writers
    /build/logs/ @doctor
    docs/* docs@example.com
    apps/ @octo
    /docs/ @doctor
    /scripts/ @doctor @octo
    **/logs @log
    /apps/
    /apps/github @doctor
    """

  @Test(
    "the last rule that matches a path counts",
    arguments: [
      ("README.md", [["@all1", "@all2"]]),
      ("src/a.js", [["@js"]]),
      ("cmd/x/main.go", [["docs@example.com"]]),
      ("notes.txt", [["@org/writers"]]),
      ("build/logs/today", [["@log"]]),
      ("deep/build/logs", [["@log"]]),
      ("deep/logs/x/y", [["@log"]]),
      ("docs/a.md", [["@doctor"]]),
      ("sub/docs/a.md", [["@all1", "@all2"]]),
      ("scripts/x.js", [["@doctor", "@octo"]]),
      ("x/apps/y.rs", [["@octo"]]),
      ("apps/y.rs", []),
      ("apps/github", [["@doctor"]]),
      ("apps/github/x.js", [["@doctor"]]),
      ("apps/githubx", []),
    ])
  func github(_ path: String, _ expected: [[String]]) throws {
    #expect(try owners(Self.github, of: path) == expected)
  }

  @Test(
    "a pattern matches as gitignore says",
    arguments: [
      ("*", "a/b/c", true), ("/*", "a", true), ("/*", "a/b", false), ("/", "a/b", true),
      ("a", "a", true), ("a", "x/a", true), ("a", "x/a/y", true), ("a", "ab", false),
      ("/a", "a/y", true), ("/a", "x/a", false), ("a/", "a", false), ("a/", "x/a/y", true),
      ("a/b", "a/b", true), ("a/b", "x/a/b", false), ("a/b", "a/b/c", true),
      ("a/b/", "a/b", false), ("a/b/", "a/b/c/d", true), ("a/*", "a/b", true),
      ("a/*", "a/b/c", false), ("a/*.c", "a/x.c", true), ("a/*.c", "a/b/x.c", false),
      ("a/**", "a/b/c", true), ("a/**", "b/a/c", false), ("a/**/z", "a/z", true),
      ("a/**/z", "a/b/c/z", true), ("**/z", "z", true), ("**/z", "a/b/z", true),
      ("**", "a/b", true), ("**/", "a/b/c", true), ("**/", "a", false), ("*/", "a/b/c", true),
      ("*/", "a", false), ("**/*", "a/b", true), ("**/a/", "x/a/y", true), ("**/a/", "x/a", false),
      ("/**", "a/b", true), ("**/a/b", "x/a/b", true), ("*.tar.*", "a/x.tar.gz", true),
      ("*.tar.*", "a/x.tar", false), ("*.c", "x.c/y", true), ("*a", "a", true),
      ("/a*/b", "ax/b/c", true), ("/a*/b", "a/x/b", false), ("a**z", "abz", true),
      ("a**z", "a/z", false), ("a?c", "abc", true),
      ("a?c", "a/c", false), ("*.md", "A.MD", false), ("/a/*/", "a/b/c", true),
      ("/a/*/", "a/b", false), ("a\\ b", "a b", true), ("\\#a", "#a", true),
      ("a\\\\b", "a\\b", true),
      ("caf\u{e9}", "cafe\u{301}", false),
    ])
  func patterns(_ pattern: String, _ path: String, _ matches: Bool) throws {
    #expect(try owners("\(pattern) @x", of: path).isEmpty == !matches)
  }

  @Test("a rule without owners takes the owners of earlier rules away")
  func unowned() throws {
    #expect(try owners("* @x\n/gen/", of: "gen/a") == [])
    #expect(try owners("* @x\n/gen/ # nobody", of: "gen/a") == [])
  }

  @Test("blank lines, comments, tabs and carriage returns are layout")
  func layout() throws {
    let text = "\r\n# c\r\n\t*.c\t@x\t \t@y\r\n   \r\n"
    #expect(try owners(text, of: "a.c") == [["@x", "@y"]])
    #expect(try owners("", of: "a.c") == [])
  }

  @Test("every section asks by itself")
  func sections() throws {
    let text = """
      * @default
      [Docs] @writers
      docs/
      *.md @dana
      [Database][2] @dba
      model/
      ^[Nice to know]
      * @x
      [docs] @editors
      docs/x.md
      """
    #expect(try owners(text, of: "src/a") == [["@default"]])
    #expect(try owners(text, of: "docs/a") == [["@default"], ["@writers"]])
    #expect(try owners(text, of: "docs/x.md") == [["@default"], ["@editors"]])
    #expect(try owners(text, of: "model/docs/a.md") == [["@default"], ["@dana"], ["@dba"]])
    let demands = try CodeOwners(bytes(text)).demands(for: bytes("model/a"))
    #expect(
      demands == [
        CodeOwners.Demand(owners: [bytes("@default")], approvals: 1, line: 1),
        CodeOwners.Demand(owners: [bytes("@dba")], approvals: 2, line: 6),
      ])
  }

  @Test(
    "what cannot be read exactly is refused with its line",
    arguments: [
      ("a @x\n!b @x", "line 2: the pattern \"!b\" cannot be read exactly"),
      ("a[bc] @x", "line 1: the pattern \"a[bc]\" cannot be read exactly"),
      ("a\\* @x", "line 1: the pattern \"a\\\\*\" cannot be read exactly"),
      ("a\\", "line 1: the pattern \"a\\\\\" cannot be read exactly"),
      ("a//b @x", "line 1: the pattern \"a//b\" cannot be read exactly"),
      ("a x", "line 1: \"x\" is no @name, @group/team or e-mail address"),
      ("a @", "line 1: \"@\" is no @name, @group/team or e-mail address"),
      ("a @@@x", "line 1: \"@@@x\" is no @name, @group/team or e-mail address"),
      ("a x@", "line 1: \"x@\" is no @name, @group/team or e-mail address"),
      ("a @x\n@@@G @x", "line 2: the pattern \"@@@G\" cannot be read exactly"),
      ("a @x,@y", "line 1: \"@x,@y\" is no @name, @group/team or e-mail address"),
      ("[", "line 1: this is not a section such as [Name] or ^[Name][2]"),
      ("[]", "line 1: this is not a section such as [Name] or ^[Name][2]"),
      ("[A][0]", "line 1: this is not a section such as [Name] or ^[Name][2]"),
      ("[A][two]", "line 1: this is not a section such as [Name] or ^[Name][2]"),
      ("[A]b @x", "line 1: this is not a section such as [Name] or ^[Name][2]"),
      ("[A]\n^[a]", "line 2: the section stands above with another count or another ^"),
      ("[A]\n[A][2]", "line 2: the section stands above with another count or another ^"),
      ("a @x\u{1b}[2J", "line 1: the control character \\x1b stands here"),
      ("a\u{0}b @x", "line 1: the control character \\x00 stands here"),
      ("a @x\rb @y", "line 1: the control character \\x0d stands here"),
      ("\u{feff}* @x", "line 1: the file begins with a byte-order mark"),
    ])
  func refused(_ text: String, _ message: String) {
    #expect(refusal(text) == message)
  }

  @Test(
    "an expression must match the whole path",
    arguments: [
      (".*", "a/b", true), ("docs/.*", "docs/a/b", true), ("docs/.*", "x/docs/a", false),
      (".*\\\\.go", "a/b.go", true), (".*\\\\.go", "a/bgo", false), (".*\\.go", "a/bxgo", true),
      ("a/[^/]*", "a/b", true), ("a/[^/]*", "a/b/c", false), ("a/[^/]+", "a/", false),
      ("ab?c", "ac", true), ("ab?c", "abbc", false), ("ab+", "abbb", true), ("ab+", "a", false),
      ("^a$", "a", true), ("a", "ab", false), ("a", "ba", false), ("a.c", "a/c", true),
      ("a.c", "a\u{e9}c", true), ("\u{e9}+", "\u{e9}\u{e9}", true), ("a\\ b", "a b", true),
      ("a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaac", false),
    ])
  func expressions(_ pattern: String, _ path: String, _ matches: Bool) throws {
    let owners = try CodeOwners(bytes("\(pattern) @x"), as: .expressions)
    #expect(owners.owners(of: bytes(path)).isEmpty == !matches)
  }

  @Test(
    "an expression that is more than can be matched exactly is refused",
    arguments: [
      "!a", "(a|b)", "a|b", "[a-z]", "a{2}", "a**", "a*?", "\\\\d", "\\\\", "(?i)a", "^", "a$b",
      "*",
    ])
  func refusedExpressions(_ pattern: String) {
    do throws(CodeOwnersError) {
      _ = try CodeOwners(bytes("b @x\n\(pattern) @x"), as: .expressions)
      Issue.record("accepted")
    } catch {
      #expect(error.line == 2)
      guard case .unsupportedPattern = error.problem else {
        Issue.record("\(error)")
        return
      }
    }
  }

  @Test("expressions have no sections, and each line asks by itself")
  func eachExpression() throws {
    let owners = try CodeOwners(bytes(".* @x\na/.* @y # c\nb# @z\n"), as: .expressions)
    #expect(owners.owners(of: bytes("a/b")) == [[bytes("@x")], [bytes("@y")]])
    #expect(owners.demands(for: bytes("A/B"), ignoringCase: true).count == 2)
    #expect(owners.owners(of: [0xff]).count == 2)
  }

  @Test("size, rules and owners are limited")
  func limits() {
    let blanks = String(repeating: "\n", count: CodeOwners.byteLimit)
    #expect(refusal(blanks) == "accepted")
    #expect(
      refusal(blanks + "\n")
        == "line 1: the file has \(CodeOwners.byteLimit + 1) bytes, more than "
        + "\(CodeOwners.byteLimit)")
    #expect(
      refusal(String(repeating: "a @x\n", count: CodeOwners.ruleLimit + 1))
        == "line \(CodeOwners.ruleLimit + 1): the file has more than \(CodeOwners.ruleLimit) rules")
    #expect(
      refusal("a" + String(repeating: " @x", count: CodeOwners.ownerLimit + 1))
        == "line 1: the rule names more than \(CodeOwners.ownerLimit) owners")
  }

  @Test("paths are bytes: one that is not UTF-8 has owners too")
  func bytesAsPaths() throws {
    let owners = try CodeOwners(bytes("*.c @x\n") + [0xff] + bytes(" @y"))
    #expect(owners.owners(of: [0xfe] + bytes(".c")) == [[bytes("@x")]])
    #expect(owners.owners(of: [0xff]) == [[bytes("@y")]])
  }
}

/// Owners of CODEOWNERS as people of the policy.
struct PolicyOwnersTests {
  private let policy: Policy

  init() throws {
    policy = try Policy(layers: [
      layer(
        .tree,
        head + """
          [people.dana]
          emails = ["dana@example.org"]
          accounts = ["dd"]
          roles = ["docs", "core/db"]
          [people.lee]
          accounts = ["docs"]
          roles = ["docs", "db"]
          [people.twin]
          accounts = ["Twin2"]
          [people.other]
          accounts = ["Twin"]
          [agents.codex]
          accounts = ["codex"]
          emails = ["codex@example.org"]
          """)
    ])
  }

  @Test(
    "an owner is a person by address, name or account, or else all who have the role",
    arguments: [
      ("dana@example.org", ["dana"]), ("DANA@Example.org", ["dana"]), ("@dana", ["dana"]),
      ("@dd", ["dana"]), ("@docs", ["lee"]), ("@@docs", ["dana", "lee"]),
      ("@core/db", ["dana"]), ("@other/db", ["lee"]), ("@other/docs", ["dana", "lee"]),
      ("@Dana", ["dana"]), ("@DD", ["dana"]), ("@@DOCS", ["dana", "lee"]),
      ("@Other/DB", ["lee"]), ("@TWIN", []), ("@twin", ["twin"]), ("@nobody", []),
      ("nobody@example.org", []),
    ])
  func people(_ owner: String, _ names: [String]) {
    #expect(policy.people(ownedAs: bytes(owner)).map(\.name) == names)
  }

  @Test("an agent owns nothing", arguments: ["@codex", "codex@example.org"])
  func agents(_ owner: String) {
    #expect(policy.people(ownedAs: bytes(owner)).isEmpty)
  }
}
