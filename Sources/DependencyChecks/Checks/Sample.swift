/// Files for the examples of checks, short enough to be read there.
enum Sample {
  /// A package-lock.json of version 3.
  ///
  /// - Parameters:
  ///   - wants: what the project asks for, as members of `dependencies`.
  static func npm(wants: String = "", _ entries: String...) -> String {
    let root = #""": {"dependencies": {\#(wants)}}"#
    return #"{"lockfileVersion": 3, "packages": {\#(([root] + entries).joined(separator: ",\n"))}}"#
      + "\n"
  }

  /// A digest as npm writes it.
  static func digest(_ digit: Character) -> String {
    "sha512-" + String(repeating: digit, count: 85) + "A=="
  }

  /// One entry of it, whose address follows from its name and version unless there is another.
  static func entry(
    _ name: String, _ version: String, host: String = "registry.example", url: String? = nil,
    integrity: String? = "sha512-AA==", path: String? = nil, more: String = ""
  ) -> String {
    let file = name.split(separator: "/").last ?? ""
    let url = url ?? "https://\(host)/\(name)/-/\(file)-\(version).tgz"
    let integrity = integrity.map { #", "integrity": "\#($0)""# } ?? ""
    return #""\#(path ?? "node_modules/\(name)")": {"version": "\#(version)", "#
      + #""resolved": "\#(url)"\#(integrity)\#(more)}"#
  }
}

extension DependencyExample.File {
  /// A changed package-lock.json.
  static func npm(_ old: String?, _ new: String?) -> DependencyExample.File {
    .init("package-lock.json", old: old, new: new)
  }
}
