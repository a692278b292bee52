internal import Git
internal import Platform
internal import Primitives

/// OpenPGP signatures checked by `gpgv` against one keyring.
///
/// Whose signature it is, `VALIDSIG` alone says, with the primary key's fingerprint: `GOODSIG` names a
/// user id that anyone may choose. But gpgv gives `VALIDSIG` and the exit code 0 for a key that has
/// expired too, with `EXPKEYSIG` in the place of `GOODSIG`, so that must be there as well (gnupg's
/// doc/DETAILS).
struct Gpgv: OpenPGPVerifying {
  let keyring: String
  let environment: Environment

  func fingerprint(signature: [UInt8], payload: [UInt8]) throws(GitError) -> [UInt8]? {
    do throws(SystemError) {
      let scratch = try ScratchFolder(in: environment["TMPDIR"] ?? "/tmp")
      defer { scratch.remove() }
      let file = scratch.path + "/signature"
      try FileBytes.replace(file, with: signature, mode: 0o600)
      let outcome = try Subprocess(
        ["gpgv", "--status-fd", "1", "--keyring", keyring, "--homedir", scratch.path, file, "-"],
        environment: environment.all
      ).run(input: payload, limit: 1 << 20, seconds: 20)
      guard outcome.succeeded else { return nil }
      var valid: [[UInt8]] = []
      var good = 0
      for line in outcome.output.split(separator: 0x0a) {
        let fields = line.split(separator: 0x20)
        guard fields.count >= 2, fields[0].elementsEqual("[GNUPG:]".utf8) else { continue }
        if fields[1].elementsEqual("GOODSIG".utf8) { good += 1 }
        if fields[1].elementsEqual("VALIDSIG".utf8), fields.count >= 12 {
          valid.append(Array(fields[11]))
        }
      }
      // Two signatures in one block would leave open whose it is.
      return valid.count == 1 && good == 1 ? valid[0] : nil
    } catch {
      throw .library(action: "checking an OpenPGP signature with gpgv", message: error.words)
    }
  }
}
