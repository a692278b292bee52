internal import ArgumentParser
internal import Gate
internal import Policy
internal import Primitives
internal import Report

/// `hookkit whoami`: who signs, commits and pushes from here, as the policy knows them.
struct Whoami: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "whoami",
    abstract: "Say who this clone signs, commits and pushes as, in the policy's words.",
    discussion: """
      The policy is the one that was last fetched; no server is asked. Exit code 1 where the policy knows \
      neither the key nor the address.
      """)

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let repository = try context.repository()
    let known = try KnownPolicy.hereIfAny(in: context)
    let policy = try known.map { try PolicyInForce(layers: $0.layers, head: $0.head).policy }
    let identity = try Identity(in: repository, under: policy, context)
    if context.global.format == .human {
      context.terminal.print(rows: identity.rows(in: policy))
      if let known { context.terminal.note("the policy \(known.source)") }
    } else {
      context.terminal.write(
        JSON.object(
          [.init(key: Array("schema".utf8), value: "hookkit.whoami/1")]
            + (identity.json.members ?? [])
        ).pretty)
    }
    guard policy != nil else { throw try Vantage(in: context).noPolicy }
    guard identity.principal != nil else { throw CommandError.told(.refused) }
  }
}

extension Terminal {
  /// Labels and words in two columns.
  func print(rows: [(label: String, words: String)]) {
    let column = (rows.map(\.label.utf8.count).max() ?? 0) + 2
    for (label, words) in rows {
      print(label, column: column, words)
    }
  }
}
