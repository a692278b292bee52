internal import Crypto
internal import CryptoExtras
package func dig(_ b: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: b)) }
package func ed(_ b: [UInt8]) -> Bool {
  (try? Curve25519.Signing.PublicKey(rawRepresentation: b))?.isValidSignature(b, for: b) ?? false
}
package func rs(_ b: [UInt8]) -> Bool { (try? _RSA.Signing.PublicKey(n: b, e: b)) != nil }
