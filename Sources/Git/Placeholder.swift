internal import CGit2
package func initGit() -> Int32 { git_libgit2_init() }
package func openGit(_ p: String) -> Int32 {
  var r: OpaquePointer?; return git_repository_open(&r, p)
}
