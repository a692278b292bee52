import Policy
import Primitives
import Signing
import Testing

/// A key that nobody holds the private half of: policies name keys, they do not use them.
func testKey(_ seed: UInt8) throws -> PublicKey {
  let type = Array("ssh-ed25519".utf8)
  let point = [UInt8](repeating: seed, count: 32)
  return try PublicKey(blob: [0, 0, 0, UInt8(type.count)] + type + [0, 0, 0, 32] + point)
}

/// The same for a FIDO key.
func testSecurityKey(_ seed: UInt8) throws -> PublicKey {
  let type = Array("sk-ssh-ed25519@openssh.com".utf8)
  let point = [UInt8](repeating: seed, count: 32)
  let application = Array("ssh:".utf8)
  return try PublicKey(
    blob: [0, 0, 0, UInt8(type.count)] + type + [0, 0, 0, 32] + point
      + [0, 0, 0, UInt8(application.count)] + application)
}

func layer(_ kind: PolicyLayer.Kind, _ text: String) -> PolicyLayer {
  PolicyLayer(kind, name: "\(kind.word).toml", bytes: Array(text.utf8))
}

/// One repository layer, its head given.
func policy(_ body: String) throws(PolicyError) -> Policy {
  try Policy(layers: [layer(.repository, head + body)])
}

let head = "version = 1\nserial = 1\nrepository = \"git.example.org/app\"\n"

/// The error that the layers give, as people read it.
func refusal(_ layers: PolicyLayer...) -> String {
  do throws(PolicyError) {
    _ = try Policy(layers: layers)
    return "accepted"
  } catch {
    return error.description
  }
}

/// The same for one repository layer, its head given; lines are counted from the body's first.
func refusal(of body: String) -> String {
  do throws(PolicyError) {
    _ = try policy(body)
    return "accepted"
  } catch {
    let position = error.location.position
    return "\(position.line - 3):\(position.column): \(error.problem)"
  }
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
