/// What an eye may take a name for: small letters, without what is not seen, and with the ASCII letters
/// that other letters look like in their place (`Folding`).
package enum Skeleton {
  package static func of(_ bytes: [UInt8]) -> [UInt8] { Folding.folded(bytes, lookAlikes: true) }
}
