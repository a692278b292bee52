// swift-tools-version: 6.1
import PackageDescription

// One loop gives every Swift target the same language settings (Documentation/Decisions/0001).
let swiftSettings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  // The second: types are found by calls that the linker resolves, instead of by name at run time,
  // which goes through all conformances of the executable for each new type (decision 0016).
  .unsafeFlags(
    [
      "-cross-module-optimization",
      "-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors",
    ], .when(configuration: .release)),
]

// libgit2 is linked from its archive on Linux, so that a hook starts without loading twenty shared
// libraries. What the archive would need from TLS, SSH and HTTP is in CGit2/Stubs.c (decision 0002).
let git2Linking: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-Xlinker", "-l:libgit2.a", "-Xlinker", "-l:libmbedcrypto.a",
      "-Xlinker", "-l:libpcre2-8.a", "-Xlinker", "-l:libz.a", "-Xlinker", "--gc-sections",
      "-Xlinker", "--wrap=git_mbedtls_stream_global_init",
      "-Xlinker", "--wrap=git_transport_ssh_global_init",
    ], .when(platforms: [.linux])),
  .linkedLibrary("git2", .when(platforms: [.macOS])),
]

// The same PCRE2 and zlib that libgit2 asks for: nothing is linked that was not there.
let scanLinking: [LinkerSetting] = [
  .unsafeFlags(
    ["-Xlinker", "-l:libpcre2-8.a", "-Xlinker", "-l:libz.a"], .when(platforms: [.linux])),
  .linkedLibrary("pcre2-8", .when(platforms: [.macOS])),
  .linkedLibrary("z", .when(platforms: [.macOS])),
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "hookkit",
  platforms: [.macOS(.v13)],
  products: [
    .executable(name: "hookkit", targets: ["hookkit"]),
    .executable(name: "hookkit-hook", targets: ["hookkit-hook"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .target(name: "CGit2", linkerSettings: git2Linking),
    .target(name: "Primitives"),
    .target(
      name: "CStart",
      linkerSettings: [
        .unsafeFlags(["-Xlinker", "--wrap=readlink"], .when(platforms: [.linux]))
      ]),
    .target(name: "Platform", dependencies: ["CStart"]),
    .target(name: "Git", dependencies: ["CGit2", "Primitives"]),
    .target(name: "HookWire", dependencies: ["Primitives"]),
    .target(name: "Signing", dependencies: ["Primitives", crypto, cryptoExtras]),
    .target(name: "Signals", dependencies: ["Primitives"]),
    // Its interface is public: of other modules' functions the compiler inlines the public ones only,
    // and formats ask a document for every byte.
    .target(name: "Documents", dependencies: ["Primitives"]),
    .target(name: "Lockfiles", dependencies: ["Documents", "Primitives"]),
    .target(
      name: "DependencyChecks", dependencies: ["Documents", "Lockfiles", "Primitives", "Signing"]),
    .target(name: "Policy", dependencies: ["Documents", "Primitives", "Signing"]),
    .target(name: "CScan", linkerSettings: scanLinking),
    .target(name: "Secrets", dependencies: ["CScan", "Documents", "Primitives"]),
    .target(name: "Ledger", dependencies: ["Git", "Platform", "Policy", "Primitives", "Signing"]),
    .target(
      name: "Gate",
      dependencies: [
        "DependencyChecks", "Documents", "Git", "HookWire", "Ledger", "Lockfiles", "Platform",
        "Policy", "Primitives", "Secrets", "Signals", "Signing",
      ]),
    .target(
      name: "Report",
      dependencies: [
        "DependencyChecks", "Documents", "Gate", "Lockfiles", "Policy", "Primitives",
      ]),
    .target(
      name: "HookRuntime",
      dependencies: [
        "DependencyChecks", "Documents", "Gate", "Git", "HookWire", "Ledger", "Lockfiles",
        "Platform", "Policy", "Primitives", "Report", "Secrets", "Signals", "Signing",
      ]),
    .target(
      name: "HookkitCLI",
      dependencies: [
        "DependencyChecks", "Documents", "Gate", "Git", "HookRuntime", "HookWire", "Ledger",
        "Lockfiles", "Platform", "Policy", "Primitives", "Report", "Signals", "Signing",
        argumentParser,
      ]),
    .executableTarget(name: "hookkit", dependencies: ["HookkitCLI", "Platform"]),
    .executableTarget(name: "hookkit-hook", dependencies: ["HookRuntime", "Platform"]),

    .target(
      name: "TestSupport", dependencies: ["Documents", "Primitives", "Signing", crypto],
      path: "Tests/TestSupport"),
    .target(
      name: "FuzzTargets",
      dependencies: [
        "DependencyChecks", "Documents", "Git", "HookWire", "Lockfiles", "Policy", "Primitives",
        "Signals", "Signing",
      ],
      path: "Tests/FuzzTargets"),
    .testTarget(name: "PrimitivesTests", dependencies: ["Primitives", "TestSupport"]),
    .testTarget(name: "PlatformTests", dependencies: ["Platform", "TestSupport"]),
    .testTarget(name: "GitTests", dependencies: ["Git", "Primitives", "TestSupport"]),
    .testTarget(name: "HookWireTests", dependencies: ["HookWire", "Primitives", "TestSupport"]),
    .testTarget(
      name: "SigningTests", dependencies: ["Primitives", "Signing", "TestSupport", crypto]),
    .testTarget(
      name: "DocumentsTests",
      dependencies: ["Documents", "Primitives", "TestSupport", "TOMLKit", "Yams"]),
    .testTarget(
      name: "LockfilesTests",
      dependencies: ["DependencyChecks", "Documents", "Lockfiles", "Primitives", "TestSupport"]),
    .testTarget(
      name: "DependencyChecksTests",
      dependencies: ["DependencyChecks", "Documents", "Lockfiles", "Primitives", "TestSupport"]),
    .testTarget(name: "SignalsTests", dependencies: ["Primitives", "Signals", "TestSupport"]),
    .testTarget(
      name: "SecretsTests",
      dependencies: ["Primitives", "Secrets", "TestSupport"]),
    .testTarget(
      name: "PolicyTests",
      dependencies: ["Policy", "Primitives", "Signing", "TestSupport", "TOMLKit"]),
    .testTarget(
      name: "LedgerTests",
      dependencies: ["Git", "Ledger", "Platform", "Policy", "Primitives", "Signing", "TestSupport"]),
    .testTarget(
      name: "GateTests",
      dependencies: [
        "DependencyChecks", "Gate", "Git", "Ledger", "Lockfiles", "Platform", "Policy",
        "Primitives", "Secrets", "Signals", "Signing", "TestSupport",
      ]),
    .testTarget(
      name: "ReportTests",
      dependencies: [
        "DependencyChecks", "Documents", "Gate", "Lockfiles", "Policy", "Primitives", "Report",
        "TestSupport",
      ]),
    .testTarget(
      name: "HookRuntimeTests",
      dependencies: [
        "Gate", "Git", "HookRuntime", "HookWire", "Ledger", "Platform", "Policy", "Primitives",
        "Report", "Signing", "TestSupport",
      ]),
    .testTarget(
      name: "HookkitCLITests",
      dependencies: ["Gate", "HookkitCLI", "Platform", "Primitives", "Report", "TestSupport"]),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "Gate", "Git", "Ledger", "DependencyChecks", "Lockfiles", "Platform", "Policy",
        "Primitives", "Signing",
        "TestSupport",
      ]),
    .testTarget(
      name: "DifferentialTests",
      dependencies: [
        "Gate", "Git", "HookWire", "Platform", "Primitives", "Signals", "Signing", "TestSupport",
      ]),
    .testTarget(name: "BypassTests", dependencies: ["Primitives", "Signing", "TestSupport"]),
    .testTarget(name: "FuzzTests", dependencies: ["FuzzTargets", "TestSupport"]),
    .testTarget(
      name: "ArchitectureTests",
      dependencies: ["DependencyChecks", "Gate", "Lockfiles", "Report", "TestSupport"]),
  ],
  cxxLanguageStandard: .cxx17
)

#if os(Linux)
  // The hook with a clock that tests set; what is shipped has no such switch.
  package.targets += [
    .target(
      name: "CSkewedClock", path: "Tests/CSkewedClock",
      linkerSettings: [.unsafeFlags(["-Xlinker", "--wrap=time"])]),
    .executableTarget(
      name: "hookkit-skewed", dependencies: ["CSkewedClock", "HookRuntime", "Platform"],
      path: "Tests/SkewedHook"),
  ]
#endif

// A warning in our own sources is an error in CI, and only there: a newer compiler has new warnings.
let strictness: [SwiftSetting] =
  Context.environment["HOOKKIT_STRICT"] == "1" ? [.unsafeFlags(["-warnings-as-errors"])] : []

let inC: Set = ["CGit2", "CStart", "CSkewedClock"]
for target in package.targets where target.type != .system && !inC.contains(target.name) {
  target.swiftSettings = (target.swiftSettings ?? []) + swiftSettings + strictness
}

// `HOOKKIT_FUZZ=1 swift build -c release --product hookkit-fuzz`: Documentation/Fuzzing.md.
if Context.environment["HOOKKIT_FUZZ"] == "1" {
  for target in package.targets where target.type == .regular && !inC.contains(target.name) {
    target.swiftSettings = (target.swiftSettings ?? []) + [.unsafeFlags(["-sanitize=fuzzer"])]
  }
  package.targets.append(
    .executableTarget(
      name: "hookkit-fuzz", dependencies: ["FuzzTargets"], path: "Tests/LibFuzzer",
      swiftSettings: swiftSettings + [.unsafeFlags(["-sanitize=fuzzer"])],
      // libFuzzer brings a `main` of its own, which lld lets the program's take the place of.
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]))
}
