internal import Foundation
internal import FuzzTargets

/// libFuzzer's own loop, for programs that have a `main` already (FuzzerInterface.h).
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ argumentCount: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ testOneInput: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The reader under test: the one that `HOOKKIT_FUZZ_TARGET` names.
private let target: FuzzTarget? = {
  let name = ProcessInfo.processInfo.environment["HOOKKIT_FUZZ_TARGET"] ?? ""
  return fuzzTargets.first { $0.name == name }
}()

guard target != nil else {
  let names = fuzzTargets.map(\.name).joined(separator: " ")
  FileHandle.standardError.write(Data("HOOKKIT_FUZZ_TARGET is one of: \(names)\n".utf8))
  exit(2)
}
var argumentCount = CommandLine.argc
var arguments = CommandLine.unsafeArgv
exit(
  runDriver(&argumentCount, &arguments) { start, count in
    target?.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
  })
