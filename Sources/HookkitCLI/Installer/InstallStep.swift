internal import Report
internal import Git
internal import Platform

/// One change to a repository: it can be told before it is made.
struct InstallStep: Sendable {
  let action: Action
  /// What is done to, as shown: a short path, a key.
  let subject: String

  enum Action: Sendable {
    case makeFolder(path: String)
    /// Writes a whole file, over an earlier one.
    case write(path: String, bytes: [UInt8], mode: UInt32, Writing)
    case setMode(path: String, mode: UInt32, Reason)
    /// Gives an earlier hook its new name, under which the shim that follows runs it.
    case keep(path: String, as: String, Keeping)
    case move(path: String, to: String)
    case remove(path: String, isManifest: Bool)
    case set(key: String, value: String, in: String, isAdded: Bool)
    case configure(key: String, arguments: [[String]], Configuring)
  }

  enum Writing: Sendable { case new, upgrade, changed, manifest }
  enum Reason: Sendable { case runBit, privacy }
  enum Keeping: Sendable { case chained, renewed, setAside }
  enum Configuring: Sendable { case set, unset, restored }

  /// Carries it out.
  func perform(with git: GitCommand) throws {
    switch action {
    case .configure(_, let commands, _):
      for arguments in commands { try git.run(["config"] + arguments) }
    case .set(let key, let value, let file, let isAdded):
      do throws(GitError) {
        try ConfigurationFile.set(key, to: value, in: file, isAdded: isAdded)
      } catch {
        throw CommandError(.undecided, "cannot set \(key): \(error.words)")
      }
    default:
      try performOnFiles()
    }
  }

  private func performOnFiles() throws(SystemError) {
    switch action {
    case .makeFolder(let path): try FileBytes.makeFolder(path, mode: 0o700)
    case .write(let path, let bytes, let mode, _):
      if let slash = path.lastIndex(of: "/") { try FileBytes.makeFolder(String(path[..<slash])) }
      try FileBytes.replace(path, with: bytes, mode: mode)
    case .setMode(let path, let mode, _): try FileBytes.setMode(path, mode)
    case .keep(let path, let name, let manner):
      // Under both names until the shim takes its old one: there is no moment without a hook. One
      // that git passes over anyway is simply moved.
      var isNamed = false
      if manner == .renewed { try FileBytes.remove(name) }
      if let slash = name.lastIndex(of: "/") { try FileBytes.makeFolder(String(name[..<slash])) }
      if manner != .setAside { isNamed = try FileBytes.name(path, also: name) }
      if !isNamed { try FileBytes.move(path, to: name) }
    case .move(let path, let other):
      try FileBytes.move(path, to: other)
      removeKeepingFolder(of: path)
    case .remove(let path, let isManifest):
      try FileBytes.remove(path)
      removeKeepingFolder(of: path)
      // The manifest goes last; on a client its folder then holds nothing.
      if isManifest { removeEmptyFolders(above: path, most: 1) }
      // `custom_hooks/pre-receive.d/hookkit`: where the host had none, the folders are hookkit's.
      if path.hasSuffix(".d/hookkit") { removeEmptyFolders(above: path, most: 2) }
    case .set, .configure: break
    }
  }

  /// Takes away the folder in which an earlier hook was kept under its own name, by hookkit or by
  /// overcommit.
  private func removeKeepingFolder(of path: String) {
    guard let slash = path.lastIndex(of: "/") else { return }
    let folder = String(path[..<slash])
    let isKeeping = folder.hasSuffix(Shim.chainedSuffix) || folder.hasSuffix("/old-hooks")
    if isKeeping { FileBytes.removeIfEmpty(folder) }
  }

  /// Whether it puts a file in this place.
  func moves(to place: String) -> Bool {
    if case .move(_, let other) = action { other == place } else { false }
  }

  private func removeEmptyFolders(above path: String, most count: Int) {
    var rest = path[...]
    for _ in 0..<count {
      guard let slash = rest.lastIndex(of: "/") else { return }
      rest = rest[..<slash]
      FileBytes.removeIfEmpty(String(rest))
    }
  }

  /// What is said, or `nil` for what nobody need know.
  ///
  /// - Parameter isDone: whether it has been done or would be.
  func words(isDone: Bool) -> String? {
    let verbs: (done: String, would: String, behind: String)
    switch action {
    case .makeFolder: verbs = ("made", "make", "")
    case .write(_, _, _, .new): verbs = ("installed", "install", "")
    case .write(_, _, _, .upgrade): verbs = ("upgraded", "upgrade", "")
    case .write(_, _, _, .changed): verbs = ("wrote", "write", "")
    case .write(_, _, _, .manifest), .remove(_, isManifest: true): return nil
    case .setMode(_, _, .runBit): verbs = ("set", "set", " (run bit)")
    case .setMode(_, let mode, .privacy):
      verbs = ("set", "set", " (mode \(String(mode, radix: 8)))")
    case .keep(_, let name, .chained), .keep(_, let name, .renewed):
      verbs = ("chained", "chain", " (now \(Self.last(name)))")
    case .keep(_, let name, .setAside):
      verbs = ("set aside", "set aside", " (no run bit; now \(Self.last(name)))")
    case .move: verbs = ("put back", "put back", "")
    case .remove: verbs = ("removed", "remove", "")
    case .set, .configure(_, _, .set): verbs = ("set", "set", "")
    case .configure(_, _, .unset): verbs = ("unset", "unset", "")
    case .configure(_, _, .restored): verbs = ("put back", "put back", "")
    }
    return Self.line(
      isDone ? verbs.done : "would \(verbs.would)", subject + verbs.behind, isDone: isDone)
  }

  /// A verb and what it was done to, the latter in one column.
  static func line(_ verb: String, _ subject: String, isDone: Bool) -> String {
    verb + String(repeating: " ", count: max(1, (isDone ? 11 : 17) - verb.count)) + subject
  }

  /// The name of a kept hook, with the folder that it may have to itself.
  private static func last(_ path: String) -> String {
    let names = path.split(separator: "/").suffix(2)
    let isOwnFolder = names.first?.hasSuffix(Shim.chainedSuffix) == true
    return shown(names.suffix(isOwnFolder ? 2 : 1).joined(separator: "/"))
  }
}
