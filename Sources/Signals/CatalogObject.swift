internal import Primitives

/// An object of a catalog file, with the path at which it stands.
struct CatalogObject {
  let members: [JSON.Member]
  let path: String

  private static let maximumTextCount = 512

  init(_ json: JSON, at path: String) throws(CatalogError) {
    guard let members = json.members else {
      throw CatalogError(.wrongType, at: path.isEmpty ? "the file" : path)
    }
    self.members = members
    self.path = path
  }

  func invalid(_ name: String) -> CatalogError { CatalogError(.invalidValue, at: place(name)) }

  private func place(_ name: String) -> String { path.isEmpty ? name : path + "." + name }

  private func value(_ name: String) -> JSON? {
    members.first { $0.key.elementsEqual(name.utf8) }?.value
  }

  func has(_ name: String) -> Bool { value(name) != nil }

  /// Refuses a member that is not one of these.
  func allow(_ names: [String]) throws(CatalogError) {
    for member in members where !names.contains(where: { member.key.elementsEqual($0.utf8) }) {
      throw CatalogError(.unknownMember, at: place(Escaped.text(member.key, limit: 64)))
    }
  }

  func text(_ name: String) throws(CatalogError) -> [UInt8] {
    guard let value = value(name) else { throw CatalogError(.missingMember, at: place(name)) }
    return try text(value, at: place(name))
  }

  /// Text of one line: the compact form has one line a fact.
  private func text(_ value: JSON, at path: String) throws(CatalogError) -> [UInt8] {
    guard let bytes = value.bytes else { throw CatalogError(.wrongType, at: path) }
    guard !bytes.isEmpty, bytes.count <= Self.maximumTextCount,
      bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7f })
    else { throw CatalogError(.invalidValue, at: path) }
    return bytes
  }

  /// A day, as `2026-11-22`.
  func date(_ name: String) throws(CatalogError) -> [UInt8] {
    let text = try text(name)
    let shape = text.map { (0x30...0x39).contains($0) ? 0x64 : $0 }
    guard shape.elementsEqual("dddd-dd-dd".utf8) else { throw invalid(name) }
    return text
  }

  func flag(_ name: String) throws(CatalogError) -> Bool {
    guard let value = value(name) else { return false }
    guard let flag = value.bool else { throw CatalogError(.wrongType, at: place(name)) }
    return flag
  }

  func number(_ name: String) throws(CatalogError) -> Int64 {
    guard let number = value(name)?.integer else {
      throw CatalogError(.wrongType, at: place(name))
    }
    guard number > 0 else { throw invalid(name) }
    return number
  }

  func object(_ name: String) throws(CatalogError) -> CatalogObject? {
    guard let value = value(name) else { return nil }
    return try CatalogObject(value, at: place(name))
  }

  private func elements(_ name: String) throws(CatalogError) -> [JSON] {
    guard let value = value(name) else { return [] }
    guard let elements = value.array else { throw CatalogError(.wrongType, at: place(name)) }
    return elements
  }

  func objects(_ name: String) throws(CatalogError) -> [CatalogObject] {
    var result: [CatalogObject] = []
    for (number, element) in try elements(name).enumerated() {
      result.append(try CatalogObject(element, at: place(name) + "[\(number)]"))
    }
    return result
  }

  func texts(_ name: String) throws(CatalogError) -> [[UInt8]] {
    var result: [[UInt8]] = []
    for (number, element) in try elements(name).enumerated() {
      result.append(try text(element, at: place(name) + "[\(number)]"))
    }
    return result
  }

  func numbers(_ name: String) throws(CatalogError) -> [Int64] {
    var result: [Int64] = []
    for (number, element) in try elements(name).enumerated() {
      guard let value = element.integer, value > 0 else {
        throw CatalogError(.invalidValue, at: place(name) + "[\(number)]")
      }
      result.append(value)
    }
    return result
  }
}
