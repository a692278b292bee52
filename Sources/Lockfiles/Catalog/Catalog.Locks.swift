extension Catalog {
  /// The locks that formats of the registry read, in lines like those of `table`. Written from the
  /// formats' own words (`Format.files`, `Format.source`) by a test with `HOOKKIT_RECORD=1`, because
  /// most pushes never make the registry.
  static let locks: StaticString = #"""
    L package-lock.json .package-lock.json npm-shrinkwrap.json | npm: package-lock.json; npm-shrinkwrap.json 2026-11-30
    L pnpm-lock.yaml pnpm-lock.*.yaml | pnpm: Git branch lockfiles 2026-11-30
    L bun.lock | Bun: Lockfile
    L bun.lockb | Bun: Lockfile
    L deno.lock | Deno: deno.json, "lock"
    L pixi.lock | pixi: Lock file; rattler_lock: file_format_version 2026-11-30
    L conda-lock.yml conda-lock.yaml *.conda-lock.yml *.conda-lock.yaml | conda-lock: Output
    L pubspec.lock | Dart: Glossary, lockfile
    L podfile.lock | CocoaPods: Using CocoaPods, "What is Podfile.lock" 2026-11-30
    L stack.yaml.lock stack-*.yaml.lock | Stack: Lock files
    L chart.lock requirements.lock | Helm: Chart dependencies; Helm 2: requirements.lock; Rye: Syncing and locking
    L cargo.lock | Cargo: Cargo.toml vs Cargo.lock 2026-11-30
    L poetry.lock | Poetry: Basic usage, "poetry.lock" 2026-11-30
    L uv.lock *.py.lock | uv: Locking and syncing; Running scripts, "Locking dependencies"
    L pdm.lock pdm.*.lock | PDM: Lock file 2026-11-30
    L pylock.toml pylock.*.toml | Python Packaging: pylock.toml specification
    L pipfile.lock | pipenv: Pipfile and Pipfile.lock
    L manifest-v*.toml juliamanifest.toml juliamanifest-v*.toml | Pkg.jl: Project.toml and Manifest.toml 2026-11-30
    L composer.lock | Composer: Basic usage 2026-11-30
    L package.resolved | SwiftPM: Package.resolved 2026-11-30
    L packages.lock.json packages.*.lock.json | NuGet: PackageReference, "Locking dependencies" 2026-11-30
    L conan.lock | Conan: Lockfiles 2026-11-30
    L flake.lock | Nix: nix flake, "Lock files"
    L module.bazel.lock | Bazel: Lockfile
    L renv.lock | renv: Lockfiles 2026-11-30
    L mise.lock mise.*.lock .mise.lock .mise.*.lock | mise: Lockfile; mise.lock reference 2026-11-30
    L aqua-checksums.json .aqua-checksums.json | aqua: Checksum 2026-11-30
    L nimble.lock | Nimble: Workflow, "nimble lock" 2026-11-30
    L spack.lock | Spack: Lockfile format 2026-11-30
    L packages/packages-lock.json | Unity: Lock files 2026-11-30
    L devcontainer-lock.json .devcontainer-lock.json | Development containers: Lockfiles
    L gemfile.lock gems.locked gemfile.next.lock *.gemfile.lock | Bundler: Gemfile.lock
    L paket.lock | Paket: The paket.lock file
    L cabal.project.freeze cabal.*.project.freeze | Cabal: cabal.project, "cabal freeze" 2026-11-30
    L go.sum go.work.sum | Go: Modules reference 2026-11-30
    L vendor/modules.txt | Go: Modules reference 2026-11-30
    L cartfile.resolved | Carthage: Artifacts 2026-11-30
    L gradle.lockfile buildscript-gradle.lockfile settings-gradle.lockfile gradle/dependency-locks/*.lockfile | Gradle: Locking versions
    L versions.lock | gradle-consistent-versions: README
    L mix.lock | Mix: mix deps 2026-11-30
    L rebar.lock | Rebar3: Dependencies, "Lock files" 2026-11-30
    L .terraform.lock.hcl | Terraform: Dependency lock file 2026-11-30
    L gradle/verification-metadata.xml gradle/verification-metadata.dryrun.xml | Gradle: Verifying dependencies
    L manifest.toml | Gleam: manifest.toml; Pkg.jl: Project.toml and Manifest.toml 2026-11-30
    L yarn.lock | Yarn 1: yarn.lock; Yarn: Lockfile
    """#
}
