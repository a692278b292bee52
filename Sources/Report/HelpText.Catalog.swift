internal import Lockfiles
internal import Primitives

// What hookkit's page on its catalog says, on a terminal and in Documentation/Catalog.md.

extension HelpText {
  static var catalog: [HelpBlock] {
    [.prose(catalogWords), .heading("What it does not see"), .prose(catalogGaps)]
      + CatalogGroup.all.flatMap { group in
        [
          .heading(group.title),
          .definitions(group.rows.map { .init($0.pattern, $0.cited) }),
        ] as [HelpBlock]
      }
  }

  static let catalogWords = """
    A push is held for a person when it changes a file that decides which code a project takes in or
    runs, and a [[quarantine]] rule of the policy names one of the file's classes in `files`. These
    are the files, by their classes.

    A name stands at any depth, and without regard to case; with a slash before it, at the root only. A
    star is any part of one name, and /** all that lies in a folder. A link or a submodule counts in the
    place of a file, and of a folder that holds such files. The path is that of the tree entry; where
    APFS, NTFS or HFS+ takes another spelling for it, that one counts too.

    Beside a name stands the tool that reads it and where that is written, with the day on which it
    was looked up. Without a day it is named from knowledge of the tool.
    """

  static let catalogGaps = """
    A file of another name that one of these files names: a script of package.json, a template of a
    pipeline, what a build file reads. Add the folders of such files with `extra` in the rule.

    Source code. It runs in tests, in builds and in what is shipped; a review is for that.

    Files at a place that somebody configured: core.hooksPath outside of the folders below, the path of
    a pipeline in a CI system's own settings, BAZELRC, a lock with a name of its own.

    What a tool reads outside of the repository: home folders, environment variables, registries, the
    settings of a forge.

    Names that mean something to one tool and nothing to most projects, such as config.toml,
    settings.json or run.sh; tools that came up after the last day in the list.

    Short names (PACKAG~1.JSO) and streams of NTFS, and what a program inside an archive, a notebook or
    a document does.
    """
}

/// The rows of the catalog that have the same classes.
struct CatalogGroup {
  let title: String
  private(set) var rows: [Catalog.Row]

  /// In the order of the table.
  static var all: [CatalogGroup] {
    var places: [FileClasses: Int] = [:]
    var groups: [CatalogGroup] = []
    for row in Catalog.rows {
      if let place = places[row.classes] {
        groups[place].rows.append(row)
      } else {
        places[row.classes] = groups.count
        groups.append(CatalogGroup(title: row.words, rows: [row]))
      }
    }
    return groups
  }
}

extension Catalog.Row {
  /// Its classes, as a policy names them.
  var words: String { classes.each.map(\.rawValue).joined(separator: ", ") }

  /// The source, with the day on which it was looked up.
  fileprivate var cited: String { lookedUp.map { "\(source) (\($0))" } ?? source }
}
