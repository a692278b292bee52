internal import Primitives

/// A path or a configured value as a terminal may show it.
func shown(_ text: String) -> String { Escaped.text(Array(text.utf8), limit: 1024) }
