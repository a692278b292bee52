#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The first place of `byte` at or behind `start`: memchr(3), the hottest loop of reading a tree.
@inline(__always)
func memoryIndex(of byte: UInt8, in raw: UnsafeRawBufferPointer, from start: Int) -> Int? {
  guard start < raw.count, let base = raw.baseAddress,
    let found = memchr(base + start, Int32(byte), raw.count - start)
  else { return nil }
  return UnsafeRawPointer(found) - base
}

/// memcmp(3) over `count` bytes, which the caller knows to be there.
@inline(__always)
func compareBytes(
  _ left: UnsafeRawBufferPointer, _ leftStart: Int, _ right: UnsafeRawBufferPointer,
  _ rightStart: Int, _ count: Int
) -> Int {
  guard count > 0, let leftBase = left.baseAddress, let rightBase = right.baseAddress else {
    return 0
  }
  return Int(memcmp(leftBase + leftStart, rightBase + rightStart, count))
}

/// How many bytes of both buffers are the same, from the given places on and at most `count`.
func commonPrefix(
  _ left: UnsafeRawBufferPointer, _ leftStart: Int, _ right: UnsafeRawBufferPointer,
  _ rightStart: Int, _ count: Int
) -> Int {
  var same = 0
  while same + 8 <= count {
    let difference =
      left.loadUnaligned(fromByteOffset: leftStart + same, as: UInt64.self)
      ^ right.loadUnaligned(fromByteOffset: rightStart + same, as: UInt64.self)
    guard difference == 0 else {
      return same + UInt64(littleEndian: difference).trailingZeroBitCount / 8
    }
    same += 8
  }
  while same < count, left[leftStart + same] == right[rightStart + same] { same += 1 }
  return same
}
