package import Documents

/// Everything that a push does to dependency files, read together: a lock, its manifest and the
/// configuration that says where packages come from mean little one by one.
package struct DependencyDiff: Sendable {
  /// In the order of their paths' bytes.
  package let files: [FileDiff]
  /// The worst first, then in the order of the files.
  package let findings: [DependencyFinding]

  /// Locks that take the place of another tool's.
  package let migrations: [LockMigration]

  /// What no hook without a network can tell, and so is said to be unchecked.
  package static let notChecked = ["advisory", "age", "signature"]

  /// - Parameters:
  ///   - files: every changed file of a class, each path once.
  ///   - rules: what a policy adds to the checks.
  package init(
    _ files: consuming [DependencyFile], rules: DependencyRules = DependencyRules(),
    limits: ReadingLimits = ReadingLimits()
  ) {
    files.sort { $0.path.lexicographicallyPrecedes($1.path) }
    var diffs: [FileDiff] = []
    // From the end, so that the bytes of a file are freed as soon as it is compared.
    while let file = files.popLast() { diffs.append(FileDiff(consume file, limits: limits)) }
    diffs.reverse()
    self.files = diffs
    migrations = LockMigration.all(in: diffs)
    findings = DependencyChecks.findings(in: diffs, under: rules, migrations)
  }

  /// Whether it is proven that nothing changes but layout, order, comments and harmless metadata.
  package var isNeutral: Bool {
    files.allSatisfy(\.isNeutral) && findings.allSatisfy { $0.severity <= .notice }
  }

  /// Changed, explained and neutral lines of all files.
  package var coverage: (changed: Int, accounted: Int) {
    files.reduce((0, 0)) {
      ($0.0 + $1.coverage.changedLines, $0.1 + $1.coverage.explained + $1.coverage.neutral)
    }
  }
}

/// What a policy adds to the checks.
package struct DependencyRules: Sendable {
  /// Hosts that packages may come from beside those that a repository already uses; lower case.
  package var hosts: [[UInt8]] = []
  /// Names that belong to the organisation, and the hosts that may serve them.
  package var internalNames: [InternalName] = []

  package init() {}

  /// `@acme/*` comes from `registry.acme.example` and from nowhere else.
  package struct InternalName: Hashable, Sendable {
    /// A prefix of names: `@acme/`, `acme-`.
    package let prefix: [UInt8]
    package let host: [UInt8]

    package init(prefix: [UInt8], host: [UInt8]) {
      self.prefix = prefix
      self.host = host
    }
  }
}
