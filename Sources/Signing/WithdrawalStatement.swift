internal import Primitives

/// A reviewer takes back a review of their own.
///
/// Predicate type `https://hookkit.dev/withdrawal/v1`; its subject is the review's payload digest.
package struct WithdrawalStatement: Hashable, Sendable {
  /// The repository's name in the policy.
  package let repository: [UInt8]
  /// `Envelope.payloadDigest` of the review.
  ///
  /// The payload is what the reviewer signed. A digest of the whole envelope would let anyone bring a
  /// withdrawn review back by changing its unsigned parts.
  package let review: [UInt8]
  /// The reviewer's clock: seconds since 1970.
  package let time: Int64
  /// At most `reasonLimit` bytes of UTF-8.
  package let reason: [UInt8]

  package static let predicateType = "https://hookkit.dev/withdrawal/v1"
  /// How many bytes a reason may have.
  package static let reasonLimit = 16_384

  /// Refuses values that a withdrawal cannot have, and text that JSON cannot carry unchanged.
  package init(
    repository: [UInt8], review: [UInt8], time: Int64, reason: [UInt8] = []
  ) throws(StatementError) {
    try FieldRules.repository(repository)
    try FieldRules.digest(review, "review")
    try FieldRules.require(time >= 0, "time")
    try FieldRules.text(
      reason, "reason", limit: WithdrawalStatement.reasonLimit, mayBeEmpty: true)
    self.repository = repository
    self.review = review
    self.time = time
    self.reason = reason
  }

  package init(statement: Statement) throws(StatementError) {
    var fields = try statement.fields(of: WithdrawalStatement.predicateType)
    try self.init(
      repository: try fields.text("repository"), review: try fields.sha256("review"),
      time: try fields.time("time"), reason: try fields.text("reason"))
    try fields.end()
    guard statement.subjects == subjects else { throw .subjectsDisagree }
  }

  private var subjects: [Statement.Subject] { [Statement.Subject(.sha256(review))] }

  package var statement: Statement {
    Statement(
      subjects: subjects, predicateType: WithdrawalStatement.predicateType,
      predicate: [
        "repository": .string(repository), "review": .hex(review), "time": .integer(time),
        "reason": .string(reason),
      ])
  }
}
