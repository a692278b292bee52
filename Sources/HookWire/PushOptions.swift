internal import Primitives

/// The options of `git push -o`, and the few that hookkit itself understands.
///
/// Options are words of the pusher: they may choose how an answer looks, never what it is.
package struct PushOptions: Hashable, Sendable {
  /// How the answer shall look.
  package enum Format: String, Hashable, Sendable {
    case human, json
  }

  /// An option that begins with `hookkit.` and does not do what its sender thinks.
  package enum Issue: Hashable, Sendable {
    /// No such option; the whole option.
    case unknown([UInt8])
    /// The option has no value, or one that it does not take; the whole option.
    case badValue([UInt8])
    /// The option stands twice; the first one counts.
    case repeated([UInt8])
  }

  /// The most options of one push.
  package static let maximumCount = 1000
  /// The most bytes of all options of one push together.
  package static let maximumByteCount = 1 << 20
  /// The most bytes of a reason.
  package static let maximumReasonCount = 1024

  /// Every option as it came, also those meant for others.
  package let all: [[UInt8]]
  /// `hookkit.format=human|json`.
  package private(set) var format: Format = .human
  /// `hookkit.reason=...`: why the pusher asks; bytes of a stranger.
  package private(set) var reason: [UInt8]?
  package private(set) var issues: [Issue] = []

  /// Reads options that came one by one, as in the proc-receive dialogue or a push certificate.
  package init(_ options: [[UInt8]] = []) throws(PushOptionsError) {
    guard options.count <= PushOptions.maximumCount else {
      throw .tooMany(limit: PushOptions.maximumCount)
    }
    guard options.reduce(0, { $0 + $1.count }) <= PushOptions.maximumByteCount else {
      throw .tooLong(limit: PushOptions.maximumByteCount)
    }
    all = options
    var hasFormat = false
    for option in options where option.starts(with: "hookkit.".utf8) {
      let word = option.prefix { $0 != 0x3d }
      let value = option.dropFirst(word.count + 1)
      if word.elementsEqual("hookkit.format".utf8) {
        take(format: value, of: option, isRepeated: hasFormat)
        hasFormat = true
      } else if word.elementsEqual("hookkit.reason".utf8) {
        take(reason: value, of: option)
      } else {
        issues.append(.unknown(option))
      }
    }
  }

  /// Reads the variables that pre-receive and post-receive get (githooks(5)).
  ///
  /// - Parameter variable: the value of an environment variable, or `nil` when it is not set. When
  ///   `GIT_PUSH_OPTION_COUNT` is not set the client and server did not agree on options.
  package init(environment variable: (String) -> [UInt8]?) throws(PushOptionsError) {
    guard let text = variable("GIT_PUSH_OPTION_COUNT") else {
      try self.init()
      return
    }
    guard !text.isEmpty, text.count <= 9, text.allSatisfy({ (0x30...0x39).contains($0) }),
      let count = Int(String(decoding: text, as: UTF8.self))
    else { throw .malformedCount(text) }
    guard count <= PushOptions.maximumCount else { throw .tooMany(limit: PushOptions.maximumCount) }
    var options: [[UInt8]] = []
    for index in 0..<count {
      guard let option = variable("GIT_PUSH_OPTION_\(index)") else { throw .missing(index) }
      options.append(option)
    }
    try self.init(options)
  }

  private mutating func take(format value: ArraySlice<UInt8>, of option: [UInt8], isRepeated: Bool)
  {
    let known = [Format.human, .json].first { value.elementsEqual($0.rawValue.utf8) }
    if isRepeated {
      issues.append(.repeated(option))
    } else if let known {
      format = known
    } else {
      issues.append(.badValue(option))
    }
  }

  private mutating func take(reason value: ArraySlice<UInt8>, of option: [UInt8]) {
    if reason != nil {
      issues.append(.repeated(option))
    } else if value.isEmpty || value.count > PushOptions.maximumReasonCount {
      issues.append(.badValue(option))
    } else {
      reason = Array(value)
    }
  }
}

/// Why the push options cannot be read.
package enum PushOptionsError: Error, Hashable, Sendable {
  case tooMany(limit: Int)
  /// All options together are longer than `limit` bytes.
  case tooLong(limit: Int)
  /// `GIT_PUSH_OPTION_COUNT` is no decimal number.
  case malformedCount([UInt8])
  /// `GIT_PUSH_OPTION_<n>` is not set though the count promises it.
  case missing(Int)
}

extension PushOptionsError: CustomStringConvertible {
  /// One line of ASCII, safe for a stranger's terminal.
  package var description: String {
    switch self {
    case .tooMany(let limit): "more than \(limit) push options"
    case .tooLong(let limit): "push options of more than \(limit) bytes"
    case .malformedCount(let text):
      "GIT_PUSH_OPTION_COUNT is \(Escaped.quoted(text, limit: 40)), which is no count"
    case .missing(let index): "GIT_PUSH_OPTION_\(index) is not set"
    }
  }
}
