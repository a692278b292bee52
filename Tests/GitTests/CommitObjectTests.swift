import Git
import Primitives
import TestSupport
import Testing

/// The strict reading of commits. What git itself makes of them is in `CommitFormTests`.
@Suite struct CommitObjectTests {
  private static let tree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
  private static let parent = "1111111111111111111111111111111111111111"
  private static let other = "2222222222222222222222222222222222222222"
  private static let ident = "Dana <dana@example.org> 1767225600 +0100"

  /// A commit of these header lines and this message.
  private static func commit(
    tree: String = "tree \(tree)\n", parents: String = "parent \(parent)\n",
    author: String = "author \(ident)\n", committer: String = "committer \(ident)\n",
    more: String = "", message: String = "\nSubject\n\nBody\n"
  ) -> [UInt8] {
    Array((tree + parents + author + committer + more + message).utf8)
  }

  private static func malformation(_ bytes: [UInt8]) -> CommitObject.Malformation? {
    do throws(CommitObject.Malformation) {
      _ = try CommitObject(bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test("the headers and the message are read where they stand")
  func wellFormed() throws {
    let commit = try CommitObject(
      Self.commit(
        parents: "parent \(Self.parent)\nparent \(Self.other)\n",
        author: "author Dana  Lee <dana@example.org> 1 -0000\n", more: "encoding ISO-8859-1\n"))
    #expect(commit.tree == ObjectID(Self.tree))
    #expect(commit.parents == [ObjectID(Self.parent), ObjectID(Self.other)])
    #expect(commit.author.name == Array("Dana  Lee".utf8))
    #expect(commit.author.email == Array("dana@example.org".utf8))
    #expect(commit.author.time == 1)
    #expect(commit.committer.time == 1_767_225_600)
    #expect(commit.message.elementsEqual("Subject\n\nBody\n".utf8))
    #expect(commit.subject.elementsEqual("Subject".utf8))
    #expect(commit.signature == nil)
    #expect(commit.signedPayload == commit.bytes)
  }

  @Test("a root, an empty message and a message without a line feed at its end are commits")
  func messages() throws {
    let cases: [(String, String)] = [
      ("\n", ""), ("\n\n", "\n"), ("\nx", "x"), ("\nx\r\ny\r\n", "x\r\ny\r\n"),
      ("\ntree \(Self.tree)\nauthor x\n", "tree \(Self.tree)\nauthor x\n"),
      (
        "\ngpgsig -----BEGIN SSH SIGNATURE-----\n x\n", "gpgsig -----BEGIN SSH SIGNATURE-----\n x\n"
      ),
    ]
    for (text, message) in cases {
      let commit = try CommitObject(Self.commit(parents: "", message: text))
      #expect(commit.parents.isEmpty)
      #expect(commit.message.elementsEqual(message.utf8), "\(text)")
      #expect(commit.signature == nil, "a line of the message is no header")
    }
    let binary = Self.commit(message: "\n") + [0xff, 0xfe, 0x80, 0x0a]
    #expect(try CommitObject(binary).message.elementsEqual([0xff, 0xfe, 0x80, 0x0a]))
  }

  @Test("names and addresses are bytes, and may be empty but for their marks")
  func identities() throws {
    let cases: [(String, String, String)] = [
      ("Dana <>", "Dana", ""), (" <dana>", "", "dana"), ("  <a b>", " ", "a b"),
      ("D\u{e4}na \u{202e} < x >", "D\u{e4}na \u{202e}", " x "),
    ]
    for (text, name, email) in cases {
      let commit = try CommitObject(Self.commit(author: "author \(text) 0 +0000\n"))
      #expect(commit.author.name == Array(name.utf8), "\(text)")
      #expect(commit.author.email == Array(email.utf8), "\(text)")
    }
  }

  /// Every way in which a commit is refused: its bytes, and the reason that is given.
  private static let malformed: [(String, [UInt8], CommitObject.Malformation)] = [
    ("nothing", [], .header(expected: "tree")),
    ("no tree", commit(tree: ""), .header(expected: "tree")),
    ("a short tree", commit(tree: "tree \(tree.dropLast())\n"), .header(expected: "tree")),
    ("a long tree", commit(tree: "tree \(tree)0\n"), .header(expected: "tree")),
    (
      "a tree that is no number", commit(tree: "tree \(tree.dropLast())g\n"),
      .header(expected: "tree")
    ),
    ("two spaces", commit(tree: "tree  \(tree)\n"), .header(expected: "tree")),
    ("CRLF", commit(tree: "tree \(tree)\r\n"), .header(expected: "tree")),
    ("no line feed", Array("tree \(tree)".utf8), .header(expected: "tree")),
    (
      "a parent first", commit(tree: "", parents: "parent \(parent)\ntree \(tree)\n"),
      .header(expected: "tree")
    ),
    ("a short parent", commit(parents: "parent 1\n"), .header(expected: "author")),
    ("no author", commit(author: ""), .header(expected: "author")),
    ("no committer", commit(committer: ""), .header(expected: "committer")),
    (
      "the committer first", commit(author: "committer \(ident)\nauthor \(ident)\n", committer: ""),
      .header(expected: "author")
    ),
    (
      "two authors", commit(author: "author \(ident)\nauthor \(ident)\n"),
      .header(expected: "committer")
    ),
    ("an author behind", commit(more: "author \(ident)\n"), .duplicate("author")),
    ("two committers", commit(more: "committer \(ident)\n"), .duplicate("committer")),
    ("a late parent", commit(more: "parent \(parent)\n"), .duplicate("parent")),
    ("a second tree", commit(more: "tree \(tree)\n"), .duplicate("tree")),
    ("a tree without value", commit(more: "tree\n"), .duplicate("tree")),
    ("two signatures", commit(more: "gpgsig a\ngpgsig b\n"), .duplicate("gpgsig")),
    ("a signature without value", commit(more: "gpgsig\n a\n"), .emptySignature),
    ("another format's signature", commit(more: "gpgsig-sha256 a\n"), .foreignSignature),
    ("a header without name", commit(more: " x\n"), .unterminatedHeader),
    ("no end of headers", commit(message: ""), .truncated),
    ("a cut header", commit(more: "encoding", message: ""), .truncated),
    ("a cut continuation", commit(more: "gpgsig a\n b", message: ""), .truncated),
    ("a NUL in the message", commit(message: "\na\0b\n"), .nul),
    ("a NUL at the end", commit(message: "\na\0"), .nul),
    ("a NUL in a header", commit(more: "encoding \0\n"), .nul),
    ("a NUL in a name", commit(author: "author a\0 <b> 0 +0000\n"), .nul),
  ]

  @Test("every malformation is refused under its own name", arguments: malformed.indices)
  func malformations(_ index: Int) {
    let (what, bytes, expected) = Self.malformed[index]
    #expect(Self.malformation(bytes) == expected, "\(what)")
    #expect(!expected.words.isEmpty)
  }

  @Test(
    "an identity line that git fsck would not take is refused",
    arguments: [
      "Dana dana@example.org 0 +0000", "Dana <dana 0 +0000", "Dana dana> 0 +0000",
      "Dana <da<na> 0 +0000", "Da>na <dana> 0 +0000", "Dana <dana>> 0 +0000",
      "Dana <dana> <x> 0 +0000", "Dana<dana> 0 +0000", "<dana> 0 +0000", "Dana <dana>0 +0000",
      "Dana <dana>", "Dana <dana> ", "Dana <dana> 0", "Dana <dana> 0 ", "Dana <dana>  0 +0000",
      "Dana <dana> 0  +0000", "Dana <dana> x +0000", "Dana <dana> -1 +0000",
      "Dana <dana> 01 +0000", "Dana <dana> 00 +0000", "Dana <dana> 0 0000", "Dana <dana> 0 +000",
      "Dana <dana> 0 +00000", "Dana <dana> 0 +00x0", "Dana <dana> 0 +0000 ",
      "Dana <dana> 0 +0000\r", "Dana <dana> 99999999999999999999 +0000",
      "Dana <dana> 9223372036854775808 +0000", "",
    ])
  func identity(_ text: String) {
    let author = Self.malformation(Self.commit(author: "author \(text)\n"))
    #expect(author == .identity("author"))
    let committer = Self.malformation(Self.commit(committer: "committer \(text)\n"))
    #expect(committer == .identity("committer"))
  }

  @Test("a commit has as many parents as the limit and not one more")
  func parents() {
    let line = "parent \(Self.parent)\n"
    let most = CommitObject.mostParents
    let full = Self.commit(parents: String(repeating: line, count: most))
    #expect((try? CommitObject(full))?.parents.count == most)
    let over = Self.commit(parents: String(repeating: line, count: most + 1))
    #expect(Self.malformation(over) == .tooManyParents(limit: most))
  }

  @Test("a signature comes without its name and leading spaces, and is left out of what it signs")
  func signature() throws {
    let armour = "-----BEGIN X-----\n\n AAAA\n  BBBB\n-----END X-----\n"
    let lines = armour.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    let header = "gpgsig " + lines.joined(separator: "\n ") + "\n"
    for (before, behind) in [
      ("", ""), ("encoding x\n", ""), ("", "encoding x\n"),
      ("mergetag object \(Self.parent)\n type commit\n gpgsig z\n \n text\n", "HG:extra a\n b\n"),
    ] {
      let commit = try CommitObject(Self.commit(more: before + header + behind))
      #expect(commit.signature == Array(armour.utf8))
      #expect(commit.signedPayload == Self.commit(more: before + behind))
      #expect(commit.message.elementsEqual("Subject\n\nBody\n".utf8))
    }
  }

  @Test("a signature of one line, and one that ends the headers, are read")
  func shortSignatures() throws {
    #expect(try CommitObject(Self.commit(more: "gpgsig x\n")).signature == Array("x\n".utf8))
    #expect(try CommitObject(Self.commit(more: "gpgsig \n")).signature == Array("\n".utf8))
    let commit = try CommitObject(Self.commit(more: "gpgsig a\n \n", message: "\n"))
    #expect(commit.signature == Array("a\n\n".utf8))
    #expect(commit.signedPayload == Self.commit(message: "\n"))
  }

  @Test("a commit that is cut anywhere gives an error or a shorter message, never a trap")
  func truncated() {
    let whole = Self.commit(more: "gpgsig a\n b\nencoding x\n")
    let headers = whole.count - "Subject\n\nBody\n".utf8.count
    for count in 0..<whole.count {
      let cut = Array(whole[..<count])
      if count < headers {
        #expect(Self.malformation(cut) != nil, "\(count)")
      } else {
        #expect((try? CommitObject(cut))?.message.count == count - headers)
      }
    }
  }

  @Test("50 MB of message are over the limit and named so")
  func largeMessage() throws {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository()
    let repository = try Repository(gitDirectory: bare.path, scratch: false)
    let bytes = Self.commit() + [UInt8](repeating: 0x61, count: 50 << 20)
    let id = try repository.write(.commit, bytes)
    let store = try ObjectStore(gitDirectory: bare.path)
    #expect(
      throws: GitError.overLimit(
        "commit \(id.hex) has \(bytes.count) bytes, the limit is \(CommitObject.largest)")
    ) { try store.commit(id) }
  }
}
