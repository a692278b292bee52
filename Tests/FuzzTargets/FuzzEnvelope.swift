internal import Signing

/// Reads any bytes as an envelope and, with or without one, as a statement.
///
/// An accepted envelope is spelled as it was given; an accepted statement comes back from its text.
@Sendable package func fuzzEnvelope(_ bytes: [UInt8]) {
  var payload = bytes
  if let envelope = try? Envelope(reading: bytes) {
    precondition(envelope.serialized == bytes, "an envelope has two spellings")
    for signature in envelope.signatures {
      _ = try? envelope.verify(signature, namespace: .review)
    }
    payload = envelope.payload
  }
  guard let statement = try? Statement(reading: payload) else { return }
  // The written form may be longer than what was read, by `\uNNNN` for each byte at most.
  let text = statement.serialized
  precondition(
    text.count > Statement.limit || (try? Statement(reading: text)) == statement,
    "the written statement is another one")
  if let review = try? ReviewStatement(statement: statement) {
    precondition(
      (try? ReviewStatement(statement: review.statement)) == review,
      "the written review is another one")
  }
  if let withdrawal = try? WithdrawalStatement(statement: statement) {
    precondition(
      (try? WithdrawalStatement(statement: withdrawal.statement)) == withdrawal,
      "the written withdrawal is another one")
  }
  if let landing = try? LandingStatement(statement: statement) {
    precondition(
      (try? LandingStatement(statement: landing.statement)) == landing,
      "the written landing is another one")
  }
}
