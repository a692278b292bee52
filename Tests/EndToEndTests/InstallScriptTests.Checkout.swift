import Foundation
import TestSupport
import Testing

extension InstallScriptTests {
  // MARK: From a checkout

  @Test("a checkout is built with the same static flags for both executables, and stripped")
  func builds() throws {
    try makeCheckout()
    #expect(try install("--prefix", prefix).exit == 0)
    let log = try log()
    #expect(
      log.prefix(2) == [
        "swift build -c release -Xswiftc -static-executable --product hookkit-hook",
        "swift build -c release -Xswiftc -static-executable --product hookkit",
      ])
    #expect(log.count == 4)
    #expect(sandbox.exists("prefix/share/man/man1/hookkit.1"))
    #expect(log.dropFirst(2).allSatisfy { $0.hasPrefix("strip \(prefix)/bin/.hookkit-") })
    let hook = try sandbox.run(["\(prefix)/bin/hookkit-commit-msg"])
    #expect(hook.output == "hookkit-commit-msg \n")
  }

  @Test("--demo runs the installed executable")
  func demo() throws {
    try makeCheckout()
    let outcome = try install("--demo", "--prefix", prefix)
    #expect(outcome.exit == 0)
    #expect(outcome.lines.last == "hookkit demo")
  }

  @Test("a build that fails installs nothing")
  func failedBuild() throws {
    try makeCheckout()
    let outcome = try install("--prefix", prefix, env: ["FAKE_FAILURE": "build"])
    #expect(outcome.exit == 1)
    #expect(try tree("prefix").isEmpty)
  }

  @Test(".ci/run lints, builds the static executables and runs every test against them")
  func tests() throws {
    try makeCheckout()
    let outcome = try install(script: "source/.ci/run")
    #expect(outcome.exit == 0)
    let bin = sandbox.path("source/.build/release")
    #expect(
      try log() == [
        "python3 -m venv .build/managers",
        "pip --quiet install pre-commit==4.7.0 prek==0.5.11 lefthook==2.2.2",
        "swift format lint --strict -r Sources Tests Package.swift", "tests use nothing",
        "shellcheck install.sh hooks/update packaging/release.sh .ci/run",
        "swift build -c release -Xswiftc -static-executable --product hookkit-hook",
        "swift build -c release -Xswiftc -static-executable --product hookkit", "swift test",
        "tests use \(bin)",
      ])
    #expect(!sandbox.exists("home/.local"))
  }

  @Test("--test fails when any step of it fails", arguments: ["lint", "build", "test"])
  func failedTests(_ step: String) throws {
    try makeCheckout()
    #expect(try install("--deps", "--test", env: ["FAKE_FAILURE": step]).exit == 1)
    try tool("shellcheck", "exit 1")
    #expect(try install("--deps", "--test").exit == 1)
  }

  @Test("the hook managers that the tests need are asked for, and installed only with --deps")
  func managers() throws {
    try makeCheckout()
    let outcome = try install("--test")
    #expect(outcome.exit == 3)
    #expect(outcome.errors.hasSuffix("hint: ./install.sh --deps --test\n"))
    #expect(try log().isEmpty)
    for name in ["pre-commit", "prek", "lefthook"] {
      try sandbox.write("", to: "source/.build/managers/bin/\(name)", mode: 0o755)
    }
    #expect(try install("--test").succeeded)
    #expect(try log().first?.hasPrefix("swift format lint") == true)
  }

  // MARK: What is needed

  @Test("what is missing is named with the command that installs it")
  func missing() throws {
    try makeCheckout()
    try tool("dpkg-query", "case $* in *libgit2*) exit 1 ;; *) echo install ok installed ;; esac")
    for name in ["ssh-keygen", "shellcheck"] { try remove(name) }
    try isShown(try install("--prefix", prefix), as: "missing")
    try isShown(try install("--test", "--deps", env: ["FAKE_UID": "1000"]), as: "missing-not-root")
    #expect(try log().isEmpty)
    #expect(try tree("prefix").isEmpty)
  }

  @Test("--deps installs what is missing as root, and only that")
  func dependencies() throws {
    try makeCheckout()
    try remove("gpgv")
    try tool(
      "apt-get",
      """
      \(logging)
      echo "frontend $DEBIAN_FRONTEND" >>"$LOG"
      [ "$2" = update ] || { echo '#!/bin/sh' >"${0%/*}/gpgv"; chmod +x "${0%/*}/gpgv"; }
      """)
    #expect(try install("--deps", "--test").exit == 0)
    #expect(
      try log().prefix(4) == [
        "apt-get -q update", "frontend noninteractive",
        "apt-get -q install -y --no-install-recommends gpgv", "frontend noninteractive",
      ])
  }

  @Test("a package that does not bring what it should is an error")
  func stillMissing() throws {
    try makeCheckout()
    try remove("gpgv")
    let outcome = try install("--deps", "--test")
    #expect(outcome.exit == 3)
    #expect(outcome.errors == "error: still missing: gpgv\n")
    try tool("apt-get", "exit 100")
    #expect(try install("--deps", "--test").exit == 100)
  }

  @Test("other package managers get a hint and are not run", arguments: ["dnf", "brew"])
  func otherSystems(_ manager: String) throws {
    try makeCheckout()
    for name in ["apt-get", "dpkg-query"] { try remove(name) }
    try tool(manager, logging)
    let outcome = try install("--deps")
    #expect(outcome.exit == 3)
    #expect(outcome.errors.contains("hint: \(manager) install "))
    #expect(try log().isEmpty)
  }

  @Test("an old git, an old Swift and no Swift are told apart")
  func versions() throws {
    try makeCheckout()
    try tool("git", "echo git version 2.28.9")
    var outcome = try install()
    #expect(outcome.exit == 3)
    #expect(outcome.errors == "error: git 2.28.9 is too old: 2.29 or later is needed\n")
    try tool("git", "echo git version 3.0.0-rc1")
    try tool("swift", "echo 'Swift version 5.10.1 (swift-5.10.1-RELEASE)'")
    outcome = try install()
    #expect(outcome.exit == 3)
    #expect(outcome.errors.hasPrefix("error: Swift 5.10.1 is too old: 6.1 or later is needed\n"))
    try remove("swift")
    outcome = try install()
    #expect(outcome.exit == 3)
    #expect(outcome.errors.hasPrefix("error: missing: a Swift toolchain, 6.1 or later\n"))
  }

  @Test("a folder that is neither checkout nor tarball is refused")
  func nowhere() throws {
    try sandbox.write(try source("install.sh"), to: "source/install.sh", mode: 0o755)
    let outcome = try install("--prefix", prefix)
    #expect(outcome.exit == 1)
    #expect(outcome.errors.contains("is neither a checkout nor an unpacked tarball"))
  }

  private func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: sandbox.path("tools/\(name)"))
  }
}
