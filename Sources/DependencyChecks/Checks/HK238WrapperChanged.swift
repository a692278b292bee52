internal import Lockfiles
internal import Primitives

/// HK238: a program in the repository that builds run is replaced.
enum WrapperChanged {
  static let check = DependencyCheck(
    238, "wrapper-changed", name: "WrapperChanged", .critical,
    title: "a build wrapper is replaced",
    why: """
      Wrappers are programs that stand in the repository and that every build runs: the jar and \
      scripts of Gradle and Maven, the releases of Yarn. Nobody reads them, and what they download \
      next is whatever their configuration says.
      """,
    ends: "Generate the wrapper with the tool itself and compare the two.",
    examples: [
      .found(
        "the jar is another one",
        .init("gradle/wrapper/gradle-wrapper.jar", old: "PK1", new: "PK2")),
      .found(
        "the digest of the distribution is dropped",
        .init(
          "gradle/wrapper/gradle-wrapper.properties",
          old: "distributionUrl=https\\://dist.example/g.zip\ndistributionSha256Sum=00\n",
          new: "distributionUrl=https\\://dist.example/g.zip\n")),
      .passes(
        "another jar", .init("vendor/other.jar", old: "PK1", new: "PK2")),
    ],
    find: find)

  private static let programs = [
    "gradle-wrapper.jar", "maven-wrapper.jar", "gradlew", "gradlew.bat", "mvnw", "mvnw.cmd",
    "mvnwdebug", "mavenwrapperdownloader.java",
  ]

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    for (index, file) in changes.files.enumerated() where !file.isUntouched && file.newMode != nil {
      let name = file.name
      let isYarn =
        file.folder.suffix(14).elementsEqual(".yarn/releases".utf8)
        || file.folder.suffix(13).elementsEqual(".yarn/plugins".utf8)
      let path = Escaped.text(file.path, limit: 120)
      if isYarn || programs.contains(where: { name.elementsEqual($0.utf8) }) {
        found.append(file.finding(check, index, path))
      } else if name.suffix(18).elementsEqual("wrapper.properties".utf8) {
        let (what, severity) = Self.properties(file)
        if !what.isEmpty {
          found.append(file.finding(check, index, "\(path)   \(what)", severity))
        }
      }
    }
    return found
  }

  /// What is otherwise than before in a wrapper's properties, in words. Another release from the same
  /// folder is what every update of the tool looks like; another folder, or a digest less, is not.
  private static func properties(_ file: FileDiff) -> (String, DependencyCheck.Severity) {
    func lines(_ bytes: ArraySlice<UInt8>, _ word: String) -> [ArraySlice<UInt8>] {
      bytes.split(separator: 0x0a).filter { line in
        line.drop { $0 == 0x20 || $0 == 0x09 }.starts(with: word.utf8)
      }
    }
    let (old, new) = (file.old.bytes, file.new.bytes)
    func folders(_ bytes: ArraySlice<UInt8>, _ key: String) -> [ArraySlice<UInt8>] {
      lines(bytes, key).map(folder(of:))
    }
    var words: [String] = []
    var severity = DependencyCheck.Severity.high
    for (key, said) in [
      ("distributionSha256Sum", "the distribution's digest"),
      ("wrapperSha256Sum", "the wrapper's digest"),
    ] where lines(old, key).count > lines(new, key).count {
      words.append("\(said) is gone")
      severity = .critical
    }
    for key in ["distributionUrl", "wrapperUrl"] where lines(old, key) != lines(new, key) {
      let address = lines(new, key).last.map { Escaped.text($0, limit: 160) } ?? "(none)"
      words.append(address)
      let (before, now) = (folders(old, key), folders(new, key))
      // Where there was no wrapper, one that fetches the tool from its makers replaces nothing.
      let isFirst = file.oldMode == nil && now.allSatisfy(isOfMakers)
      if before != now, !isFirst { severity = .critical }
    }
    return (words.joined(separator: "; "), severity)
  }

  /// A line with an address without its file, and without the folder of the version before that, as Maven's
  /// repositories have one: `.../apache-maven/3.9.6/apache-maven-3.9.6-bin.zip`.
  private static func folder(of line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let slash = UInt8(ascii: "/")
    guard let end = line.lastIndex(of: slash) else { return line }
    let (folder, file) = (line[..<end], line[(end + 1)...])
    guard let mark = folder.lastIndex(of: slash), folder[..<mark].last != slash else {
      return folder
    }
    let version = folder[(mark + 1)...]
    let isVersion = version.first.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return isVersion ?? false && file.contains(bytes: [UInt8(ascii: "-")] + version)
      ? folder[..<mark] : folder
  }

  private static func isOfMakers(_ folder: ArraySlice<UInt8>) -> Bool {
    [
      "distributionUrl=https://services.gradle.org/distributions",
      "distributionUrl=https\\://services.gradle.org/distributions",
      "distributionUrl=https://repo.maven.apache.org/maven2/org/apache/maven/apache-maven",
      "wrapperUrl=https://repo.maven.apache.org/maven2/org/apache/maven/wrapper/maven-wrapper",
    ].contains { folder.elementsEqual($0.utf8) }
  }
}

extension FileDiff {
  /// Whether both sides are the same bytes.
  var isUntouched: Bool { lines.hunks.isEmpty && oldMode == newMode }
}
