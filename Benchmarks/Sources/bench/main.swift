import Foundation

/// Prints a line at once, in a file too.
func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

/// One line of the table.
func row(_ what: String, _ figure: String, _ target: String) {
  say("| \(what) | \(figure) | \(target) |")
}

func format(_ value: Double) -> String { String(format: "%.2f", value) }

var bin = "/usr/local/bin"
var history: String?
var managers = FileManager.default.currentDirectoryPath + "/.build/managers/bin"
var pairs = 100
var fleet = 10_000
var isGateAlone = false
var isPairingAlone = false
var isCommandsAlone = false
var arguments = CommandLine.arguments.dropFirst().makeIterator()
while let argument = arguments.next() {
  switch argument {
  case "--bin": bin = arguments.next() ?? bin
  case "--managers": managers = arguments.next() ?? managers
  case "--history": history = arguments.next()
  case "--gate": isGateAlone = true
  case "--pairings": isPairingAlone = true
  case "--commands": isCommandsAlone = true
  case "--fleet": fleet = arguments.next().flatMap { Int($0) } ?? fleet
  case "--pairs": pairs = arguments.next().flatMap { Int($0) } ?? pairs
  default: fatalError("unknown argument \(argument)")
  }
}

let zero = String(repeating: "0", count: 40)
let root = NSTemporaryDirectory() + "hookkit-bench-\(getpid())"
defer { try? FileManager.default.removeItem(atPath: root) }
let server = Server(root)
// In one write each: how large the pieces are in which a file came into the page cache decides what a
// page fault in it costs.
let installed = bin
bin = root + "/bin"
try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: true)
for name in try FileManager.default.contentsOfDirectory(atPath: installed)
where name.hasPrefix("hookkit") {
  let (from, to) = (installed + "/" + name, bin + "/" + name)
  if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: from) {
    try FileManager.default.createSymbolicLink(atPath: to, withDestinationPath: target)
  } else {
    try Data(contentsOf: URL(fileURLWithPath: from)).write(to: URL(fileURLWithPath: to))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: to)
  }
}
server.shell("printf '#!/bin/sh\\n' > empty.sh && chmod +x empty.sh")
let nothing = { (input: String) in
  measure(
    [root + "/empty.sh"], environment: server.environment, in: server.repository, input: input)
}

say("| what | figure | target |\n|---|---|---|")

@MainActor func pairings() {
  for pairing in Pairings.all {
    pairing.rows(
      bin: bin, in: root, environment: server.environment, counts: [2500, 5000, 10_000, 20_000])
  }
}
if isPairingAlone {
  pairings()
  try? FileManager.default.removeItem(atPath: root)
  exit(0)
}

let commands = Commands(server: Server(root + "/commands"), bin: bin, pairs: pairs)
if isCommandsAlone {
  commands.rows()
  try? FileManager.default.removeItem(atPath: root)
  exit(0)
}

Arrivals(bin: bin, root: root, pairs: pairs).rows(nothing: nothing)
if isGateAlone {
  Curves(bin: bin, root: root).rows()
  Hosts(bin: bin, root: root, pairs: pairs, repositories: fleet).catalog()
  try? FileManager.default.removeItem(atPath: root)
  exit(0)
}

server.addCommits(200, to: "main", from: nil)
let clients = Server(root + "/clients")
clients.addCommits(200, to: "main", from: nil)
Clients(server: clients, bin: bin, managers: managers, pairs: pairs).rows()

commands.rows()

// Signatures: the same chain signed and not signed, so that all else is taken away.
let signatures = 400
server.addCommits(signatures, to: "signed", from: server.id("main"), signed: true)
server.shell(
  """
  tip=main tree=$(git -C server.git mktree </dev/null)
  for i in $(seq \(signatures)); do tip=$(git -C server.git commit-tree -p $tip -m "Work $i" $tree); done
  git -C server.git update-ref refs/heads/unsigned $tip
  """)
let signed = server.input([(server.id("main"), server.id("signed"), "refs/heads/main")])
let unsigned = server.input([(server.id("main"), server.id("unsigned"), "refs/heads/main")])
let signaturePair = Pair(
  max(5, pairs / 10), { server.hook(bin, input: signed) }, { server.hook(bin, input: unsigned) })
let perSignature =
  (median(signaturePair.first.map(\.cpu)) - median(signaturePair.second.map(\.cpu)))
  / Double(signatures)
row("one ed25519 commit signature, CPU", String(format: "%.3f ms", perSignature), "0.3 ms")

let manyRefs = Server(root + "/refs")
manyRefs.addCommits(150, to: "main", from: nil)
manyRefs.shell(
  """
  tip=$(git -C server.git rev-parse main)
  for i in $(seq 100000); do echo "create refs/changes/$i $tip"; done | git -C server.git update-ref --stdin
  git -C server.git pack-refs --all && git -C server.git update-ref refs/heads/next main \
    && git -C server.git update-ref refs/heads/main main~50
  """)
let fifty = manyRefs.input([(manyRefs.id("main"), manyRefs.id("next"), "refs/heads/main")])
let fiftyRuns = (0..<max(9, pairs / 5)).map { _ in manyRefs.hook(bin, input: fifty) }
precondition(fiftyRuns.allSatisfy { $0.status == 0 }, "the push was not allowed")
row(
  "50-commit push, 100,000 refs, CPU", format(median(fiftyRuns.map(\.cpu))) + " ms", "25 ms")

let large = Server(root + "/large")
large.addCommits(100_001, to: "main", from: nil)
large.shell(
  "git -C server.git update-ref refs/heads/next main && git -C server.git update-ref refs/heads/main main~100000"
)
let hundred = large.input([(large.id("main"), large.id("next"), "refs/heads/main")])
let memory = Pair(
  3, { large.hook(bin, input: hundred) },
  {
    measure(
      ["git", "rev-list", "--objects", "next", "^main"], environment: large.environment,
      in: large.repository)
  })
precondition(memory.first.allSatisfy { $0.status == 0 }, "the push was not allowed")
row(
  "100,000-commit push / git rev-list --objects, peak memory", format(memory.peakRatio) + "x",
  "1.5x")

for lock in Locks.all {
  lock.rows(bin: bin, in: root, environment: server.environment, runs: max(9, pairs / 5))
}

pairings()
Curves(bin: bin, root: root).rows()
Paths(bin: bin, root: root, runs: max(9, pairs / 10)).rows()
Hosts(bin: bin, root: root, pairs: pairs, repositories: fleet).rows()

if let history {
  // Looking for the reviews of an old history is another matter, so the rule asks for none.
  let policy = root + "/survey.toml"
  let guarded =
    (try? String(contentsOfFile: server.repository + "/hookkit/policy.toml", encoding: .utf8)) ?? ""
  try? guarded.replacingOccurrences(of: "approvals = 1", with: "approvals = 0")
    .write(toFile: policy, atomically: true, encoding: .utf8)
  let environment = server.environment
  // A reference that no rule names is not judged: what is left is the count of origins and paths.
  let check = { (branch: String, jobs: Int) in
    measure(
      [
        bin + "/hookkit", "-C", history, "--policy", policy, "check", "-v", "--jobs", "\(jobs)",
        "--ref", "refs/heads/\(branch)", "--pusher", "dana", "HEAD",
      ], environment: environment, in: history)
  }
  let log = {
    measure(
      ["git", "-C", history, "log", "--raw", "--no-renames", "HEAD"], environment: environment,
      in: history)
  }
  let single = Pair(3, { check("topic", 1) }, log)
  row(
    "origins and paths of a large history / git log --raw, CPU", format(single.cpuRatio) + "x",
    "1.0x")
  let judged = Pair(3, { check("main", 1) }, log)
  row("the same, judged by a rule as well / git log --raw, CPU", format(judged.cpuRatio) + "x", "")
  let double = Pair(3, { check("topic", 2) }, { check("topic", 1) })
  row("the same, two threads / one, wall", format(double.wallRatio) + "x", "below 1.0x")
}

let sizes = ["hookkit", "hookkit-hook"].map { name -> Int in
  let attributes = try? FileManager.default.attributesOfItem(atPath: bin + "/" + name)
  return attributes?[.size] as? Int ?? 0
}
row(
  "all executables, stripped", format(Double(sizes.reduce(0, +)) / 1_000_000) + " MB", "60 MB")
