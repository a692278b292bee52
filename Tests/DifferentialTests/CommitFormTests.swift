import Git
import Primitives
import TestSupport
import Testing

/// Commits as git fsck and git verify-commit read them.
@Suite struct CommitFormTests {
  private static let ident = "Dana <dana@example.org> 1767225600 +0000"

  private static func seeds(_ tree: ObjectID, _ parent: ObjectID) -> [[UInt8]] {
    let head = "tree \(tree)\nparent \(parent)\nauthor \(ident)\ncommitter \(ident)\n"
    return [
      head + "\nSubject\n", head + "encoding ISO-8859-1\n\nx", head + "\n",
      head + "gpgsig -----BEGIN SSH SIGNATURE-----\n AAAA\n -----END SSH SIGNATURE-----\n\nx\n",
      head + "mergetag object \(parent)\n type commit\n tag v1\n \n text\n\nMerge\n",
      "tree \(tree)\nauthor \(ident)\ncommitter \(ident)\n\nRoot\n",
    ].map { Array($0.utf8) }
  }

  /// A few changes at places and with bytes at which readers turn.
  private static func mutated(_ seed: [UInt8], _ dice: inout Dice) -> [UInt8] {
    var bytes = seed
    let special = Array("\n\n  <>+-0019aZ\r\t\0".utf8)
    for _ in 0...dice.roll(3) where !bytes.isEmpty {
      // Mostly in the headers, where it matters.
      let place = dice.roll(min(bytes.count, 260))
      switch dice.roll(6) {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(dice.pick(special), at: place)
      case 2: bytes[place] = dice.pick(special)
      case 3:
        let lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
        let from = dice.roll(lines.count)
        var copy = lines
        copy.insert(lines[from], at: dice.roll(lines.count))
        bytes = Array(copy.joined(separator: [0x0a]))
      case 4:
        var lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
        lines.remove(at: dice.roll(lines.count))
        bytes = Array(lines.joined(separator: [0x0a]))
      default: bytes = Array(bytes[..<place])
      }
    }
    return bytes
  }

  @Test("what git fsck calls an error in a commit is one here")
  func fsck() throws {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository()
    let repository = try Repository(gitDirectory: bare.path, scratch: false)
    let parent = try bare.commit("base", ["a": "1"])
    let tree = try #require(try bare.id("\(parent)^{tree}"))
    var dice = Dice(seed: 31)
    var written: [ObjectID: [UInt8]] = [:]
    for seed in Self.seeds(tree, parent) {
      for number in 0..<250 {
        let bytes = number == 0 ? seed : Self.mutated(seed, &dice)
        written[try repository.write(.commit, bytes)] = bytes
      }
    }
    let report = try bare.attempt("fsck", "--no-dangling", "--no-reflogs")
    var errors: [ObjectID: String] = [:]
    for line in (report.output + report.errors).split(separator: "\n") {
      for prefix in ["error in commit ", "error: "] where line.hasPrefix(prefix) {
        if let id = ObjectID(String(line.dropFirst(prefix.count).prefix(40))) {
          errors[id] = String(line)
        }
      }
    }
    #expect(errors.count > 300)
    var accepted = 0
    for (id, bytes) in written {
      guard (try? CommitObject(bytes, id: id)) != nil else { continue }
      accepted += 1
      #expect(
        errors[id] == nil, "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
    }
    #expect(accepted > 150)
  }

  @Test(
    "what is signed is what git signs, for every kind of key",
    arguments: [TestKey.Kind.ed25519, .ecdsa256, .rsa])
  func signedByGit(_ kind: TestKey.Kind) throws {
    let sandbox = try Sandbox()
    let work = try sandbox.repository()
    let dana = try sandbox.person("dana", kind)
    try sandbox.write("dana@example.org \(dana.key?.publicLine ?? "")\n", to: "allowed")
    try work.git("config", "gpg.ssh.allowedSignersFile", sandbox.path("allowed"))
    let side = try work.commit("side\n", ["b": "2"], on: "side", author: dana, signedBy: dana)
    try work.tag("v1", of: side, message: "a tag\n", by: dana, signed: true)
    try work.commit("one", ["a": "1"], author: dana, signedBy: dana)
    try work.commit("", ["a": "2"], author: dana, signedBy: dana)
    try work.commit("crlf\r\n\r\nbody\r\n", ["a": "3"], author: dana, signedBy: dana)
    try work.commit("no end", ["a": "4"], author: dana, signedBy: dana)
    try work.git(
      "-c", "user.signingkey=\(dana.key?.path ?? "")", "-c", "i18n.commitEncoding=ISO-8859-1",
      "commit", "--quiet", "--allow-empty", "-S", "-m", "encoded", "--trailer", "A: b")
    // Merging a signed tag puts the tag into a mergetag header.
    try work.git(
      "-c", "user.signingkey=\(dana.key?.path ?? "")", "merge", "--quiet", "--no-ff", "-S",
      "--allow-unrelated-histories", "-m", "merge", "v1")
    let store = try ObjectStore(gitDirectory: work.gitDirectory)
    let commits = try work.git("rev-list", "HEAD").lines.compactMap { ObjectID($0) }
    #expect(commits.count == 7)
    var headers: Set<String> = []
    for id in commits {
      let commit = try store.commit(id)
      headers.formUnion(
        commit.bytes.split(separator: 0x0a).map {
          String(decoding: $0.prefix { $0 != 0x20 }, as: UTF8.self)
        })
      try sandbox.write(try #require(commit.signature), to: "signature")
      let verified = try sandbox.run(
        [
          "ssh-keygen", "-Y", "verify", "-f", sandbox.path("allowed"), "-I", "dana@example.org",
          "-n", "git", "-s", sandbox.path("signature"),
        ], stdin: commit.signedPayload)
      #expect(verified.succeeded, "\(id)")
      #expect(try work.attempt("verify-commit", id.hex).succeeded)
      #expect(commit.bytes == (try work.contents("commit", id.hex)))
    }
    #expect(headers.isSuperset(of: ["mergetag", "encoding", "gpgsig"]))
  }

  @Test("wherever the signature stands among the headers, git signs the same bytes")
  func placed() throws {
    let sandbox = try Sandbox()
    let work = try sandbox.repository()
    let dana = try sandbox.person("dana")
    try sandbox.write("dana@example.org \(dana.key?.publicLine ?? "")\n", to: "allowed")
    try work.git("config", "gpg.ssh.allowedSignersFile", sandbox.path("allowed"))
    let base = try work.commit("base", ["a": "1"])
    let tree = try #require(try work.id("\(base)^{tree}"))
    let start = "tree \(tree)\nparent \(base)\nauthor \(Self.ident)\ncommitter \(Self.ident)\n"
    let headers = [
      "encoding x\n", "HG:rename a\n b\n  c\n", "mergetag object x\n gpgsig y\n \n z\n",
    ]
    for message in ["\nSubject\n\ngpgsig x\n y\n", "\n", "\n\n", "\nx"] {
      let payload = Array((start + headers.joined() + message).utf8)
      let signed = try sandbox.run(
        ["ssh-keygen", "-q", "-Y", "sign", "-f", dana.key?.path ?? "", "-n", "git"],
        stdin: payload)
      let armour = signed.output.split(separator: "\n").joined(separator: "\n ")
      for place in 0...headers.count {
        let text =
          start + headers[..<place].joined() + "gpgsig \(armour)\n" + headers[place...].joined()
          + message
        let id = try work.object("commit", Array(text.utf8))
        let commit = try CommitObject(Array(text.utf8), id: id)
        #expect(commit.signedPayload == payload)
        #expect(commit.signature == signed.stdout)
        #expect(try work.attempt("verify-commit", id.hex).succeeded, "\(place) \(message)")
      }
      // Without its space the header is none to git, and no commit to us.
      let bare = Array((start + "gpgsig\n \(armour)\n" + message).utf8)
      let id = try work.object("commit", bare)
      #expect(try !work.attempt("verify-commit", id.hex).succeeded)
      #expect(throws: CommitObject.Malformation.emptySignature) { try CommitObject(bare) }
    }
  }
}
