internal import ArgumentParser
internal import Gate
internal import Policy
internal import Primitives
internal import Report

/// `hookkit policy validate`: whether policies can be read, and what is odd about them.
struct PolicyValidate: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check policy files, or the policy that is in force here.")

  @Argument(help: "Files, each a policy by itself; without one, all layers found here together.")
  var files: [String] = []

  @OptionGroup var global: GlobalOptions

  /// One policy and what is wrong with it.
  private struct Check {
    let name: String
    var policy: Policy?
    var error: PolicyError?
    var warnings: [PolicyWarning] = []

    init(_ name: String, _ layers: [PolicyLayer], at time: Int64) {
      self.name = name
      do throws(PolicyError) {
        let policy = try Policy(layers: layers)
        self.policy = policy
        warnings = policy.warnings(at: time)
      } catch {
        self.error = error
      }
    }
  }

  func run(in context: CommandContext) throws {
    var checks: [Check] = []
    if files.isEmpty {
      let known = try KnownPolicy.here(in: context)
      checks.append(
        Check(known.layers.map(\.name).joined(separator: ", "), known.layers, at: context.now))
    }
    for file in files {
      checks.append(Check(file, [try KnownPolicy.layer(at: file)], at: context.now))
    }
    if context.global.format == .human {
      for check in checks { Self.show(check, on: context.terminal) }
    } else {
      context.terminal.write(Self.json(checks).pretty)
    }
    let wrong = checks.filter { $0.error != nil }.count
    guard wrong > 0 else { return }
    throw CommandError(
      .undecided, code: Code(802),
      checks.count == 1 ? "the policy is not valid" : "\(wrong) of \(checks.count) are not valid",
      hints: [.init("its rules", "hookkit", "help", "policy")])
  }

  private static func show(_ check: Check, on terminal: Terminal) {
    if let error = check.error {
      terminal.print("\(error.location): error: \(error.problem)")
    }
    for warning in check.warnings {
      terminal.print("\(warning.location): warning: \(warning.problem)")
    }
    guard let policy = check.policy else { return }
    func count(_ number: Int, _ word: String) -> String {
      "\(number) \(number == 1 ? word : word + "s")"
    }
    let people = policy.people.count == 1 ? "1 person" : "\(policy.people.count) people"
    let serials = policy.layers.map { String($0.serial) }.joined(separator: ", ")
    terminal.print(
      "\(Escaped.text(check.name.utf8)): valid; serial \(serials), \(people), "
        + "\(count(policy.agents.count, "agent")), "
        + count(policy.protections.count + policy.quarantines.count, "rule"))
  }

  private static func json(_ checks: [Check]) -> JSON {
    func problem(_ text: String, _ location: SourceLocation) -> JSON {
      [
        "file": .text(location.name), "line": .integer(Int64(location.position.line)),
        "column": .integer(Int64(location.position.column)), "message": .text(text),
      ]
    }
    return [
      "schema": "hookkit.policycheck/1",
      "policies": .array(
        checks.map { check in
          [
            "name": .text(check.name), "valid": .bool(check.error == nil),
            "errors": .array(
              check.error.map { [problem("\($0.problem)", $0.location)] } ?? []),
            "warnings": .array(check.warnings.map { problem("\($0.problem)", $0.location) }),
          ]
        }),
    ]
  }
}
