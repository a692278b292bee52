internal import HookWire
internal import Primitives

/// A request that is read names a path which, quoted as git quotes, is the very request again; its names
/// lead nowhere but down.
@Sendable package func fuzzGitRequest(_ bytes: [UInt8]) {
  let request: GitRequest
  do throws(GitRequestError) { request = try GitRequest(command: bytes) } catch {
    precondition(
      error.description.utf8.allSatisfy { (0x20...0x7e).contains($0) },
      "a message with control characters")
    return
  }
  var quoted = Array("git-\(request.service.rawValue) '".utf8)
  for byte in request.path {
    quoted += byte == 0x27 || byte == 0x21 ? [0x27, 0x5c, byte, 0x27] : [byte]
  }
  quoted.append(0x27)
  if let operation = request.operation { quoted += Array(" \(operation.rawValue)".utf8) }
  // Only the name of the service may be spelled in two ways; an escaped `!` may also stand as it is.
  precondition((try? GitRequest(command: quoted)) == request, "another request")
  guard let names = try? request.names() else { return }
  precondition(!names.isEmpty, "a path without a name")
  for name in names {
    precondition(!name.utf8.contains(0x2f) && !name.utf8.contains(0), "a slash in a name")
    precondition(![0x2e, 0x2d, 0x7e].contains(name.utf8.first ?? 0x2e), "a name that is not plain")
  }
}
