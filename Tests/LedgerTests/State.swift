import Ledger
import Platform
import Primitives
import TestSupport

/// A sandbox with an empty `hookkit/` folder of a server.
struct State {
  let sandbox: Sandbox
  let server: ServerState

  init() throws {
    sandbox = try Sandbox()
    try sandbox.makeFolder("git/hookkit")
    server = ServerState(gitDirectory: sandbox.path("git"))
  }

  /// The bytes of a file of the folder.
  func read(_ name: String) throws -> [UInt8] { try sandbox.read("git/hookkit/\(name)") }

  func write(_ bytes: [UInt8], to name: String) throws {
    try sandbox.write(bytes, to: "git/hookkit/\(name)")
  }

  /// The names of all files, with their folders.
  func files() throws -> [String] {
    try sandbox.run(["find", ".", "-type", "f"], in: server.folder).lines.sorted()
  }
}

/// An object name with this byte everywhere.
func id(_ byte: UInt8) -> ObjectID {
  ObjectID(raw: [UInt8](repeating: byte, count: ObjectID.byteCount)) ?? .zero
}

func member(_ key: String, _ value: JSON) -> JSON.Member {
  JSON.Member(key: Array(key.utf8), value: value)
}
