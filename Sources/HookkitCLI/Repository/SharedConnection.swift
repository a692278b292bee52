internal import Platform
internal import Report

/// One ssh connection for all that a command asks of its server: git starts ssh for each thing, and
/// these then share the first one's line (ControlMaster in ssh_config(5)).
///
/// Only where git runs an OpenSSH client that lets go of our pipes; anything else is left as it is, and
/// connects as often as git does.
final class SharedConnection {
  private let program: String
  private let folder: ScratchFolder
  private var socket: String { "\(folder.path)/line" }

  /// Seconds that the line stays open behind the last command, should nobody close it.
  private static let linger = 15
  /// Most bytes of a socket's path (`sun_path` in unix(7)), with room for what ssh appends meanwhile.
  private static let longestSocket = 80

  /// - Returns: `nil` where nothing can be shared.
  init?(of repository: LocalRepository, _ environment: Environment) {
    guard let program = Self.program(of: repository, environment), Self.letsGo(environment),
      let place = [environment["TMPDIR"] ?? "/tmp", "/tmp"].first(where: Self.canHoldSocket),
      let folder = try? ScratchFolder(in: place)
    else { return nil }
    self.program = program
    self.folder = folder
  }

  /// Whether a folder's path may stand in the command that git hands to a shell, and leaves the socket's
  /// path short enough.
  private static func canHoldSocket(_ folder: String) -> Bool {
    let isPlain = folder.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    return isPlain && folder.utf8.count + "/tmp-XXXXXX/line".utf8.count <= longestSocket
  }

  /// What git's environment says of it.
  var variable: (name: String, value: String) {
    (
      "GIT_SSH_COMMAND",
      "\(program) -o ControlMaster=auto -o ControlPersist=\(Self.linger) -o ControlPath=\(socket)"
    )
  }

  deinit {
    if FileBytes.kind(socket) != .missing {
      // The host's name means nothing beside a socket that is named in full.
      _ = try? Subprocess(
        ["ssh", "-o", "ControlPath=\(socket)", "-O", "exit", "hookkit"], environment: []
      ).setting("PATH", Environment.process["PATH"]).run(limit: 4096, seconds: 5)
    }
    folder.remove()
  }

  /// The command that git starts for ssh, in the order in which git looks (git(1), GIT_SSH_COMMAND);
  /// `nil` for one that may not take OpenSSH's options.
  private static func program(of repository: LocalRepository, _ environment: Environment) -> String?
  {
    let variant = environment["GIT_SSH_VARIANT"] ?? (try? repository.configuration("ssh.variant"))
    guard variant ?? "auto" == "auto" || variant == "ssh" else { return nil }
    let named = environment["GIT_SSH_COMMAND"] ?? (try? repository.configuration("core.sshCommand"))
    guard let named else { return environment["GIT_SSH"] == nil ? "ssh" : nil }
    let first = named.prefix { $0 != " " }
    return first == "ssh" || first.hasSuffix("/ssh") ? named : nil
  }

  /// Whether the client's process in the background lets go of standard error, which older ones keep
  /// until the line is closed.
  private static func letsGo(_ environment: Environment) -> Bool {
    guard let told = try? Subprocess(["ssh", "-V"], environment: environment.all).run(limit: 4096),
      let words = String(validating: told.errors), words.hasPrefix("OpenSSH_")
    else { return false }
    let numbers = words.dropFirst("OpenSSH_".count).prefix { $0.isNumber || $0 == "." }
      .split(separator: ".").compactMap { Int($0) }
    guard numbers.count >= 2 else { return false }
    return (numbers[0], numbers[1]) >= (8, 7)
  }
}
