import Foundation
import TestSupport
import Testing

/// packaging/release.sh and packaging/debian.sh, with the executables under test.
@Suite("packages")
struct PackagingTests {
  let sandbox: Sandbox
  private let repository: String

  init() throws {
    sandbox = try Sandbox()
    let tests = try #require(#filePath.range(of: "/Tests/EndToEndTests/"))
    repository = String(#filePath[..<tests.lowerBound])
  }

  private func script(
    _ name: String, _ arguments: String..., env: [String: String] = [:]
  ) throws -> Outcome {
    try sandbox.run(
      ["\(repository)/packaging/\(name)"] + arguments,
      env: ["SOURCE_DATE_EPOCH": "1767225600"].merging(env) { $1 }, timeLimit: 300)
  }

  /// A tarball, unless the script fails.
  private func tarball(of bin: String, to out: String = "out", env: [String: String] = [:]) throws
    -> String
  {
    let outcome = try script("release.sh", "--bin", bin, "--out", sandbox.path(out), env: env)
    guard outcome.succeeded else { throw UnexpectedOutcome("a tarball", outcome) }
    return outcome.value
  }

  private func package(of tarball: String, env: [String: String] = [:]) throws -> String {
    let outcome = try script("debian.sh", tarball, env: env)
    guard outcome.succeeded else { throw UnexpectedOutcome("a package", outcome) }
    return outcome.value
  }

  /// A folder with shell scripts in the place of the executables, which is quicker.
  private func standIns(version: String) throws -> String {
    try sandbox.write(
      """
      #!/bin/sh
      case $1 in
      --version) echo 'hookkit \(version)' ;;
      help)
        mkdir -p "$3/man" "$3/completions"
        echo '.TH HOOKKIT 1' >"$3/man/hookkit.1"
        for file in hookkit.bash _hookkit hookkit.fish; do echo '# x' >"$3/completions/$file"; done
        ;;
      esac

      """, to: "stand-ins/hookkit", mode: 0o755)
    try sandbox.write("#!/bin/sh\n", to: "stand-ins/hookkit-hook", mode: 0o755)
    try sandbox.write("#!/bin/sh\n", to: "tools/strip", mode: 0o755)
    sandbox.setEnvironment(
      "PATH", "\(sandbox.path("tools")):\(sandbox.environment["PATH"] ?? "")")
    return sandbox.path("stand-ins")
  }

  private func version() throws -> String {
    let text = try String(
      contentsOfFile: "\(repository)/Sources/Platform/Version.swift", encoding: .utf8)
    return String(try #require(text.firstMatch(of: /text = "(.*)"/)).output.1)
  }

  // MARK: The whole way

  @Test("on a machine without Swift, the tarball installs, plays the demo and goes without a trace")
  func tarballOnBareMachine() throws {
    let machine = try BareMachine(in: sandbox, for: [Executables.hookkit])
    let before = try machine.files()
    let unpacked = try sandbox.run(
      ["tar", "-xzf", try tarball(of: Executables.folder), "-C", "\(machine.root)/tmp"])
    #expect(unpacked.succeeded, "\(unpacked)")
    let source =
      "/tmp/\(try FileManager.default.contentsOfDirectory(atPath: "\(machine.root)/tmp")[0])"

    #expect(try machine.run(["sh", "-c", "command -v swift cc ld"]).exit != 0)
    let installed = try machine.run(["\(source)/install.sh"])
    #expect(installed.succeeded, "\(installed)")
    let path = ["PATH": "/usr/local/bin:/usr/bin"]
    #expect(
      try machine.run(["hookkit", "--version"], env: path).value == "hookkit \(try version())")
    let demo = try machine.run(["hookkit", "demo"], env: path)
    #expect(demo.succeeded, "\(demo)")
    #expect(demo.output.contains("That is all of it"))

    // A repository's shims outlive an upgrade, and fail closed when hookkit is gone.
    #expect(try machine.run(["git", "init", "--quiet", "/tmp/clone"]).succeeded)
    let hooked = try machine.run(["hookkit", "install", "--client", "/tmp/clone"], env: path)
    #expect(hooked.succeeded, "\(hooked)")
    func commit() throws -> Outcome {
      try machine.run([
        "git", "-C", "/tmp/clone", "-c", "user.name=Dana", "-c", "user.email=dana@example.org",
        "commit", "--quiet", "--allow-empty", "--message", "work",
      ])
    }
    #expect(try commit().succeeded)
    #expect(try machine.run(["\(source)/install.sh"]).succeeded)
    let upgraded = try commit()
    #expect(upgraded.succeeded, "\(upgraded)")
    #expect(try machine.run(["\(source)/install.sh", "--uninstall", "--quiet"]).succeeded)
    let refused = try commit()
    #expect(refused.exit == 1)
    #expect(refused.errors.contains("HK990"))
    #expect(try machine.files(without: [String(source.dropFirst()), "tmp/clone"]) == before)
  }

  @Test("so does the Debian package, in which lintian finds nothing")
  func packageOnBareMachine() throws {
    let machine = try BareMachine(in: sandbox, for: [Executables.hookkit])
    let package = try package(of: try tarball(of: Executables.folder))
    for folder in ["info", "updates"] { try sandbox.makeFolder("machine/var/lib/dpkg/\(folder)") }
    try sandbox.write("", to: "machine/var/lib/dpkg/status")
    let before = try machine.files(without: ["var/lib/dpkg"])

    // What the package depends on has been copied and is known to no dpkg here; nor does dpkg need
    // to own the files.
    func dpkg(_ words: String...) throws -> Outcome {
      try sandbox.run(
        ["fakeroot", "dpkg", "--root=\(machine.root)", "--force-depends,not-root,bad-path"] + words,
        timeLimit: 120)
    }
    let installed = try dpkg("--install", package)
    #expect(installed.succeeded, "\(installed)")
    let verified = try sandbox.run(["dpkg", "--root=\(machine.root)", "--verify", "hookkit"])
    #expect(verified.succeeded && verified.stdout.isEmpty, "\(verified)")
    #expect(
      try machine.run(["hookkit-pre-receive", "--version"]).value
        == "hookkit-pre-receive \(try version())")
    let demo = try machine.run(["hookkit", "demo"])
    #expect(demo.succeeded, "\(demo)")
    #expect(demo.output.contains("That is all of it"))

    #expect(try dpkg("--purge", "hookkit").succeeded)
    #expect(try machine.files(without: ["var/lib/dpkg"]) == before)
    try isCleanToLintian(package)
  }

  private func isCleanToLintian(_ package: String) throws {
    // A release is static. Executables for debugging load Swift's libraries from the toolchain, which
    // is all that may be wrong with a package of them.
    let isStatic = try sandbox.run(["ldd", Executables.hookkit]).exit != 0
    let ofDebugging =
      isStatic
      ? [] : ["--suppress-tags", "custom-library-search-path,missing-dependency-on-libc"]
    let outcome = try sandbox.run(
      ["lintian", "--no-cfg", "--allow-root", "--fail-on", "error,warning"] + ofDebugging + [
        package
      ],
      timeLimit: 300)
    #expect(outcome.succeeded && outcome.stdout.isEmpty, "\(outcome)")
  }

  // MARK: What the packages are

  @Test("the same executables give the same tarball and the same package, byte for byte")
  func reproducible() throws {
    let bin = try standIns(version: try version())
    let first = try tarball(of: bin)
    sandbox.advance(by: 86_400)
    try sandbox.write("#!/bin/sh\n", to: "stand-ins/hookkit-hook", mode: 0o700)
    let elsewhere = [
      "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "TMPDIR": try sandbox.makeFolder("t"),
    ]
    let second = try tarball(of: bin, to: "again", env: elsewhere)
    #expect(try sandbox.run(["cmp", first, second]).succeeded)
    let packages = [try package(of: first), try package(of: second, env: elsewhere)]
    #expect(try sandbox.run(["cmp"] + packages).succeeded)
    #expect(try sandbox.run(["ls", "-A", sandbox.path("t")]).output == "")
  }

  @Test("SHA256SUMS stands beside the packages and in the tarball, and holds")
  func sums() throws {
    let tarball = try tarball(of: try standIns(version: try version()))
    _ = try package(of: tarball)
    let beside = try sandbox.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], in: "out")
    #expect(beside.succeeded && beside.lines.count == 2, "\(beside)")
    #expect(try sandbox.run(["tar", "-xzf", tarball, "--strip-components=1"]).succeeded)
    #expect(
      try sandbox.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]).succeeded)
    let all = try sandbox.run(["tar", "-tzf", tarball]).lines.filter { !$0.hasSuffix("/") }
    #expect(try sandbox.text("SHA256SUMS").split(separator: "\n").count == all.count - 1)
  }

  @Test("the package says what it needs, and belongs to root as a whole")
  func control() throws {
    let package = try package(of: try tarball(of: try standIns(version: try version())))
    let fields = try sandbox.run(["dpkg-deb", "--field", package]).lines
    for line in [
      "Version: \(try version())", "Depends: git (>= 1:2.29), openssh-client",
      "Suggests: gpgv, openssh-server",
    ] { #expect(fields.contains(line)) }
    let files = try sandbox.run(["dpkg-deb", "--contents", package]).lines
    #expect(files.allSatisfy { $0.contains(" root/root ") && $0.contains(" 2026-01-01 00:00 ") })
    for path in [
      "bin/hookkit", "bin/hookkit-pre-receive -> hookkit-hook", "share/man/man1/hookkit.1.gz",
      "share/bash-completion/completions/hookkit", "share/zsh/vendor-completions/_hookkit",
      "share/fish/vendor_completions.d/hookkit.fish", "share/doc/hookkit/copyright",
      "share/doc/hookkit/README.md", "share/doc/hookkit/Documentation/Hosts/ssh.md",
      "share/doc/hookkit/Documentation/Pictures/push.svg",
      "share/doc/hookkit/templates/policy/team.toml",
      "share/doc/hookkit/templates/sshd/sshd_config",
    ] { #expect(files.contains { $0.hasSuffix(" ./usr/\(path)") }, "\(path)") }
    #expect(!files.contains { $0.contains("manifest") || $0.hasSuffix("LICENSE") })
    let unpacked = try sandbox.run(["dpkg-deb", "--extract", package, sandbox.path("unpacked")])
    #expect(unpacked.succeeded)
    #expect(
      try sandbox.text("unpacked/usr/share/doc/hookkit/templates/sshd/sshd_config")
        .contains(" /usr/bin/hookkit authorized-keys "))
  }

  @Test("executables of another version than the sources make no release")
  func otherVersion() throws {
    let bin = try standIns(version: "0.0.1")
    let outcome = try script("release.sh", "--bin", bin, "--out", sandbox.path("out"))
    #expect(outcome.exit == 1)
    #expect(outcome.errors.contains("calls itself 'hookkit 0.0.1'"))
    #expect(!sandbox.exists("out"))
  }

  @Test("a tarball that was changed makes no package")
  func changedTarball() throws {
    let tarball = try tarball(of: try standIns(version: try version()))
    let name = String(try #require(tarball.split(separator: "/").last).dropLast(".tar.gz".count))
    let change = """
      tar -xzf "$0" && echo evil >>"$1/bin/hookkit-hook" && tar -czf "$0" "$1"
      """
    #expect(try sandbox.run(["sh", "-c", change, tarball, name]).succeeded)
    let outcome = try script("debian.sh", tarball)
    #expect(outcome.exit != 0)
    #expect(outcome.errors.contains("SHA256SUMS does not match"))
    #expect(!(try sandbox.run(["ls", sandbox.path("out")]).output.contains(".deb")))
  }

  @Test(
    "a mistake in a command line is exit code 2",
    arguments: [
      ["release.sh", "--wat"], ["release.sh", "--bin"], ["debian.sh"], ["debian.sh", "missing"],
      ["debian.sh", "--out"], ["debian.sh", "a", "b"],
    ])
  func usage(_ words: [String]) throws {
    let outcome = try sandbox.run(["\(repository)/packaging/\(words[0])"] + words.dropFirst())
    #expect(outcome.exit == 2)
    #expect(outcome.errors.hasPrefix("error: "))
  }
}
