internal import HookWire

/// A certificate that is read splits into exactly the bytes it came from, and matches itself.
@Sendable package func fuzzPushCertificate(_ bytes: [UInt8]) {
  guard let certificate = try? PushCertificate(reading: bytes) else { return }
  precondition(certificate.signedPayload + certificate.signature == bytes, "bytes are lost")
  precondition(certificate.matches(certificate.updates), "it does not match itself")
  let updates = ReceiveInput.write(certificate.updates)
  precondition(
    certificate.signedPayload.suffix(updates.count).map(lowercased) == updates.map(lowercased),
    "the updates are not the ones that are signed")
  _ = try? PushOptions(certificate.options)
}

/// Object names may be written in either case.
private func lowercased(_ byte: UInt8) -> UInt8 {
  (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
}
