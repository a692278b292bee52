import Testing

@Suite("Who may import whom")
struct ImportTests {
  /// Of the standard C library, whose name depends on the system.
  private static let platform: Set = ["Glibc", "Musl", "Darwin"]
  /// Of the toolchain, for the one command that works with threads.
  private static let threads: Set = ["Dispatch", "Synchronization"]

  /// Targets that do no I/O and read no clock: they may import these and nothing else.
  private static let pure: Set = [
    "Primitives", "HookWire", "Signing", "Signals", "Documents", "Lockfiles", "DependencyChecks",
    "Policy", "Secrets",
  ]

  @Test("the manifest is read as it is written")
  func readsManifest() throws {
    let targets = try Manifest.targets()
    let folders = Set(SourceTree.files.map(\.target))
    #expect(Set(targets.filter { !$0.isTest }.map(\.name)).isSuperset(of: folders))
    #expect(targets.first { $0.name == "Signing" }?.dependencies.contains("Crypto") == true)
    #expect(targets.first { $0.name == "Report" }?.dependencies.contains("Gate") == true)
    #expect(targets.contains { $0.name == "GateTests" && $0.isTest })
  }

  @Test("a file imports only what the manifest gives its target", arguments: SourceTree.files)
  func importsAreDeclared(_ file: SourceTree.File) throws {
    let target = try #require(Manifest.targets().first { $0.name == file.target })
    let foreign = file.imports.subtracting(target.dependencies).subtracting(Self.platform)
      .subtracting(file.target == "HookkitCLI" ? Self.threads : [])
      // What that command's threads share stands there, because a hook asks for it too.
      .subtracting(file.target == "HookRuntime" ? ["Synchronization"] : [])
    #expect(foreign.isEmpty)
  }

  @Test("arrows only go down: a target depends on those that the manifest lists before it")
  func arrowsGoDown() throws {
    var above: Set<String> = ["Crypto", "CryptoExtras", "ArgumentParser"]
    for target in try Manifest.targets() where !target.isTest {
      #expect(Set(target.dependencies).subtracting(above).isEmpty, "\(target.name)")
      above.insert(target.name)
    }
  }

  @Test("Foundation is nowhere in the sources", arguments: SourceTree.files)
  func noFoundation(_ file: SourceTree.File) {
    #expect(file.imports.allSatisfy { !$0.hasPrefix("Foundation") })
  }

  @Test("pure targets import no system library, and nothing that does I/O")
  func pureTargets() throws {
    // PCRE2 and zlib: patterns and archives of bytes that are given.
    let allowed = Self.pure.union(["Crypto", "CryptoExtras", "CScan"])
    for target in try Manifest.targets() where Self.pure.contains(target.name) {
      #expect(Set(target.dependencies).isSubset(of: allowed), "\(target.name)")
    }
    for file in SourceTree.files
    where Self.pure.union(["Gate", "Ledger", "Report"]).contains(
      file.target)
    {
      #expect(file.imports.isDisjoint(with: Self.platform), "\(file.path)")
    }
  }

  @Test("C is imported by one target each: libgit2, a process's start, PCRE2 and zlib")
  func oneWrapper() {
    func importers(_ module: String) -> Set<String> {
      Set(SourceTree.files.filter { $0.imports.contains(module) }.map(\.target))
    }
    #expect(importers("CGit2") == ["Git"])
    #expect(importers("CStart") == ["Platform"])
    #expect(importers("CScan") == ["Secrets"])
  }

  @Test("Git shows no C type: it imports CGit2 internally")
  func wrapperHidesC() {
    for file in SourceTree.files where file.imports.contains("CGit2") {
      let lines = file.lines(with: "CGit2").filter { $0.contains("import") }
      #expect(lines.allSatisfy { $0.contains("internal import CGit2") }, "\(file.path)")
    }
  }

  @Test("Report knows nothing of git, and hooks know nothing of the argument parser")
  func forbiddenArrows() throws {
    let targets = try Manifest.targets()
    func reaches(_ name: String, _ other: String) -> Bool {
      targets.first { $0.name == name }?.dependencies.contains(other) ?? false
    }
    #expect(!reaches("Report", "Git"))
    #expect(!reaches("HookRuntime", "ArgumentParser"))
    #expect(!reaches("HookRuntime", "HookkitCLI"))
    #expect(!reaches("HookkitCLI", "CGit2"))
    #expect(!reaches("hookkit-hook", "HookkitCLI"))
  }

  @Test("a system library is imported under a condition, for each system its own")
  func conditionalImports() {
    for file in SourceTree.files where !file.imports.isDisjoint(with: Self.platform) {
      var depth = 0
      for line in file.code {
        let word = line.trimmingPrefix { $0 == " " }
        if word.hasPrefix("#if canImport(") { depth += 1 }
        if word.hasPrefix("#endif") { depth -= 1 }
        let words = line.split(separator: " ").map(String.init)
        guard words.contains("import"), let last = words.last, Self.platform.contains(last) else {
          continue
        }
        #expect(depth > 0, "\(file.path): \(line)")
      }
      #expect(file.imports.isSuperset(of: ["Glibc", "Darwin"]), "\(file.path)")
    }
  }

  @Test("an executable has no logic: main.swift is at most 10 lines")
  func shortMains() {
    for file in SourceTree.files where file.name == "main.swift" {
      #expect(file.text.split(separator: "\n").count <= 10, "\(file.path)")
    }
  }
}
