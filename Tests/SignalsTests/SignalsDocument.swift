/// `Documentation/Signals.md`, made from `templates/agent-signals.json`.
enum SignalsDocument {
  static func text(date: String, entries: [[String: Any]]) -> String {
    var lines = [
      "# Signals", "",
      "By what hookkit knows that an agent, a service or a suggestion bot had a part in a commit, as of",
      "\(date). What a commit says of itself is an admission: it only ever raises what is asked, anybody",
      "can leave it out or write it, and its absence says nothing. `hookkit who main` shows what a history",
      "says, and `hookkit explain COMMIT` what one commit says.", "",
      "This file is written from `templates/agent-signals.json`, and a test compares: change the template,",
      "then run the tests with `HOOKKIT_RECORD=1`. An administrator can lay another catalog of the same",
      "form over it.", "",
      "How a line is read: wherever in the message it stands, in any case, behind bullets and emoji, with",
      "or without hyphens in its key, folded, in CRLF, with an address in brackets, escaped, or bare. A",
      "name counts as a whole, with a model and a version behind it; `Claude Dupont` is a person. A line",
      "that is indented, quoted, fenced or in look-alike letters is suspected, and so are footers, reworded",
      "ones too. Mail domains are never matched: people work there.", "",
    ]
    for (title, words, classes) in [
      (
        "Agents", "Their authorship and trailers declare; the client writes `Assisted-by: NAME`.",
        ["agent"]
      ),
      (
        "Suggestion bots",
        "A co-author of this kind proposed what a person accepted: reported, and left to the policy.",
        ["suggestion", "suggestion-on-web"]
      ),
      (
        "Services",
        "By name alone nothing counts as a service; it is a hint, and nobody's own work.",
        ["service"]
      ),
    ] {
      let rows = entries.filter { classes.contains($0["class"] as? String ?? "") }
      lines += ["## \(title)", "", "\(rows.count) entries. \(words)", ""]
      lines += ["| name | facts | confidence | looked up | sources |", "|---|---|---|---|---|"]
      lines += rows.map(row)
      lines.append("")
    }
    lines.removeLast()
    return lines.joined(separator: "\n") + "\n"
  }

  private static func row(_ entry: [String: Any]) -> String {
    let words = { (name: String) in (entry[name] as? [Any] ?? []).map { "\($0)" } }
    var facts: [String] = []
    for (label, member) in [
      ("addresses", "emails"), ("GitHub ids", "github-ids"), ("logins", "logins"),
      ("names", "display-names"), ("names that people bear too", "shared-names"),
      ("names of tools", "tool-names"), ("names end in", "name-suffixes"),
      ("names hold", "name-infixes"), ("footers", "footers"), ("branches", "branches"),
      ("notes", "notes-refs"),
    ] where !words(member).isEmpty {
      facts.append(label + " " + words(member).map(code).joined(separator: ", "))
    }
    let keys = (entry["trailer-keys"] as? [[String: Any]] ?? []).map { key in
      let values = (key["values"] as? [String] ?? []).joined(separator: "\\|")
      return "`\(key["key"] ?? ""):\(values.isEmpty ? "" : " \(values)")`"
    }
    if !keys.isEmpty { facts.append("trailers " + keys.joined(separator: ", ")) }
    let signing = (entry["keys"] as? [[String: Any]] ?? []).map {
      code("\($0["fingerprint"] ?? "")")
    }
    if !signing.isEmpty { facts.append("signing keys " + signing.joined(separator: ", ")) }
    let variables = (entry["environment"] as? [[String: Any]] ?? [])
      .filter { $0["ambient"] as? Bool != true }
      .map { variable in
        let value = variable["value"].map { "=\($0)" } ?? variable["prefix"].map { "=\($0)..." }
        return code("\(variable["name"] ?? "")\(value ?? "")")
      }
    if !variables.isEmpty { facts.append("environment " + variables.joined(separator: ", ")) }
    if let note = entry["note"] as? String { facts.append(note) }
    let sources = words("sources").joined(separator: "; ")
    return
      "| \(entry["name"] ?? "") | \(facts.joined(separator: "; ")) | \(entry["confidence"] ?? "") "
      + "| \(entry["looked-up"] ?? "") | \(sources) |"
  }

  private static func code(_ text: String) -> String { "`\(text)`" }
}
