import Primitives

/// An object name of one repeated byte.
func id(_ byte: UInt8) -> ObjectID {
  ObjectID(raw: [UInt8](repeating: byte, count: ObjectID.byteCount)) ?? .zero
}
