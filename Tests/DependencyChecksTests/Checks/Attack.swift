/// What an attacker does to one entry of a lock.
enum Attack: String, CaseIterable, Sendable {
  case source = "another host or repository, the version stays"
  case unsafeAddress = "plain http, a password, a port"
  case integrity = "another digest, the version stays"
  case integrityRemoved = "the digest is gone"
  case integrityWeakened = "the digest is of a weaker algorithm"
  case leavesRegistry = "from the registry to a git repository, an address or a folder"
  case otherPackage = "the address is one of another package"
  case otherVersion = "the address is one of another version"
  case alias = "another package under the same name"
  case mutableRevision = "a branch instead of a commit"
  case revisionMoved = "another commit, the version stays"
  case runsCode = "code that runs by itself"
  case keyTwice = "a key twice"
  case entryTwice = "an entry twice"
  case orphan = "an entry that nothing asks for"
  case unknownVersion = "a version of the format that nobody knows"

  /// The codes of the checks that are made for it. A file that cannot be read is an answer to each.
  var answers: Set<Int> {
    switch self {
    case .source: [210, 215, 220, 221, 223, 234]
    case .unsafeAddress: [222]
    case .integrity: [211]
    // In Julia what has no digest comes with the language: another source.
    case .integrityRemoved: [210, 212, 213]
    case .integrityWeakened: [213]
    // Go's replacements are told as aliases.
    case .leavesRegistry: [210, 214, 218]
    case .otherPackage: [216]
    case .otherVersion: [217]
    case .alias: [216, 218]
    case .mutableRevision: [219]
    case .revisionMoved: [220]
    case .runsCode: [224]
    // Two entries of one name need not be wrong; another digest for the same version is.
    case .keyTwice, .entryTwice: [211]
    case .orphan: [230]
    case .unknownVersion: []
    }
  }
}
