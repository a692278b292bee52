package import Primitives

/// What a pusher has signed with `git push --signed`: who pushes what, where and when.
///
/// Source: gitprotocol-pack(5), "Push Certificate". Read more strictly than git reads it: the header
/// lines in the order in which git writes them, nothing unknown, nothing behind the signature. git
/// takes the last line that begins an armour for the start of the signature; here a second one is an
/// error, so both agree on which bytes are signed.
package struct PushCertificate: Hashable, Sendable {
  /// Who the certificate says is pushing; the signature, not this line, proves it.
  package struct Pusher: Hashable, Sendable {
    /// A key fingerprint (ssh), or whatever `user.signingKey` or the committer identity was.
    package let identity: [UInt8]
    /// Seconds since 1970 by the pusher's clock.
    package let time: Int64
    /// Minutes east of Greenwich.
    package let zone: Int

    package init(identity: [UInt8], time: Int64, zone: Int) {
      self.identity = identity
      self.time = time
      self.zone = zone
    }
  }

  package enum SignatureFormat: Hashable, Sendable {
    /// SSHSIG, in the namespace `git`, as in commits and tags.
    case ssh
    case openPGP
  }

  package let pusher: Pusher
  /// The address as the pusher typed it.
  package let pushee: [UInt8]?
  /// What the server gave the pusher to sign, against replay; compare with `GIT_PUSH_CERT_NONCE`.
  package let nonce: [UInt8]?
  package let options: [[UInt8]]
  package let updates: [RefUpdate]
  /// The exact bytes that are signed.
  package let signedPayload: [UInt8]
  /// The armour, from its first line to its last line feed.
  package let signature: [UInt8]
  package let signatureFormat: SignatureFormat

  /// Reads the blob that `GIT_PUSH_CERT` names.
  package init(
    reading blob: [UInt8], limits: InputLimits = InputLimits()
  ) throws(PushCertificateError) {
    guard blob.count <= limits.byteCount else { throw .tooLong(limit: limits.byteCount) }
    let armour = try Armour(in: blob)
    signedPayload = Array(blob[..<armour.start])
    signature = Array(blob[armour.start...])
    signatureFormat = armour.format

    var header = HeaderReader(payload: blob[..<armour.start])
    guard try header.line().elementsEqual("certificate version 0.1".utf8) else {
      throw .unsupportedVersion
    }
    guard let pusherLine = header.value(of: "pusher "), let pusher = Pusher(pusherLine) else {
      throw .malformedPusher
    }
    self.pusher = pusher
    pushee = header.value(of: "pushee ").map { Array($0) }
    nonce = header.value(of: "nonce ").map { Array($0) }
    var options: [[UInt8]] = []
    while let option = header.value(of: "push-option ") {
      guard options.count < PushOptions.maximumCount else {
        throw .tooManyOptions(limit: PushOptions.maximumCount)
      }
      options.append(Array(option))
    }
    self.options = options
    let blank = try header.line()
    guard blank.isEmpty else { throw .unexpectedHeader(Array(blank.prefix(80))) }
    do { updates = try ReceiveInput.read(Array(header.rest), limits: limits) } catch {
      throw .updates(error)
    }
    guard !updates.isEmpty else { throw .noUpdates }
  }

  /// Whether the certificate names exactly these updates, in any order: what pre-receive must see.
  package func matches(_ updates: [RefUpdate]) -> Bool {
    updates.count == self.updates.count && Set(updates) == Set(self.updates)
  }

  /// Whether the certificate names each of these updates, and perhaps more.
  ///
  /// proc-receive sees only the updates that its configuration selects, post-receive only those that
  /// were done.
  package func covers(_ updates: [RefUpdate]) -> Bool {
    Set(updates).isSubset(of: self.updates)
  }
}

extension PushCertificate.Pusher {
  /// Reads `<identity> <seconds> <zone>`.
  fileprivate init?(_ line: ArraySlice<UInt8>) {
    let zoneDigits = line.suffix(5)
    guard zoneDigits.count == 5, let sign = zoneDigits.first, sign == 0x2b || sign == 0x2d,
      let zone = Decimal.value(of: zoneDigits.dropFirst())
    else { return nil }
    let beforeZone = line.dropLast(5)
    guard beforeZone.last == 0x20, let space = beforeZone.dropLast().lastIndex(of: 0x20),
      let time = Decimal.value(of: beforeZone[(space + 1)...].dropLast())
    else { return nil }
    // git leaves one more space behind the fingerprint of an ssh key (get_ssh_key_fingerprint).
    let identity = line[..<space].last == 0x20 ? line[..<space].dropLast() : line[..<space]
    guard let last = identity.last, last != 0x20 else { return nil }
    let minutes = Int(zone / 100 * 60 + zone % 100)
    self.init(
      identity: Array(identity), time: time, zone: sign == 0x2d ? -minutes : minutes)
  }
}

private enum Decimal {
  /// The number that one to eighteen digits spell, so that it cannot overflow; else `nil`.
  static func value(of digits: ArraySlice<UInt8>) -> Int64? {
    guard (1...18).contains(digits.count) else { return nil }
    var value: Int64 = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      value = value * 10 + Int64(digit - 0x30)
    }
    return value
  }
}

/// The lines before the updates.
private struct HeaderReader {
  var rest: ArraySlice<UInt8>

  init(payload: ArraySlice<UInt8>) {
    rest = payload
  }

  /// Takes the next line, whatever it says.
  mutating func line() throws(PushCertificateError) -> ArraySlice<UInt8> {
    guard let end = rest.firstIndex(of: 0x0a) else { throw .truncatedHeader }
    defer { rest = rest[(end + 1)...] }
    return rest[..<end]
  }

  /// Takes the next line if it begins with `word`, and gives what stands behind the word.
  mutating func value(of word: String) -> ArraySlice<UInt8>? {
    guard rest.starts(with: word.utf8), let end = rest.firstIndex(of: 0x0a) else { return nil }
    let value = rest[..<end].dropFirst(word.utf8.count)
    // git's own code reads the header as a C string.
    guard !value.isEmpty, !value.contains(0) else { return nil }
    rest = rest[(end + 1)...]
    return value
  }
}
