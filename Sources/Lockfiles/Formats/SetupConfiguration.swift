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
    let groups: [(StaticString, Entry.Scope)] = [
      ("install_requires", .runtime), ("setup_requires", .build), ("tests_require", .test),
    ]
    for (name, scope) in groups {
      if let list = reader.root["options", name] { add(list, scope, &reader) }
    }
    for list in reader.root.children("options.extras_require") { add(list, .optional, &reader) }
  }

  /// One requirement a line, or several parted by semicolons.
  private static func add(_ list: Cursor, _ scope: Entry.Scope, _ reader: inout EntryReader) {
    for line in list.isArray ? Array(list) : [list] {
      let end = line.text.pythonNameEnd
      guard end > 0 else { continue }
      reader.addRequirement(
        line, line.text.prefix(end), line.text.dropFirst(end).trimmed, scope)
    }
  }
}
