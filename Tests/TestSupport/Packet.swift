/// A frame of git's protocol around some bytes (gitprotocol-common(5), "pkt-line Format"), written
/// without the code under test.
package func packet(_ payload: some Collection<UInt8>) -> [UInt8] {
  let count = String(payload.count + 4, radix: 16)
  return Array((String(repeating: "0", count: 4 - count.count) + count).utf8) + payload
}

/// The same around a text.
package func packet(_ text: String) -> [UInt8] { packet(Array(text.utf8)) }
