import HookWire
import Testing

@Suite struct GitRequestTests {
  private func path(_ command: String) throws -> String {
    String(decoding: try GitRequest(command: Array(command.utf8)).path, as: UTF8.self)
  }

  private func refusal(_ command: some Sequence<UInt8>) -> GitRequestError? {
    do throws(GitRequestError) {
      _ = try GitRequest(command: Array(command)).names()
      return nil
    } catch {
      return error
    }
  }

  @Test("git's three services are read, in both of their spellings")
  func services() throws {
    for service in GitRequest.Service.allCases where !service.isLFS {
      for dash in ["-", " "] {
        let request = try GitRequest(command: Array("git\(dash)\(service.rawValue) 'a'".utf8))
        #expect(request.service == service)
        #expect(request.path == Array("a".utf8))
        #expect(request.writes == (service == .receivePack))
      }
    }
  }

  @Test("git-lfs's two services are read, with the path as it is or quoted, and what they are for")
  func lfs() throws {
    for service in [GitRequest.Service.lfsAuthenticate, .lfsTransfer] {
      for operation in GitRequest.Operation.allCases {
        for word in ["/team/app.git", "'/team/app.git'"] {
          let command = "git-\(service.rawValue) \(word) \(operation.rawValue)"
          let request = try GitRequest(command: Array(command.utf8))
          #expect(request.service == service && request.operation == operation)
          #expect(request.path == Array("/team/app.git".utf8))
          #expect(request.writes == (operation == .upload))
        }
      }
    }
  }

  @Test("what git quotes is read back")
  func quotes() throws {
    #expect(try path("git-upload-pack '/team/app.git'") == "/team/app.git")
    #expect(try path("git-upload-pack 'it'\\''s'") == "it's")
    #expect(try path("git-upload-pack 'no'\\!''\\!''\\'''") == "no!!'")
    #expect(try path("git-upload-pack 'a b; $(c) \\ \"'") == "a b; $(c) \\ \"")
    #expect(try path("git-upload-pack ''") == "")
  }

  @Test(
    "nothing else is a request",
    arguments: [
      "", "'", "''", "sh", "sh -c 'id'", "scp -t /", "scp -f '/etc/passwd'", "internal-sftp",
      "/usr/lib/openssh/sftp-server", "git", "git 'a'", "git upload-pack", "git-upload-pack",
      "git-upload-pack a", "git-upload-pack \"a\"", "git-upload-pack 'a", "git-upload-pack a'b'",
      "git-upload-pack --strict 'a'", "git-upload-pack '--strict' 'a'", "git-upload-pack 'a' 'b'",
      "git-upload-pack 'a' ", "git-upload-pack 'a'\n", "git-upload-pack 'a';id",
      "git-upload-pack 'a'b", "git-upload-pack 'a''b'", "git-upload-pack 'a'\\x''",
      "git-upload-pack 'a'\\'", "git-upload-pack 'a'\\\\''", "git-upload-pack  'a'",
      " git-upload-pack 'a'", "git-upload-pack\t'a'", "git\tupload-pack 'a'",
      "git  upload-pack 'a'", "GIT-UPLOAD-PACK 'a'", "/usr/bin/git-upload-pack 'a'",
      "git-upload-packx 'a'", "git-shell 'a'", "git-http-backend 'a'", "git daemon 'a'",
      "git -c core.pager=id upload-pack 'a'", "git --git-dir=/x upload-pack 'a'",
      "git-lfs-authenticate a", "git-lfs-authenticate a b", "git-lfs-authenticate a delete",
      "git-lfs-authenticate 'a'", "git-lfs-authenticate  download", "git-lfs-authenticate download",
      "git-lfs-authenticate a  download", "git-lfs-authenticate a download ",
      "git-lfs-authenticate a b download", "git-lfs-authenticate a;id download",
      "git-lfs-authenticate $(id) download", "git-lfs-authenticate 'a'b download",
      "git-lfs-authenticate --help download", "git-lfs-authenticate -x upload",
      "git-lfs-authenticate ../a upload", "git-lfs-authenticate a/../b upload",
      "git-lfs-authenticate ~a upload", "git-lfs-authenticate a download\n",
      "git-lfs-authenticate a download 0123", "git-lfs-authenticate a\tdownload",
      "git-lfs-authenticate \"a\" download", "git-lfs-authenticate a Download",
      "git lfs-authenticate a download", "git-lfs-transferx a upload", "git-lfs a upload",
      "git-upload-archive--writer 'a'",
      "git-receive-pack 'a' --stateless-rpc", "exec git-upload-pack 'a'", "env git-upload-pack 'a'",
      "hookkit authorized-keys 'a'", "git-upload-pack $(id)'a'",
    ])
  func others(_ command: String) {
    #expect(refusal(command.utf8) != nil)
  }

  @Test(
    "a path leads down from the root by plain names",
    arguments: [
      ("a", ["a"]), ("/a.git", ["a.git"]), ("team/app", ["team", "app"]),
      ("/team/app.git/", ["team", "app.git"]), ("a b/c", ["a b", "c"]),
      ("caf\u{e9}", ["caf\u{e9}"]),
      ("a..b/c~", ["a..b", "c~"]), ("$HOME", ["$HOME"]),
    ])
  func names(_ text: String, _ names: [String]) throws {
    #expect(try GitRequest(command: Array("git-upload-pack '\(text)'".utf8)).names() == names)
  }

  /// Paths, each with the name in it that is refused.
  private static let escapes: [String: String] = [
    "..": "..", "../a": "..", "a/../b": "..", "a/..": "..", ".": ".", "./a": ".", "a/.git": ".git",
    ".ssh": ".ssh", "-a": "-a", "--upload-pack=id": "--upload-pack=id", "/-a": "-a", "a/-b": "-b",
    "~": "~", "~root/a": "~root",
  ]

  @Test("a name that could lead elsewhere is refused", arguments: escapes)
  func refusesEscape(_ path: String, _ name: String) {
    let error = refusal("git-receive-pack '\(path)'".utf8)
    #expect(error == GitRequestError.unsafeName(Array(name.utf8)))
  }

  private static let nameless: [String: GitRequestError] = [
    "": .noName, "/": .noName, "//": .noName, "//a": .emptyName, "a//b": .emptyName,
    "a//": .emptyName, "a\nb": .controlByte, "a\tb": .controlByte, "a\u{1b}[2Jb": .controlByte,
    "a\u{7f}": .controlByte, "a\0b": .controlByte,
  ]

  @Test("a path with no name, an empty or an unprintable one is refused", arguments: nameless)
  func refusesNameless(_ path: String, _ error: GitRequestError) {
    #expect(refusal("git-receive-pack '\(path)'".utf8) == error)
  }

  @Test("a path that is not UTF-8 is refused")
  func notUTF8() {
    #expect(refusal("git-upload-pack '".utf8 + [0x61, 0xff] + "'".utf8) == .notUTF8)
    #expect(refusal("git-upload-pack '".utf8 + [0xc0, 0xae, 0xc0, 0xae] + "'".utf8) == .notUTF8)
  }

  @Test("a path may be as long as the system allows, and a request no longer than that quoted")
  func length() throws {
    let most = String(repeating: "a", count: GitRequest.longestPath)
    #expect(try path("git-upload-pack '\(most)'") == most)
    #expect(
      refusal("git-upload-pack '\(most)a'".utf8) == .tooLong(limit: GitRequest.longestPath))
    let quotes = String(repeating: "'\\''", count: GitRequest.longestPath)
    #expect(try GitRequest(command: Array("git-upload-pack '\(quotes)'".utf8)).path.count == 4096)
    #expect(
      refusal(Array(repeating: 0x61, count: 1 << 20)) == .tooLong(limit: GitRequest.longestCommand))
  }

  @Test("every refusal is a line of printable ASCII, whatever it quotes")
  func words() {
    let errors: [GitRequestError] = [
      .noService, .unfinishedQuote, .wordsBehindPath, .tooLong(limit: 1), .noName, .emptyName,
      .controlByte, .notUTF8, .unsafeName([0x2e, 0x1b, 0xff, 0x0a]),
    ]
    for error in errors {
      #expect(error.description.utf8.allSatisfy { (0x20...0x7e).contains($0) })
    }
  }
}
