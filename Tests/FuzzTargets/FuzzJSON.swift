internal import Primitives

/// What is read is written and read as the same value, in both forms.
@Sendable package func fuzzJSON(_ bytes: [UInt8]) {
  let value: JSON
  do throws(JSONError) { value = try JSON(reading: bytes) } catch {
    precondition((0...bytes.count).contains(error.offset), "an error outside the text")
    return
  }
  let compact = value.compact
  // The written form may be longer than what was read, by `\uNNNN` for each byte at most.
  let limit = Int.max
  precondition(
    (try? JSON(reading: compact, maximumCount: limit)) == value,
    "the one-line form is another value")
  precondition(
    (try? JSON(reading: value.pretty, maximumCount: limit)) == value,
    "the indented form is another value")
  precondition(compact.allSatisfy { (0x20...0x7e).contains($0) }, "the one-line form is not ASCII")
}
