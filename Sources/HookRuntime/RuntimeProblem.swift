internal import Gate
internal import Git
internal import HookWire
internal import Platform
internal import Primitives

/// Why a hook could not do its work. Each is a shut gate with a code.
enum RuntimeProblem: Error {
  case input(InputError)
  case emptyInput
  case unreadable(String)
  case git(GitError)
  case notRecorded(String)
  /// The pusher's refused pushes take up all that is kept of one pusher's.
  case tooMuchRefused(limit: Int)
  case dialogue(String)
  case tooManyOptions(String)
  /// What the code rules out has happened.
  case fault(String)

  var finding: Finding {
    switch self {
    case .input(let error): InputMalformed.finding("\(error)")
    case .emptyInput: InputMalformed.finding("git handed over no reference update")
    case .dialogue(let why), .tooManyOptions(let why): InputMalformed.finding(why)
    case .unreadable(let why): Unreadable.finding(Escaped.text(why.utf8))
    case .git(let error): Unreadable.finding(error)
    case .fault(let what): InternalError.finding(Escaped.text(what.utf8, limit: 400))
    case .tooMuchRefused(let limit): TooMuchRefused.finding(limit: limit)
    case .notRecorded(let why): NotRecorded.finding(Escaped.text(why.utf8))
    }
  }
}
