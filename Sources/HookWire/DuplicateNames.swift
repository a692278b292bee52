internal import Primitives

/// Finds a reference that one input names twice.
enum DuplicateNames {
  /// The first element whose name stood in an earlier one.
  ///
  /// git sorts what it writes, nearly always: while each name is greater than the one before, none
  /// can be a duplicate and nothing needs to be stored. Any other order falls back to a set.
  static func first<Element>(
    in elements: [Element], name: (Element) -> RefName
  ) -> (name: RefName, index: Int)? {
    var index = 1
    while index < elements.count, name(elements[index - 1]) < name(elements[index]) { index += 1 }
    guard index < elements.count else { return nil }
    var seen: Set<RefName> = Set(minimumCapacity: elements.count)
    for (index, element) in elements.enumerated() where !seen.insert(name(element)).inserted {
      return (name(element), index)
    }
    return nil
  }

  /// Throws the error of a line-based input whose element `index` stands in line `index + 1`.
  static func refuse<Element>(
    in elements: [Element], name: (Element) -> RefName
  ) throws(InputError) {
    guard let found = first(in: elements, name: name) else { return }
    throw InputError(.duplicateRef(found.name), line: found.index + 1)
  }
}
