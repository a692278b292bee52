internal import ArgumentParser
internal import Gate
internal import Policy
internal import Primitives

/// `hookkit policy show`: what is in force, setting by setting.
struct PolicyShow: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show what is in force here, all layers together.")

  @Flag(help: "Show the layer, file and line that makes each setting.")
  var origin = false

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let known = try KnownPolicy.here(in: context)
    let inForce = try PolicyInForce(layers: known.layers, head: known.head)
    guard context.global.format == .human else {
      return context.terminal.write(Self.json(inForce).pretty)
    }
    context.terminal.note("the policy \(known.source)")
    for layer in inForce.policy.layers {
      let name = Escaped.text(layer.name.utf8)
      context.terminal.say("      \(layer.kind.word) layer \(name), serial \(layer.serial)")
    }
    for statement in inForce.policy.statements {
      let place = "\(statement.location.layer.word) \(statement.location)"
      let prefix = origin ? context.terminal.styled(place, .place) + "  " : ""
      context.terminal.print("\(prefix)\(statement.path) = \(statement.value)")
    }
  }

  private static func json(_ inForce: PolicyInForce) -> JSON {
    let policy = inForce.policy
    return [
      "schema": "hookkit.policy/1",
      "repository": .string(policy.repository),
      "digest": .text(Hex.string(inForce.digest)),
      "layers": .array(
        policy.layers.map { layer in
          [
            "kind": .text(layer.kind.word), "file": .text(layer.name),
            "serial": .integer(layer.serial),
          ]
        }),
      "settings": .array(
        policy.statements.map { statement in
          [
            "path": .text(statement.path), "value": .text(statement.value),
            "layer": .text(statement.location.layer.word),
            "file": .text(statement.location.name),
            "line": .integer(Int64(statement.location.position.line)),
            "column": .integer(Int64(statement.location.position.column)),
          ]
        }),
    ]
  }
}
