#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The variables that a process was started with: the one place where hookkit reads them.
///
/// Everything else gets an `Environment` as a value, so a test can give any other.
package struct Environment: Sendable {
  private let values: [String: [UInt8]]?

  /// An environment of a test's making.
  package init(_ values: [String: String]) {
    self.values = values.mapValues { Array($0.utf8) }
  }

  /// The same with values that need not be text.
  package init(bytes values: [String: [UInt8]]) {
    self.values = values
  }

  private init() {
    values = nil
  }

  /// This process's own.
  package static let process = Environment()

  /// The value as bytes; `nil` when the variable is not set.
  package func bytes(_ name: String) -> [UInt8]? {
    if let values { return values[name] }
    guard let value = getenv(name) else { return nil }
    return Array(UnsafeRawBufferPointer(start: value, count: strlen(value)))
  }

  /// The value as text; `nil` when it is not set or not UTF-8.
  package subscript(name: String) -> String? {
    bytes(name).flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// Every variable of this process, for a child that is to inherit them.
  package var all: [(name: String, value: [UInt8])] {
    if let values { return values.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 } }
    var result: [(String, [UInt8])] = []
    var entry = environ
    while let line = entry.pointee {
      let bytes = Array(UnsafeRawBufferPointer(start: line, count: strlen(line)))
      if let equals = bytes.firstIndex(of: 0x3d) {
        result.append(
          (String(decoding: bytes[..<equals], as: UTF8.self), Array(bytes[(equals + 1)...])))
      }
      entry += 1
    }
    return result
  }
}
