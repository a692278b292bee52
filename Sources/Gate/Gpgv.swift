internal import Git
internal import Platform
internal import Primitives

/// OpenPGP signatures checked by `gpgv` against one keyring.
///
/// Only `VALIDSIG` is believed, and only with the exit code 0 (gnupg's doc/DETAILS): it names the
/// primary key's fingerprint, while `GOODSIG` names a user id that anyone may choose.
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
      let valid = outcome.output.split(separator: 0x0a).compactMap { line -> [UInt8]? in
        let fields = line.split(separator: 0x20)
        guard fields.count >= 12, fields[0].elementsEqual("[GNUPG:]".utf8),
          fields[1].elementsEqual("VALIDSIG".utf8)
        else { return nil }
        return Array(fields[11])
      }
      // Two signatures in one block would leave open whose it is.
      return valid.count == 1 ? valid[0] : nil
    } catch {
      throw .library(action: "checking an OpenPGP signature with gpgv", message: error.words)
    }
  }
}
