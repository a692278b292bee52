internal import ArgumentParser
internal import Primitives

/// A command as the argument parser describes it: what help, completions and the manual all show.
struct CommandSummary {
  /// `hookkit`, `review`, `approve`.
  let words: [String]
  let abstract: String
  let discussion: String
  let arguments: [Argument]
  let subcommands: [CommandSummary]

  struct Argument: Hashable {
    enum Kind: String { case positional, option, flag }

    let kind: Kind
    /// With their dashes, the short one first; none for a positional argument.
    let names: [String]
    /// What stands for the value.
    let value: String
    let abstract: String
    let isOptional: Bool
    let isRepeating: Bool
    /// The words that the value may be, where they are known.
    let values: [String]
    let byDefault: String?
  }

  /// The whole tree of commands.
  static func all() throws -> CommandSummary {
    let tree = try JSON(reading: Array(Hookkit._dumpHelp().utf8))
    return CommandSummary(tree["command"] ?? .null, under: [])
  }

  private init(_ json: JSON, under above: [String]) {
    words = above + [json["commandName"]?.string ?? ""]
    abstract = json["abstract"]?.string ?? ""
    discussion = json["discussion"]?.string ?? ""
    arguments = Self.shown(json["arguments"]).compactMap(Argument.init)
    let words = words
    subcommands = Self.shown(json["subcommands"]).map { CommandSummary($0, under: words) }
  }

  private static func shown(_ list: JSON?) -> [JSON] {
    (list?.array ?? []).filter { $0["shouldDisplay"]?.bool != false }
  }
}

extension CommandSummary.Argument {
  fileprivate init?(_ json: JSON) {
    guard let kind = json["kind"]?.string.flatMap(Kind.init) else { return nil }
    self.kind = kind
    names = (json["names"]?.array ?? [])
      .compactMap { name in
        name["name"]?.string.map { (name["kind"]?.string == "long" ? "--" : "-") + $0 }
      }
      .sorted { !$0.hasPrefix("--") && $1.hasPrefix("--") }
    value = json["valueName"]?.string ?? ""
    abstract = json["abstract"]?.string ?? ""
    isOptional = json["isOptional"]?.bool ?? false
    isRepeating = json["isRepeating"]?.bool ?? false
    values = (json["allValues"]?.array ?? []).compactMap(\.string)
    byDefault = json["defaultValue"]?.string
  }
}
