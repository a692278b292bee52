import Documents
import Lockfiles
import TestSupport
import Testing

@Suite("deps.edn")
struct ClojureDependenciesTests {
  @Test("a coordinate is an entry, in the project's list or in an alias's")
  func entries() throws {
    let file = try ReadFile(
      "deps-edn",
      """
      {:paths ["src"]
       :deps {a/b {:mvn/version "1.0" :exclusions [x/y]}
              io.github.acme/lib {:git/tag "v1" :git/sha "0a1b"}
              c/d #:git{:url "https://git.example/d" :sha "0c"}
              e/f {:local/root "../f"}
              g/h nil}
       :aliases {:test {:extra-deps {a/b {:mvn/version "2.0"}} :exec-fn x/y}
                 :bare [1 2]}}
      """)
    #expect(
      file.entries == [
        "a/b: a/b 1.0 registry direct",
        "io.github.acme/lib: io.github.acme/lib v1 git https://github.com/acme/lib #0a1b direct",
        "c/d: c/d  git https://git.example/d #0c direct", "e/f: e/f  path ../f direct",
        ":test :extra-deps a/b: a/b 2.0 registry development direct",
      ])
  }
}
