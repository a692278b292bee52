import Foundation
import Ledger
import Primitives
import Signing
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("A disk that is full and hooks that are killed")
struct FullDiskTests {
  let server: GuardedServer

  init() throws {
    server = try GuardedServer()
    try server.persons("a")
    try server.pushed(as: .dana, "main")
  }

  /// Whether this machine lets a test mount a file system where nobody else sees it.
  static let canMount: Bool = {
    guard geteuid() == 0, let sandbox = try? Sandbox() else { return false }
    let tried = try? sandbox.run(["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", sandbox.root])
    return tried?.succeeded ?? false
  }()

  @Test(
    "a full file system: refused with a code, nothing moved, and no half line",
    .enabled(if: canMount))
  func fileSystem() throws {
    let outcome = try server.sandbox.run(
      [
        "unshare", "-m", "sh", "-c",
        """
        cp -a server.git/hookkit kept && mount -t tmpfs -o size=256k tmpfs server.git/hookkit &&
        cp -a kept/. server.git/hookkit/ && cd work-server.git || exit 9
        folder=../server.git/hookkit
        cat /dev/zero > $folder/fill 2>/dev/null
        before=$(cksum $folder/journal)
        echo 1 > b && git add b && git commit --quiet -m b
        git push ../server.git main && exit 8
        test "$before" = "$(cksum $folder/journal)" || exit 7
        rm $folder/fill
        git push --quiet ../server.git main || exit 6
        cp -a $folder/. ../kept/
        """,
      ], env: ["HOOKKIT_PUSHER": "dana"])
    #expect(outcome.succeeded, "\(outcome)")
    #expect(outcome.codes == ["HK904"], "\(outcome)")
    try server.sandbox.shell("rm -rf server.git/hookkit && mv kept server.git/hookkit")
    #expect(try server.verdicts() == ["allow refs/heads/main", "allow refs/heads/main"])
    #expect(try server.entries().allSatisfy(\.isChained))
  }

  @Test("a limit on the size of files is an error and not the end of the hook")
  func fileSize() throws {
    let whole = try server.sandbox.read("server.git/hookkit/journal")
    #expect(whole.count < 1024, "the next line goes over one kibibyte")
    // bash counts in kibibytes, dash in blocks of 512 bytes: both stop within the second or third line.
    try server.wrap("pre-receive", "ulimit -f 1; exec \"$HOOK\"")
    var refused = 0
    for number in 0..<4 where refused == 0 {
      try server.persons("file\(number)")
      let before = try server.sandbox.read("server.git/hookkit/journal")
      let outcome = try server.push(as: .dana, "main")
      guard !outcome.succeeded else { continue }
      refused += 1
      #expect(outcome.exit == 1 && outcome.codes == ["HK904"], "\(outcome)")
      #expect(outcome.errors.contains("File too large"))
      #expect(try server.sandbox.read("server.git/hookkit/journal") == before)
      #expect(try server.tip() != server.work.id("main"))
    }
    #expect(refused == 1)
    try server.unlink("pre-receive")
    try server.link("pre-receive")
    try server.pushed(as: .dana, "main")
    #expect(try server.entries().allSatisfy(\.isChained))
  }

  @Test("killed between the journal and the move: the next push goes on and the chain holds")
  func killedBehindTheRecord() throws {
    // The hook has done its work when its own git is killed.
    try server.wrap("pre-receive", "\"$HOOK\" && kill -KILL $PPID; sleep 5")
    let next = try server.persons("b")
    let before = try server.standing()
    let outcome = try server.push(as: .dana, "main")
    #expect(outcome.exit != 0, "\(outcome)")
    #expect(try server.standing() == before)
    #expect(try server.verdicts() == ["allow refs/heads/main", "allow refs/heads/main"])
    try server.unlink("pre-receive")
    try server.link("pre-receive")
    try server.pushed(as: .dana, "main")
    #expect(try server.tip() == next)
    #expect(try server.entries().allSatisfy(\.isChained))
    #expect(try server.landings().map(\.new).last == next)
  }

  @Test("killed at any moment: nothing moves without a record, and the next push lands")
  func killedAnywhere() throws {
    for hook in ["pre-receive", "proc-receive", "reference-transaction"] {
      try server.wrap(
        hook, "exec timeout -s KILL 0.00$(($(date +%N | cut -c 4) + 1)) \"$HOOK\" \"$@\"")
      for number in 0..<6 {
        let next = try server.persons("\(hook)\(number)")
        let before = try server.tip()
        let outcome = try server.push(as: .dana, "main")
        let tip = try server.tip()
        #expect(tip == before || tip == next)
        if tip == next {
          #expect(try server.journal().contains { $0["new"]?.string == next.hex }, "\(outcome)")
        }
      }
      try server.unlink(hook)
      try server.link(hook)
    }
    try server.persons("last")
    try server.pushed(as: .dana, "main")
    #expect(try server.tip() == server.work.id("main"))
    for entry in try server.entries() where entry.record != nil {
      #expect(entry.isChained)
    }
  }
}
