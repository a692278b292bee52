import Foundation

/// What a pusher may write to make a comparison long: curves over how much of it there is. Each figure is
/// divided by that, so that what is linear stays the same down the column.
struct Pairings: Sendable {
  let name: String
  let path: String
  /// Both sides of the file for a number of whatever there is many of.
  let write: @Sendable (_ count: Int, _ isNew: Bool) -> String

  static let all = [
    Pairings(name: "one name, a version each", path: "yarn.lock") { count, isNew in
      yarn(count, isNew, version: { "\(isNew ? 2 : 1).0.\($0)" }, file: { "a-\($0)" })
    },
    Pairings(name: "one name, one version, an archive each", path: "yarn.lock") { count, isNew in
      yarn(count, isNew, version: { _ in "1.0.0" }, file: { "\(isNew ? "b" : "a")\($0)-1.0.0" })
    },
    Pairings(name: "one name at another path each", path: "package-lock.json") { count, isNew in
      npm(
        (0..<count).map {
          ("\(isNew ? "x" : "y")\($0)/node_modules/ms", "ms", isNew ? "2.1.4" : "2.1.3")
        })
    },
    Pairings(name: "new names, each asked for by nobody", path: "package-lock.json") {
      count, isNew in
      npm((0..<(isNew ? count : 1)).map { ("name-\($0)-\($0 * 7919 % 100_003)", "", "1.0.0") })
    },
    Pairings(
      name: "new names of every length, and texts with as many blanks", path: "pnpm-lock.yaml"
    ) {
      count, isNew in
      lengths(isNew ? count : 1)
    },
    Pairings(name: "digests of one entry", path: ".terraform.lock.hcl") { count, isNew in
      "provider \"registry.example/acme/x\" {\n  version = \"1.0.\(isNew ? 1 : 0)\"\n  hashes = [\n"
        + (0..<count).map { "    \"zh:\(hex($0 + (isNew ? 1 : 0)))\",\n" }.joined() + "  ]\n}\n"
    },
    Pairings(name: "gems of one name", path: "Gemfile.lock") { count, isNew in
      "GEM\n  remote: https://gems.example/\n  specs:\n"
        + (0..<count).map { "    a (\(isNew ? 2 : 1).0-p\($0))\n" }.joined()
        + "\nDEPENDENCIES\n" + (0..<count).map { "  a\($0) (= 1.0)\n" }.joined()
    },
    Pairings(name: "included files of pip", path: "requirements.txt") { count, isNew in
      (0..<count).map { "-r \(isNew ? "b" : "a")/\($0).txt\n" }.joined()
    },
    Pairings(name: "elements of an array in other places", path: "package.json") { count, isNew in
      "{\"workspaces\": ["
        + (0..<count).map { "\"\(isNew ? ($0 * 7919) % count : $0)\"" }.joined(separator: ",\n")
        + "]}\n"
    },
    Pairings(name: "lines in other places", path: "Makefile") { count, isNew in
      (0..<count).map { "line \(isNew ? ($0 * 7919) % count : $0)\n" }.joined()
    },
    Pairings(name: "steps of a workflow", path: ".github/workflows/ci.yml") { count, isNew in
      "jobs:\n  a:\n    steps:\n"
        + (0..<count).map { "      - uses: \(isNew ? "other" : "owner")/step-\($0)@v1\n" }.joined()
    },
  ]

  private static func hex(_ index: Int) -> String {
    String(format: "%064llx", UInt64(index) &* 0x9e37_79b9_7f4a_7c15)
  }

  private static func yarn(
    _ count: Int, _ isNew: Bool, version: (Int) -> String, file: (Int) -> String
  ) -> String {
    "# yarn lockfile v1\n\n"
      + (0..<count).map { index in
        "\nms@\(isNew ? "~" : "^")\(index):\n  version \"\(version(index))\"\n"
          + "  resolved \"https://registry.example/\(file(index)).tgz#\(hex(index).suffix(40))\"\n"
      }.joined()
  }

  private static func npm(_ entries: [(path: String, name: String, version: String)]) -> String {
    "{\"lockfileVersion\": 3, \"packages\": {\"\": {},\n"
      + entries.enumerated().map { index, entry in
        let name = entry.name.isEmpty ? entry.path : entry.name
        return "\"node_modules/\(entry.path)\": {\"version\": \"\(entry.version)\", "
          + "\"resolved\": \"https://registry.example/\(name)/-/\(name)-\(entry.version).tgz\"}"
      }.joined(separator: ",\n") + "}}\n"
  }

  /// As many bytes in names of every length as in texts that a name of any length could begin.
  private static func lengths(_ count: Int) -> String {
    let longest = max(2, Int(Double(count * 16).squareRoot()))
    var text = "lockfileVersion: '9.0'\nimporters:\n  .: {}\npackages:\n"
    for length in stride(from: 2, to: longest, by: 2) {
      text +=
        "  \(String(repeating: "a", count: length))@1.0.0:\n    resolution: {integrity: sha512-AA==}\n"
      text += "    deprecated: '\(String(repeating: "a ", count: longest / 2))'\n"
    }
    return text
  }

  /// Prints a row: CPU time of a comparison at each size, that of an idle start taken away.
  func rows(bin: String, in folder: String, environment: [String: String], counts: [Int]) {
    let idle = (0..<3).map { _ in
      measure([bin + "/hookkit", "--version"], environment: environment, in: folder).cpu
    }
    let figures = counts.map { count -> String in
      let files = [false, true].map { isNew -> String in
        let file = "\(folder)/\(isNew ? "new" : "old")-pairing"
        _ = FileManager.default.createFile(atPath: file, contents: Data(write(count, isNew).utf8))
        return file
      }
      let runs = (0..<3).map { _ in
        measure(
          [bin + "/hookkit", "deps", "diff", files[0], files[1], "--path", path],
          environment: environment, in: folder)
      }
      let cpu = median(runs.map(\.cpu)) - median(idle)
      return String(format: "%.1f ms", cpu)
        + String(format: " (%.2f us each)", cpu * 1000 / Double(count))
    }
    row(
      name + ": " + counts.map(String.init).joined(separator: ", "),
      figures.joined(separator: ", "), "linear")
  }
}
