/// Every format that hookkit reads: the one registry.
package enum FormatRegistry {
  package static let all: [Format] = [
    // JavaScript
    NPMLock.format, YarnClassicLock.format, YarnBerryLock.format,
    PNPMLock.format, BunLock.format, BunLock.binary, DenoLock.format,
    // Rust, Python, and what else is TOML or JSON
    CargoLock.format, PoetryLock.format, UvLock.format, PDMLock.format, PyLock.format,
    PipfileLock.format, GleamManifest.format, JuliaManifest.format, ComposerLock.format,
    PackageResolved.format, NuGetLock.format, ConanLock.format, FlakeLock.format,
    // Ruby, Go, Java, Elixir, and what else is lines, terms, HCL or XML
    GemfileLock.format, GoSum.format,
  ]

  package static func format(named name: String) -> Format? {
    all.first { $0.name == name }
  }
}
