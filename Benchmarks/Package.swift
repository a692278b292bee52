// swift-tools-version: 6.1
import PackageDescription

// A package of its own: it measures installed executables from outside and links none of hookkit.
let package = Package(
  name: "hookkit-benchmarks",
  targets: [
    .executableTarget(name: "bench", swiftSettings: [.swiftLanguageMode(.v6)])
  ]
)
