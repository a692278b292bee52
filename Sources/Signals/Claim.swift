/// A trailer key by which somebody or something is said to have had a part in a commit.
///
/// `Reviewed-by`, `Reported-by` and `Tested-by` are not among them: they say nothing of who wrote it.
struct Claim: Sendable {
  /// What stands on such a line.
  enum Subject: Sendable {
    /// Somebody who answers for the work: mostly people.
    case author
    /// What it was made with: hardly ever a person.
    case tool
  }

  /// In small letters, without spaces, `-` and `_`.
  let key: StaticString
  let subject: Subject
  /// People write it without the colon too.
  let bare: Bool

  private init(_ key: StaticString, _ subject: Subject, bare: Bool = false) {
    self.key = key
    self.subject = subject
    self.bare = bare
  }

  static let all: [Claim] = [
    Claim("coauthoredby", .author, bare: true),
    Claim("coauthor", .author),
    Claim("coauthors", .author),
    Claim("authoredby", .author),
    Claim("codevelopedby", .author),
    Claim("cocreatedby", .author),
    Claim("cowrittenby", .author),
    Claim("writtenby", .author),
    Claim("developedby", .author),
    Claim("signedoffby", .author),
    Claim("assistedby", .tool, bare: true),
    Claim("aiassistedby", .tool),
    Claim("assistedwith", .tool),
    Claim("generatedby", .tool),
    Claim("aigeneratedby", .tool),
    Claim("generatedwith", .tool),
    Claim("createdwith", .tool),
    Claim("madewith", .tool),
    Claim("writtenwith", .tool),
    Claim("aigeneratedwith", .tool),
    Claim("aiassistedwith", .tool),
    Claim("builtwith", .tool),
    Claim("codedwith", .tool),
    Claim("vibecodedwith", .tool),
    Claim("implementedwith", .tool),
    Claim("draftedwith", .tool),
  ]

  /// The longest key there is, in bytes.
  static let maximumKeyCount = 64

  /// The claim that a folded key makes.
  init?(folded key: [UInt8]) {
    guard let claim = Self.all.first(where: { $0.isSpelled(key) }) else { return nil }
    self = claim
  }

  private func isSpelled(_ other: [UInt8]) -> Bool {
    key.utf8CodeUnitCount == other.count
      && key.withUTF8Buffer { $0.elementsEqual(other) }
  }
}
