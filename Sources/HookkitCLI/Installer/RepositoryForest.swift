internal import Report
internal import Platform
internal import Synchronization

/// The bare repositories below a folder.
struct RepositoryForest: Sendable {
  /// Absolute paths in the order of their bytes.
  let repositories: [String]
  /// Folders that could not be looked into, and why.
  let unread: [Report]

  /// A folder and what is to be said of it.
  struct Report: Hashable, Sendable {
    let path: String
    let words: String
  }

  /// Folders below the root in which nothing is looked for any more.
  private static let deepest = 32

  /// Looks below a folder. Links are not followed, and nothing is looked for inside a repository or a
  /// `.git`.
  init(below root: String) throws {
    let top = FileBytes.real(root)
    guard FileBytes.kind(top) == .folder else {
      throw CommandError(.undecided, "\(shown(root)) is not a folder")
    }
    var repositories: [String] = []
    var unread: [Report] = []
    var open = [(path: top, depth: 0)]
    while let (path, depth) = open.popLast() {
      if Self.isRepository(path) {
        repositories.append(path)
        continue
      }
      guard depth < Self.deepest else {
        unread.append(Report(path: path, words: "more than \(Self.deepest) folders deep"))
        continue
      }
      do throws(SystemError) {
        for name in try FileBytes.names(in: path) where name != ".git" {
          let child = "\(path)/\(name)"
          switch FileBytes.kind(child) {
          case .folder: open.append((child, depth + 1))
          // Listed and not found by that name: it may be a folder of repositories all the same.
          case .missing: unread.append(Report(path: child, words: "its name is not UTF-8"))
          default: break
          }
        }
      } catch {
        unread.append(Report(path: path, words: error.words))
      }
    }
    self.repositories = repositories.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    self.unread = unread
  }

  /// One of them, as if it stood there alone.
  init(only directory: String, below root: String) throws {
    let (path, top) = (FileBytes.real(directory), FileBytes.real(root))
    guard path.utf8.starts(with: "\(top)/".utf8), Self.isRepository(path) else {
      throw CommandError(
        .usage, "\(shown(directory)) is not a bare repository below \(shown(root))")
    }
    repositories = [path]
    unread = []
  }

  /// As git knows a git directory (gitrepository-layout(5)): `HEAD`, `objects` and `refs`.
  static func isRepository(_ path: String) -> Bool {
    FileBytes.kind("\(path)/HEAD") != .missing && FileBytes.kind("\(path)/objects") != .missing
      && FileBytes.kind("\(path)/refs") != .missing
  }

  /// Does something to every repository, several at a time, and gives the outcomes in their order.
  ///
  /// - Parameter progress: told how many are done; from any thread, one call at a time.
  func map<Outcome: Sendable>(
    progress: @Sendable (Int) -> Void, _ body: @Sendable (String) -> Outcome
  ) -> [(path: String, outcome: Outcome)] {
    let shared = Shared<Outcome>(count: repositories.count)
    Threads.run(Threads.forWaiting) {
      while let index = shared.take() {
        let outcome = body(repositories[index])
        shared.put(outcome, at: index, progress)
      }
    }
    return zip(repositories, shared.outcomes()).map { ($0, $1) }
  }

  private final class Shared<Outcome: Sendable>: Sendable {
    private struct State {
      var next = 0
      var done = 0
      var outcomes: [Outcome?]
    }

    private let state: Mutex<State>

    init(count: Int) {
      state = Mutex(State(outcomes: Array(repeating: nil, count: count)))
    }

    func take() -> Int? {
      state.withLock { state in
        guard state.next < state.outcomes.count else { return nil }
        state.next += 1
        return state.next - 1
      }
    }

    func put(_ outcome: Outcome, at index: Int, _ progress: (Int) -> Void) {
      state.withLock { state in
        state.outcomes[index] = outcome
        state.done += 1
        progress(state.done)
      }
    }

    func outcomes() -> [Outcome] { state.withLock { $0.outcomes.compactMap(\.self) } }
  }
}
