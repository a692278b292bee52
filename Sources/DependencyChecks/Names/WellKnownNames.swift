internal import Lockfiles

/// Names that are close to others and imitate none: each stands in the locks of unrelated public projects beside
/// the one that it is close to, or is as old. A new one is not reported (HK226), and nothing is compared with
/// them.
enum WellKnownNames {
  static func list(of ecosystem: Ecosystem) -> StaticString? {
    switch ecosystem {
    case .npm: npm
    case .pypi: pypi
    case .cargo: cargo
    case .gem: gems
    default: nil
    }
  }

  private static let npm: StaticString = """
    asn1.js
    asn1js
    asynckit
    bare-fs
    bare-os
    binary-extensions
    binaryextensions
    browserify-aes
    browserify-des
    callsite
    callsites
    camel-case
    camelcase
    color
    colord
    d3-time
    d3-timer
    dedent
    detective-sass
    detective-scss
    duplexer
    duplexer2
    duplexer3
    enquirer
    esutils
    extend
    gaxios
    get-proto
    get-value
    has-value
    has-values
    http-proxy-agent
    https-proxy-agent
    is-object
    is-regex
    is-regexp
    is-stream
    is-typed-array
    is-typedarray
    isobject
    isstream
    jest-diff
    json-schema
    jsonschema
    just-diff
    make-error
    makeerror
    npm-run-all2
    nprogress
    object-assign
    object.assign
    one-time
    onetime
    pascal-case
    pascalcase
    postcss-value-parser
    postcss-values-parser
    progress
    query-string
    redent
    safe-buffer
    safe-regex
    safe-regex2
    safer-buffer
    set-proto
    set-value
    simple-get
    simple-git
    sockjs
    socks
    split
    split2
    stable
    stream-combiner
    stream-combiner2
    synckit
    table
    through
    trough
    tsutils
    word-wrap
    wordwrap
    xml-js
    xtend
    """

  private static let pypi: StaticString = """
    cattrs
    cchardet
    markdown2
    pathlib2
    pyaml
    unittest2
    """

  private static let cargo: StaticString = """
    adler2
    adler32
    bit-vec
    bitvec
    inotify
    manyhow
    proc-macro-error
    proc-macro-error-attr
    proc-macro-error-attr2
    proc-macro-error2
    """

  private static let gems: StaticString = """
    colored
    colored2
    """
}
