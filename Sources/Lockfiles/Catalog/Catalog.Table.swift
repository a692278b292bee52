extension Catalog {
  /// Which files matter, and where that is written: the table of the catalog.
  ///
  /// A line is `CLASSES PATTERN ... | SOURCE`. Classes are letters: locks, manifests, origins, runs code
  /// (X), agent-config, vendored, visibility (P); they are all that a change of such a file may touch.
  /// Patterns are in lower case and stand at any depth unless they begin with a slash (`Format.files`
  /// says the rest). The source is the tool, its document and section, with the day on which it was
  /// looked up; without a day it is named from knowledge of the tool. Documentation/Catalog.md is made of
  /// this.
  ///
  /// The locks that a format of the registry reads are named there (`Format.files`), and `Catalog.locks` is
  /// made of that. Its other files are named here, with all their classes.
  static let table: StaticString = #"""
    MOX package.json | npm: package.json, "scripts", "overrides", "dependencies" 2026-11-30
    O .npmrc | npm: npmrc, "registry" 2026-11-30
    X binding.gyp | npm: scripts, "npm install" runs node-gyp 2026-11-30
    V node_modules/** | npm: folders, "Node Modules" 2026-11-30
    OX .yarnrc .yarnrc.yml .yarnrc.yaml | Yarn: Settings, "yarnPath", "plugins", "npmRegistryServer"
    X .yarn/releases/** .yarn/plugins/** .yarn/sdks/** | Yarn: Settings, "yarnPath", "plugins"; Editor SDKs
    X .pnp.cjs .pnp.js .pnp.loader.mjs .pnp.* | Yarn: Plug'n'Play
    X .yarn/patches/** | Yarn: Protocols, "patch:"
    V .yarn/cache/** .yarn/unplugged/** | Yarn: Offline cache
    X patches/** | pnpm: pnpm patch, "patchedDependencies" 2026-11-30
    MO pnpm-workspace.yaml pnpm-workspace.yml | pnpm: pnpm-workspace.yaml
    MOX package.json5 package.yaml | pnpm: package.json, other manifest formats 2026-11-30
    X .pnpmfile.cjs .pnpmfile.mjs .pnpmfile.js pnpmfile.js pnpmfile.cjs pnpmfile.mjs | pnpm: .pnpmfile.cjs, "Hooks" 2026-11-30
    V .pnpm-store/** | pnpm: Settings, "storeDir" 2026-11-30
    L aube-lock.yaml | mise: mise.lock reference, "Native dependency sidecars" 2026-11-30
    OX bunfig.toml .bunfig.toml | Bun: bunfig.toml, "preload", "install.registry"
    L jsr.lock | Deno: deno.json, "lock"
    MO deno.json deno.jsonc | Deno: deno.json and package.json 2026-11-30
    M jsr.json jsr.jsonc | JSR: Package configuration
    MO import_map.json importmap.json import-map.json | Deno: Import maps; HTML standard, "Import maps"
    L bower.lock | Bower: lock files of its plug-ins
    M bower.json | Bower: bower.json
    OX .bowerrc | Bower: Configuration, "registry", "scripts"
    V bower_components/** jspm_packages/** | Bower: Configuration, "directory"; jspm: Installing packages
    MOX cargo.toml | Cargo: The manifest format, "build"; Overriding dependencies 2026-11-30
    OX .cargo/config .cargo/config.toml | Cargo: Configuration, "[source]", "build.rustc-wrapper" 2026-11-30
    X build.rs | Cargo: Build scripts 2026-11-30
    V .cargo-checksum.json *.crate | Cargo: cargo vendor 2026-11-30
    O rust-toolchain rust-toolchain.toml | rustup: Overrides, "The toolchain file" 2026-11-30
    OX cross.toml | cross: Configuration, "pre-build", "image" 2026-11-30
    X makefile.toml | cargo-make: README, "Usage" 2026-11-30
    X .config/nextest.toml nextest.toml | cargo-nextest: Setup scripts 2026-11-30
    OX trunk.toml trunk.yaml trunk.json .trunk.toml | Trunk: Configuration, "hooks" 2026-11-30
    X release.toml | cargo-release: Reference, "pre-release-hook"
    X dist-workspace.toml | cargo-dist: Reference, build setup and extra jobs
    X bacon.toml .config/bacon.toml | bacon: Configuration, jobs
    X cargo-generate.toml | cargo-generate: Hooks
    X dioxus.toml | Dioxus: Configuration, "hooks"
    X .cargo/mutants.toml | cargo-mutants: The config file
    MX anchor.toml | Anchor: Anchor.toml, "scripts", "toolchain"
    L move.lock | Sui: Move.lock
    MO move.toml | Sui, Aptos: Move.toml
    MO requirements*.txt *requirements.txt *-requirements*.txt requirements/*.txt constraints*.txt *constraints.txt | pip: Requirements file format; Constraints files 2026-11-30
    M requirements*.in *requirements.in *-requirements*.in *.requirements.in requirements/*.in constraints*.in *constraints.in | pip-tools: README, "Requirements from requirements.in"
    O pip.conf pip.ini | pip: Configuration 2026-11-30
    LM requirements-dev.lock | Rye: Syncing and locking
    MO requirements.yaml | Helm 2: Charts, "Managing dependencies"
    MOX pyproject.toml | Python Packaging: pyproject.toml specification, "build-system"
    MOX setup.cfg | setuptools: Configuring setuptools using setup.cfg 2026-11-30
    MX setup.py | setuptools: Quickstart; Building extension modules 2026-11-30
    O .pypirc | Python Packaging: The .pypirc file
    V *.whl *.egg wheels/** wheelhouse/** site-packages/** | Python Packaging: Binary distribution format; pip: pip wheel
    X *.pth sitecustomize.py usercustomize.py | Python: site
    X .pdbrc | Python: pdb, ".pdbrc"
    O uv.toml | uv: Configuration files
    O poetry.toml | Poetry: Configuration, "Local configuration" 2026-11-30
    O pdm.toml .pdm.toml | PDM: Configure the project
    X pdm_build.py | pdm-backend: Build hooks
    MO pipfile | pipenv: Pipfile and Pipfile.lock
    X hatch_build.py build_hooks.py | Hatch: Build hooks 2026-11-30
    MX hatch.toml | Hatch: Configuration, hatch.toml 2026-11-30
    MO environment.yml environment.yaml environment-*.yml environment-*.yaml | conda: Managing environments
    MO pixi.toml | pixi: Manifest 2026-11-30
    O .condarc condarc | conda: Configuration, "channels" 2026-11-30
    O .pixi/config.toml | pixi: Configuration, "mirrors" 2026-11-30
    MX recipe/meta.yaml recipes/*/meta.yaml conda/meta.yaml | conda-build: Defining metadata, "build/script"
    X recipe/build.sh bld.bat conda.recipe/** | conda-build: Build scripts
    MX recipe.yaml | rattler-build: Recipe file
    X conftest.py | pytest: Writing plugins, "conftest.py" 2026-11-30
    X pytest.ini .pytest.ini pytest.toml .pytest.toml | pytest: Configuration, "addopts" 2026-11-30
    X tox.ini tox.toml | tox: Configuration, "commands" 2026-11-30
    X toxfile.py | tox: Extending tox 2026-11-30
    X noxfile.py | Nox: Tutorial
    X /tasks.py invoke.yaml invoke.yml invoke.json | Invoke: Configuration; Loading collections 2026-11-30
    X dodo.py | doit: Tasks
    X fabfile.py | Fabric: fab
    X .pylintrc pylintrc .pylintrc.toml pylintrc.toml | Pylint: All options, "init-hook", "load-plugins" 2026-11-30
    X .flake8 | Flake8: Using plugins, "local-plugins"
    X mypy.ini .mypy.ini | mypy: The configuration file, "plugins"
    X .coveragerc .coveragerc.toml | coverage.py: Configuration, "plugins"
    X .pyre_configuration | Pyre: Configuration, "binary"
    X asv.conf.json | airspeed velocity: asv.conf.json reference, "build_command"
    X docs/conf.py doc/conf.py docs/source/conf.py doc/source/conf.py | Sphinx: Configuration
    X mkdocs.yml mkdocs.yaml | MkDocs: Configuration, "hooks", "plugins" 2026-11-30
    X sconstruct sconscript *.scons | SCons: User guide, SConstruct
    X wscript | Waf: The Waf book, wscript
    MOX gemfile gemfile.next *.gemfile gems.rb | Bundler: Gemfile
    MOX *.gemspec | RubyGems: Specification reference 2026-11-30
    O .bundle/config | Bundler: bundle config 2026-11-30
    X .bundle/plugin/** rubygems_plugin.rb | Bundler: Plugins; RubyGems: Plugins
    X extconf.rb | RubyGems: Gems with extensions
    V *.gem | RubyGems: gem build 2026-11-30
    X rakefile *.rake | Rake: Rakefile format
    X guardfile | Guard: Guardfile
    X capfile config/deploy.rb config/deploy/*.rb | Capistrano: Structure
    X thorfile | Thor: Getting started
    X .rspec | RSpec: Configuration, "require"
    X .irbrc | IRB: Configuration
    X .pryrc | Pry: Customization
    X .rdbgrc .byebugrc | debug.gem, byebug: Startup scripts
    X config.ru | Rack: rackup
    OX .rubocop.yml .rubocop.yaml .rubocop .rubocop/** | RuboCop: Configuration, "require", "plugins", "inherit_from" 2026-11-30
    MOX composer.json | Composer: composer.json, "repositories", "scripts" 2026-11-30
    O auth.json | Composer: Authentication 2026-11-30
    L symfony.lock | Symfony: Flex recipes
    X phpstan.neon phpstan.neon.dist phpstan.dist.neon | PHPStan: Config reference, "bootstrapFiles" 2026-11-30
    X phpunit.xml phpunit.xml.dist phpunit.dist.xml | PHPUnit: The XML configuration file, "bootstrap"
    X psalm.xml psalm.xml.dist | Psalm: Configuration, "plugins"
    X rector.php | Rector: Documentation
    X ecs.php | Easy Coding Standard: README
    X .php-cs-fixer.php .php-cs-fixer.dist.php .php_cs .php_cs.dist | PHP CS Fixer: Configuration 2026-11-30
    X grumphp.yml grumphp.yml.dist grumphp.dist.yml | GrumPHP: Parameters 2026-11-30
    X captainhook.json | CaptainHook: Configuration
    X robofile.php | Robo: Getting started
    X castor.php | Castor: Basic usage
    X deploy.php | Deployer: Getting started
    X behat.yml | Behat: Configuration
    X codeception.yml | Codeception: Configuration
    X .user.ini php.ini | PHP: Runtime configuration, "auto_prepend_file"
    X .htaccess | Apache HTTP Server: .htaccess files
    MO go.mod | Go: Modules reference, "replace", "tool" 2026-11-30
    M go.work | Go: Modules reference, "Workspaces" 2026-11-30
    O go.env .go-version | Go: go env; goenv: README
    L gopkg.lock | dep: Gopkg.lock
    MO gopkg.toml | dep: Gopkg.toml
    L glide.lock | Glide: glide.lock
    MO glide.yaml | Glide: glide.yaml
    X magefile.go magefiles/** | Mage: Magefiles 2026-11-30
    X .air.toml | Air: README 2026-11-30
    X .goreleaser.yml .goreleaser.yaml goreleaser.yml goreleaser.yaml .config/goreleaser.yml .config/goreleaser.yaml | GoReleaser: Global hooks; Customization 2026-11-30
    X .ko.yaml | ko: Configuration
    OX .golangci.yml .golangci.yaml .golangci.toml .golangci.json .custom-gcl.yml .custom-gcl.yaml | golangci-lint: Configuration file; Module plugin system 2026-11-30
    MOX mix.exs | Mix: Mix.Project 2026-11-30
    X .formatter.exs | Mix: mix format, "Formatting options" 2026-11-30
    X .iex.exs | IEx: The .iex.exs file 2026-11-30
    X .credo.exs | Credo: Configuration file, "requires", "plugins"
    X config/*.exs | Elixir: Config 2026-11-30
    MOX rebar.config rebar.config.script | Rebar3: Configuration; Dynamic configuration 2026-11-30
    X .erlang | Erlang: Interactive shell, "The .erlang startup file"
    X emakefile erlang.mk | Erlang: make; Erlang.mk: User guide
    MO gleam.toml | Gleam: gleam.toml
    M project.toml juliaproject.toml | Pkg.jl: Project.toml and Manifest.toml 2026-11-30
    O artifacts.toml juliaartifacts.toml overrides.toml | Pkg.jl: Artifacts 2026-11-30
    O localpreferences.toml julialocalpreferences.toml | Preferences.jl: README
    X deps/build.jl | Pkg.jl: Creating packages, "Adding a build step" 2026-11-30
    MO pubspec.yaml pubspec_overrides.yaml | Dart: The pubspec file
    X analysis_options.yaml | Dart: Customizing static analysis, "plugins"
    X /build.yaml | build_runner: build_config
    O .flutter-version .fvmrc | FVM: Configuration
    MOX package.swift package@swift-*.swift | SwiftPM: PackageDescription 2026-11-30
    O .swiftpm/configuration/mirrors.json .swiftpm/configuration/registries.json | SwiftPM: Dependency mirroring; Package registry usage 2026-11-30
    O .swift-version | Swiftly: .swift-version
    MOX podfile | CocoaPods: Podfile syntax 2026-11-30
    MOX *.podspec *.podspec.json | CocoaPods: Podspec syntax, "prepare_command", "script_phases"
    V pods/** | CocoaPods: Using CocoaPods, "Should I check the Pods directory" 2026-11-30
    MO cartfile cartfile.private | Carthage: Artifacts, "Cartfile" 2026-11-30
    V carthage/** | Carthage: Artifacts 2026-11-30
    MO mintfile | Mint: README, "Mintfile" 2026-11-30
    MX *.xcodeproj/project.pbxproj | Xcode: Running custom scripts during a build
    X *.xcscheme | Xcode: Customizing the build schemes for a project, pre-actions
    X *.xcconfig | Xcode: Adding a build configuration file to your project
    X ci_scripts/** | Xcode Cloud: Writing custom build scripts
    MX /project.yml | XcodeGen: Project spec, "preGenCommand", "postGenCommand" 2026-11-30
    MX project.swift workspace.swift tuist.swift tuist/** | Tuist: Manifests
    OX .swiftlint.yml | SwiftLint: README, "child_config", "parent_config"
    X .sourcery.yml | Sourcery: Usage, "templates"
    X swiftgen.yml | SwiftGen: Configuration file
    X dangerfile dangerfile.* | Danger: Getting started
    L *.lockfile | Gradle: Locking versions
    L gradle/verification-keyring.keys gradle/verification-keyring.gpg | Gradle: Verifying dependencies
    MO libs.versions.toml *.versions.toml | Gradle: Version catalogs
    MOX *.gradle *.gradle.kts *.gradle.dcl | Gradle: Build file basics
    O gradle.properties | Gradle: Build environment
    OX settings.gradle settings.gradle.kts settings.gradle.dcl | Gradle: Settings file basics
    OX init.gradle init.gradle.kts *.init.gradle *.init.gradle.kts init.d/*.gradle init.d/*.gradle.kts | Gradle: Initialization scripts 2026-11-30
    OX gradle/wrapper/gradle-wrapper.properties gradle-wrapper.properties | Gradle: Wrapper, "distributionUrl"
    X gradlew gradlew.bat gradle-wrapper.jar | Gradle: Wrapper
    VX gradle/wrapper/gradle-wrapper.jar | Gradle: Wrapper
    X buildsrc/** build-logic/** | Gradle: Sharing build logic
    O gradle-daemon-jvm.properties | Gradle: UpdateDaemonJvm, "toolchainDownloadUrls" 2026-11-30
    L dependencies.lock | Nebula: Dependency lock; ESP-IDF: Component manager
    MO idf_component.yml | ESP-IDF: Component manager, manifest
    MOX pom.xml *.pom | Maven: POM reference
    O .m2/settings.xml | Maven: Settings reference
    OX .mvn/settings.xml .mvn/extensions.xml .mvn/maven.config .mvn/jvm.config .mvn/** | Maven: Configuring Maven, ".mvn directory"
    OX .mvn/wrapper/maven-wrapper.properties maven-wrapper.properties | Maven Wrapper: distributionUrl
    VX .mvn/wrapper/maven-wrapper.jar | Maven Wrapper
    X mvnw mvnw.cmd mvnwdebug mvnwdebug.cmd maven-wrapper.jar mavenwrapperdownloader.java | Maven Wrapper
    V *.jar *.aar *.war *.ear | Java: JAR files; Android: AAR
    X build.xml | Ant: Using Ant
    MO ivy.xml ivysettings.xml | Ivy: Ivy files; Settings files
    X nbactions.xml | NetBeans: Maven actions
    MX jitpack.yml | JitPack: Building, "Custom build commands"
    X jreleaser.yml jreleaser.toml | JReleaser: Hooks
    OX jbang-catalog.json jbang.properties | JBang: Alias and catalogs
    O .sdkmanrc | SDKMAN: Usage, "Env command"
    O .java-version | jEnv: README
    L build.sbt.lock | sbt-dependency-lock: README
    MOX build.sbt *.sbt project/*.scala | sbt: Build definition 2026-11-30
    O project/build.properties | sbt: Basic build, "sbt.version" 2026-11-30
    X .sbtopts .jvmopts .sbtrc | sbt: Command line reference 2026-11-30
    MOX build.sc build.mill build.mill.scala build.mill.yaml package.mill | Mill: Build files
    O .mill-version | Mill: Installation
    MOX project.scala | Scala CLI: Directives
    X .scalafix.conf | Scalafix: Configuration, rules by address
    O .scalafmt.conf | Scalafmt: Configuration, "version"
    X *.main.kts | Kotlin: Custom scripting
    L maven_install.json *_maven_install.json | rules_jvm_external: Pinning artifacts
    L cargo-bazel-lock.json | rules_rust: crate_universe
    MOX module.bazel *.module.bazel | Bazel: Modules
    MOX workspace workspace.bazel workspace.bzlmod | Bazel: WORKSPACE
    MX *.bzl | Bazel: Extension overview; Repository rules
    MX build.bazel build | Bazel: BUILD files; Please: BUILD
    OX .bazelrc *.bazelrc .bazelrc.* | Bazel: .bazelrc, "try-import", user.bazelrc
    O .bazelversion | Bazelisk: README, "How does Bazelisk know which Bazel version to run" 2026-11-30
    OX .bazeliskrc | Bazelisk: README, ".bazeliskrc" 2026-11-30
    X tools/bazel tools/bazel.* | Bazelisk: README, "tools/bazel" 2026-11-30
    OX .buckconfig .buckconfig.local .buckconfig.d/** | Buck2: .buckconfig
    MX buck targets | Buck2: Build file
    OX pants.toml pants.*.toml | Pants: Options 2026-11-30
    OX .plzconfig .plzconfig.* | Please: Config file reference 2026-11-30
    M packages.config | NuGet: packages.config reference 2026-11-30
    MO directory.packages.props | NuGet: Central package management 2026-11-30
    MOX *.nuspec | NuGet: .nuspec reference 2026-11-30
    O nuget.config | NuGet: nuget.config reference 2026-11-30
    X nuget.targets | MSBuild: Customize the solution build
    V *.nupkg *.snupkg | NuGet: Creating a package 2026-11-30
    MOX *.csproj *.fsproj *.vbproj *.vcxproj *.proj *.sqlproj *.esproj *.shproj *.projitems *.wixproj | MSBuild: Project file schema reference
    X directory.build.props directory.build.targets directory.build.rsp *.targets *.props | MSBuild: Customize the build by folder
    X msbuild.rsp | MSBuild: Response files
    X *.csproj.user *.vbproj.user *.fsproj.user *.vcxproj.user *.proj.user | MSBuild: Customize your local build, ".user file"
    X *.pubxml *.pubxml.user | ASP.NET Core: Visual Studio publish profiles
    M *.sln *.slnx | Visual Studio: Solution file
    X *.runsettings | Visual Studio: Configure unit tests by using a .runsettings file, data collectors
    X *.tt | Visual Studio: T4 text templates
    O global.json | .NET: global.json overview
    OX .config/dotnet-tools.json dotnet-tools.json | .NET: Local tools
    X build.cake *.cake | Cake: Running builds
    X .nuke/** | NUKE: Build setup
    X build.fsx *.fsx *.csx | F#: Scripts; FAKE: Getting started; dotnet-script: README
    X omnisharp.json | OmniSharp: Configuration options, "LocationPaths"
    MO paket.dependencies paket.references paket.local | Paket: The paket.dependencies file; paket.local
    X .paket/** | Paket: Bootstrapper
    MOX conanfile.py | Conan: conanfile.py 2026-11-30
    MO conanfile.txt conandata.yml | Conan: conanfile.txt; conandata.yml 2026-11-30
    O remotes.json | Conan: remotes.json 2026-11-30
    MO vcpkg.json vcpkg-configuration.json | vcpkg: vcpkg.json; vcpkg-configuration.json 2026-11-30
    MX cmakelists.txt *.cmake *.cmake.in | CMake: cmake-language; FetchContent
    MX cmakepresets.json cmakeuserpresets.json | CMake: cmake-presets
    X meson.build meson.options meson_options.txt | Meson: Build options 2026-11-30
    MO *.wrap | Meson: Wrap dependency system manual 2026-11-30
    X subprojects/packagefiles/** | Meson: Wrap dependency system manual, "patch_directory" 2026-11-30
    X makefile gnumakefile *.mk *.mak makefile.in makefile.* | GNU Make: Makefile names 2026-11-30
    X makefile.am *.am | Automake: Makefile.am
    X configure configure.ac configure.in *.m4 autogen.sh | Autoconf: Making configure scripts
    X kbuild kbuild.* | Linux: Kbuild makefiles
    X *.pro *.pri | qmake: Replace functions, "system"
    X *.qbs | Qbs: Rule, "Probe"
    X premake*.lua | Premake: Your first script
    MX xmake.lua | xmake: Project description
    X tupfile tuprules.tup tupfile.lua | tup: Manual
    X *.ninja | Ninja: Manual
    X justfile .justfile *.just | just: Manual
    X taskfile.yml taskfile.yaml taskfile.dist.yml taskfile.dist.yaml taskfile.*.yml taskfile.*.yaml | Task: Usage, "Supported file names", includes 2026-11-30
    MX earthfile | Earthly: Earthfile reference
    MX dagger.json .dagger/** | Dagger: Modules
    MO build.zig.zon | Zig: build.zig.zon.md, "dependencies" 2026-11-30
    X build.zig | Zig: Build system
    MOX *.nimble | Nimble: Package structure, tasks and hooks
    MO nimble.develop | Nimble: Workflow, "nimble develop" 2026-11-30
    X config.nims *.nims nim.cfg *.nim.cfg | Nim: Compiler user guide, "Configuration files"; NimScript
    L shard.lock | Shards: shard.yml, "shard.lock"
    MX shard.yml | Shards: shard.yml, "scripts"
    L dub.selections.json | DUB: Package settings
    MX dub.json dub.sdl | DUB: Package format, "preBuildCommands"
    MO stack.yaml stack-*.yaml | Stack: Project configuration
    MO cabal.project cabal.project.local cabal.project.* cabal.config | Cabal: cabal.project reference 2026-11-30
    M *.cabal | Cabal: Package description 2026-11-30
    X setup.hs setup.lhs | Cabal: Package description, "build-type: Custom" 2026-11-30
    X .ghci | GHC: The .ghci file
    X hie.yaml | hie-bios: README, "bios" cradle
    L opam.locked *.opam.locked | opam: opam lock
    M opam *.opam *.opam.template | opam: File formats
    L dune.lock/** | Dune: Package management, lock directory 2026-11-30
    MX dune-project dune-workspace | Dune: dune-project; dune-workspace 2026-11-30
    X dune dune.inc | Dune: dune, "rule" 2026-11-30
    L esy.lock/** | esy: Workflow
    MX esy.json | esy: Project configuration, "build"
    X .ocamlinit | OCaml: The toplevel system
    X .rprofile renv/activate.r | renv: Introduction, ".Rprofile", "renv/activate.R" 2026-11-30
    O .renviron renv/settings.json | renv: Settings 2026-11-30
    M description | R: Writing R extensions, "The DESCRIPTION file"
    X configure.win configure.ucrt cleanup cleanup.win | R: Writing R extensions, "Configure and cleanup"
    X rprofile.site | R: Startup
    L pkg.lock | pak: lockfile_create
    L packrat/packrat.lock | Packrat: Packrat project
    X packrat/init.r | Packrat: Packrat project
    X _targets.r | targets: User manual
    L rv.lock | rv: Configuration, "lockfile_name" 2026-11-30
    MO rproject.toml | rv: Configuration, "repositories" 2026-11-30
    MOX deps.edn | Clojure: deps.edn reference 2026-11-30
    MOX bb.edn | Babashka: Book, "bb.edn" 2026-11-30
    MOX project.clj profiles.clj | Leiningen: Tutorial; Profiles 2026-11-30
    X checkouts/** | Leiningen: Tutorial, "Checkout dependencies" 2026-11-30
    MOX shadow-cljs.edn | shadow-cljs: User's guide, "build hooks"
    MOX build.boot | Boot: Build scripts
    X tests.edn | Kaocha: Configuration, "plugins", hooks
    X .clj-kondo/** | clj-kondo: Hooks 2026-11-30
    X .lsp/config.edn | clojure-lsp: Settings, "project-specs"
    MOX *.rockspec | LuaRocks: Rockspec format 2026-11-30
    L luarocks.lock | LuaRocks: Pinning versions with a lock file 2026-11-30
    O .luarocks/** | LuaRocks: Config file format 2026-11-30
    X .luacheckrc | luacheck: Configuration file 2026-11-30
    X .busted | Busted: Configuration
    X .luarc.json .luarc.jsonc | LuaLS: Settings, "runtime.plugin"
    X config.ld | LDoc: Manual
    L lazy-lock.json | lazy.nvim: Lockfile
    L cpanfile.snapshot carton.lock | Carton: Documentation
    M cpanfile | cpanfile: cpanfile specification
    MX makefile.pl build.pl | CPAN: ExtUtils::MakeMaker; Module::Build
    MX dist.ini | Dist::Zilla: Tutorial, plug-ins
    X .proverc | prove: Documentation, "-e", "-I"
    X latexmkrc .latexmkrc | latexmk: Manual, "Configuration/initialization files"
    L spago.lock | Spago: README
    M spago.yaml spago.dhall packages.dhall | Spago: README
    L elm-stuff/exact-dependencies.json | Elm: elm-package
    M elm.json | Elm: elm.json
    L lake-manifest.json | Lean: Lake, the manifest
    MOX lakefile.lean lakefile.toml | Lean: Lake, configuration files
    O lean-toolchain | Lean: elan, toolchain files
    L scarb.lock | Scarb: Lockfile
    M scarb.toml | Scarb: Manifest
    L foundry.lock | Foundry: Dependencies
    MO foundry.toml remappings.txt | Foundry: Config reference, "ffi"; Remappings
    L soldeer.lock | Soldeer: Guide
    L qlfile.lock | Qlot: README
    MX qlfile | Qlot: README
    MX *.asd | ASDF: Manual, defsystem
    MX cask eask eldev | Cask: Cask file; Eask; Eldev: Manual
    MOX flake.nix | Nix: nix flake
    L npins/sources.json | npins: README
    MO npins/default.nix | npins: README
    L nix/sources.json | niv: README
    L lon.lock | lon: README
    X shell.nix default.nix | Nix: nix-shell; nix-build
    L devenv.lock | devenv: Inputs, lock file
    X devenv.nix devenv.yaml devenv.local.nix devenv.local.yaml | devenv: Files and variables
    L devbox.lock | Devbox: devbox.lock
    X devbox.json | Devbox: devbox.json, "init_hook"
    L .flox/env/manifest.lock | Flox: Environments
    X .flox/env/manifest.toml | Flox: manifest.toml, "hook"
    MOX *.tf *.tf.json | Terraform: Files and directories; local-exec; external data source
    MOX *.tofu *.tofu.json | OpenTofu: Files and directories
    MOX terragrunt.hcl terragrunt.hcl.json root.hcl | Terragrunt: Hooks 2026-11-30
    O .terraformrc terraform.rc tofu.rc .tofurc | Terraform: CLI configuration file
    O .terraform-version .opentofu-version .terragrunt-version | tenv: README
    OX .tflint.hcl | TFLint: Configuring plugins
    X atlantis.yaml | Atlantis: Repo level atlantis.yaml; Custom workflows 2026-11-30
    MX pulumi.yaml pulumi.*.yaml | Pulumi: Project file reference
    MX cdk.json | AWS CDK: cdk.json, "app"
    MX cdktf.json | CDK for Terraform: cdktf.json
    MX serverless.yml serverless.yaml serverless.json serverless.ts | Serverless Framework: Plugins
    MX samconfig.toml samconfig.yaml | AWS SAM: Configuration file
    MO galaxy.yml requirements.yml | Ansible: Galaxy, "Installing from requirements.yml"; Collection metadata
    X ansible.cfg | Ansible: Configuration settings
    X molecule/** | Ansible Molecule: Configuration
    MX *.pkr.hcl *.pkr.json | Packer: Templates, provisioners
    MX vagrantfile | Vagrant: Vagrantfile
    X .kitchen.yml kitchen.yml | Test Kitchen: kitchen.yml
    L policyfile.lock.json | Chef: Policyfile
    MOX policyfile.rb | Chef: Policyfile.rb
    L berksfile.lock | Berkshelf: Berksfile.lock
    MO berksfile | Berkshelf: Berksfile
    L puppetfile.lock | librarian-puppet: README
    MO puppetfile | r10k: Puppetfile
    MX *.nomad *.nomad.hcl | Nomad: Job specification
    MO chart.yaml chart.yml | Helm: Charts, "Chart.yaml"
    L helmfile.lock | helmfile: deps
    MO helmfile.yaml helmfile.yml helmfile.yaml.gotmpl | helmfile: Documentation, "hooks"
    X helmfile.d/** | helmfile: Documentation
    MO kustomization.yaml kustomization.yml | Kustomize: kustomization, plug-ins
    L jsonnetfile.lock.json | jsonnet-bundler: README
    M jsonnetfile.json | jsonnet-bundler: README
    L vendir.lock.yml | vendir: vendir.lock.yml
    MO vendir.yml | vendir: vendir.yml
    MX skaffold.yaml skaffold.yml | Skaffold: Lifecycle hooks 2026-11-30
    MX tiltfile *.tiltfile | Tilt: Tiltfile concepts 2026-11-30
    X tilt_config.json | Tilt: Tiltfile config 2026-11-30
    MX devspace.yaml | DevSpace: devspace.yaml, pipelines
    MX garden.yml garden.yaml *.garden.yml | Garden: Actions
    MX werf.yaml | werf: werf.yaml
    MX okteto.yml okteto.yaml | Okteto: Manifest
    L buf.lock | Buf: buf.lock 2026-11-30
    M buf.yaml buf.work.yaml | Buf: buf.yaml 2026-11-30
    MX buf.gen.yaml buf.gen.*.yaml | Buf: buf.gen.yaml, "plugins" 2026-11-30
    MX codegen.yml codegen.yaml | GraphQL Code Generator: codegen.ts
    MX .graphqlrc .graphqlrc.* | GraphQL Config: Usage
    MX openapitools.json | OpenAPI Generator CLI: README
    MX sqlc.yaml sqlc.yml sqlc.json | sqlc: Plugins
    MX schema.prisma | Prisma: Generators
    MO aqua.yaml aqua.yml .aqua.yaml .aqua.yml aqua/*.yaml aqua/*.yml .aqua/*.yaml .aqua/*.yml | aqua: Configuration file path 2026-11-30
    P aqua-policy.yaml | aqua: Policy as code
    L brewfile.lock.json | Homebrew: Brew bundle
    M brewfile | Homebrew: Brew bundle
    L .mise/locks/** .config/mise/locks/** mise/locks/** | mise: mise.lock reference, "Sidecar locations" 2026-11-30
    OX mise.toml .mise.toml mise.local.toml mise.*.toml .mise.*.toml mise/config.toml .mise/config.toml .config/mise.toml .config/mise/config.toml .config/mise/conf.d/*.toml | mise: Configuration
    OX mise/config.*.toml .mise/config.*.toml .config/mise.*.toml .config/mise/config.*.toml .mise/conf.d/*.toml | mise: Configuration
    X mise-tasks/** .mise-tasks/** mise/tasks/** .mise/tasks/** .config/mise/tasks/** | mise: File tasks
    O .tool-versions | asdf: Configuration
    O .prototools | proto: Configuration
    O .nvmrc | nvm: README
    O .node-version | nodenv: README
    O .yvmrc | yvm: README
    O .python-version .python-versions | pyenv: README; uv: Python versions
    O .ruby-version .ruby-gemset | rbenv: README; RVM: Typical project workflow
    O .perl-version .php-version .crystal-version | plenv, phpenv, crenv: README
    MO spack.yaml | Spack: Environments
    MO west.yml | west: Manifests 2026-11-30
    X west-commands.yml | west: Extensions 2026-11-30
    MX platformio.ini | PlatformIO: platformio.ini, "extra_scripts" 2026-11-30
    MO packages/manifest.json | Unity: Project manifest 2026-11-30
    O projectsettings/packagemanagersettings.asset | Unity: Scoped registries
    MX *.uproject *.uplugin *.build.cs *.target.cs | Unreal Engine: Plugins; Unreal Build Tool
    X project.godot addons/*/plugin.cfg | Godot: Making plugins
    LA apm.lock.yaml apm.lock.yml | APM: Lock file
    MO apm.yml | APM: Manifest
    X .husky/** | husky: How to 2026-11-30
    X .huskyrc .huskyrc.* | husky: Migrate from v4 2026-11-30
    X .githooks/** .hooks/** .git-hooks/** githooks/** git-hooks/** /hooks/** | git: git-config, "core.hooksPath" 2026-11-30
    X hooks/applypatch-msg hooks/pre-applypatch hooks/post-applypatch hooks/pre-commit hooks/pre-merge-commit hooks/prepare-commit-msg hooks/commit-msg hooks/post-commit hooks/pre-rebase hooks/post-checkout hooks/post-merge hooks/pre-push hooks/pre-receive hooks/update hooks/proc-receive hooks/post-receive hooks/post-update hooks/reference-transaction hooks/push-to-checkout hooks/pre-auto-gc hooks/post-rewrite hooks/sendemail-validate hooks/fsmonitor-watchman hooks/p4-changelist hooks/p4-prepare-changelist hooks/p4-post-changelist hooks/p4-pre-submit hooks/post-index-change | git: githooks 2026-11-30
    X hooks/*.sh hooks/*.bash hooks/*.zsh hooks/*.fish hooks/*.py hooks/*.rb hooks/*.pl hooks/*.ps1 hooks/*.cmd hooks/*.bat | git: git-config, "core.hooksPath" 2026-11-30
    OX .gitconfig .config/git/config | git: git-config, "core.fsmonitor", "alias.*" 2026-11-30
    O .gitmodules | git: gitmodules 2026-11-30
    O .lfsconfig | Git LFS: git-lfs-config
    P .gitattributes | git: gitattributes 2026-11-30
    P .mailmap | git: gitmailmap 2026-11-30
    P .git-blame-ignore-revs | git: git-blame, "blame.ignoreRevsFile" 2026-11-30
    X simple-git-hooks.* .simple-git-hooks.* | simple-git-hooks: README 2026-11-30
    X .lintstagedrc .lintstagedrc.* | lint-staged: README, "Configuration" 2026-11-30
    X lefthook.yml lefthook.yaml lefthook.toml lefthook.json lefthook.jsonc .lefthook.yml .lefthook.yaml .lefthook.toml .lefthook.json .lefthook.jsonc .config/lefthook.* .config/lefthook-local.* | Lefthook: Configuration 2026-11-30
    X lefthook-local.yml lefthook-local.yaml .lefthook-local.yml .lefthook-local.yaml lefthook-local.* .lefthook-local.* .lefthook/** .lefthook-local/** | Lefthook: Configuration, local config; source_dir 2026-11-30
    AX .lefthookrc lefthookrc | Lefthook: Configuration, "rc" 2026-11-30
    X .overcommit.yml .local-overcommit.yml | Overcommit: README, "Configuration" 2026-11-30
    MX .pre-commit-config.yaml .pre-commit-config.yml | pre-commit: Adding plug-ins
    X .pre-commit-hooks.yaml .pre-commit-hooks.yml | pre-commit: Creating new hooks
    MX prek.toml | prek: Configuration
    OX hk.pkl .hkrc.pkl hk.local.pkl .config/hk.pkl | hk: Configuration 2026-11-30
    OX .trunk/** | Trunk Check: trunk.yaml, actions, plug-ins
    OX .mega-linter.yml | MegaLinter: Configuration, "PRE_COMMANDS"
    OX dprint.json .dprint.json dprint.jsonc .dprint.jsonc | dprint: Configuration, plug-ins by address
    MX .github/workflows/** | GitHub: Workflow syntax
    MX .github/actions/** action.yml action.yaml | GitHub: Metadata syntax
    L .github/workflows/actions.lock | GitHub: actions.lock
    MX .gitea/workflows/** .gitea/actions/** | Gitea: Actions
    MX .forgejo/workflows/** .forgejo/actions/** | Forgejo: Actions
    MX .tangled/workflows/** | Tangled: Spindle pipelines
    MX .radicle/** | Radicle: CI broker, native adapter
    MX .gitlab-ci.yml .gitlab-ci.yaml *.gitlab-ci.yml *.gitlab-ci.yaml | GitLab: CI/CD YAML syntax reference
    MX .gitlab-ci/** .gitlab-ci.d/** .gitlab/*.yml .gitlab/*.yaml .gitlab/agents/** | GitLab: CI/CD YAML syntax, "include:local"; Agent configuration
    X .gitlab/ci/** | GitLab: CI/CD YAML syntax, "include:local"
    X .gitlab-ci-local.yml | gitlab-ci-local: README
    MX .circleci/** | CircleCI: Configuration reference
    MX azure-pipelines.yml azure-pipelines.yaml azure-pipelines-*.yml azure-pipelines-*.yaml .azure-pipelines/** .azuredevops/** .vsts-ci.yml .vsts-ci.yaml | Azure Pipelines: YAML schema
    MX bitbucket-pipelines.yml bitbucket-pipelines.yaml | Bitbucket: Configure bitbucket-pipelines.yml
    MX .drone.yml .drone.yaml .drone.star .drone.jsonnet | Drone: Configuration; Scripting 2026-11-30
    MX .woodpecker.yml .woodpecker.yaml .woodpecker/** | Woodpecker: Workflow syntax 2026-11-30
    MX .cirrus.yml .cirrus.yaml | Cirrus CI: Writing tasks 2026-11-30
    X .cirrus.star | Cirrus CI: Programming tasks in Starlark 2026-11-30
    X .buildkite/** buildkite.yml buildkite.yaml buildkite.json buildkite/pipeline.* | Buildkite: Defining your pipeline steps; pipeline upload 2026-11-30
    X jenkinsfile jenkinsfile.* *.jenkinsfile | Jenkins: Using a Jenkinsfile
    X .teamcity/** | TeamCity: Kotlin DSL
    X .semaphore/** | Semaphore: Pipeline YAML reference
    X .tekton/** | Pipelines as Code: Authoring PipelineRuns
    X codefresh.yml | Codefresh: codefresh.yml
    X wercker.yml | Wercker: wercker.yml
    X shippable.yml | Shippable: shippable.yml
    X .travis.yml .travis.yaml | Travis CI: Job lifecycle 2026-11-30
    X appveyor.yml .appveyor.yml appveyor.yaml .appveyor.yaml | AppVeyor: appveyor.yml reference 2026-11-30
    X cloudbuild.yaml cloudbuild.yml cloudbuild.json cloudbuild.*.yaml | Google Cloud Build: Build config file schema
    X buildspec.yml buildspec.yaml buildspec.*.yml buildspec-*.yml | AWS CodeBuild: Build specification reference
    X appspec.yml appspec.yaml appspec.json | AWS CodeDeploy: AppSpec hooks
    MX .build.yml .build.yaml .builds/** | SourceHut: builds.sr.ht, build manifests
    MX bitrise.yml bitrise.yaml .bitrise.yml | Bitrise: bitrise.yml reference 2026-11-30
    MX codemagic.yaml codemagic.yml | Codemagic: codemagic.yaml cheat sheet 2026-11-30
    MX screwdriver.yaml screwdriver.yml | Screwdriver: Configuration 2026-11-30
    MX .vela.yml .vela.yaml .vela.star | Vela: Pipeline
    MX buddy.yml .buddy/** | Buddy: YAML configuration
    MX .zuul.yaml zuul.yaml .zuul.d/** zuul.d/** | Zuul: Project configuration
    MX .onedev-buildspec.yml | OneDev: Build spec
    MX .space.kts | JetBrains Space: Automation
    MX *.gocd.yaml *.gocd.yml *.gopipeline.json | GoCD: Pipelines as code
    MX .agola/** | Agola: Run definition
    MX .harness/** | Harness: Git experience
    MX .evergreen.yml evergreen.yml | Evergreen: Project configuration
    MX .rultor.yml | Rultor: Documentation
    MX .prow.yaml .prow/** | Prow: Inrepoconfig
    MX dockerfile dockerfile.* dockerfile-* *.dockerfile | Docker: Dockerfile reference
    MX containerfile containerfile.* *.containerfile | Podman: podman-build
    MX docker-bake.hcl docker-bake.json docker-bake.*.hcl docker-bake.*.json | Docker: Bake file reference
    MX compose.yml compose.yaml compose.*.yml compose.*.yaml docker-compose.yml docker-compose.yaml docker-compose*.yml docker-compose*.yaml | Docker: Compose file reference
    MX podman-compose.yml podman-compose.yaml | podman-compose: README
    MX *.container | Podman: podman-systemd.unit
    O .env | Docker: Compose, "Set environment variables"; Bun: Environment variables
    MX .devcontainer.json devcontainer.json .devcontainer/** | Development containers: devcontainer.json reference
    MX devcontainer-feature.json | Development containers: Features distribution 2026-11-30
    MX devfile.yaml .devfile.yaml devfile.yml .devfile.yml | devfile: Adding commands; events 2026-11-30
    MX .gitpod.yml .gitpod.yaml .gitpod/** .ona/** | Gitpod: .gitpod.yml; automations
    X .gitpod.dockerfile | Gitpod: Workspace image 2026-11-30
    X .replit replit.nix | Replit: Configuring a Repl
    MX .idx/** | Firebase Studio: dev.nix reference, "onCreate", "onStart"
    MX .codesandbox/** sandbox.config.json | CodeSandbox: Tasks
    X .stackblitzrc | StackBlitz: Project configuration, "startCommand"
    X procfile procfile.* | Heroku: The Procfile
    MX heroku.yml | Heroku: Building Docker images with heroku.yml
    MX /app.json | Heroku: app.json schema; Expo: app.json, "plugins"
    X bin/pre_compile bin/post_compile | Heroku: Python build hooks
    MX aptfile | Heroku: apt buildpack
    MX nixpacks.toml nixpacks.json | Nixpacks: File config
    MX railpack.json | Railpack: Configuration file
    MX captain-definition | CapRover: Captain definition file
    MX railway.json railway.toml | Railway: Config as code 2026-11-30
    MX fly.toml fly.*.toml | Fly.io: App configuration 2026-11-30
    MX render.yaml | Render: Blueprint YAML reference
    MX .do/** | DigitalOcean: App spec
    X netlify.toml | Netlify: File-based configuration, "command", "plugins"
    X vercel.json vercel.ts now.json | Vercel: Project configuration, "buildCommand", "installCommand"
    X wrangler.toml wrangler.json wrangler.jsonc | Cloudflare: Wrangler configuration, "build.command"
    X firebase.json | Firebase: CLI reference, "predeploy"
    MX amplify.yml amplify.yaml | AWS Amplify: Build specification
    MX apprunner.yaml | AWS App Runner: Configuration file reference
    MX .ebextensions/** .elasticbeanstalk/** | AWS Elastic Beanstalk: .ebextensions
    MX .platform/** .platform.app.yaml | AWS Elastic Beanstalk: Platform hooks; Platform.sh: .platform.app.yaml
    MX .upsun/** | Upsun: Configuration
    MX .magento.app.yaml | Adobe Commerce Cloud: Application configuration
    MX /app.yaml | Google App Engine: app.yaml reference, "entrypoint"
    MX config/deploy.yml config/deploy.*.yml .kamal/** | Kamal: Configuration; Hooks 2026-11-30
    MX .readthedocs.yaml .readthedocs.yml readthedocs.yml readthedocs.yaml | Read the Docs: Configuration file reference, "build.jobs" 2026-11-30
    MX apt.txt binder/** .binder/** install.r | repo2docker: Configuration files 2026-11-30
    X postbuild /start | repo2docker: Configuration files, "postBuild", "start" 2026-11-30
    O runtime.txt | repo2docker: Configuration files, "runtime.txt"; Heroku: Python runtimes 2026-11-30
    X jupyter_*_config.py jupyter_*_config.json .jupyter/** | Jupyter: Common directories and file locations, config files
    X ipython_config.py | IPython: Configuration
    MX _quarto.yml | Quarto: Project scripts, "pre-render"
    X _plugins/** _config.yml _config.toml | Jekyll: Plugins; Configuration 2026-11-30
    MO hugo.toml hugo.yaml hugo.json | Hugo: Configure modules 2026-11-30
    MX dvc.yaml | DVC: dvc.yaml, "cmd" 2026-11-30
    MX packages.yml dbt_project.yml | dbt: Packages; Hooks
    L package-lock.yml | dbt: deps
    MX snakefile *.smk | Snakemake: Writing rules 2026-11-30
    MX nextflow.config | Nextflow: Configuration 2026-11-30
    X .envrc .envrc.* | direnv: direnv-stdlib 2026-11-30
    X .direnvrc direnvrc direnv.toml | direnv: direnv.toml 2026-11-30
    X .autoenv .autoenv.zsh .autoenv_leave.zsh .env.zsh | autoenv, zsh-autoenv: README
    X .bashrc .bash_profile .bash_login .bash_logout .bash_aliases .profile | Bash: Startup files
    X .zshrc .zshenv .zprofile .zlogin .zlogout | Zsh: Startup/shutdown files
    X .kshrc .cshrc .tcshrc | ksh(1), tcsh(1): startup files
    X config.fish fish/conf.d/*.fish | fish: Configuration files
    X .tmux.conf .screenrc | tmux(1), screen(1): startup
    X .ssh/config .ssh/rc .ssh/authorized_keys | OpenSSH: ssh_config, "ProxyCommand"; sshd, "authorized_keys"
    X .xinitrc .xprofile .xsessionrc | xinit(1): .xinitrc
    X *.service *.timer | systemd: systemd.service
    X crontab *.crontab | crontab(5)
    X .chezmoiscripts/** | chezmoi: Scripts
    O .chezmoiexternal.* .chezmoiexternals/** | chezmoi: Externals
    X profile.ps1 microsoft.powershell_profile.ps1 | PowerShell: about_Profiles
    X library/launchagents/** | launchd.plist(5)
    X .vscode/tasks.json .vscode/launch.json .vscode/settings.json .vscode/extensions.json .vscode/*.json | VS Code: Tasks, "runOptions"; Debugging; Workspace settings
    X *.code-workspace | VS Code: Multi-root workspaces
    X .vs/** tasks.vs.json launch.vs.json .vsconfig cppproperties.json | Visual Studio: Customize build and debug tasks; .vsconfig
    X .zed/tasks.json .zed/settings.json .zed/debug.json .zed/** | Zed: Tasks; Configuring Zed
    X .helix/** | Helix: Languages; Workspace trust 2026-11-30
    X .idea/runconfigurations/** .run/*.run.xml | IntelliJ IDEA: Run/debug configurations
    X .idea/workspace.xml *.iws .idea/startup.xml | IntelliJ IDEA: Startup tasks; Project settings
    X .idea/watchertasks.xml | IntelliJ IDEA: File watchers
    X .idea/externaldependencies.xml | IntelliJ IDEA: Required plug-ins
    X .idea/tools/** | IntelliJ IDEA: External tools
    X .fleet/run.json .fleet/settings.json .fleet/** | Fleet: Run configurations; Settings
    X .exrc .vimrc .gvimrc .vim/** | Vim: starting, 'exrc' 2026-11-30
    X .nvimrc .nvim.lua .nvim/** | Neovim: options, 'exrc'
    X .lazy.lua | lazy.nvim: Configuration, "local_spec"
    X coc-settings.json | coc.nvim: Configuration, language servers
    X .neoconf.json | neoconf.nvim: README
    X .vimspector.json | vimspector: Configuration
    X .lvimrc .local.vimrc | vim-localvimrc: README
    X .dir-locals.el .dir-locals-2.el | Emacs: Directory variables
    X *.sublime-project *.sublime-workspace | Sublime Text: Projects, "build_systems"
    X *.sublime-build | Sublime Text: Build systems 2026-11-30
    X .project .externaltoolbuilders/** *.launch | Eclipse: Builders; Launch configurations
    X nbproject/** | NetBeans: Ant projects
    X .kateproject | Kate: Project plug-in, "build"
    X .nova/** | Nova: Project configuration
    X .lapce/** | Lapce: run.toml
    X .theia/** | Theia: Tasks
    X .gdbinit .gdbearlyinit gdbinit *-gdb.py *-gdb.gdb *-gdb.scm | GDB: Auto-loading
    X .lldbinit | LLDB: man lldb, "CONFIGURATION FILES"
    X .radare2rc | radare2: Book, Configuration
    X .clangd | clangd: Configuration, "CompileFlags", "Compiler"
    X .ccls | ccls: Project setup
    AX lsp.json .lsp.json .github/lsp.json | GitHub Copilot CLI: Adding LSP servers 2026-11-30
    X *.config.js *.config.mjs *.config.cjs *.config.ts *.config.mts *.config.cts *.config.coffee | ESLint: Configuration files; the same name is run by Babel, Jest, Prettier, Stylelint, Vite, webpack, Tailwind, Next.js, Playwright, Cypress, Metro and others 2026-11-30
    X *.conf.js *.conf.mjs *.conf.cjs *.conf.ts *.conf.coffee | Karma: Configuration file 2026-11-30
    X .babelrc .babelrc.* babel.config.json | Babel: Configuration files, "plugins", "presets" 2026-11-30
    X .eslintrc .eslintrc.* | ESLint: Configuration files (deprecated), "plugins" 2026-11-30
    X .prettierrc .prettierrc.* | Prettier: Configuration file; Plugins 2026-11-30
    X .stylelintrc .stylelintrc.* | Stylelint: Configuring, "plugins" 2026-11-30
    X .mocharc .mocharc.* | Mocha: Configuring, "require" 2026-11-30
    X jest.config.json | Jest: Configuration 2026-11-30
    X .postcssrc .postcssrc.* | postcss-load-config: README
    X .swcrc | SWC: Configuration, "plugin"
    X .nycrc .nycrc.* .c8rc .c8rc.* | nyc: README, "require"
    X .taprc | tap: Configuration, "plugin"
    X .xo-config .xo-config.* | XO: README
    X .parcelrc .proxyrc .proxyrc.* | Parcel: Plugin configuration; Proxy 2026-11-30
    X electron-builder.* | electron-builder: Configuration, hooks 2026-11-30
    X .releaserc .releaserc.* | semantic-release: Configuration, "plugins"
    X .release-it.* | release-it: README, "hooks" 2026-11-30
    X .versionrc .versionrc.* | commit-and-tag-version: README, "scripts"
    X .commitlintrc .commitlintrc.* | commitlint: Configuration, "extends", "plugins" 2026-11-30
    X .czrc .cz.json .cz.toml | Commitizen: Adapters
    X .remarkrc .remarkrc.* | remark: Configuration, "plugins"
    X .ncurc .ncurc.* | npm-check-updates: README
    X .dependency-cruiser.* | dependency-cruiser: Options
    X .syncpackrc .syncpackrc.* | Syncpack: Configuration
    X .size-limit.* | Size Limit: README
    X .lighthouserc.* lighthouserc.* | Lighthouse CI: Configuration, "startServerCommand"
    X gruntfile.js gruntfile.* | Grunt: Getting started
    X gulpfile.js gulpfile.mjs gulpfile.cjs gulpfile.ts gulpfile.* gulpfile.js/** | gulp: JavaScript and gulpfiles
    X jakefile jakefile.* | Jake: README
    X brocfile.* ember-cli-build.js | Broccoli: Getting started; Ember CLI: Build
    X plopfile.* .hygen.js | Plop: Plopfile; Hygen: Extensibility
    X webpack.*.js webpack.*.ts webpackfile.* | webpack: Configuration, production and development files
    X project.json nx.json workspace.json | Nx: Project configuration, targets; nx.json, "plugins"
    X angular.json .angular-cli.json | Angular: Workspace configuration, builders
    X lerna.json | Lerna: Configuration
    X turbo.json turbo.jsonc | Turborepo: Configuration
    X moon.yml moon.yaml moon.pkl .moon/** | moon: moon.yml, tasks 2026-11-30
    MX rush.json common/config/rush/** common/autoinstallers/** | Rush: rush.json, "eventHooks"; custom commands 2026-11-30
    X tsconfig.json tsconfig.*.json jsconfig.json | TypeScript: TSConfig reference, "plugins", "extends", "paths"
    X tauri.conf.json tauri.conf.json5 tauri.toml tauri.*.conf.json tauri.*.conf.json5 tauri.*.toml | Tauri: Configuration files, "beforeBuildCommand" 2026-11-30
    X ionic.config.json | Ionic: CLI configuration, hooks
    X /config.xml | Cordova: Hooks
    X wails.json | Wails: Project config, hooks
    X fastlane/** fastfile .fastlane/** | fastlane: Fastfile; Actions 2026-11-30
    MOX pluginfile | fastlane: Using plug-ins 2026-11-30
    MX debian/** | Debian: Policy manual, "debian/rules", maintainer scripts
    MX *.spec | RPM: Spec file format
    MX pkgbuild | Arch Linux: PKGBUILD(5)
    MX apkbuild | Alpine Linux: APKBUILD reference
    MX *.ebuild | Gentoo: ebuild(5)
    MX portfile | MacPorts: Portfile reference
    MX snapcraft.yaml .snapcraft.yaml snap/** | Snapcraft: snapcraft.yaml, hooks
    MX *.flatpak.yml | Flatpak: Manifests
    MX nfpm.yaml | nFPM: Configuration, scripts
    X chocolateyinstall.ps1 chocolateyuninstall.ps1 | Chocolatey: Create packages
    X *.iss *.nsi *.nsh *.wxs | Inno Setup; NSIS; WiX: custom actions
    MX .clusterfuzzlite/** | ClusterFuzzLite: Build integration
    P codeowners | GitHub: About code owners; GitLab: Code Owners
    P .github/settings.yml | Repository Settings app: README
    P .mergify.yml .github/mergify.yml .mergify/** | Mergify: Configuration file
    P .kodiak.toml | Kodiak: Configuration reference
    P bors.toml | bors-ng: Reference
    P .pullapprove.yml | PullApprove: Configuration
    P .policy.yml | policy-bot: README
    P owners owners_aliases | Kubernetes: OWNERS files
    P .github/dependabot.yml .github/dependabot.yaml | GitHub: Dependabot options reference
    P renovate.json renovate.json5 .github/renovate.json .github/renovate.json5 .gitlab/renovate.json .gitlab/renovate.json5 .renovaterc .renovaterc.json .renovaterc.json5 | Renovate: Configuration options
    P renovate.jsonc .github/renovate.jsonc .gitlab/renovate.jsonc .renovaterc.jsonc | Renovate: Configuration options
    P .lockfile-lintrc .lockfile-lintrc.* lockfile-lint.config.* | lockfile-lint: README
    P zizmor.yml zizmor.yaml .zizmor.yml .github/zizmor.yml .github/zizmor.yaml | zizmor: Configuration
    P .guarddog.yml .guarddog.yaml guarddog.yml guarddog.yaml | GuardDog: README
    P .gitleaks.toml gitleaks.toml .gitleaksignore | Gitleaks: README, "Configuration"
    P .secrets.baseline | detect-secrets: README
    P .trufflehogignore .gitguardian.yaml .gitguardian.yml .ggshield.yml .talismanrc | ggshield: Configuration; Talisman: README
    P .trivyignore .trivyignore.yaml trivy.yaml | Trivy: Filtering; Config file 2026-11-30
    P .snyk | Snyk: The .snyk file
    P .grype.yaml .grype.yml | Grype: Configuration
    P osv-scanner.toml .osv-scanner.toml | OSV-Scanner: Configuration
    P deny.toml .cargo/deny.toml | cargo-deny: Configuration 2026-11-30
    P audit.toml .cargo/audit.toml | cargo-audit: README
    P supply-chain/audits.toml supply-chain/config.toml supply-chain/imports.lock | cargo-vet: Configuration
    P audit-ci.json audit-ci.jsonc | audit-ci: README
    P .nsprc | better-npm-audit: README
    P .github/dependency-review-config.yml .github/dependency-review-config.yaml dependency-review-config.yml | dependency-review-action: README
    P .semgrepignore .semgrep.yml .semgrep/** | Semgrep: Ignore files; Rules
    P .checkov.yaml .checkov.yml .tfsec/** .hadolint.yaml | Checkov, tfsec, Hadolint: configuration
    P sonar-project.properties .sonarcloud.properties | SonarQube: Analysis parameters, exclusions
    P .codacy.yml .codeclimate.yml | Codacy, Code Climate: configuration file
    P .github/codeql/** .github/codeql-config.yml | GitHub: Code scanning configuration file
    P .safety-policy.yml .pyup.yml .whitesource | Safety: Policy file; Mend: .whitesource
    P .hookkit/** | hookkit: Policy
    PA .coderabbit.yaml .coderabbit.yml | CodeRabbit: Configuration reference
    PA .pr_agent.toml | Qodo Merge: Configuration
    PA greptile.json .greptile/** | Greptile: Configuration
    PA .sourcery.yaml | Sourcery: Configuration
    A claude.md claude.local.md | Claude Code: Memory
    A skill.md | Agent Skills: Specification
    A .claudeignore | Claude Code: Settings
    AX .claude/** .claude.json claude_desktop_config.json | Claude Code: Settings, hooks, permissions
    AX .claude-plugin/** hooks/hooks.json | Claude Code: Plugins reference
    AX .mcp.json mcp.json .mcp/** .github/mcp.json | Claude Code, Model Context Protocol: MCP servers of a project
    A agents.md agents.override.md agent.md agents.local.md | AGENTS.md: Specification; Codex: Custom instructions with AGENTS.md
    AX .agents/** .agent/** | Agent Skills: Specification; Gemini CLI: Agent skills, ".agents/skills" 2026-11-30
    AX .vscode/mcp.json | VS Code: Use MCP servers
    A copilot.md copilot-instructions.md .github/instructions/** *.instructions.md | GitHub Copilot: Repository custom instructions
    A .github/prompts/** *.prompt.md .github/chatmodes/** *.chatmode.md *.agent.md | VS Code: Prompt files; Custom agents
    AX .github/agents/** .github/hooks/** .github/copilot/** .github/skills/** .github/plugin/** .copilot/** | GitHub Copilot: Custom agents; Hooks; Skills
    AX .github/workflows/copilot-setup-steps.yml | GitHub Copilot: Customize the agent environment
    A .cursorrules .cursorignore .cursorindexingignore | Cursor: Rules; Ignore files
    AX .cursor/** .cursor-plugin/** | Cursor: Rules; MCP; Hooks; Cloud agent environment
    A gemini.md .geminiignore .aiexclude | Gemini CLI: Context files; Ignoring files 2026-11-30
    AX .gemini/** gemini-extension.json | Gemini CLI: Configuration; Custom commands; Skills; Extensions 2026-11-30
    AX .jules/** .antigravity/** | Jules; Antigravity: Rules and workflows
    AX .codex/** .codex-plugin/** | Codex: Configuration reference; Skills
    A .windsurfrules .codeiumignore | Windsurf: Memories and rules
    AX .windsurf/** .devin/** .codeium/** | Windsurf: Workflows; Hooks; Devin: Repository setup
    A .clinerules .clinerules/** .clineignore | Cline: Rules 2026-11-30
    AX .cline/** | Cline: Skills; MCP 2026-11-30
    A .roorules .roorules-* .roomodes .rooignore | Roo Code: Custom instructions; Custom modes 2026-11-30
    AX .roo/** | Roo Code: Custom instructions; MCP 2026-11-30
    A .kilocoderules .kilocoderules-* .kilocodemodes .kilocodeignore | Kilo Code: Custom rules 2026-11-30
    AX .kilocode/** .kilo/** kilo.json kilo.jsonc | Kilo Code: Custom rules; Workflows; MCP 2026-11-30
    A .aider.conf.yml .aider.conf.yaml .aiderignore | aider: YAML config file, "lint-cmd"
    A knowledge.md | Codebuff: Knowledge files
    AX codebuff.json .codebuff/** | Codebuff: Startup processes
    A .junie/** | Junie: Guidelines and memory
    A .aiassistant/** .aiignore | JetBrains AI Assistant: Project rules
    A .augment/** .augment-guidelines .augmentignore | Augment: Rules and guidelines
    A .rules | Zed: Rules
    AX .zed/agents.json | Zed: External agents
    AX .kiro/** | Kiro: Steering; Hooks; MCP
    AX .amazonq/** | Amazon Q Developer: Project rules; MCP
    AX .opencode/** opencode.json opencode.jsonc | OpenCode: Config; Plugins
    AX .continue/** .continuerc.json | Continue: Configuration
    A qwen.md | Qwen Code: Context files
    AX .qwen/** | Qwen Code: Configuration
    AX .factory/** | Factory: Settings; Hooks; Custom droids
    AX .amp/** | Amp: Manual, toolboxes and permissions
    AX .trae/** | Trae: Rules
    A .openhands_instructions | OpenHands: Repository customization
    AX .openhands/** | OpenHands: Repository customization, "setup.sh", hooks 2026-11-30
    A crush.md crush.local.md .crushignore | Crush: README 2026-11-30
    AX crush.json .crush.json .crush/** .crushrc crushrc | Crush: README, "Configuration" 2026-11-30
    AX .pi/** | Pi: Changelog, project resources, extensions 2026-11-30
    AX .vibe/** | Mistral Vibe: README, agents, skills, project config 2026-11-30
    AX .kimi/** | Kimi CLI: Agent skills of a project 2026-11-30
    AX .grok/** | Grok CLI: README
    A soul.md memory.md identity.md heartbeat.md | Hermes Agent, OpenClaw: Workspace files
    AX .hermes/** .openclaw/** | Hermes Agent; OpenClaw: Configuration
    A .goosehints .gooseignore | goose: Providing hints; Ignore files
    AX .goose/** | goose: Recipes; Memory
    A iflow.md | iFlow CLI: Memory
    AX .iflow/** | iFlow CLI: Configuration
    AX .rovodev/** | Rovo Dev CLI: Configuration, subagents
    A .qoderignore | Qoder: Ignore files
    AX .qoder/** | Qoder: Rules 2026-11-30
    A .bobrules .bobrules-* .bobignore | IBM Bob: Rules
    AX .bob/** | IBM Bob: Rules; Skills; MCP
    A codebuddy.md | CodeBuddy: Directory structure 2026-11-30
    AX .codebuddy/** | CodeBuddy: Directory structure, settings, rules, hooks 2026-11-30
    AX .zencoder/** | Zencoder: Zen rules
    AX .omo/** .sisyphus/** | Oh My OpenCode: Configuration
    AX .entire/** | Entire: CLI, settings 2026-11-30
    AX .specify/** | Spec Kit: README, scripts and templates 2026-11-30
    A replit.md | Replit: replit.md
    A warp.md | Warp: Rules
    AX .warp/** | Warp: Workflows; Launch configurations
    A .ruler/** .rulesync/** rulesync.jsonc | Ruler; Rulesync: README 2026-11-30
    A .tabnine/** .lingma/** .comate/** .bolt/** .cody/** .sourcegraph/** | Tabnine: Guidelines; Lingma, Comate, Bolt, Cody: rules
    AX conductor.json .conductor/** .superset/** | Conductor: Scripts; Superset: Setup scripts
    AX .taskmaster/** .serena/** .bmad-core/** | Task Master; Serena; BMAD: project files
    AX .firebender/** firebender.json | Firebender: Rules; MCP
    AX forge.yaml .forge/** | ForgeCode: Configuration
    AX gptme.toml | gptme: Project configuration
    V vendor/** | Go: Modules reference, "Vendoring"; Composer: vendor; Bundler: vendor/bundle
    V third_party/** third-party/** thirdparty/** 3rdparty/** | Chromium: Adding third-party libraries; Bazel: Best practices
    V *.tgz *.tar.gz *.tar.bz2 *.tar.xz *.tar.zst | npm: npm pack; Python Packaging: Source distribution format
    V dist/*.js dist/*.cjs dist/*.mjs | GitHub: Metadata syntax, "runs.main"
    """#
}
