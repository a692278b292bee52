package import Documents
package import Lockfiles

/// The package URL of an entry: the key by which other tools join what they know about it
/// (package-url/purl-spec).
package enum PackageURL {
  /// `pkg:npm/%40scope/name@1.2.3`. A purl names a package and not where this one comes from; what is
  /// fetched by git or from a plain address has that as a qualifier.
  package static func text(of entry: Entry, in document: Document) -> [UInt8] {
    var (namespace, name) = parts(of: entry, in: document)
    (namespace, name) = normalised(namespace, name, entry.ecosystem)
    var result = Array("pkg:\(entry.ecosystem.purlType)/".utf8)
    for part in namespace where !part.isEmpty {
      encode(part, into: &result)
      result.append(0x2f)
    }
    encode(name, into: &result)
    let version = document.bytes(entry.version.isEmpty ? entry.revision : entry.version)
    if !version.isEmpty {
      result.append(0x40)
      encode(version, into: &result)
    }
    appendQualifier(of: entry, in: document, to: &result)
    return result
  }

  private typealias Parts = (namespace: [ArraySlice<UInt8>], name: ArraySlice<UInt8>)

  /// The name in the parts that the purl type has ("purl-types").
  private static func parts(of entry: Entry, in document: Document) -> Parts {
    let name = document.bytes(entry.name)
    switch entry.ecosystem {
    case .npm, .jsr, .composer, .golang, .githubactions, .terraform, .hex:
      let parts = name.split(separator: 0x2f, omittingEmptySubsequences: false)
      return (Array(parts.dropLast()), parts.last ?? name)
    case .maven:
      guard let colon = name.firstIndex(of: 0x3a) else { return ([], name) }
      return ([name[..<colon]], name[(colon + 1)...])
    case .swift:
      // A Swift package is named by the address of its repository.
      let address = SourceAddress(document.bytes(entry.source), .git)
      let parts = address.repository.split(separator: 0x2f)
      guard let last = parts.last, !address.host.isEmpty else { return ([], name) }
      return ([address.host[...]] + parts.dropLast(), last)
    default: return ([], name)
    }
  }

  /// Letter case and separators as the type's rules say.
  private static func normalised(
    _ namespace: [ArraySlice<UInt8>], _ name: ArraySlice<UInt8>, _ ecosystem: Ecosystem
  ) -> Parts {
    func lower(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
      text.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }[...]
    }
    switch ecosystem {
    case .pypi: return (namespace, lower(name).map { $0 == 0x5f ? 0x2d : $0 }[...])
    case .composer, .golang, .hex, .pub, .githubactions:
      return (namespace.map(lower), lower(name))
    default: return (namespace, name)
    }
  }

  private static func appendQualifier(
    of entry: Entry, in document: Document, to result: inout [UInt8]
  ) {
    guard !entry.source.isEmpty else { return }
    let source = document.bytes(entry.source)
    switch entry.sourceKind {
    case .git where entry.ecosystem != .swift:
      result += "?vcs_url=".utf8
      if !source.starts(with: "git".utf8) { result += "git%2B".utf8 }
      encode(source, into: &result)
    case .url:
      result += "?download_url=".utf8
      encode(source, into: &result)
    default: return
    }
  }

  /// Percent-encoding of all but the unreserved characters and the colon (purl-spec, "Character
  /// encoding").
  private static func encode(_ text: some Sequence<UInt8>, into result: inout [UInt8]) {
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in text {
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e, 0x3a:
        result.append(byte)
      default: result += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
  }
}

extension Ecosystem {
  /// The type in a purl; what has none of its own is `generic`.
  package var purlType: String {
    switch self {
    case .carthage, .nix, .deno: "generic"
    default: rawValue
    }
  }
}
