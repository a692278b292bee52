import Report
import Testing

/// What only some places may do.
@Suite("One door each")
struct DoorTests {
  private static let rims: Set = ["HookRuntime", "HookkitCLI", "hookkit", "hookkit-hook"]

  @Test("only the hook runtime and the command line print", arguments: SourceTree.files)
  func printing(_ file: SourceTree.File) {
    guard !Self.rims.contains(file.target) else { return }
    let words = file.lines(
      with: "print(", "debugPrint(", "dump(", "FileHandle", "fputs(", "puts(", "fprintf(",
      "printf(",
      "putchar(", "fwrite(", "STDOUT_FILENO", "STDERR_FILENO", "write(1", "write(2")
    #expect(words == [])
  }

  @Test("the hook runtime prints through Console alone")
  func console() {
    for file in SourceTree.files where file.target == "HookRuntime" {
      #expect(file.lines(with: "print(", "fputs(", "FileHandle") == [])
      guard file.name != "Console.swift" else { continue }
      #expect(!file.text.contains("FileBytes.write(") || !file.text.contains("\"standard error\""))
    }
  }

  @Test("only Platform/Environment.swift reads the environment", arguments: SourceTree.files)
  func environment(_ file: SourceTree.File) {
    guard file.path != "Platform/Environment.swift" else { return }
    #expect(
      file.lines(
        with: "getenv", "environ", "secure_getenv", "setenv", "unsetenv", "putenv", "ProcessInfo")
        == [])
  }

  @Test("only Platform/ProcessArguments.swift reads the command line", arguments: SourceTree.files)
  func commandLine(_ file: SourceTree.File) {
    guard file.path != "Platform/ProcessArguments.swift" else { return }
    #expect(file.lines(with: "CommandLine") == [])
  }

  @Test("the environment of this process is taken at the rims", arguments: SourceTree.files)
  func environmentIsHandedDown(_ file: SourceTree.File) {
    guard !Self.rims.contains(file.target) else { return }
    #expect(file.lines(with: "Environment.process") == [])
  }

  @Test("only the rims end the process", arguments: SourceTree.files)
  func ending(_ file: SourceTree.File) {
    guard !Self.rims.contains(file.target) else { return }
    // A child between fork and exec may only leave by _exit, and only Platform has one.
    let words = file.lines(with: "exit(", "abort(", "raise(")
    #expect(words == [])
    guard file.target != "Platform" else { return }
    #expect(file.lines(with: "_exit(") == [])
  }

  @Test("nothing that came from a push can stop the program", arguments: SourceTree.files)
  func noTraps(_ file: SourceTree.File) {
    #expect(
      file.lines(
        with: "fatalError(", "preconditionFailure(", "try!", "as!", "unsafelyUnwrapped",
        "assertionFailure(") == [])
  }

  @Test("no regular expression reads what came from a push", arguments: SourceTree.files)
  func noRegularExpressions(_ file: SourceTree.File) {
    #expect(file.lines(with: "Regex", "NSRegularExpression", "firstMatch(", "wholeMatch(") == [])
  }

  @Test("nothing is left to be done later", arguments: SourceTree.files)
  func noLeftovers(_ file: SourceTree.File) {
    for word in ["TODO", "FIXME", "XXX:", "HACK"] {
      #expect(!file.text.contains(word))
    }
  }

  @Test("the scanner sees code, not comments or texts")
  func scanner() {
    let file = SourceTree.File(
      path: "A/b.swift",
      text: """
        // print(1)
        let a = "print(2)"
        let b = fingerprint(3)
        print(4) // print(5)
        Console.print(6)
        let c = "\\"print(7)"
        """)
    #expect(file.lines(with: "print(") == ["A/b.swift:4: print(4) "])
  }
}

@Suite("One list of environment variables")
struct EnvironmentListTests {
  @Test("every HOOKKIT_ variable that the sources name is in the list")
  func listed() {
    let known = Set(EnvironmentVariable.all.map(\.name))
    for file in SourceTree.files {
      for match in file.text.matches(of: /"(HOOKKIT_[A-Z_]+)"/) {
        #expect(known.contains(String(match.output.1)), "\(file.path)")
      }
    }
  }

  @Test("every variable of the list is read somewhere", arguments: EnvironmentVariable.all)
  func read(_ variable: EnvironmentVariable) {
    #expect(
      SourceTree.files.contains { file in
        file.target != "Report" && file.text.contains("\"\(variable.name)\"")
      })
  }
}
