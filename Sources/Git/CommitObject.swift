package import Primitives

/// A commit as the bytes git stores, with the places of its headers.
///
/// Read strictly: what git fsck would call an error (a second author, a NUL in a header or message, a
/// missing tree) is an error here, because two readers that disagree about such a commit would review
/// two different things. Source: gitformat-signature(5), `fsck_commit` in git's documentation of
/// fsck.<msg-id>.
package struct CommitObject: Sendable {
  /// Most bytes of a commit that is judged. A larger one is over the limit.
  package static let largest = 16 << 20
  /// What somebody has written into a raw commit: all behind the names of its tree and parents.
  package static func own(_ raw: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var reader = HeaderReader(raw)
    _ = reader.objectID("tree ")
    while reader.objectID("parent ") != nil {}
    return UnsafeRawBufferPointer(rebasing: raw[reader.position...])
  }

  /// Most parents a commit may have.
  package static let mostParents = 65_536

  package let id: ObjectID
  package let bytes: [UInt8]
  package let tree: ObjectID
  package let parents: [ObjectID]
  package let author: Signature
  package let committer: Signature
  /// Where the message begins in `bytes`.
  package let messageStart: Int
  /// The `gpgsig` header with its name, continuation lines and final line feed.
  private let signatureRange: Range<Int>?

  /// A name, an address and a time as a commit or tag writes them.
  package struct Signature: Hashable, Sendable {
    package let name: [UInt8]
    package let email: [UInt8]
    /// Seconds since 1970 as the writer claims; never used as evidence.
    package let time: Int64
  }

  package enum Malformation: Error, Hashable, Sendable {
    case truncated
    case header(expected: String)
    case duplicate(String)
    case nul
    case identity(String)
    case tooManyParents(limit: Int)
    case unterminatedHeader
    case emptySignature
    case foreignSignature

    package var words: String {
      switch self {
      case .truncated: "it ends in its headers"
      case .header(let expected): "the \(expected) header is missing or not in its place"
      case .duplicate(let name): "it has more than one \(name) header"
      case .nul: "it has a NUL byte"
      case .identity(let name): "its \(name) line is not `name <email> time zone`"
      case .tooManyParents(let limit): "it has more than \(limit) parents"
      case .unterminatedHeader: "a header has no name"
      case .emptySignature: "its gpgsig header has no value on its first line"
      case .foreignSignature: "it has a signature for another object format"
      }
    }
  }

  package var message: ArraySlice<UInt8> { bytes[messageStart...] }

  /// The first line of the message.
  package var subject: ArraySlice<UInt8> { message.prefix { $0 != 0x0a } }

  /// The armoured signature, with the header's name and leading spaces taken away.
  package var signature: [UInt8]? {
    guard let signatureRange else { return nil }
    var text: [UInt8] = []
    text.reserveCapacity(signatureRange.count)
    var index = signatureRange.lowerBound + "gpgsig ".utf8.count
    while index < signatureRange.upperBound {
      text.append(bytes[index])
      // A continuation line begins with one space that is not part of the value.
      index += bytes[index] == 0x0a ? 2 : 1
    }
    return text
  }

  /// What the signature signs: the commit without its signature header.
  package var signedPayload: [UInt8] {
    guard let signatureRange else { return bytes }
    return Array(bytes[..<signatureRange.lowerBound] + bytes[signatureRange.upperBound...])
  }

  /// Reads a raw commit object (without git's `commit <size>\0` frame).
  package init(_ raw: UnsafeRawBufferPointer, id: ObjectID) throws(Malformation) {
    self.id = id
    var reader = HeaderReader(raw)
    guard let tree = reader.objectID("tree ") else { throw .header(expected: "tree") }
    self.tree = tree
    var parents: [ObjectID] = []
    while let parent = reader.objectID("parent ") {
      guard parents.count < Self.mostParents else {
        throw .tooManyParents(limit: Self.mostParents)
      }
      parents.append(parent)
    }
    self.parents = parents
    author = try Self.identity("author", "author ", &reader)
    committer = try Self.identity("committer", "committer ", &reader)

    var signatureRange: Range<Int>?
    while true {
      guard let line = reader.peekLine() else { throw .truncated }
      if line.isEmpty {
        reader.position = line.upperBound + 1
        break
      }
      let header = reader.header(startingWith: line)
      guard let name = reader.name(of: line), raw[line.lowerBound] != 0x20 else {
        throw .unterminatedHeader
      }
      for known in ["tree", "parent", "author", "committer"] where name.elementsEqual(known.utf8) {
        throw .duplicate(known)
      }
      // Newer gits leave `gpgsig-sha256` out of what is signed and older ones do not, so a signature
      // beside it would not mean the same to both.
      if name.elementsEqual("gpgsig-sha256".utf8) { throw .foreignSignature }
      if name.elementsEqual("gpgsig".utf8) {
        // git takes the name and a space together for the header, and only then leaves it out of what
        // is signed.
        guard name.count < line.count else { throw .emptySignature }
        guard signatureRange == nil else { throw .duplicate("gpgsig") }
        signatureRange = header
      }
      reader.position = header.upperBound
    }
    self.signatureRange = signatureRange
    messageStart = reader.position
    bytes = Array(raw)
    guard memoryIndex(of: 0, in: raw, from: 0) == nil else { throw .nul }
  }

  /// The same for bytes in an array.
  package init(_ bytes: [UInt8], id: ObjectID = .zero) throws(Malformation) {
    var result: Result<CommitObject, Malformation> = .failure(.truncated)
    bytes.withUnsafeBytes { raw in
      do throws(Malformation) {
        result = .success(try CommitObject(raw, id: id))
      } catch {
        result = .failure(error)
      }
    }
    self = try result.get()
  }

  private static func identity(
    _ name: String, _ prefix: StaticString, _ reader: inout HeaderReader
  ) throws(Malformation) -> Signature {
    guard let value = reader.value(prefix) else { throw .header(expected: name) }
    guard let signature = Signature(reader.raw, value) else { throw .identity(name) }
    return signature
  }
}

extension CommitObject.Signature {
  /// Reads `name <email> seconds zone` as git writes it, with exactly one `<` and one `>`, one space
  /// before each part and no zero in front of the seconds (`fsck_ident` in git's fsck.c).
  init?(_ raw: UnsafeRawBufferPointer, _ range: Range<Int>) {
    let line = raw[range]
    guard let open = line.firstIndex(of: 0x3c), let close = line.firstIndex(of: 0x3e),
      open < close, line[(open + 1)..<close].firstIndex(of: 0x3c) == nil,
      line[(close + 1)...].firstIndex(where: { $0 == 0x3c || $0 == 0x3e }) == nil,
      line[..<open].last == 0x20
    else { return nil }
    let date = line[(close + 1)...]
    guard date.first == 0x20, let space = date.dropFirst().firstIndex(of: 0x20) else { return nil }
    let seconds = date[(close + 2)..<space]
    let zone = date[(space + 1)...]
    guard let time = Int64(decimal: seconds), seconds.first != 0x30 || seconds.count == 1,
      zone.count == 5, zone.first == 0x2b || zone.first == 0x2d,
      zone.dropFirst().allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    self.name = Array(line[..<open].dropLast())
    email = Array(line[(open + 1)..<close])
    self.time = time
  }
}

extension Int64 {
  /// Decimal digits, at most 18, so that nothing overflows.
  fileprivate init?(decimal digits: some Collection<UInt8>) {
    guard (1...18).contains(digits.count) else { return nil }
    var value: Int64 = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      value = value * 10 + Int64(digit - 0x30)
    }
    self = value
  }
}
