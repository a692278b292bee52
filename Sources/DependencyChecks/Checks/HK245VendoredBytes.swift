/// HK245: code of others in the repository that is not what its list or lock says.
enum VendoredBytes {
  static let check = DependencyCheck(
    245, "vendored-bytes", name: "VendoredBytes", .critical,
    title: "vendored code does not belong to its lock",
    why: """
      Vendored code is compiled as it stands, under the name of a package that everybody trusts, and \
      nobody reads it in a review. A published release never changes: other bytes under the same \
      release are somebody's own.

      Of Cargo's folders (`cargo vendor`) the list `.cargo-checksum.json` and the files below it are \
      compared, as far as both are in the push: files that have another SHA-256 than the list says, or \
      that it does not name, so that Cargo never looks at them; lists that are otherwise for the same \
      archive, or another archive for the same manifest; lists that name nothing any more, which turns \
      the verification off; and the archive's digest with that of a Cargo.lock above, where the \
      vendored Cargo.toml or a folder called `name-version` tells which release it is. A folder whose \
      list is not in the push is not judged: its lines are shown as they stand, and Cargo refuses \
      what its list does not allow.

      Of Go, `vendor/modules.txt` must mark as explicit what `go.mod` requires, and nothing else, where \
      both are in the push; what go.work and `replace` say is not compared. The hashes of go.sum are \
      over whole modules and cannot be checked against a vendored part. Vendored code of other package \
      managers is not verified.
      """,
    ends: "Let the package manager vendor the code again, and push what it wrote.",
    examples: [
      .found(
        "a vendored file is not what its list says",
        .init("vendor/once/src/lib.rs", old: "fn a() {}\n", new: "fn evil() {}\n"),
        .init("vendor/once/.cargo-checksum.json", old: list("1"), new: list("2"))),
      .found(
        "the same archive has other files",
        .init(
          "vendor/once/.cargo-checksum.json",
          old: #"{"files":{"src/lib.rs":"aa"},"package":"11"}"#,
          new: #"{"files":{"src/lib.rs":"bb"},"package":"11"}"#)),
      .found(
        "nothing is verified any more",
        .init(
          "vendor/once/.cargo-checksum.json", old: list("1"),
          new: #"{"files":{},"package":"1"}"#)),
      .found(
        "the lock has another archive",
        .init("Cargo.lock", old: nil, new: lock(digest: "11")),
        .init("vendor/once-1.0.0/.cargo-checksum.json", old: nil, new: list("22"))),
      .found(
        "go.mod requires another version than the vendored one",
        .init(
          "go.mod", old: "module m\nrequire mod.example/a v1.0.0\n",
          new: "module m\nrequire mod.example/a v1.1.0\n"),
        .init(
          "vendor/modules.txt", old: "# mod.example/a v1.0.0\n## explicit\n",
          new: "# mod.example/a v1.0.1\n## explicit\n")),
      .passes(
        "a release is vendored with its list and its lock",
        .init("Cargo.lock", old: nil, new: lock(digest: "11")),
        .init("vendor/once-1.0.0/src/lib.rs", old: nil, new: "fn a() {}\n"),
        .init("vendor/once-1.0.0/.cargo-checksum.json", old: nil, new: list("11"))),
    ],
    find: find)

  /// A list for one file that holds `fn a() {}` and a line feed.
  private static func list(_ package: String) -> String {
    let digest = "509a0a5b5ce4e59f5039e30a39324342d7a161296bb8eba761983faaeebf6efd"
    return #"{"files":{"src/lib.rs":"\#(digest)"},"package":"\#(package)"}"#
  }

  private static func lock(digest: String) -> String {
    """
    version = 4

    [[package]]
    name = "once"
    version = "1.0.0"
    source = "registry+https://git.example/index"
    checksum = "\(digest)"

    """
  }

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var crates = VendoredCrates(changes.files)
    crates.judge()
    var found = crates.words.map { word in
      changes.files[word.file].finding(check, word.file, word.text, word.severity)
    }
    for (index, file) in changes.files.enumerated() {
      for (severity, words) in GoVendoring.words(file, among: changes).listed {
        found.append(file.finding(check, index, words, severity))
      }
    }
    return found
  }
}
