internal import Gate
internal import Git
internal import Platform
internal import Primitives

/// Whether git is going to ask hookkit's proc-receive hook about a reference.
///
/// Only looked up when something is refused. Where it is not certain, pre-receive refuses itself: the
/// whole push then, and nothing lands by accident.
struct ProcReceiveSlot {
  private let session: Session

  init(_ session: Session) {
    self.session = session
  }

  /// The refused references of a decision that proc-receive will answer; all of them or none, because
  /// pre-receive can only refuse the push as a whole.
  func answers(for decision: Decision) -> Set<RefName> {
    let refused = decision.judgements.filter { $0.verdict == .refuse || $0.verdict == .hold }
      .map(\.update.name)
    guard let patterns = try? configured(), isInstalled(patterns.hooksPath), gitIsNewEnough(),
      refused.allSatisfy({ name in patterns.prefixes.contains { Self.covers($0, name) } })
    else { return [] }
    return Set(refused)
  }

  private func configured() throws(GitError) -> (prefixes: [[UInt8]], hooksPath: [UInt8]?) {
    let repository = try Repository(gitDirectory: session.server.gitDirectory, scratch: true)
    return (
      try repository.configuration("receive.procreceiverefs"),
      try repository.configuration("core.hookspath").last
    )
  }

  /// git-config(1), receive.procReceiveRefs. A value with modifiers (`am:`) or `!` is not counted on.
  private static func covers(_ value: [UInt8], _ name: RefName) -> Bool {
    guard !value.contains(0x3a), !value.isEmpty else { return false }
    let prefix = value.last == 0x2f ? Array(value.dropLast()) : value
    return name.bytes.starts(with: prefix)
      && (name.bytes.count == prefix.count || name.bytes[prefix.count] == 0x2f)
  }

  /// Whether the hook file is there and runs hookkit. A foreign one would answer in its own way.
  private func isInstalled(_ hooksPath: [UInt8]?) -> Bool {
    let directory = session.server.gitDirectory
    var folder = directory + "/hooks"
    if let hooksPath {
      let path = String(decoding: hooksPath, as: UTF8.self)
      folder = path.hasPrefix("/") ? path : directory + "/" + path
    }
    let file = folder + "/proc-receive"
    guard FileBytes.isExecutable(file), let bytes = try? FileBytes.read(file, limit: 128 << 20)
    else { return false }
    let name = Array("hookkit-proc-receive".utf8)
    if bytes.starts(with: "#!".utf8) {
      return bytes.indices.contains { bytes[$0...].starts(with: name) }
    }
    // A link to the executable itself, not to somebody else's program.
    let target = FileBytes.real(file).split(separator: "/").last ?? ""
    return target == "hookkit-hook" || target == "hookkit-proc-receive"
  }

  /// git before 2.29 ignores receive.procReceiveRefs.
  private func gitIsNewEnough() -> Bool {
    let version = Subprocess(["git", "--version"], environment: session.environment.all)
    guard let outcome = try? version.run(limit: 4096, seconds: 10), outcome.succeeded else {
      return false
    }
    return Self.asksProcReceive(outcome.output)
  }

  /// - Parameter version: what `git --version` prints.
  static func asksProcReceive(_ version: [UInt8]) -> Bool {
    let numbers = version.split { !(0x30...0x39).contains($0) }
      .prefix(2).compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    return numbers.count == 2 && (numbers[0], numbers[1]) >= (2, 29)
  }
}
