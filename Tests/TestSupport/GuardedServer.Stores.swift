package import Primitives

extension Roster {
  /// Rules of profile "team" over every kind of reference: an existing branch, new ones and tags.
  package static let everyPlace = """
    [[protect]]
    refs = ["refs/heads/main", "refs/heads/release/**", "refs/tags/v*"]
    review = { of = "agents", approvals = 1, role = "reviewer", presence = "none" }
    unverified = "person"
    binding = "head"
    """

  /// A whole policy under which codex may push to every reference, so that what stops its work is what
  /// the work lacks.
  package func openPolicy(
    serial: Int = 1, rules: String = Roster.everyPlace, top: String = "",
    adding: [Actor: String] = [:]
  ) -> String {
    policy(serial: serial, rules: rules, top: top, adding: adding)
      .replacing("may-push = [\"refs/heads/agent/codex/**\"]\n", with: "")
  }
}

extension GuardedServer {
  /// Makes the server one that is in use: a person has pushed to it, so what comes next was not there
  /// when the guard was set up. `refs/heads/release/old` stands at ``base`` afterwards.
  package func begin() throws {
    let first = try commit("First of all", ["first": "1"], by: .frank)
    try pushed(as: .frank, "\(first):refs/heads/first")
    try pushed(as: .frank, "\(base):refs/heads/release/old")
  }

  /// Puts a commit or tag into the server's store without any push and without a hook, as a fetch by an
  /// administrator or a forge's copy of a merge request from a fork does; a reference outside the
  /// branches names it.
  package func fetchBehindTheGate(
    _ object: ObjectID, as ref: String = "refs/merge-requests/1/head"
  ) throws {
    try work.git("config", "uploadpack.allowAnySHA1InWant", "true")
    try repository.git(
      "-c", "core.hooksPath=/dev/null", "fetch", "--quiet", work.path, "+\(object):\(ref)")
  }

  /// Lets the server borrow the objects of another repository that has this commit, as a forge's object
  /// pool does. The server gets no reference to it.
  package func borrow(_ object: ObjectID) throws {
    let pool = try sandbox.bareRepository("pool.git")
    try work.git("push", "--quiet", pool.path, "\(object):refs/heads/pool")
    try Sandbox.writeFile(
      Array("\(pool.path)/objects\n".utf8), to: "\(repository.gitDirectory)/objects/info/alternates"
    )
  }

  /// Takes a reference away on the server, without a hook.
  package func drop(_ ref: String) throws {
    try repository.git("-c", "core.hooksPath=/dev/null", "update-ref", "-d", ref)
  }

  /// Takes every object away that no reference reaches.
  package func prune() throws {
    try repository.git("-c", "gc.reflogExpire=now", "gc", "--quiet", "--prune=now")
  }
}
