/// How a file is written.
public enum Syntax: String, CaseIterable, Sendable {
  case json
  /// JSON with comments and trailing commas.
  case jsonc
  case json5
  case toml
  /// The subset of YAML 1.2 that `YAMLSyntax` describes.
  case yaml
  /// The same with anchors, aliases and tags, which are shown as they are written.
  case yamlWithReferences = "yaml-with-references"
  /// yarn's own indented lines, up to yarn 1.
  case syml
  /// What hookkit does not look into: such a file is always opaque.
  case binary
  /// One value a line; lines that begin with `#` are comments.
  case lines
  /// One value a line, without comments.
  case plainLines = "plain-lines"
  /// A name and a value a line.
  case wordLines = "word-lines"
  /// pip's lines, with its comments and continuations.
  case requirements
  /// Lines whose indentation nests them.
  case indentedText = "indented-text"
  /// `configparser`'s INI files, of Python's tools.
  case ini
  /// npm's INI files.
  case npmrc
  /// git's configuration.
  case gitConfig = "git-config"
  /// Java's properties.
  case properties
  case goMod = "go-mod"
  case cabal
  case hcl
  case xml
  /// Literal terms of Elixir.
  case elixir
  /// Literal terms of Erlang.
  case erlang
  /// Clojure's data.
  case edn
  /// Zig's data.
  case zon
  /// Any text, line by line, which hookkit shows and does not understand.
  case text

  /// Whether all values of one key are put into an array, wherever they stand in the file.
  public var groupsRepeatedKeys: Bool {
    self == .xml || self == .requirements || self == .indentedText
  }

  /// Reads a whole file.
  public func read(
    _ bytes: [UInt8], limits: ReadingLimits = ReadingLimits()
  ) throws(Unread) -> Document {
    switch self {
    case .json: try JSONSyntax.read(bytes, limits: limits)
    case .jsonc: try JSONSyntax.read(bytes, allowsComments: true, limits: limits)
    case .json5: try JSON5Syntax.read(bytes, limits: limits)
    case .toml: try TOMLSyntax.read(bytes, limits: limits)
    case .yaml: try YAMLSyntax.read(bytes, limits: limits)
    case .yamlWithReferences:
      try YAMLSyntax.read(bytes, keepsReferences: true, limits: limits)
    case .syml: try SYMLSyntax.read(bytes, limits: limits)
    case .binary: throw Unread(.binary, at: 0)
    case .lines: try LinesSyntax.read(bytes, comments: .hash, limits: limits)
    case .plainLines: try LinesSyntax.read(bytes, comments: .none, limits: limits)
    case .wordLines: try WordLinesSyntax.read(bytes, limits: limits)
    case .requirements: try RequirementsSyntax.read(bytes, limits: limits)
    case .indentedText: try IndentedTextSyntax.read(bytes, limits: limits)
    case .ini: try INISyntax.read(bytes, dialect: .configParser, limits: limits)
    case .npmrc: try INISyntax.read(bytes, dialect: .npm, limits: limits)
    case .gitConfig: try GitConfigSyntax.read(bytes, limits: limits)
    case .properties: try PropertiesSyntax.read(bytes, limits: limits)
    case .goMod: try GoModSyntax.read(bytes, limits: limits)
    case .cabal: try CabalSyntax.read(bytes, limits: limits)
    case .hcl: try HCLSyntax.read(bytes, limits: limits)
    case .xml: try XMLSyntax.read(bytes, limits: limits)
    case .elixir: try TermSyntax.read(bytes, language: .elixir, limits: limits)
    case .erlang: try TermSyntax.read(bytes, language: .erlang, limits: limits)
    case .edn: try EDNSyntax.read(bytes, limits: limits)
    case .zon: try ZonSyntax.read(bytes, limits: limits)
    case .text: try TextSyntax.read(bytes, limits: limits)
    }
  }
}
