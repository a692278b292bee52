package import Primitives

/// A set of file classes in one byte: what the catalog answers for every changed path of a push.
package struct FileClasses: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package init(_ fileClass: FileClass) {
    switch fileClass {
    case .locks: self = .locks
    case .manifests: self = .manifests
    case .origins: self = .origins
    case .runsCode: self = .runsCode
    case .agentConfig: self = .agentConfig
    case .vendored: self = .vendored
    case .visibility: self = .visibility
    }
  }

  package init(_ classes: [FileClass]) {
    self = []
    for fileClass in classes { insert(FileClasses(fileClass)) }
  }

  package static let locks = FileClasses(rawValue: 1)
  package static let manifests = FileClasses(rawValue: 2)
  package static let origins = FileClasses(rawValue: 4)
  package static let runsCode = FileClasses(rawValue: 8)
  package static let agentConfig = FileClasses(rawValue: 16)
  package static let vendored = FileClasses(rawValue: 32)
  package static let visibility = FileClasses(rawValue: 64)

  package func contains(_ fileClass: FileClass) -> Bool { contains(FileClasses(fileClass)) }

  /// The classes one by one, in the order of `FileClass`.
  package var each: [FileClass] { FileClass.allCases.filter { contains($0) } }
}
