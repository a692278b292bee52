internal import Platform

/// The folder under which all repositories lie that `hookkit-shell` serves.
struct RepositoryRoot {
  /// Absolute and without links.
  let path: String

  /// A repository that was found.
  struct Found: Equatable {
    /// Absolute and without links, so that a link moved later leads nowhere else.
    let path: String
    /// The place below the root, such as `team/app.git`.
    let place: String
  }

  init(_ path: String) throws {
    self.path = FileBytes.real(path)
    guard path.hasPrefix("/"), FileBytes.kind(self.path) == .folder, self.path != "/" else {
      throw Refusal.unreadable("the root of hookkit-shell is not an absolute path of a folder")
    }
  }

  /// The repository at the names below the root, or at the same with `.git` at the end; `nil` when there is none, or
  /// when a link leads to it out of the root.
  ///
  /// Only a bare repository is one. Inside of a folder `.git` git would prefer that to the folder itself
  /// (`enter_repo`), so such a folder is none either. Nor is one that lies inside another repository:
  /// who may push to that one makes files there, as references or as what a work tree checks out, and
  /// with them a repository without hooks, under a configuration of their own.
  func repository(at names: [String]) -> Found? {
    let words = "/" + names.joined(separator: "/")
    // A path of the server itself means the same repository, where it lies under the root.
    let own = words.utf8.starts(with: "\(path)/".utf8) ? [words] : []
    return ([path + words] + own).flatMap { [$0, $0 + ".git"] }.lazy.compactMap(found).first
  }

  private func found(at named: String) -> Found? {
    let real = FileBytes.real(named)
    let inside = path + "/"
    guard real.utf8.starts(with: inside.utf8), FileBytes.kind(real) == .folder,
      FileBytes.kind(real + "/HEAD") != .missing, FileBytes.kind(real + "/.git") == .missing,
      FileBytes.kind(real + "/objects") != .missing, FileBytes.kind(real + "/refs") != .missing
    else { return nil }
    let place = String(decoding: real.utf8.dropFirst(inside.utf8.count), as: UTF8.self)
    // A link may lead to what no path may name.
    let names = place.utf8.split(separator: 0x2f)
    guard names.allSatisfy({ $0.first != 0x2e && $0.first != 0x2d }), !isNested(real) else {
      return nil
    }
    return Found(path: real, place: place)
  }

  /// Whether a folder above is a git directory, or, from the root on, has one called `.git`. What git
  /// asks of one is looked for by name alone: it may be a link, and where it leads can change.
  private func isNested(_ real: String) -> Bool {
    var folder = real
    while let slash = folder.lastIndex(of: "/"), folder != "/" {
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
      func has(_ name: String) -> Bool { FileBytes.kind("\(folder)/\(name)") != .missing }
      if has("HEAD"), has("commondir") || (has("objects") && has("refs")) { return true }
      let isServed = folder == path || folder.utf8.starts(with: "\(path)/".utf8)
      if isServed, has(".git") { return true }
    }
    return false
  }
}
