import Signing
import Testing

@Suite("SignatureFormat")
struct SignatureFormatTests {
  @Test(
    "the first line tells the kind, and only at the very start",
    arguments: [
      ("-----BEGIN SSH SIGNATURE-----\nU1N", .ssh),
      ("-----BEGIN PGP SIGNATURE-----\n\n", .openPGP),
      ("-----BEGIN PGP MESSAGE-----\n\n", .openPGP),
      ("-----BEGIN SIGNED MESSAGE-----\nMII", .x509),
      ("\n-----BEGIN SSH SIGNATURE-----\n", .unknown),
      ("-----BEGIN SSH SIGNATURE", .unknown),
      ("-----BEGIN PGP PUBLIC KEY BLOCK-----", .unknown),
      ("", .unknown),
    ] as [(String, SignatureFormat)])
  func sniff(text: String, format: SignatureFormat) {
    #expect(SignatureFormat.sniff(Array(text.utf8)) == format)
  }
}
