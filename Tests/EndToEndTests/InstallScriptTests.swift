import Foundation
import TestSupport
import Testing

/// install.sh with a folder of tools as its whole PATH: real ones for files, made-up ones for what
/// builds, asks the machine or would change it, each of which writes what it was asked into a log.
@Suite("install.sh")
struct InstallScriptTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    let real = [
      "bash", "cat", "chmod", "cp", "cut", "dirname", "env", "grep", "ln", "mkdir", "mv", "rm",
      "rmdir", "sed", "sh", "sha256sum", "sort", "uname",
    ]
    try sandbox.makeFolder("tools")
    for name in real {
      let path = try sandbox.run(["sh", "-c", "command -v \(name)"]).value
      try FileManager.default.createSymbolicLink(
        atPath: sandbox.path("tools/\(name)"), withDestinationPath: path)
    }
    try tool("git", "echo git version 2.39.5")
    try tool("id", "echo ${FAKE_UID:-0}")
    try tool("uname", "echo Linux")
    try tool("dpkg-query", "echo install ok installed")
    for name in [
      "ssh-keygen", "sshd", "gpg", "gpgv", "groff", "tmux", "zsh", "fish", "git-lfs", "fakeroot",
      "lintian", "strace",
      "gitolite", "nginx", "fcgiwrap", "openssl", "jgit",
    ] {
      try tool(name, "exit 99")
    }
    try tool(
      "python3",
      """
      [ "$1" = -m ] || exit 0
      \(logging)
      mkdir -p "$3/bin"
      printf '#!/bin/sh\n%s\n' '\(logging)' >"$3/bin/pip"
      chmod +x "$3/bin/pip"
      """)
    for name in ["apt-get", "shellcheck", "strip", "sudo"] { try tool(name, logging) }
    try tool(
      "swift",
      """
      case $1 in
      --version) echo 'Swift version 6.3.1 (swift-6.3.1-RELEASE)' ;;
      build)
        \(logging)
        for product; do :; done
        mkdir -p .build/release
        cp "$PRODUCT" ".build/release/$product"
        ;;
      *) \(logging); echo "tests use ${HOOKKIT_TEST_BIN-nothing}" >>"$LOG" ;;
      esac
      case " $* " in *" ${FAKE_FAILURE-none} "*) exit 1 ;; esac
      """)
  }

  /// What is installed in these tests: it says how it was called, and writes a page of a manual.
  let program = """
    #!/bin/sh
    case $1$2 in
    help--generate)
      mkdir -p "$3/man"
      echo '.TH HOOKKIT 1' >"$3/man/hookkit.1"
      ;;
    *) echo "${0##*/} $*" ;;
    esac

    """

  let logging = #"echo "${0##*/} $*" >>"$LOG""#

  func tool(_ name: String, _ script: String) throws {
    let path = sandbox.path("tools/\(name)")
    try? FileManager.default.removeItem(atPath: path)
    try sandbox.write("#!/bin/sh\n\(script)\n", to: "tools/\(name)", mode: 0o755)
  }

  func source(_ name: String) throws -> [UInt8] {
    let tests = try #require(#filePath.range(of: "/Tests/EndToEndTests/"))
    let path = "\(#filePath[..<tests.lowerBound])/\(name)"
    return Array(try #require(FileManager.default.contents(atPath: path)))
  }

  /// An unpacked tarball with its checksums.
  func makeTarball(pages: [String] = ["hookkit.1"]) throws {
    try? FileManager.default.removeItem(atPath: sandbox.path("source"))
    try sandbox.write(try source("install.sh"), to: "source/install.sh", mode: 0o755)
    for name in ["hookkit", "hookkit-hook"] {
      try sandbox.write(program, to: "source/bin/\(name)", mode: 0o755)
    }
    for page in pages { try sandbox.write(".TH HOOKKIT 1\n", to: "source/man/\(page)") }
    for script in ["hookkit.bash", "_hookkit", "hookkit.fish"] {
      try sandbox.write("# completes\n", to: "source/completions/\(script)")
    }
    try sandbox.write("# Hosts\n", to: "source/Documentation/Hosts/ssh.md")
    try sandbox.write(
      "AuthorizedKeysCommand /usr/local/bin/hookkit\n", to: "source/templates/sshd/sshd_config")
    try sandbox.write(
      "#!/bin/sh\nhook='/usr/local/bin/hookkit-pre-push'\n",
      to: "source/templates/git-template/hooks/pre-push", mode: 0o755)
    let sums = try sandbox.run(
      ["sh", "-c", "find . -type f ! -name SHA256SUMS | sort | xargs sha256sum >SHA256SUMS"],
      in: "source")
    #expect(sums.succeeded)
  }

  func makeCheckout() throws {
    try sandbox.write(try source("install.sh"), to: "source/install.sh", mode: 0o755)
    try sandbox.write(try source(".ci/run"), to: "source/.ci/run", mode: 0o755)
    try sandbox.write("// swift-tools-version: 6.1\n", to: "source/Package.swift")
    for script in ["hooks/update", "packaging/release.sh"] {
      try sandbox.write("#!/bin/sh\n", to: "source/\(script)", mode: 0o755)
    }
    try sandbox.write(program, to: "program", mode: 0o755)
  }

  func install(
    _ arguments: String..., script: String = "source/install.sh", env: [String: String] = [:]
  ) throws -> Outcome {
    let own = [
      "PATH": sandbox.path("tools"), "LOG": sandbox.path("log"), "PRODUCT": sandbox.path("program"),
    ]
    return try sandbox.run(
      [sandbox.path(script)] + arguments, in: "home", env: own.merging(env) { $1 })
  }

  var prefix: String { sandbox.path("prefix") }

  /// Every file below a folder of the sandbox: mode, path, and where a link points.
  func tree(_ folder: String) throws -> [String] {
    guard sandbox.exists(folder) else { return [] }
    return try sandbox.run(
      ["sh", "-c", "find . ! -type d -printf '%m %P %l\\n' | sort -k 2"], in: folder
    ).lines.map { $0.trimmingCharacters(in: .whitespaces) }
  }

  func log() throws -> [String] {
    sandbox.exists("log") ? try sandbox.text("log").split(separator: "\n").map(String.init) : []
  }

  func isShown(_ outcome: Outcome, as name: String) throws {
    try expectSnapshot("\(outcome)\n", named: "InstallScriptTests.\(name)", in: sandbox)
  }

  // MARK: Options

  @Test("--help names every option")
  func help() throws {
    try makeTarball()
    try isShown(try install("--help"), as: "help")
  }

  @Test(
    "a usage error is exit code 2 and changes nothing",
    arguments: [
      ["--wat"], ["install"], ["--prefix"], ["--prefix", "relative"], ["--prefix=/"],
      ["--bindir=a\nb"], ["--bindir=/a\nb"], ["--uninstall", "--test"], ["--test", "--demo"],
      ["--deps"], ["--demo"], ["--test"],
    ])
  func usageErrors(_ arguments: [String]) throws {
    try makeTarball()
    let outcome = try sandbox.run(
      [sandbox.path("source/install.sh")] + arguments, in: "home",
      env: ["PATH": sandbox.path("tools"), "DESTDIR": sandbox.path("stage")])
    #expect(outcome.exit == 2)
    #expect(outcome.stdout.isEmpty)
    #expect(outcome.errors.hasPrefix("error: "))
    #expect(outcome.errors.hasSuffix("hint: install.sh --help\n"))
    #expect(try tree("stage").isEmpty)
  }

  @Test("a script that was cut short does nothing")
  func cutShort() throws {
    try makeTarball()
    let lines = try sandbox.text("source/install.sh").split(
      separator: "\n", omittingEmptySubsequences: false)
    for count in stride(from: 1, to: lines.count - 2, by: 7) {
      let text = lines[..<count].joined(separator: "\n")
      try sandbox.write(text, to: "source/cut.sh", mode: 0o755)
      _ = try install("--prefix", prefix, script: "source/cut.sh")
      #expect(!sandbox.exists("prefix"), "cut after line \(count)")
    }
  }

  @Test("the default prefix is the home folder's, for root the machine's")
  func defaultPrefix() throws {
    try makeTarball()
    let person = try install("--dry-run", env: ["FAKE_UID": "1000"])
    #expect(person.output.contains("would install  \(sandbox.path("home"))/.local/bin/hookkit\n"))
    let root = try install("--dry-run", env: ["DESTDIR": sandbox.path("stage")])
    #expect(
      root.output.contains("would install  \(sandbox.path("stage"))/usr/local/bin/hookkit\n"))
  }

  // MARK: From a tarball

  @Test("a dry run says what would be done and does nothing")
  func dryRun() throws {
    try makeTarball()
    try isShown(try install("--dry-run", "--prefix", prefix), as: "dry-run")
    #expect(try tree("prefix").isEmpty)
  }

  @Test("executables, links, pages and the manifest are put under DESTDIR and the prefix")
  func installs() throws {
    try makeTarball(pages: ["hookkit.1", "hookkit-policy.5"])
    let outcome = try install("--prefix", "/opt/it", env: ["DESTDIR": sandbox.path("stage")])
    try isShown(outcome, as: "install")
    let files = [
      "755 opt/it/bin/hookkit", "777 opt/it/bin/hookkit-commit-msg hookkit-hook",
      "755 opt/it/bin/hookkit-hook", "777 opt/it/bin/hookkit-post-receive hookkit-hook",
      "777 opt/it/bin/hookkit-pre-commit hookkit-hook",
      "777 opt/it/bin/hookkit-pre-merge-commit hookkit-hook",
      "777 opt/it/bin/hookkit-pre-push hookkit-hook",
      "777 opt/it/bin/hookkit-pre-receive hookkit-hook",
      "777 opt/it/bin/hookkit-prepare-commit-msg hookkit-hook",
      "777 opt/it/bin/hookkit-proc-receive hookkit-hook",
      "777 opt/it/bin/hookkit-reference-transaction hookkit-hook",
      "777 opt/it/bin/hookkit-shell hookkit-hook",
      "777 opt/it/bin/hookkit-update hookkit-hook",
      "644 opt/it/share/bash-completion/completions/hookkit",
      "644 opt/it/share/doc/hookkit/Documentation/Hosts/ssh.md",
      "755 opt/it/share/doc/hookkit/templates/git-template/hooks/pre-push",
      "644 opt/it/share/doc/hookkit/templates/sshd/sshd_config",
      "644 opt/it/share/fish/vendor_completions.d/hookkit.fish",
      "644 opt/it/share/hookkit/manifest",
      "644 opt/it/share/man/man1/hookkit.1", "644 opt/it/share/man/man5/hookkit-policy.5",
      "644 opt/it/share/zsh/site-functions/_hookkit",
    ]
    #expect(try tree("stage") == files)
    let hook = try sandbox.run([sandbox.path("stage/opt/it/bin/hookkit-pre-receive"), "x"])
    #expect(hook.output == "hookkit-pre-receive x\n")
    let templates = "stage/opt/it/share/doc/hookkit/templates"
    #expect(
      try sandbox.text("\(templates)/sshd/sshd_config")
        == "AuthorizedKeysCommand /opt/it/bin/hookkit\n")
    #expect(
      try sandbox.text("\(templates)/git-template/hooks/pre-push")
        .contains("'/opt/it/bin/hookkit-pre-push'"))
    let manifest = try sandbox.text("stage/opt/it/share/hookkit/manifest")
    let lines = manifest.split(separator: "\n")
    #expect(lines.count { !$0.hasSuffix("/") } == files.count - 1)
    #expect(lines.allSatisfy { $0.hasPrefix("/opt/") })

    // Once more is the same again.
    let again = try install("--prefix", "/opt/it", env: ["DESTDIR": sandbox.path("stage")])
    #expect(again.exit == 0)
    #expect(try tree("stage") == files)
    #expect(try sandbox.text("stage/opt/it/share/hookkit/manifest") == manifest)
    #expect(try log().isEmpty)
  }

  @Test("in /usr/local the completion of fish is where fish looks, and goes again")
  func fishOfTheMachine() throws {
    try makeTarball()
    let stage = ["DESTDIR": sandbox.path("stage")]
    #expect(try install("--prefix", "/usr/local", env: stage).exit == 0)
    #expect(try sandbox.text("stage/etc/fish/completions/hookkit.fish") == "# completes\n")
    #expect(try install("--prefix", "/usr/local", "--uninstall", env: stage).exit == 0)
    #expect(try tree("stage").isEmpty)
  }

  @Test("--bindir and --mandir go their own way, and --quiet says nothing")
  func ownFolders() throws {
    try makeTarball()
    let outcome = try install(
      "--quiet", "--prefix=\(prefix)", "--bindir=\(prefix)/x y", "--mandir", "\(prefix)/pages")
    #expect(outcome.exit == 0)
    #expect(outcome.stdout.isEmpty)
    #expect(outcome.stderr.isEmpty)
    #expect(sandbox.exists("prefix/x y/hookkit"))
    #expect(sandbox.exists("prefix/pages/man1/hookkit.1"))
    #expect(try install("--prefix=\(prefix)", "--uninstall").exit == 0)
    #expect(try tree("prefix").isEmpty)
  }

  @Test("uninstalling removes exactly what was installed")
  func uninstalls() throws {
    try makeTarball()
    for file in ["bin/other", "bin/hookkit-extra", "share/man/man1/other.1", "share/hookkit/mine"] {
      try sandbox.write("kept\n", to: "prefix/\(file)")
    }
    let before = try tree("prefix")
    #expect(try install("--prefix", prefix).exit == 0)
    #expect(try tree("prefix").count == before.count + 21)
    let dry = try install("--prefix", prefix, "--uninstall", "--dry-run")
    #expect(dry.lines.count { !$0.hasSuffix("if nothing else is in it") } == 21)
    #expect(try tree("prefix").count == before.count + 21)
    try isShown(try install("--prefix", prefix, "--uninstall"), as: "uninstall")
    #expect(try tree("prefix") == before)
    for folder in ["share/bash-completion", "share/fish", "share/zsh"] {
      #expect(!sandbox.exists("prefix/\(folder)"))
    }
    let again = try install("--prefix", prefix, "--uninstall")
    #expect(again.exit == 1)
    #expect(again.errors.hasPrefix("error: nothing is installed under \(prefix)"))
  }

  @Test("a newer version takes away what only the older one had")
  func upgrade() throws {
    try makeTarball(pages: ["hookkit.1", "hookkit-old.1"])
    #expect(try install("--prefix", prefix).exit == 0)
    try makeTarball(pages: ["hookkit.1", "hookkit-new.1"])
    #expect(try install("--prefix", prefix).exit == 0)
    #expect(!sandbox.exists("prefix/share/man/man1/hookkit-old.1"))
    #expect(sandbox.exists("prefix/share/man/man1/hookkit-new.1"))
    #expect(try install("--prefix", prefix, "--uninstall").exit == 0)
    #expect(!sandbox.exists("prefix"))
  }

  @Test("folders that were made go again, and those that were there or are used by others stay")
  func folders() throws {
    try makeTarball()
    try sandbox.makeFolder("prefix/share/man")
    #expect(try install("--prefix", prefix).exit == 0)
    // What an upgrade finds is no reason to forget who made the folders.
    #expect(try install("--prefix", prefix).exit == 0)
    try sandbox.write("theirs\n", to: "prefix/share/zsh/site-functions/_other")
    #expect(try install("--prefix", prefix, "--uninstall").exit == 0)
    let left = try sandbox.run(["sh", "-c", "find . | sort"], in: "prefix").lines
    #expect(
      left == [
        ".", "./share", "./share/man", "./share/zsh", "./share/zsh/site-functions",
        "./share/zsh/site-functions/_other",
      ])
  }

  @Test("a manifest of an earlier hookkit, which named no folders, is upgraded and removed")
  func earlierManifest() throws {
    try makeTarball()
    #expect(try install("--prefix", prefix).exit == 0)
    let manifest = try sandbox.text("prefix/share/hookkit/manifest").split(separator: "\n")
    try sandbox.write(
      manifest.filter { !$0.hasSuffix("/") }.joined(separator: "\n") + "\n",
      to: "prefix/share/hookkit/manifest")
    #expect(try install("--prefix", prefix).exit == 0)
    #expect(try install("--prefix", prefix, "--uninstall").exit == 0)
    #expect(try tree("prefix").isEmpty)
    #expect(!sandbox.exists("prefix/share/hookkit"))
  }

  @Test("a file of somebody else is never overwritten", arguments: ["hookkit", "hookkit-update"])
  func foreignFile(_ name: String) throws {
    try makeTarball()
    try sandbox.write("mine\n", to: "prefix/bin/\(name)")
    let outcome = try install("--prefix", prefix)
    #expect(outcome.exit == 1)
    #expect(outcome.errors.contains("prefix/bin/\(name) is there and not from this installer"))
    #expect(try tree("prefix") == ["644 bin/\(name)"])
    #expect(try sandbox.text("prefix/bin/\(name)") == "mine\n")
  }

  @Test(
    "a damaged manifest removes nothing",
    arguments: ["relative\n", "/usr/../etc/passwd\n", "\n", "/usr/..\n"])
  func damagedManifest(_ line: String) throws {
    try makeTarball()
    #expect(try install("--prefix", prefix).exit == 0)
    let before = try tree("prefix")
    let manifest = try sandbox.text("prefix/share/hookkit/manifest")
    try sandbox.write(manifest + line, to: "prefix/share/hookkit/manifest")
    #expect(try install("--prefix", prefix, "--uninstall").exit == 1)
    #expect(try tree("prefix") == before)
  }

  enum Damage: CaseIterable {
    case changedProgram, missingProgram, missingSums, unlistedPage, linkedProgram, emptySums
  }

  @Test("a tarball that does not match its SHA256SUMS installs nothing", arguments: Damage.allCases)
  func checksums(_ damage: Damage) throws {
    try makeTarball()
    switch damage {
    case .changedProgram: try sandbox.write("#!/bin/sh\nevil\n", to: "source/bin/hookkit-hook")
    case .missingProgram:
      try FileManager.default.removeItem(atPath: sandbox.path("source/bin/hookkit-hook"))
    case .missingSums:
      try FileManager.default.removeItem(atPath: sandbox.path("source/SHA256SUMS"))
    case .unlistedPage: try sandbox.write("evil\n", to: "source/man/evil.1")
    case .linkedProgram:
      // The same bytes, so that the sums hold, but what is installed could change afterwards.
      try sandbox.write(program, to: "elsewhere", mode: 0o755)
      try FileManager.default.removeItem(atPath: sandbox.path("source/bin/hookkit"))
      try FileManager.default.createSymbolicLink(
        atPath: sandbox.path("source/bin/hookkit"), withDestinationPath: sandbox.path("elsewhere"))
    case .emptySums: try sandbox.write("", to: "source/SHA256SUMS")
    }
    let outcome = try install("--prefix", prefix)
    #expect(outcome.exit == 1)
    #expect(outcome.errors.contains("error: "))
    #expect(try tree("prefix").isEmpty)
  }
}
