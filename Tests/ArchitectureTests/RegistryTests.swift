import Foundation
import Gate
import Report
import TestSupport
import Testing

@Suite("One registry of codes")
struct RegistryTests {
  private static let rules = SourceTree.files.filter { $0.path.hasPrefix("Gate/Rules/") }
  /// Checks of dependency files, whose page stands beside them as well.
  private static let checks = SourceTree.files.filter {
    $0.path.hasPrefix("DependencyChecks/Checks/HK")
  }

  @Test("every rule's and check's file is a page of the registry, and every page a file")
  func filesAndPages() {
    #expect(Set((Self.rules + Self.checks).map(\.name)) == Set(CodeRegistry.all.map(\.fileName)))
  }

  @Test("a check's file holds the type and the code of its name", arguments: checks)
  func fileHoldsCheck(_ file: SourceTree.File) throws {
    let page = try #require(CodeRegistry.all.first { $0.fileName == file.name })
    #expect(file.lines(with: "enum \(page.name)").count == 1)
    #expect(file.text.contains("\n    \(page.code.number), \""))
    let first = file.text.split(separator: "\n").first { $0.hasPrefix("/// ") }
    #expect(first?.hasPrefix("/// \(page.code): ") == true)
  }

  @Test(
    "a rule's file holds the type and the code of its name",
    arguments: CodeRegistry.all.filter { $0.fileExamples.isEmpty })
  func fileHoldsRule(_ page: RulePage) throws {
    let file = try #require(Self.rules.first { $0.name == page.fileName })
    #expect(file.lines(with: "enum \(page.name)").count == 1)
    #expect(file.lines(with: "static let code = Code(\(page.code.number))").count == 1)
    #expect(file.text.contains("name: \"\(page.name)\""))
    let first = file.text.split(separator: "\n").first { $0.hasPrefix("/// ") }
    #expect(first?.hasPrefix("/// \(page.code): ") == true)
  }

  /// What a hook, the shell or a shim says of itself: no rule finds it.
  private static let withoutFind: Set = [403, 404, 904, 906, 970, 990]

  @Test("a rule about updates says in its own file how it is found, and is asked for")
  func filesFind() throws {
    let lists = try #require(SourceTree.files.first { $0.path == "Gate/Rule.swift" })
    for page in CodeRegistry.all
    where page.fileExamples.isEmpty && !Self.withoutFind.contains(page.code.number) {
      let file = try #require(Self.rules.first { $0.name == page.fileName })
      if file.text.contains("  static let rule = Rule(code) { (") {
        let isListed = lists.text.contains("\(page.name).rule")
        #expect(isListed || page.code.number == 905, "\(page.fileName) is never asked")
      } else {
        #expect(file.text.contains("static func find("), "\(page.fileName)")
      }
    }
  }

  @Test("codes are unique, in order, and of three digits")
  func codes() {
    let numbers = CodeRegistry.all.map(\.code.number)
    #expect(numbers == Set(numbers).sorted())
    #expect(numbers.allSatisfy { (100...999).contains($0) })
    #expect(Set(CodeRegistry.all.map(\.name)).count == numbers.count)
  }

  @Test("a code is read in either case, and nothing else is")
  func reading() {
    #expect(Code("hk101") == Code(101))
    #expect(Code("HK101")?.description == "HK101")
    for text in ["HK1", "HK100", "101", "HK0101", "HK+101", "HK 101", "HK101 ", "", "HK999"] {
      #expect(Code(text) == nil, "\(text)")
    }
  }

  @Test("a page is plain words: a short title without a full stop, a why, and an end")
  func words() {
    for page in CodeRegistry.all {
      #expect(page.title.utf8.count <= 60 && page.title.last != ".", "\(page.code)")
      #expect(page.title.first?.isUppercase == false, "\(page.code)")
      #expect(page.why.last == "." && page.ends.last == ".", "\(page.code)")
      let all = page.title + page.why + page.ends
      #expect(all.utf8.allSatisfy { (0x20...0x7e).contains($0) || $0 == 0x0a }, "\(page.code)")
      #expect(!all.contains("--no-verify"), "\(page.code)")
    }
  }

  @Test("every code that the sources name is in the registry", arguments: SourceTree.files)
  func namedCodes(_ file: SourceTree.File) {
    let known = Set(CodeRegistry.all.map(\.code.description))
    for match in file.text.matches(of: /\bHK[0-9]{3}\b/) {
      #expect(known.contains(String(match.output)))
    }
  }

  @Test(
    "what is written from the registries is what they say",
    arguments: [("Codes.md", CodesDocument.text), ("Catalog.md", CatalogDocument.text)])
  func document(_ name: String, _ text: String) throws {
    let path = "\(SourceTree.root)/Documentation/\(name)"
    if ProcessInfo.processInfo.environment["HOOKKIT_RECORD"] == "1" {
      try Sandbox.writeFile(Array(text.utf8), to: path)
      Issue.record("recorded \(path)")
      return
    }
    let written = FileManager.default.contents(atPath: path).map {
      String(decoding: $0, as: UTF8.self)
    }
    if let mismatch = Snapshot.mismatch(text, with: written) {
      Issue.record("Documentation/\(name) \(mismatch)")
    }
  }
}

@Suite("Files")
struct FileTests {
  /// Tables of data, which grow with what they list.
  private static let tables: Set = [
    "Signals/CatalogData.swift", "Lockfiles/Catalog/Catalog.Table.swift",
    "DependencyChecks/Names/PopularNames.swift", "Secrets/RuleData.swift",
  ]

  @Test("no file is longer than 500 lines, and half of them are no longer than 120")
  func lengths() {
    let lengths = SourceTree.files.map { file in
      (file, file.text.split(separator: "\n", omittingEmptySubsequences: false).count - 1)
    }
    for (file, count) in lengths where !Self.tables.contains(file.path) {
      #expect(count <= 500, "\(file.path)")
    }
    let counts = lengths.map(\.1).sorted()
    #expect(counts[counts.count / 2] <= 120)
  }

  // "Hook manager" is what husky and its kin call themselves, so doctor's word for them is theirs.
  @Test("no type is a Manager, a Helper or Utils", arguments: SourceTree.files)
  func names(_ file: SourceTree.File) {
    for word in ["Manager", "Helper", "Utils", "Utilities"] {
      #expect(!file.name.contains(word))
      #expect(
        file.lines(with: "enum", "struct", "class", "protocol", "actor").allSatisfy {
          !$0.replacingOccurrences(of: "HookManager", with: "").contains(word)
        })
    }
  }
}
