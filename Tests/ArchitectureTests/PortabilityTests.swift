import Foundation
import Testing

/// hookkit is tested on Linux. That it can be built elsewhere is held by what these tests read.
@Suite("No system alone")
struct PortabilityTests {
  /// What only Linux or only its C library has; Darwin has other words for it, or none.
  private static let linuxOnly: Set = [
    "accept4", "close_range", "copy_file_range", "dup3", "epoll_create1", "epoll_ctl", "epoll_wait",
    "eventfd", "fdatasync", "getrandom", "gettid", "inotify_init1", "malloc_trim", "memfd_create",
    "MSG_NOSIGNAL", "O_PATH", "O_TMPFILE", "openat2", "pidfd_open", "pipe2", "ppoll", "prctl",
    "program_invocation_name", "renameat2", "secure_getenv", "signalfd", "SOCK_CLOEXEC",
    "SOCK_NONBLOCK", "splice", "st_atim", "st_ctim", "st_mtim", "statx", "syncfs",
    "unshare",
    // Structures there, pointers on Darwin.
    "posix_spawn_file_actions_t()", "posix_spawnattr_t()",
  ]
  /// Folders that only Linux has.
  private static let linuxFolders = ["/proc/", "/sys/"]
  private static let linuxConditions = ["os(Linux)", "canImport(Glibc)", "canImport(Musl)"]
  private static let darwinConditions = ["os(macOS)", "canImport(Darwin)"]

  // MARK: The sources

  @Test(
    "Glibc is imported where it is, and Darwin in its place elsewhere", arguments: SourceTree.files)
  func imports(_ file: SourceTree.File) {
    #expect(Self.unguardedImports(in: file) == [])
  }

  @Test(
    "what only Linux has is asked of Linux alone, and elsewhere something else is done",
    arguments: SourceTree.files)
  func calls(_ file: SourceTree.File) {
    #expect(Self.unguardedCalls(in: file) == [])
  }

  @Test("C sources name no system's own calls outside of a condition")
  func cSources() throws {
    let folder = "\(SourceTree.root)/Sources"
    let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    let sources = paths.filter { $0.hasSuffix(".c") || $0.hasSuffix(".h") }
    #expect(sources.count >= 4)
    for path in sources {
      let lines = try SourceTree.text("Sources/\(path)").split(separator: "\n")
      var isGuarded = false
      for line in lines where !line.hasPrefix("//") {
        if line.hasPrefix("#if defined(__linux__)") || line.hasPrefix("#if defined(__GLIBC__)") {
          isGuarded = true
        }
        if line.hasPrefix("#endif") { isGuarded = false }
        let words = Self.linuxOnly.union(["__wrap_", "constructor"]).filter { line.contains($0) }
        #expect(isGuarded || words.isEmpty, "\(path): \(line)")
      }
    }
  }

  // MARK: The checks themselves

  @Test("an import without a condition, or without Darwin, is found")
  func findsImports() {
    for text in [
      "import Glibc\n", "#if os(Linux)\n  import Glibc\n#endif\n",
      "#if canImport(Glibc)\n  import Glibc\n#else\n  import Musl\n#endif\n",
      "#if canImport(Musl)\n  import Glibc\n#else\n  import Darwin\n#endif\n",
      "#if canImport(Glibc)\n  import Glibc\n#endif\n#if DEBUG\n  import Darwin\n#endif\n",
    ] {
      #expect(Self.unguardedImports(in: .init(path: "A.swift", text: text)).count == 1, "\(text)")
    }
    let right = "#if canImport(Glibc)\n  import Glibc\n#else\n  import Darwin\n#endif\n"
    #expect(Self.unguardedImports(in: .init(path: "A.swift", text: right)) == [])
  }

  @Test("a call of Linux without a condition, or without an alternative, is found")
  func findsCalls() {
    for text in [
      "let x = pipe2(&ends, 0)\n", "let path = \"/proc/self/exe\"\n",
      "#if os(Linux)\n  fdatasync(1)\n#endif\n",
      "#if DEBUG\n  fdatasync(1)\n#else\n  x()\n#endif\n",
      "#if os(macOS)\n  fsync(1)\n#elseif DEBUG\n  fdatasync(1)\n#endif\n",
      "#if os(Linux)\n  x()\n#else\n  fdatasync(1)\n#endif\n",
    ] {
      #expect(Self.unguardedCalls(in: .init(path: "A.swift", text: text)).count == 1, "\(text)")
    }
    for text in [
      "#if os(Linux)\n  fdatasync(1)\n#else\n  fsync(1)\n#endif\n",
      "#if canImport(Darwin)\n  fsync(1)\n#else\n  fdatasync(1)\n#endif\n",
      "#if os(Linux)\n  #if DEBUG\n    prctl(1)\n  #endif\n#else\n  x()\n#endif\n",
      "// fdatasync(2), /proc/self\n", "let name = \"pipe2\"\n", "let mypipe2 = 1\n",
    ] {
      #expect(Self.unguardedCalls(in: .init(path: "A.swift", text: text)) == [], "\(text)")
    }
  }

  // MARK: Reading conditions

  /// One `#if` with its branches: the condition of each (empty for `#else`) and its line numbers.
  private struct Chain {
    var branches: [(condition: String, lines: [Int])]
  }

  /// For each line, the chains that it stands in, with the number of its branch, the outermost first.
  private static func places(in file: SourceTree.File) -> (chains: [Chain], of: [[(Int, Int)]]) {
    var chains: [Chain] = []
    var open: [(Int, Int)] = []
    var places: [[(Int, Int)]] = []
    for (number, line) in file.code.enumerated() {
      let words = line.trimmingCharacters(in: .whitespaces)
      if words.hasPrefix("#if ") {
        open.append((chains.count, 0))
        chains.append(Chain(branches: [(String(words.dropFirst(4)), [])]))
      } else if let (chain, branch) = open.last, words.hasPrefix("#else") {
        let condition = words.hasPrefix("#elseif ") ? String(words.dropFirst(8)) : ""
        chains[chain].branches.append((condition, []))
        open[open.count - 1] = (chain, branch + 1)
      } else if words.hasPrefix("#endif") {
        open.removeLast()
      } else {
        for (chain, branch) in open { chains[chain].branches[branch].lines.append(number) }
      }
      places.append(open)
    }
    return (chains, places)
  }

  private static func unguardedImports(in file: SourceTree.File) -> [String] {
    let (chains, places) = places(in: file)
    return file.code.indices.filter { number in
      guard isImport(file.code[number], of: "Glibc") else { return false }
      return !places[number].contains { chain, branch in
        chains[chain].branches[branch].condition == "canImport(Glibc)"
          && chains[chain].branches.contains { other in
            other.lines.contains { isImport(file.code[$0], of: "Darwin") }
          }
      }
    }.map { "\(file.path):\($0 + 1)" }
  }

  private static func isImport(_ line: String, of module: String) -> Bool {
    let words = line.split(separator: " ")
    return words.last == module[...] && words.dropLast().last == "import"
  }

  private static func unguardedCalls(in file: SourceTree.File) -> [String] {
    let bytes = Data(file.text.utf8)
    guard linuxOnly.union(linuxFolders).contains(where: { bytes.range(of: Data($0.utf8)) != nil })
    else { return [] }
    let (chains, places) = places(in: file)
    let whole = file.text.split(separator: "\n", omittingEmptySubsequences: false)
    return file.code.indices.filter { number in
      let isComment = whole[number].trimmingPrefix { $0 == " " }.hasPrefix("//")
      let named =
        linuxOnly.contains { has($0, in: file.code[number]) }
        || !isComment && linuxFolders.contains { whole[number].contains($0) }
      guard named else { return false }
      return !places[number].contains { isLinux($0.1, of: chains[$0.0]) }
    }.map { "\(file.path):\($0 + 1): \(whole[$0])" }
  }

  /// Whether a branch is for Linux alone, and another one is there for the rest.
  private static func isLinux(_ branch: Int, of chain: Chain) -> Bool {
    let condition = chain.branches[branch].condition
    if linuxConditions.contains(condition) { return chain.branches.last?.condition == "" }
    return condition == ""
      && chain.branches[..<branch].contains {
        darwinConditions.contains($0.condition)
      }
  }

  private static func has(_ word: String, in line: String) -> Bool {
    func isPart(_ character: Character) -> Bool {
      character.isLetter || character.isNumber || character == "_"
    }
    return line.ranges(of: word).contains { range in
      let before = line[..<range.lowerBound].last
      let after = line[range.upperBound...].first
      return !(before.map { isPart($0) || $0 == "." } ?? false)
        && (word.hasSuffix("()") || !(after.map(isPart) ?? false))
    }
  }
}
