import Foundation

/// A root folder with git, ssh-keygen and a shell in it, and neither Swift nor a compiler: what a
/// machine has on which hookkit is installed from a package.
package struct BareMachine {
  /// The absolute path of the root folder.
  package let root: String
  private let sandbox: Sandbox

  private static let tools = [
    "cat", "chmod", "cp", "cut", "date", "dirname", "env", "grep", "id", "ln", "mkdir", "mktemp",
    "mv", "rm", "rmdir", "sed", "sh", "sha256sum", "sort", "uname",
  ]

  /// - Parameter programs: absolute paths of programs whose shared libraries must be there too.
  package init(in sandbox: Sandbox, for programs: [String] = []) throws {
    self.sandbox = sandbox
    root = try sandbox.makeFolder("machine")
    for folder in ["dev", "etc", "root", "tmp", "usr/bin", "usr/lib/git-core"] {
      try sandbox.makeFolder("machine/\(folder)")
    }
    // As Debian has it: the folders in the root are links into /usr.
    for folder in ["bin", "lib", "lib64"] {
      try sandbox.makeFolder("machine/usr/\(folder)")
      try link("usr/\(folder)", at: folder)
    }
    try sandbox.write("root:x:0:0:root:/root:/bin/sh\n", to: "machine/etc/passwd")
    try sandbox.write("root:x:0:\n", to: "machine/etc/group")

    var needed: Set<String> = []
    for tool in Self.tools + ["git", "ssh-keygen"] {
      let path = try sandbox.run(["sh", "-c", "command -v \(tool)"]).value
      try copy(path, to: "usr/bin/\(tool)")
      needed.formUnion(try libraries(of: path))
    }
    for program in programs { needed.formUnion(try libraries(of: program)) }
    for library in needed { try copy(library, to: String(library.dropFirst())) }

    for name in ["git-receive-pack", "git-upload-pack"] { try link("git", at: "usr/bin/\(name)") }
    let own = try sandbox.git("--exec-path").value
    for name in ["git", "git-receive-pack", "git-upload-pack"] {
      try sandbox.makeFolder("machine\(own)")
      try link("/usr/bin/git", at: String("\(own)/\(name)".dropFirst()))
    }
    if Self.isRoot {
      let nodes = ["/dev/null", "/dev/urandom", "/dev/zero"]
      let made = try sandbox.run(["cp", "-a"] + nodes + ["\(root)/dev/"])
      guard made.succeeded else { throw UnexpectedOutcome("the devices", made) }
    }
  }

  private static var isRoot: Bool { geteuid() == 0 }

  /// Runs a command that sees nothing but this machine.
  package func run(_ arguments: [String], env: [String: String] = [:]) throws -> Outcome {
    let inside = ["PATH": "/usr/bin", "HOME": "/root", "LANG": "C", "LC_ALL": "C", "TERM": "dumb"]
      .merging(env) { $1 }.map { "\($0)=\($1)" }.sorted()
    let words = ["/usr/bin/env", "-i"] + inside + arguments
    // Without root's rights, as root of a name space of its own, which may not make device nodes.
    let enter = #"mount --rbind /dev "$0/dev" && exec chroot "$0" "$@""#
    let way =
      Self.isRoot
      ? ["chroot", root] : ["unshare", "--map-root-user", "--mount", "sh", "-c", enter, root]
    return try sandbox.run(way + words, timeLimit: 180)
  }

  /// Every file, link and folder, but not what stands below one of some folders.
  package func files(without folders: [String] = []) throws -> [String] {
    try sandbox.run(["sh", "-c", "find . | sort"], in: root).lines.filter { line in
      !folders.contains { line == "./\($0)" || line.hasPrefix("./\($0)/") }
    }
  }

  // MARK: Making it

  private func link(_ target: String, at path: String) throws {
    let place = "\(root)/\(path)"
    guard (try? FileManager.default.destinationOfSymbolicLink(atPath: place)) == nil else { return }
    try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: target)
  }

  private func copy(_ path: String, to place: String) throws {
    let folder = String(place[..<(place.lastIndex(of: "/") ?? place.startIndex)])
    try sandbox.makeFolder("machine/\(folder)")
    let copied = try sandbox.run(["cp", "--dereference", path, "\(root)/\(place)"])
    guard copied.succeeded else { throw UnexpectedOutcome("a copy", copied) }
  }

  /// The shared libraries that a program loads; none for a static one.
  private func libraries(of program: String) throws -> [String] {
    try sandbox.run(["ldd", program]).lines.flatMap { line in
      line.split(separator: " ").map(String.init).filter { $0.trimmingPrefix("\t").first == "/" }
        .map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }
}
