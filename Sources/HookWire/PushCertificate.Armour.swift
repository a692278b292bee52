internal import Primitives

extension PushCertificate {
  /// Where the signature begins, and of which kind it is.
  struct Armour {
    let start: Int
    let format: PushCertificate.SignatureFormat

    private static let begin = Array("-----BEGIN ".utf8)

    init(in blob: [UInt8]) throws(PushCertificateError) {
      var found: Int?
      var lineStart = 0
      while lineStart < blob.count {
        if blob[lineStart...].starts(with: Armour.begin) {
          guard found == nil else { throw .secondSignature }
          found = lineStart
        }
        guard let end = blob[lineStart...].firstIndex(of: 0x0a) else { break }
        lineStart = end + 1
      }
      guard let found else { throw .unsigned }
      start = found
      let armour = blob[found...]
      if Armour.isFramed(armour, by: "SSH SIGNATURE") {
        format = .ssh
      } else if Armour.isFramed(armour, by: "PGP SIGNATURE") {
        format = .openPGP
      } else {
        throw .unsupportedSignature
      }
    }

    private static func isFramed(_ armour: ArraySlice<UInt8>, by label: String) -> Bool {
      let end = "\n-----END \(label)-----\n"
      guard armour.starts(with: "-----BEGIN \(label)-----\n".utf8), armour.ends(with: end) else {
        return false
      }
      // The first end line is also the last, so that no byte stands behind the signature.
      let endMark = Array("\n-----END ".utf8)
      var index = armour.startIndex
      while let next = armour[index...].firstIndex(of: 0x0a) {
        if armour[next...].starts(with: endMark) { return armour.endIndex - next == end.utf8.count }
        index = next + 1
      }
      return false
    }
  }
}
