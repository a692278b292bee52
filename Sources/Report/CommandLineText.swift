/// A command as a person can copy it.
package enum CommandLineText {
  /// The arguments with spaces between them, in single quotes where a shell would read them otherwise.
  package static func of(_ arguments: [String]) -> String {
    arguments.map { argument in
      let text = Ascii.line(argument)
      return !text.isEmpty && text.utf8.allSatisfy(isPlain) ? text : quoted(text)
    }.joined(separator: " ")
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-_./:=@%+,".utf8.contains(byte)
    }
  }

  private static func quoted(_ text: String) -> String {
    let pieces = text.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + pieces.joined(separator: "'\\''") + "'"
  }
}
