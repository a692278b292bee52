import Foundation

/// The targets of Package.swift and what each may import: the truth about the arrows.
enum Manifest {
  struct Target: Sendable {
    let name: String
    let dependencies: [String]
    let isTest: Bool
  }

  /// In the order in which the manifest lists them.
  static func targets() throws -> [Target] {
    let text = try SourceTree.text("Package.swift")
    let products = named(in: text)
    var targets: [Target] = []
    var rest = text[...]
    while let open = rest.firstRange(of: /\.(target|executableTarget|testTarget)\(/) {
      let kind = rest[open]
      let body = balanced(rest[open.upperBound...])
      rest = rest[open.upperBound...].dropFirst(body.count)
      guard let name = body.firstMatch(of: /name: "([A-Za-z0-9-]+)"/)?.output.1 else { continue }
      var dependencies: [String] = []
      if let list = body.firstRange(of: "dependencies: [") {
        let inside = body[list.upperBound...].prefix { $0 != "]" }
        for item in inside.split(separator: ",") {
          let word = item.trimmingCharacters(in: .whitespacesAndNewlines)
          if word.hasPrefix("\"") {
            dependencies.append(word.trimmingCharacters(in: ["\""]))
          } else if let product = products[word] {
            dependencies.append(product)
          }
        }
      }
      targets.append(
        Target(
          name: String(name), dependencies: dependencies,
          isTest: kind.contains("test") || body.contains("path: \"Tests/")))
    }
    return targets
  }

  /// `let crypto: Target.Dependency = .product(name: "Crypto", ...)`: the variable and the product.
  private static func named(in text: String) -> [String: String] {
    var result: [String: String] = [:]
    for match in text.matches(
      of: /let ([A-Za-z]+): Target\.Dependency = \.product\(\s*name: "([A-Za-z]+)"/)
    {
      result[String(match.output.1)] = String(match.output.2)
    }
    return result
  }

  /// What stands before the parenthesis that closes the one before the text.
  private static func balanced(_ text: Substring) -> Substring {
    var depth = 1
    for index in text.indices {
      if text[index] == "(" { depth += 1 }
      if text[index] == ")" { depth -= 1 }
      if depth == 0 { return text[..<index] }
    }
    return text
  }
}
