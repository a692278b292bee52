internal import Report
internal import Gate
package import Platform

/// The folder with the hook executables that the shims hand over to.
package struct HookExecutables: Sendable {
  /// Absolute; links in it are kept, so that an upgrade behind a link is one of the hooks too.
  package let folder: String

  /// The folder beside which this program was started, if the hook executables stand there; else the
  /// one where the program itself lies.
  ///
  /// - Parameter program: the program's name as it was started (`argv[0]`).
  package init(beside program: String, environment: Environment) throws {
    let working = try FileBytes.workingFolder()
    var candidates: [String] = []
    if program.contains("/") {
      candidates.append(program.hasPrefix("/") ? program : "\(working)/\(program)")
    } else {
      let folders = (environment["PATH"] ?? "").split(separator: ":").filter { $0.hasPrefix("/") }
      let found = folders.map { "\($0)/\(program)" }.first(where: FileBytes.isExecutable)
      candidates += found.map { [$0] } ?? []
    }
    candidates += candidates.map(FileBytes.real)
    #if os(Linux)
      candidates.append(FileBytes.real("/proc/self/exe"))
    #else
      // Without such a name for it, the program is where its own name leads.
    #endif
    let searched = candidates.map(Self.folder)
    guard let found = searched.first(where: Self.isComplete) else {
      let name = "\(searched.first ?? "")/\(Shim.Hook.preReceive.executableName)"
      throw CommandError(
        .undecided, "the hook executables are not beside hookkit: no \(shown(name))",
        hints: [Hint("in a checkout of hookkit", "./install.sh")])
    }
    folder = found
  }

  func path(of hook: Shim.Hook) -> String { "\(folder)/\(hook.executableName)" }

  private static func folder(of path: String) -> String {
    var parts = path.split(separator: "/").dropLast().filter { $0 != "." }
    // `../` in how the program was named would follow the shims for ever.
    while let up = parts.firstIndex(of: ".."), up > 0 { parts.removeSubrange(up - 1...up) }
    return "/" + parts.joined(separator: "/")
  }

  private static func isComplete(_ folder: String) -> Bool {
    Shim.Hook.allCases.allSatisfy { FileBytes.isExecutable("\(folder)/\($0.executableName)") }
  }
}
