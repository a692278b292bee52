internal import Lockfiles

/// One thing that may be wrong with a change of dependency files: its words, its examples and how it is
/// found. A check is one file of this folder, named by its code.
package struct DependencyCheck: Sendable {
  /// The number of its code: 210 for HK210.
  package let code: Int
  /// The word for it in JSON, for ever: `source-host-changed`.
  package let id: String
  /// The type and file name: `SourceChanged`.
  package let name: String
  package let severity: Severity
  /// One line, no full stop.
  package let title: String
  package let why: String
  package let ends: String
  /// Made when somebody looks at them: judging a push needs none.
  package var examples: [DependencyExample] { makeExamples() }
  private let makeExamples: @Sendable () -> [DependencyExample]
  let find: @Sendable (borrowing CheckedChanges) -> [DependencyFinding]

  init(
    _ code: Int, _ id: String, name: String, _ severity: Severity, title: String, why: String,
    ends: String, examples: @escaping @autoclosure @Sendable () -> [DependencyExample],
    find: @escaping @Sendable (borrowing CheckedChanges) -> [DependencyFinding]
  ) {
    self.code = code
    self.id = id
    self.name = name
    self.severity = severity
    self.title = title
    self.why = why
    self.ends = ends
    makeExamples = examples
    self.find = find
  }

  package enum Severity: String, Sendable, Comparable, CaseIterable {
    /// Good news: nothing changed in substance.
    case calming
    /// Worth a line.
    case notice
    case high
    case critical

    package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .calming: 0
      case .notice: 1
      case .high: 2
      case .critical: 3
      }
    }
  }
}

/// A change that a check speaks up about, or one close by that it lets pass: a test, and part of the
/// check's page.
package struct DependencyExample: Sendable {
  /// What the example claims, as a sentence without a full stop.
  package let claim: String
  package let isFound: Bool
  package let files: [File]
  let rules: DependencyRules

  package struct File: Sendable {
    package let path: String
    /// `nil` for a file that was not there.
    package let old: String?
    package let new: String?
    package let mode: DependencyFile.Mode

    package init(
      _ path: String, old: String?, new: String?, mode: DependencyFile.Mode = .file
    ) {
      self.path = path
      self.old = old
      self.new = new
      self.mode = mode
    }
  }

  static func found(
    _ claim: String, rules: DependencyRules = DependencyRules(), _ files: File...
  ) -> DependencyExample {
    DependencyExample(claim: claim, isFound: true, files: files, rules: rules)
  }

  static func passes(
    _ claim: String, rules: DependencyRules = DependencyRules(), _ files: File...
  ) -> DependencyExample {
    DependencyExample(claim: claim, isFound: false, files: files, rules: rules)
  }

  /// The comparison of the example's files, with every check.
  package func diff() -> DependencyDiff {
    let files = self.files.compactMap { file -> DependencyFile? in
      let path = Array(file.path.utf8)
      guard let match = Catalog.match(path, isLink: file.mode == .link || file.mode == .submodule)
      else { return nil }
      func side(_ text: String?) -> DependencyFile.Side? {
        text.map { DependencyFile.Side(mode: file.mode, blob: $0, bytes: Array($0.utf8)) }
      }
      return DependencyFile(path: path, match: match, old: side(file.old), new: side(file.new))
    }
    return DependencyDiff(files, rules: rules)
  }
}

/// One thing that a check found.
package struct DependencyFinding: Sendable {
  package let check: String
  package let code: Int
  package let severity: DependencyCheck.Severity
  /// The place of its file in `DependencyDiff.files`.
  package let file: Int
  package let subject: Subject
  /// What is wrong, in words that stand for every such finding: the check's title.
  package let title: String
  /// What it is about: `is-number 7.0.0  registry.example -> evil.example`. Safe for any terminal.
  package let detail: String

  package enum Subject: Sendable, Equatable {
    /// The file as a whole.
    case file
    /// A place in `FileDiff.changes`.
    case change(Int)
    /// A place in `FileDiff.facts`.
    case fact(Int)
    /// Bytes of one side.
    case bytes(isOld: Bool, Range<Int>)
  }
}

/// Every check there is, by code: the one registry.
package enum DependencyChecks {
  package static let all: [DependencyCheck] = [
    SourceChanged.check,
    IntegrityChanged.check,
    IntegrityRemoved.check,
    IntegrityWeakened.check,
    LeftRegistry.check,
    UnusualSource.check,
    NameMismatch.check,
    VersionMismatch.check,
    Alias.check,
    MutableRevision.check,
    RevisionMoved.check,
    RepositoryChanged.check,
    UnsafeAddress.check,
    HostNew.check,
    RunsCode.check,
    Downgrade.check,
    CloseName.check,
    InternalName.check,
    ManifestDisagrees.check,
    OriginMoved.check,
    Orphan.check,
    ShadowingLock.check,
    OpaqueFile.check,
    HiddenCharacters.check,
    OriginChanged.check,
    WorkflowUnpinned.check,
    AgentConfig.check,
    SubmoduleMoved.check,
    WrapperChanged.check,
    VisibilityChanged.check,
    LinkInPlace.check,
    FormatMigration.check,
    Neutral.check,
    Residual.check,
    PinsDropped.check,
    VendoredBytes.check,
  ]

  /// Findings of all checks, the worst first.
  static func findings(
    in files: [FileDiff], under rules: DependencyRules, _ migrations: [LockMigration] = []
  ) -> [DependencyFinding] {
    let changes = CheckedChanges(files, rules, migrations)
    var found: [DependencyFinding] = []
    for check in all { found += check.find(changes) }
    let order = found.enumerated().sorted { left, right in
      if left.element.severity != right.element.severity {
        return left.element.severity > right.element.severity
      }
      if left.element.file != right.element.file { return left.element.file < right.element.file }
      return left.offset < right.offset
    }
    return order.map(\.element)
  }
}
