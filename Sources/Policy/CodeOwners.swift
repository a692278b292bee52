internal import Primitives

/// One CODEOWNERS file: who must be asked about which path.
///
/// Read as GitHub documents it, with GitLab's sections: within a section the last rule that matches a
/// path counts, and every section counts by itself. What the two hosts read differently, or what a
/// glob cannot say exactly (character ranges, exclusions), is an error: a file that cannot be read
/// exactly must not be read at a guess. Sources: docs.github.com "About code owners",
/// docs.gitlab.com "Code Owners syntax and error handling", docs.gitea.com "CODEOWNERS".
///
/// A repository may hold several files. Hosts read the first they find; hookkit reads all of
/// `CodeOwners.locations` at the old tip and asks for each file's owners, so that adding a file in a
/// place of higher precedence never takes owners away.
package struct CodeOwners: Hashable, Sendable {
  /// Where the file may stand; each one that exists counts.
  package static let locations = [
    ".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS",
    ".gitea/CODEOWNERS",
    ".forgejo/CODEOWNERS", ".bitbucket/CODEOWNERS",
  ].map { Array($0.utf8) }

  /// How a file's lines are read, which its place tells.
  package enum Dialect: String, Hashable, Sendable, CaseIterable {
    /// Globs and sections: GitHub, GitLab, and Bitbucket as far as it agrees with them.
    case globs
    /// Regular expressions, each of which counts by itself: Gitea and Forgejo.
    case expressions

    /// - Parameters:
    ///   - location: one of ``CodeOwners/locations``.
    ///   - shared: how those are read that Gitea and Forgejo have in common with others, at the root and in
    ///     `docs/`.
    package init(at location: [UInt8], shared: Dialect?) {
      if [".gitea/", ".forgejo/"].contains(where: { location.starts(with: $0.utf8) }) {
        self = .expressions
      } else {
        self = location.first == UInt8(ascii: ".") ? .globs : shared ?? .globs
      }
    }
  }

  /// The largest file that is read, in bytes: the limit that GitHub documents.
  package static let byteLimit = 3 << 20
  /// How many rules one file may have.
  package static let ruleLimit = 20_000
  /// How many owners one rule or section may name.
  package static let ownerLimit = 256

  /// What one rule asks about a path.
  package struct Demand: Hashable, Sendable {
    /// `@name`, `@group/team`, `@@role` or an e-mail address, as the file spells them.
    package let owners: [[UInt8]]
    /// How many of the owners must approve; 1 unless the section says more.
    package let approvals: Int
    /// The line of the rule, counted from 1.
    package let line: Int

    package init(owners: [[UInt8]], approvals: Int, line: Int) {
      self.owners = owners
      self.approvals = approvals
      self.line = line
    }
  }

  struct Section: Hashable, Sendable {
    /// In ASCII lower case: GitLab joins sections whose names differ in case only.
    let name: [UInt8]
    let isOptional: Bool
    let approvals: Int
    var defaultOwners: [[UInt8]]
    var rules: [Rule] = []
  }

  enum Matcher: Hashable, Sendable {
    case glob(PathPattern)
    case expression(PathExpression)

    /// `nil` where the pattern has no exact reading.
    init?(_ text: [UInt8], _ dialect: Dialect) {
      switch dialect {
      case .globs:
        guard let pattern = PathPattern(text) else { return nil }
        self = .glob(pattern)
      case .expressions:
        guard let expression = PathExpression(text) else { return nil }
        self = .expression(expression)
      }
    }

    func matches(_ path: [UInt8], names: [ArraySlice<UInt8>]) -> Bool {
      switch self {
      case .glob(let pattern): pattern.matches(path, names: names)
      case .expression(let expression): expression.matches(path)
      }
    }
  }

  struct Rule: Hashable, Sendable {
    let pattern: Matcher
    /// The pattern in ASCII lower case.
    let folded: Matcher
    let owners: [[UInt8]]
    let line: Int
  }

  let sections: [Section]

  /// Reads a file; an empty one asks for nobody.
  package init(_ bytes: [UInt8], as dialect: Dialect = .globs) throws(CodeOwnersError) {
    var reader = CodeOwnersReader(dialect)
    try reader.read(bytes)
    sections = reader.sections
  }

  /// What the file asks about a path (no leading slash): one demand for each section whose last
  /// matching rule names owners. Optional sections ask for nothing.
  ///
  /// - Parameter ignoringCase: reads path and rules in ASCII lower case. Where a file system folds case,
  ///   `package.swift` is checked out in the place of `Package.swift`.
  package func demands(for path: [UInt8], ignoringCase: Bool = false) -> [Demand] {
    let path = ignoringCase ? asciiLowercased(path) : path
    let names = path.split(separator: 0x2f, omittingEmptySubsequences: false)
    return sections.compactMap { section in
      guard !section.isOptional,
        let rule = section.rules.last(where: {
          (ignoringCase ? $0.folded : $0.pattern).matches(path, names: names)
        }),
        !rule.owners.isEmpty
      else { return nil }
      return Demand(owners: rule.owners, approvals: section.approvals, line: rule.line)
    }
  }

  /// Everything that is asked of anybody, in the order of the lines.
  package var demands: [Demand] {
    sections.filter { !$0.isOptional }
      .flatMap { section in
        section.rules.filter { !$0.owners.isEmpty }
          .map { Demand(owners: $0.owners, approvals: section.approvals, line: $0.line) }
      }
      .sorted { $0.line < $1.line }
  }

  /// The owners that must be asked about a path: one of each group.
  package func owners(of path: [UInt8]) -> [[[UInt8]]] {
    demands(for: path).map(\.owners)
  }
}

/// Why a CODEOWNERS file cannot be read exactly; whoever asks for owners stays undecided.
package struct CodeOwnersError: Error, Hashable, Sendable {
  package let problem: Problem
  /// Counted from 1.
  package let line: Int

  package enum Problem: Hashable, Sendable {
    case tooLarge(bytes: Int)
    case tooManyRules
    case tooManyOwners
    case controlCharacter(UInt8)
    case byteOrderMark
    case malformedSection
    /// One name with two meanings: another count, another `^`.
    case sectionDiffers
    /// A pattern that has no exact reading here.
    case unsupportedPattern([UInt8])
    case notAnOwner([UInt8])
  }
}

extension CodeOwnersError: CustomStringConvertible {
  /// `line N: what is wrong`, safe to print.
  package var description: String { "line \(line): \(problem)" }
}

extension CodeOwnersError.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooLarge(let bytes): "the file has \(bytes) bytes, more than \(CodeOwners.byteLimit)"
    case .tooManyRules: "the file has more than \(CodeOwners.ruleLimit) rules"
    case .tooManyOwners: "the rule names more than \(CodeOwners.ownerLimit) owners"
    case .controlCharacter(let byte): "the control character \\x\(Hex.string([byte])) stands here"
    case .byteOrderMark: "the file begins with a byte-order mark"
    case .malformedSection: "this is not a section such as [Name] or ^[Name][2]"
    case .sectionDiffers: "the section stands above with another count or another ^"
    case .unsupportedPattern(let pattern):
      "the pattern \(Escaped.quoted(pattern, limit: 96)) cannot be read exactly"
    case .notAnOwner(let word):
      "\(Escaped.quoted(word, limit: 96)) is no @name, @group/team or e-mail address"
    }
  }
}
