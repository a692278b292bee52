internal import Documents
internal import Lockfiles
internal import Primitives

/// HK213: a weaker digest than before.
enum IntegrityWeakened {
  static let check = DependencyCheck(
    213, "integrity-weakened", name: "IntegrityWeakened", .critical,
    title: "integrity is weaker than before",
    why: """
      SHA-1 and MD5 can be forged: two archives can be made to have one digest. An entry whose \
      strongest digest becomes weaker opens that way, and no package manager writes it so by itself.
      """,
    ends: "Let the package manager write the stronger digest again.",
    examples: [
      .found(
        "SHA-512 becomes SHA-1",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(Sample.entry("ms", "2.1.3", integrity: "sha1-CC==")))),
      .passes(
        "SHA-1 becomes SHA-512",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3", integrity: "sha1-CC==")),
          Sample.npm(Sample.entry("ms", "2.1.3")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    changes.eachNewEntry { changed in
      guard changed.fields.contains(.integrity), let old = changed.old,
        changed.new.entry.digestCount > 0
      else { return }
      let (before, after) = (kinds(old.integrity), kinds(changed.new.integrity))
      let isSame = old.version == changed.new.version
      guard let strongest = before.map(\.algorithm).max(), strongest > .unknown,
        let left = after.map(\.algorithm).max(), left > .unknown
      else { return }
      if left < strongest {
        found.append(
          changed.finding(
            check, isSame ? .critical : .high,
            "\(changed.new.words)   \(strongest) -> \(left)"))
        return
      }
      let words = Set(after.map { ByteKey($0.word) })
      let isInner = after.allSatisfy { $0.word.starts(with: "inner-".utf8) }
      if isSame,
        let lost = before.first(where: { kind in
          // Terraform's zh digests are signed by the registry, its h1 digests by nobody. Hex's inner
          // digest is not over the archive as it is fetched.
          (isInner || kind.word.elementsEqual("zh".utf8)) && !words.contains(ByteKey(kind.word))
        })
      {
        found.append(
          changed.finding(
            check,
            "\(changed.new.words)   no \(String(decoding: lost.word, as: UTF8.self)) digest left"
          ))
      }
    }
    return found
  }

  private static func kinds(
    _ digests: [ArraySlice<UInt8>]
  ) -> [(word: [UInt8], algorithm: IntegrityValue.Algorithm)] {
    digests.compactMap { digest in
      IntegrityValue(digest).map { (Array($0.kind), $0.algorithm) }
    }
  }
}
