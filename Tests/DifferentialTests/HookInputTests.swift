import HookWire
import Primitives
import TestSupport
import Testing

/// What git really hands its hooks, read by our readers.
@Suite struct HookInputTests {
  private let scene: PushScene
  private var sandbox: Sandbox { scene.sandbox }
  private var server: TestRepository { scene.server }
  private var client: TestRepository { scene.client }
  private var base: ObjectID { scene.base }

  init() throws {
    scene = try PushScene()
    try scene.client.git("push", "--quiet", "origin", "main:old")
    _ = try scene.sandbox.makeFolder("seen")
  }

  /// A hook that keeps its standard input as `seen/<name>`, and its arguments behind NULs.
  private func record(_ hook: String, as name: String, in repository: TestRepository) throws {
    try repository.writeHook(
      hook,
      """
      #!/bin/sh
      printf '%s\\0' "$@" >> '\(sandbox.path("seen/\(name).arguments"))'
      cat > '\(sandbox.path("seen/\(name)"))'

      """)
  }

  @Test("a push that creates, changes, deletes and tags is read the same in every hook")
  func push() throws {
    for hook in ["pre-receive", "post-receive", "update"] {
      try record(hook, as: hook, in: server)
    }
    try record("reference-transaction", as: "transaction-$1", in: server)
    try record("pre-push", as: "pre-push", in: client)
    let next = try client.commit("next", ["a.txt": "2\n"])
    try client.tag("v1", of: next)
    let tag = try #require(try client.id("refs/tags/v1"))
    try client.git("push", "--quiet", "origin", "main", "HEAD~0:refs/heads/new", "v1", ":old")

    let expected: Set<RefUpdate> = [
      RefUpdate(old: base, new: next, name: RefName("refs/heads/main")),
      RefUpdate(old: .zero, new: next, name: RefName("refs/heads/new")),
      RefUpdate(old: .zero, new: tag, name: RefName("refs/tags/v1")),
      RefUpdate(old: base, new: .zero, name: RefName("refs/heads/old")),
    ]
    for hook in ["pre-receive", "post-receive"] {
      let input = try sandbox.read("seen/\(hook)")
      let updates = try ReceiveInput.read(input)
      #expect(updates.count == 4)
      #expect(Set(updates) == expected, "\(hook)")
      #expect(ReceiveInput.write(updates) == input)
    }
    let sources = try PrePushInput.read(sandbox.read("seen/pre-push"))
    #expect(Set(sources.map(\.remote)) == expected)
    #expect(
      sources.filter { $0.source == .deletion }.map(\.remote.name.description) == ["refs/heads/old"]
    )

    let arguments = try sandbox.read("seen/update.arguments").split(
      separator: 0, omittingEmptySubsequences: false
    ).dropLast().map { Array($0) }
    let updates = try stride(from: 0, to: arguments.count, by: 3).map {
      try UpdateArguments.read(Array(arguments[$0..<$0 + 3]))
    }
    #expect(updates.count == 4)
    #expect(Set(updates) == expected)
  }

  @Test("transactions of git are read in every state, symbolic references too")
  func transactions() throws {
    try server.writeHook(
      "reference-transaction",
      "#!/bin/sh\nn=$(ls '\(sandbox.path("seen"))' | wc -l)\n"
        + "cat > \"\(sandbox.path("seen"))/$n.$1\"\n")
    try server.git("update-ref", "refs/heads/made", base.hex)
    try server.git("symbolic-ref", "refs/heads/alias", "refs/heads/main")
    try server.git("update-ref", "-d", "refs/heads/made")
    try server.git("update-ref", "--no-deref", "HEAD", base.hex)
    var moves: [TransactionUpdate] = []
    for name in try sandbox.run(["ls", "seen"]).lines {
      let state = TransactionState(Array(name.split(separator: ".")[1].utf8))
      if case .unknown = state { Issue.record("\(name)") }
      let updates = try TransactionInput.read(sandbox.read("seen/\(name)"))
      if state == .prepared { moves += updates }
    }
    let plain = moves.compactMap(\.refUpdate)
    #expect(
      plain.contains(RefUpdate(old: .zero, new: base, name: RefName("refs/heads/made"))))
    #expect(plain.contains { $0.isDeletion && $0.name == RefName("refs/heads/made") })
    #expect(moves.contains { $0.name == RefName("HEAD") && $0.new == .object(base) })
  }

  @Test("push options are read from the environment that git makes")
  func options() throws {
    try server.git("config", "receive.advertisePushOptions", "true")
    try server.writeHook(
      "pre-receive", "#!/bin/sh\nenv -0 > '\(sandbox.path("seen/environment"))'\n")
    try client.git(
      "push", "--quiet", "-o", "hookkit.format=json", "-o", "", "-o", "a=b \u{e9}", "origin",
      "main:options")
    let variables = try sandbox.read("seen/environment").split(separator: 0)
    let options = try PushOptions(environment: { name in
      variables.first { $0.starts(with: "\(name)=".utf8) }.map {
        Array($0.dropFirst(name.utf8.count + 1))
      }
    })
    #expect(options.format == .json)
    #expect(options.all == [Array("hookkit.format=json".utf8), [], Array("a=b \u{e9}".utf8)])
  }
}
