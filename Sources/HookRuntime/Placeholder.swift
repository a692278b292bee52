internal import Git
internal import Signing
package func runHook() -> Int32 {
  _ = ed([]); let a = initGit(); return a + openGit(CommandLine.arguments[1])
}
