internal import Documents
internal import Primitives

/// setuptools' `setup.cfg` (setuptools documentation, "Configuring setuptools using setup.cfg files").
enum SetupConfiguration {
  static let format = Format(
    "setup-cfg", files: ["setup.cfg"], .manifests, .ini, asksFor: .pypi,
    keys: [
      KeyRule("metadata/name", .dependency),
      // `attr:` imports the module that it names.
      KeyRule("metadata/version/**", .runsCode), KeyRule("metadata/classifiers/**", .visibility),
      KeyRule("options/packages/**", .selectsCode), KeyRule("options/py_modules/**", .selectsCode),
      KeyRule("options/package_dir/**", .selectsCode),
      KeyRule("options/install_requires/**", .dependency),
      KeyRule("options/setup_requires/**", .runsCode),
      KeyRule("options/tests_require/**", .dependency),
      KeyRule("options/dependency_links/**", .origin),
      KeyRule("options/python_requires", .dependency),
      KeyRule("options/cmdclass/**", .runsCode),
      KeyRule("options/scripts/**", .runsCode),
      KeyRule("options.entry_points/**", .runsCode),
      KeyRule("options.extras_require/**", .dependency), KeyRule("easy_install/**", .origin),
      KeyRule("global/**", .runsCode), KeyRule("hooks/**", .runsCode),
      KeyRule("backwards_compat/**", .runsCode), KeyRule("tool:pytest/addopts/**", .runsCode),
    ],
    neutral: [
      NeutralKey(
        [
          "author", "author_email", "maintainer", "maintainer_email", "url", "license", "keywords",
          "description", "platforms",
        ], in: "metadata", because: "published for people; setuptools takes it as text")
    ],
    read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    if let options = reader.document.child("options", of: reader.root) {
      let groups: [(StaticString, Entry.Scope)] = [
        ("install_requires", .runtime), ("setup_requires", .build), ("tests_require", .test),
      ]
      for (name, scope) in groups {
        if let node = reader.document.child(name, of: options) { add(node, scope, &reader) }
      }
    }
    if let extras = reader.document.child("options.extras_require", of: reader.root) {
      for node in reader.children(of: extras) { add(node, .optional, &reader) }
    }
  }

  /// One requirement a line, or several parted by semicolons.
  private static func add(_ node: NodeID, _ scope: Entry.Scope, _ reader: inout EntryReader) {
    let lines = reader.document.isArray(node) ? reader.children(of: node) : [node]
    for line in lines {
      let text = reader.document.text(line)
      var end = 0
      while let byte = reader.document.byte(end, of: text) {
        let isName =
          (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte)
          || (0x61...0x7a).contains(byte) || byte == 0x2d || byte == 0x5f || byte == 0x2e
        if !isName { break }
        end += 1
      }
      guard end > 0 else { continue }
      reader.add(
        Requirement(
          node: line, name: reader.document.prefix(end, of: text),
          specification: reader.document.trimmed(reader.document.dropFirst(end, of: text)),
          scope: scope))
    }
  }
}
