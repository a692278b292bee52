internal import Primitives

/// What a git client asks of a server over ssh: one of git's three services or of git-lfs's two, on one
/// repository.
///
/// git writes `git-upload-pack 'path'`, the path quoted by `sq_quote_buf` (connect.c, quote.c); older
/// documentation also knows `git upload-pack 'path'`. Exactly that is read, as `sq_dequote` reads it,
/// and nothing else: no option, no second word, no other way to quote.
///
/// git-lfs writes `git-lfs-authenticate path download`, or `upload`, and `git-lfs-transfer` alike
/// (git-lfs's `docs/api/server-discovery.md` and `docs/proposals/ssh_adapter.md`), the path without quotes. It is
/// read where it needs none, or where it is quoted as git quotes.
package struct GitRequest: Hashable, Sendable {
  package enum Service: String, CaseIterable, Sendable {
    case uploadPack = "upload-pack"
    case receivePack = "receive-pack"
    case uploadArchive = "upload-archive"
    case lfsAuthenticate = "lfs-authenticate"
    case lfsTransfer = "lfs-transfer"

    /// Whether it is git-lfs's and not git's own.
    package var isLFS: Bool { self == .lfsAuthenticate || self == .lfsTransfer }
  }

  /// What git-lfs wants to do with large files.
  package enum Operation: String, CaseIterable, Sendable {
    case download, upload
  }

  package let service: Service
  /// `nil` for git's own services.
  package let operation: Operation?
  /// The path as it was meant, without its quotes.
  package let path: [UInt8]

  /// Most bytes of a path: what the system takes at most (PATH_MAX).
  package static let longestPath = 4096
  /// Most bytes of a request: a path in which every byte needs four to be quoted.
  package static let longestCommand = 4 * longestPath + 64

  /// Reads the command line that a client sent (`SSH_ORIGINAL_COMMAND`).
  package init(command: [UInt8]) throws(GitRequestError) {
    guard command.count <= Self.longestCommand else { throw .tooLong(limit: Self.longestCommand) }
    if let lfs = try Self.lfs(command) {
      (service, path, operation) = lfs
      return
    }
    operation = nil
    guard let quote = command.firstIndex(of: 0x27) else { throw .noService }
    let words = command[..<quote]
    let named = Service.allCases.first { service in
      !service.isLFS
        && (words.elementsEqual("git-\(service.rawValue) ".utf8)
          || words.elementsEqual("git \(service.rawValue) ".utf8))
    }
    guard let named else { throw .noService }
    service = named
    path = try Self.unquoted(command[quote...])
    guard path.count <= Self.longestPath else { throw .tooLong(limit: Self.longestPath) }
  }

  /// A request of git-lfs's; `nil` for any other.
  private static func lfs(
    _ command: [UInt8]
  ) throws(GitRequestError) -> (Service, [UInt8], Operation?)? {
    let named = Service.allCases.first {
      $0.isLFS && command.starts(with: "git-\($0.rawValue) ".utf8)
    }
    guard let service = named else { return nil }
    let rest = command.dropFirst("git-\(service.rawValue) ".utf8.count)
    guard let space = rest.lastIndex(of: 0x20),
      let operation = Operation.allCases.first(where: {
        rest[(space + 1)...].elementsEqual($0.rawValue.utf8)
      })
    else { throw .noOperation }
    let word = rest[..<space]
    let path = word.first == 0x27 ? try unquoted(word) : Array(word)
    guard word.first == 0x27 || !path.isEmpty && path.allSatisfy(isPlain) else {
      throw .wordsBehindPath
    }
    guard path.count <= longestPath else { throw .tooLong(limit: longestPath) }
    return (service, path, operation)
  }

  /// Whether a byte needs no quotes in a path.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "/._-+@".utf8.contains(byte)
    }
  }

  /// Undoes `sq_quote_buf`: single quotes, outside of which only `\'` and `\!` may stand.
  private static func unquoted(_ text: ArraySlice<UInt8>) throws(GitRequestError) -> [UInt8] {
    let (quote, backslash, mark) = (UInt8(0x27), UInt8(0x5c), UInt8(0x21))
    var path: [UInt8] = []
    var index = text.startIndex + 1
    while index < text.endIndex {
      let byte = text[index]
      index += 1
      guard byte == quote else {
        path.append(byte)
        continue
      }
      if index == text.endIndex { return path }
      guard text.endIndex - index >= 3, text[index] == backslash,
        text[index + 1] == quote || text[index + 1] == mark, text[index + 2] == quote
      else { throw .wordsBehindPath }
      path.append(text[index + 1])
      index += 3
    }
    throw .unfinishedQuote
  }
}

extension GitRequest {
  /// Whether the client wants to change something.
  package var writes: Bool { service == .receivePack || operation == .upload }

  /// The names that lead from the server's root to the repository.
  ///
  /// One slash at the front and one at the end stand for nothing: `ssh://host/app.git` asks for
  /// `/app.git`, `host:app.git` for `app.git`. No name may begin with a dot (`..`, `.git`, `.ssh`), with
  /// a dash, which a program could take for an option, or with a tilde, which git itself expands.
  package func names() throws(GitRequestError) -> [String] {
    var rest = path[...]
    if rest.first == 0x2f { rest.removeFirst() }
    if rest.last == 0x2f { rest.removeLast() }
    guard !rest.isEmpty else { throw .noName }
    guard rest.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else { throw .controlByte }
    var names: [String] = []
    for part in rest.split(separator: 0x2f, omittingEmptySubsequences: false) {
      guard let first = part.first else { throw .emptyName }
      guard ![0x2e, 0x2d, 0x7e].contains(first) else { throw .unsafeName(Array(part)) }
      guard let name = String(validating: part, as: UTF8.self) else { throw .notUTF8 }
      names.append(name)
    }
    return names
  }
}

/// Why a command line is no request of git's.
package enum GitRequestError: Error, Hashable, Sendable {
  /// Not one of the services and a path.
  case noService
  /// git-lfs, without `download` or `upload` at the end.
  case noOperation
  case unfinishedQuote
  /// Something follows the path, or it is quoted as git does not.
  case wordsBehindPath
  case tooLong(limit: Int)
  case noName
  case emptyName
  case controlByte
  case notUTF8
  /// A name in the path that begins with a dot, a dash or a tilde.
  case unsafeName([UInt8])
}

extension GitRequestError: CustomStringConvertible {
  /// One line of ASCII, safe for a stranger's terminal.
  package var description: String {
    switch self {
    case .noService:
      "it is not git-upload-pack, git-receive-pack or git-upload-archive and a quoted path"
    case .noOperation: "it does not end in download or upload, as git-lfs has it"
    case .unfinishedQuote: "its quote does not end"
    case .wordsBehindPath: "something follows the path, or it is quoted as git does not quote"
    case .tooLong(let limit): "it is longer than \(limit) bytes"
    case .noName: "the path names no repository"
    case .emptyName: "a name in the path is empty"
    case .controlByte: "the path has a control character"
    case .notUTF8: "the path is not UTF-8"
    case .unsafeName(let name):
      "no name in the path may begin like \(Escaped.quoted(name, limit: 40))"
    }
  }
}
