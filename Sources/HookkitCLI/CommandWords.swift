internal import Gate
internal import ArgumentParser
internal import Report

/// The order of a command line: global options may stand before a command's name, and a word that is
/// no command never means something else.
enum CommandWords {
  /// The same arguments with global options behind the names of the commands.
  ///
  /// - Throws: `CommandError`: an unknown word where a command's name must stand.
  static func ordered(_ arguments: [String]) throws -> [String] {
    var rest = arguments[...]
    var names: [String] = []
    var options: [String] = []
    var command: any ParsableCommand.Type = Hookkit.self
    while !command.configuration.subcommands.isEmpty {
      takeOptions(from: &rest, into: &options)
      guard let word = rest.first, !word.hasPrefix("-") else { break }
      let known = command.configuration.subcommands
      guard let next = known.first(where: { $0.configuration.commandName == word }) else {
        // The parser's own: `hookkit help COMMAND` where no command of that name is ours.
        if word == "help", names.isEmpty { break }
        throw unknown(word, under: names, known.compactMap { $0.configuration.commandName })
      }
      names.append(word)
      rest.removeFirst()
      command = next
    }
    return names + options + rest
  }

  private static func takeOptions(
    from rest: inout ArraySlice<String>, into options: inout [String]
  ) {
    while let word = rest.first {
      let name = word.split(separator: "=", maxSplits: 1).first.map(String.init) ?? word
      if GlobalOptions.flags.contains(word)
        || name != word && GlobalOptions.withValue.contains(name)
      {
        options.append(rest.removeFirst())
      } else if GlobalOptions.withValue.contains(word), rest.count > 1 {
        options += rest.prefix(2)
        rest = rest.dropFirst(2)
      } else {
        return
      }
    }
  }

  private static func unknown(
    _ word: String, under names: [String], _ known: [String]
  ) -> CommandError {
    let group = (["hookkit"] + names).joined(separator: " ")
    var hints: [Hint] = []
    if let nearest = nearest(to: word, in: known) {
      hints.append(.init("did you mean", ["hookkit"] + names + [nearest]))
    }
    hints.append(.init("all commands", ["hookkit"] + names + ["--help"]))
    return CommandError(.usage, "\(group) has no command \(word.quoted)", hints: hints)
  }

  /// The known word that differs by a slip of the finger, if one does.
  static func nearest(to word: String, in known: [String]) -> String? {
    let scored = known.map { (word: $0, distance: distance(Array(word.utf8), Array($0.utf8))) }
    guard let best = scored.min(by: { $0.distance < $1.distance }),
      best.distance <= max(1, best.word.utf8.count / 3)
    else { return nil }
    return best.word
  }

  /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    guard left.count <= 64, right.count <= 64 else { return .max }
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var row = [i + 1]
      for (j, b) in right.enumerated() {
        var best = min(last[j] + (a == b ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a == right[j - 1], b == left[i - 1] {
          best = min(best, beforeLast[j - 1] + 1)
        }
        row.append(best)
      }
      beforeLast = last
      last = row
    }
    return last[right.count]
  }
}
