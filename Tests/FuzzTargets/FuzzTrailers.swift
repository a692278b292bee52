internal import Primitives
internal import Signals

/// A message has trailers that lie within it, in order, and signals that other text around it does
/// not take away.
///
/// What stands before the first NUL is the author's name and address too.
@Sendable package func fuzzTrailers(_ bytes: [UInt8]) {
  checkTrailers(bytes)
  checkSignals(bytes)
  checkCatalog(bytes)
}

private func checkTrailers(_ message: [UInt8]) {
  let trailers = Trailers(of: message)
  precondition(trailers.block.upperBound <= message.count, "a block outside the message")
  var end = trailers.block.lowerBound
  for trailer in trailers.trailers {
    precondition(trailer.key.lowerBound >= end && !trailer.key.isEmpty, "a key out of place")
    precondition(trailer.key.upperBound < trailer.value.lowerBound, "a value before its key")
    precondition(trailer.value.upperBound <= trailers.block.upperBound, "a value outside the block")
    precondition(
      !Trailers.unfolded(message[trailer.value]).contains(0x0a), "a line feed that was unfolded")
    end = trailer.value.upperBound
  }
}

private func checkSignals(_ message: [UInt8]) {
  let head = message.prefix { $0 != 0 }.prefix(512)
  let author = Ident(name: head, email: head)
  func signals(_ message: [UInt8]) -> [Signal] {
    do throws(MessageTooLarge) {
      return try SignalCatalog.builtIn.signals(
        author: author, committer: Ident(name: [], email: []), message: message[...])
    } catch {
      preconditionFailure("a message of \(error.count) bytes")
    }
  }
  let found = signals(message)
  let ids = Set(SignalCatalog.builtIn.ids)
  for signal in found {
    precondition(signal.quote.count <= Signal.quoteLimit, "a quote that is too long")
    precondition(
      signal.id.split(separator: ".").first.map { ids.contains(String($0)) } == true,
      "a signal of no entry")
  }
  precondition(Set(found.map(\.id)).count == found.count, "the same signal twice")

  guard let highest = found.highestGrade else { return }
  let below = signals(Array("Title\n\nText.\n\n".utf8) + message).highestGrade
  precondition(below.map { $0 >= highest } == true, "text in front of it lowered a signal")
  // Git's block may move off a fenced line, and then the fence counts.
  let above = signals(message + Array("\n\nText.\n".utf8)).highestGrade
  precondition(
    above.map { $0 >= Swift.min(highest, .suspected) } == true, "text behind it lowered a signal")
}

private func checkCatalog(_ bytes: [UInt8]) {
  let catalog: SignalCatalog
  do throws(CatalogError) { catalog = try SignalCatalog(reading: bytes) } catch {
    precondition(
      error.description.utf8.allSatisfy { (0x20...0x7e).contains($0) },
      "a message with control characters")
    return
  }
  let extended = SignalCatalog.builtIn.extended(by: catalog)
  precondition(extended.extended(by: catalog).compact == extended.compact, "laid twice, it differs")
}
