package import Primitives

extension ProcReceive {
  /// What becomes of one requested update.
  package enum Report: Hashable, Sendable {
    /// The hook has moved exactly this reference to exactly the requested value itself.
    ///
    /// Said of a reference that did not move, this makes the client's tracking branch lie; for "go
    /// on, git" say `fallThrough`, for "elsewhere" say `redirected`.
    case ok(RefName)
    /// git shall do the update itself, as if there were no hook.
    case fallThrough(RefName)
    /// The hook has moved another reference instead.
    case redirected(RefName, to: RefName, old: ObjectID, new: ObjectID, forced: Bool)
    /// Nothing happens. The reason stands in the client's status line; see `maximumReasonCount`.
    case refused(RefName, reason: [UInt8])

    /// The most characters of a reason that are sent.
    package static let maximumReasonCount = 512

    /// The reference as requested.
    package var name: RefName {
      switch self {
      case .ok(let name), .fallThrough(let name), .redirected(let name, _, _, _, _),
        .refused(let name, _):
        name
      }
    }

    /// The payloads that say it, without line feeds.
    package var lines: [[UInt8]] {
      switch self {
      case .ok(let name): return [Array("ok ".utf8) + name.bytes]
      case .fallThrough(let name):
        return [Array("ok ".utf8) + name.bytes, Array("option fall-through".utf8)]
      case .redirected(let name, let target, let old, let new, let forced):
        var lines = [
          Array("ok ".utf8) + name.bytes, Array("option refname ".utf8) + target.bytes,
          Array("option old-oid \(old.hex)".utf8), Array("option new-oid \(new.hex)".utf8),
        ]
        if forced { lines.append(Array("option forced-update".utf8)) }
        return lines
      case .refused(let name, let reason):
        // Escaped, because it may quote bytes of the push and ends on the client's terminal.
        let text = Escaped.text(reason, limit: Report.maximumReasonCount)
        return [Array("ng ".utf8) + name.bytes + Array(" \(text.isEmpty ? "refused" : text)".utf8)]
      }
    }

    /// Throws unless `reports` answer `updates`: each, in order, and without contradiction.
    static func check(
      _ reports: [Report], for updates: [RefUpdate]
    ) throws(ProcReceiveError) {
      var index = 0
      for update in updates {
        let first = index
        while index < reports.count, reports[index].name == update.name { index += 1 }
        guard index > first else { throw ProcReceiveError.unreported(update.name) }
        let own = reports[first..<index]
        guard own.count == 1 || own.allSatisfy(\.saysMoved) else {
          throw ProcReceiveError.contradictoryReports(update.name)
        }
        for case .redirected(_, let target, _, _, _) in own where !target.isWellFormed {
          throw ProcReceiveError.malformedTarget(target)
        }
      }
      if index < reports.count { throw ProcReceiveError.unrequested(reports[index].name) }
    }

    private var saysMoved: Bool {
      switch self {
      case .ok, .redirected: true
      case .fallThrough, .refused: false
      }
    }
  }
}

/// Why a proc-receive dialogue cannot go on; git then refuses every command of it.
package enum ProcReceiveError: Error, Hashable, Sendable {
  /// The part of the dialogue in which it happened.
  package enum Stage: String, Hashable, Sendable {
    case version, commands, options, reports
  }

  case frame(PktLineError)
  /// git speaks another version; the bytes are what stood in place of `version=1`.
  case unsupportedVersion([UInt8])
  case unexpectedFrame(Stage)
  case endOfInput(Stage)
  /// git sent more than `limit` bytes.
  case inputTooLong(limit: Int)
  case command(InputError)
  case tooManyOptions(limit: Int)
  /// An update has no report, or not in its place in the order.
  case unreported(RefName)
  /// A report is for a reference that was not asked for.
  case unrequested(RefName)
  /// A refused or falling-through update has a second report.
  case contradictoryReports(RefName)
  /// An update is redirected to a name that git would refuse.
  case malformedTarget(RefName)
}

extension ProcReceiveError: CustomStringConvertible {
  /// One line of ASCII, safe for a stranger's terminal.
  package var description: String {
    switch self {
    case .frame(let error): "proc-receive: \(error)"
    case .unsupportedVersion(let bytes):
      "proc-receive: \(Escaped.quoted(bytes, limit: 40)) where version=1 belongs"
    case .unexpectedFrame(let stage): "proc-receive: an unexpected pkt-line (\(stage.rawValue))"
    case .endOfInput(let stage): "proc-receive: the input ends too early (\(stage.rawValue))"
    case .inputTooLong(let limit): "proc-receive: more than \(limit) bytes"
    case .command(let error): "proc-receive: \(error)"
    case .tooManyOptions(let limit): "proc-receive: more than \(limit) push options"
    case .unreported(let name): "proc-receive: no report for \(name) in its place"
    case .unrequested(let name): "proc-receive: a report for \(name), which was not asked for"
    case .contradictoryReports(let name): "proc-receive: reports for \(name) contradict each other"
    case .malformedTarget(let name): "proc-receive: \(name) is no name to redirect to"
    }
  }
}
