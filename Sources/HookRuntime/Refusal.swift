internal import Gate
internal import Git
internal import HookWire
internal import Ledger
internal import Platform
internal import Primitives

/// Why a hook or `hookkit-shell` goes no further: a shut gate with a code, in words for whoever is at the
/// other end.
struct Refusal: Error {
  let finding: Finding

  init(_ finding: Finding) {
    self.finding = finding
  }

  static func input(_ error: InputError) -> Refusal { Refusal(InputMalformed.finding("\(error)")) }

  static var emptyInput: Refusal {
    Refusal(InputMalformed.finding("git handed over no reference update"))
  }

  static func dialogue(_ why: String) -> Refusal { Refusal(InputMalformed.finding(why)) }

  static func unreadable(_ why: String) -> Refusal {
    Refusal(Unreadable.finding(Escaped.text(why.utf8)))
  }

  static func git(_ error: GitError) -> Refusal { Refusal(Unreadable.find(error)) }

  static func notRecorded(_ why: String) -> Refusal {
    Refusal(NotRecorded.finding(Escaped.text(why.utf8)))
  }

  /// The pusher's refused pushes take up all that is kept of one pusher's.
  static func tooMuchRefused(limit: Int) -> Refusal {
    Refusal(TooMuchRefused.finding(limit: limit))
  }

  /// What the code rules out has happened.
  static func fault(_ what: String) -> Refusal {
    Refusal(InternalError.finding(Escaped.text(what.utf8, limit: 400)))
  }

  /// What is answered to an error of any kind: the one table of this rim.
  init(_ error: any Error) {
    self =
      switch error {
      case let refusal as Refusal: refusal
      case let error as GitError: .git(error)
      case let error as InputError: .input(error)
      case let error as PushOptionsError: .dialogue(error.description)
      case let error as ProcReceiveError: .dialogue(error.description)
      case let error as PolicyInForce.Problem: Refusal(PolicyMissing.find(error))
      case let error as SystemError: .unreadable("a file of the server: \(error.words)")
      case let error as ServerRecords.Problem: .notRecorded("the landing: \(error.words)")
      case ArrivalStore.Problem.git(let error): .git(error)
      case ArrivalStore.Problem.full(let limit): .tooMuchRefused(limit: limit)
      case ArrivalStore.Problem.system(let error):
        .notRecorded("who brought what: \(error.words)")
      default: .fault("\(error)")
      }
  }
}
