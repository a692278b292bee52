import Primitives
import TestSupport

/// A bare repository without any hook of ours, and a client that has pushed a commit to its `main`.
struct PushScene {
  let sandbox: Sandbox
  let server: TestRepository
  let client: TestRepository
  let base: ObjectID

  init() throws {
    sandbox = try Sandbox()
    server = try sandbox.bareRepository()
    client = try sandbox.repository()
    base = try client.commit("base", ["a.txt": "1\n"])
    try client.git("remote", "add", "origin", server.path)
    try client.git("push", "--quiet", "origin", "main")
  }
}
