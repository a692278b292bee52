internal import Gate
internal import Platform
internal import Report

/// A repository of another user, in which git does not work and hookkit must not write: what its hooks
/// have to read would then be out of their reach, and every push refused.
struct ForeignRepository {
  private let path: String
  private let owner: UInt32

  /// - Returns: `nil` for one's own, and for what cannot be looked at.
  init?(at path: String) {
    guard let owner = FileStatus(path)?.owner, owner != FileStatus.ownUser else { return nil }
    self.path = path
    self.owner = owner
  }

  /// - Parameter git: what git said, in English (`safe.directory` in git-config(1)).
  init?(git errors: [UInt8]) {
    let words = Array("dubious ownership in repository at '".utf8)
    guard let range = errors.firstRange(of: words) else { return nil }
    let path = errors[range.upperBound...].prefix { $0 != UInt8(ascii: "'") }
    self.init(at: String(decoding: path, as: UTF8.self))
  }

  /// With the same command again, as its owner gives it.
  var refusal: CommandError {
    let name = Self.name(of: owner)
    return CommandError(
      .refused, "\(shown(path)) belongs to \(name.map(shown) ?? "user \(owner)")",
      hints: [
        Hint(
          "as its owner",
          ["sudo", "-u", name ?? "#\(owner)", "hookkit"] + ProcessArguments.all.dropFirst())
      ])
  }

  /// As id(1) calls a user, which asks every service that knows users.
  private static func name(of user: UInt32) -> String? {
    let found = try? Subprocess(["id", "-nu", "\(user)"], environment: []).run(limit: 4096)
    guard let found, found.succeeded else { return nil }
    return String(validating: found.output.prefix { $0 != 0x0a }).flatMap { $0.isEmpty ? nil : $0 }
  }
}
