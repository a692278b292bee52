internal import Primitives

/// A place in one text: both numbers count from 1, and a column counts bytes.
package struct SourcePosition: Hashable, Sendable {
  package let line: Int
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The first byte of a text.
  package static let start = SourcePosition(line: 1, column: 1)
}

/// A place in one policy layer.
package struct SourceLocation: Hashable, Sendable {
  /// Which layer it is.
  package let layer: PolicyLayer.Kind
  /// What the layer is called in messages, for example its path.
  package let name: String
  package let position: SourcePosition

  package init(layer: PolicyLayer.Kind, name: String, position: SourcePosition) {
    self.layer = layer
    self.name = name
    self.position = position
  }
}

extension SourceLocation: CustomStringConvertible {
  /// `name:line:column`, escaped, as compilers print it.
  package var description: String {
    "\(Escaped.text(name.utf8)):\(position.line):\(position.column)"
  }
}
