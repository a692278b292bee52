package import Primitives

/// The hook's side of git's proc-receive dialogue, version 1.
///
/// Source: githooks(5), "proc-receive", and receive-pack's own reading of it. The exit code of the
/// hook counts for nothing once a command is reported `ok`, so the reports are the verdict: they are
/// written once, all together, as the last thing. Whoever dies before that has refused the push.
///
/// ```swift
/// let dialogue = try ProcReceive(read: standardInput, write: standardOutput)
/// let reports = judge(dialogue.request)
/// try dialogue.report(reports)
/// ```
package struct ProcReceive: ~Copyable {
  /// What git asks for.
  package struct Request: Hashable, Sendable {
    /// The commands that match `receive.procReceiveRefs`, in git's order.
    package let updates: [RefUpdate]
    /// The push options, if the client sent any and the server advertises them.
    package let options: [[UInt8]]
    /// Whether the client wants all updates or none.
    package let isAtomic: Bool

    package init(updates: [RefUpdate], options: [[UInt8]], isAtomic: Bool) {
      self.updates = updates
      self.options = options
      self.isAtomic = isAtomic
    }
  }

  package let request: Request
  private let write: ([UInt8]) throws -> Void

  /// Agrees on the version, then reads commands and push options.
  ///
  /// - Parameters:
  ///   - limits: for the commands; push options have `PushOptions`' own.
  ///   - read: gives at most so many bytes as soon as there are any, and none at the end of input.
  ///   - write: writes all the bytes and flushes them.
  /// - Throws: `ProcReceiveError`, or what the closures throw.
  package init(
    limits: InputLimits = InputLimits(), read: (Int) throws -> [UInt8],
    write: @escaping ([UInt8]) throws -> Void
  ) throws {
    self.write = write
    var input = FrameReader(byteLimit: limits.byteCount)
    let features = try ProcReceive.negotiate(&input, read)
    try write(try ProcReceive.agreement(to: features))

    var updates: [RefUpdate] = []
    while let line = try input.nextLine(.commands, read) {
      let number = updates.count + 1
      guard updates.count < limits.updateCount else {
        throw ProcReceiveError.command(
          InputError(.tooManyUpdates(limit: limits.updateCount), line: number))
      }
      do { updates.append(try UpdateLine.read(line.span, number)) } catch {
        throw ProcReceiveError.command(error)
      }
    }
    do { try DuplicateNames.refuse(in: updates, name: \.name) } catch {
      throw ProcReceiveError.command(error)
    }

    var options: [[UInt8]] = []
    if features.contains(.pushOptions) {
      while let line = try input.nextLine(.options, read) {
        guard options.count < PushOptions.maximumCount else {
          throw ProcReceiveError.tooManyOptions(limit: PushOptions.maximumCount)
        }
        options.append(Array(line))
      }
    }
    guard input.pendingCount == 0 else { throw ProcReceiveError.unexpectedFrame(.reports) }
    request = Request(
      updates: updates, options: options, isAtomic: features.contains(.atomic))
  }

  /// Writes the verdict and ends the dialogue.
  ///
  /// - Parameter reports: at least one for each requested update, in the order of the request. A
  ///   reference that several others were moved for has several, none of them a refusal.
  /// - Throws: `ProcReceiveError` before anything is written, or what `write` throws.
  package consuming func report(_ reports: [Report]) throws {
    try Report.check(reports, for: request.updates)
    var output: [UInt8] = []
    for report in reports {
      for line in report.lines { try PktLine.data(line).write(to: &output) }
    }
    try PktLine.flush.write(to: &output)
    try write(output)
  }
}

extension ProcReceive {
  private struct Features: OptionSet {
    let rawValue: Int
    static let atomic = Features(rawValue: 1)
    static let pushOptions = Features(rawValue: 2)
  }

  /// Reads `version=1`, then perhaps a NUL and words that name features.
  private static func negotiate(
    _ input: inout FrameReader, _ read: (Int) throws -> [UInt8]
  ) throws -> Features {
    guard let line = try input.nextLine(.version, read) else {
      throw ProcReceiveError.unexpectedFrame(.version)
    }
    let parts = line.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    guard let version = parts.first, version.elementsEqual("version=1".utf8) else {
      throw ProcReceiveError.unsupportedVersion(Array(parts.first ?? []))
    }
    guard try input.nextLine(.version, read) == nil else {
      throw ProcReceiveError.unexpectedFrame(.version)
    }
    var features: Features = []
    for word in parts.dropFirst().joined().split(separator: 0x20) {
      if word.elementsEqual("atomic".utf8) { features.insert(.atomic) }
      if word.elementsEqual("push-options".utf8) { features.insert(.pushOptions) }
    }
    return features
  }

  /// The answer to an offer: the same version, and those of its features that are known here.
  private static func agreement(to features: Features) throws(PktLineError) -> [UInt8] {
    var words: [String] = []
    if features.contains(.pushOptions) { words.append("push-options") }
    if features.contains(.atomic) { words.append("atomic") }
    let list = words.isEmpty ? "" : "\0" + words.joined(separator: " ")
    var output: [UInt8] = []
    try PktLine.text("version=1" + list + "\n").write(to: &output)
    try PktLine.flush.write(to: &output)
    return output
  }
}

/// Frames out of a source of bytes, counted against a limit.
private struct FrameReader {
  private var decoder = PktLineDecoder()
  private var remaining: Int
  private let byteLimit: Int

  init(byteLimit: Int) {
    self.byteLimit = byteLimit
    remaining = byteLimit
  }

  var pendingCount: Int { decoder.pendingCount }

  /// The next line of a list, or `nil` at the flush that ends it.
  mutating func nextLine(
    _ stage: ProcReceiveError.Stage, _ read: (Int) throws -> [UInt8]
  ) throws -> ArraySlice<UInt8>? {
    while true {
      let frame: PktLine?
      do { frame = try decoder.next() } catch { throw ProcReceiveError.frame(error) }
      switch frame {
      case .flush: return nil
      case .some(let frame):
        guard let line = frame.line else { throw ProcReceiveError.unexpectedFrame(stage) }
        return line
      case nil:
        let bytes = try read(PktLine.maximumCount)
        guard !bytes.isEmpty else { throw ProcReceiveError.endOfInput(stage) }
        guard bytes.count <= remaining else {
          throw ProcReceiveError.inputTooLong(limit: byteLimit)
        }
        remaining -= bytes.count
        decoder.feed(bytes)
      }
    }
  }
}
