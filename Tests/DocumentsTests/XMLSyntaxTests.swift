import Documents
import Foundation
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("XML")
struct XMLSyntaxTests {
  @Test("elements are arrays under their names; attributes and text have names of their own")
  func elements() throws {
    #expect(
      try tree(
        .xml,
        """
        \u{feff}<?xml version='1.0' encoding="utf-8" standalone="yes"?>
        <!-- head -->
        <p a="1" b='&lt;&#x41;&#66;'>
          <d><g>x</g></d><e/>
          <d>a<!-- no -->b<![CDATA[<c>&amp;]]>&amp;&quot;&apos;&gt;</d>
          tail
        </p >
        """)
        == #"{p: {@a: "1", @b: "<AB", d: [{g: ["x"]}, "ab<c>&amp;&"'>"], e: [""], #text: "\#n  tail\#n"}}"#
    )
  }

  @Test("the range of an array does not reach over other elements")
  func ranges() throws {
    let text = "<p><a>1</a><a>2</a><b/><a>3</a></p>"
    let document = try Syntax.xml.read(Array(text.utf8), limits: ReadingLimits())
    let p = try #require(document.child("p", of: .root))
    let a = try #require(document.child("a", of: p))
    let bytes = Array(text.utf8)
    #expect(String(decoding: bytes[document.range(a)], as: UTF8.self) == "<a>1</a><a>2</a>")
    let texts = document.children(a).map {
      String(decoding: bytes[document.range($0)], as: UTF8.self)
    }
    #expect(texts == ["<a>1</a>", "<a>2</a>", "<a>3</a>"])
  }

  static let refused: [(String, Unread.Reason)] = [
    ("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]><a>&b;</a>", .unsupported),
    ("<a><?php x?></a>", .unsupported), ("<?xml-stylesheet href='a'?><a/>", .unsupported),
    ("<a>&b;</a>", .unsupported), ("<a>&#0;</a>", .unexpected), ("<a>&#xd800;</a>", .unexpected),
    ("<a>&#xffff;</a>", .unexpected), ("<a>&amp and so on and on</a>", .unexpected),
    ("<a>&</a>", .truncated),
    ("<a b='1' b='2'/>", .duplicateKey), ("<a b='1'c='2'/>", .unexpected),
    ("<a b=1/>", .unexpected),
    ("<a b='<'/>", .unexpected), ("<a b/>", .unexpected), ("<a></b>", .unexpected),
    ("<a>", .truncated), ("<a", .truncated), ("<a b='", .truncated), ("<a/><b/>", .unexpected),
    ("<a/>text", .unexpected), ("", .truncated), ("text", .unexpected), ("<a>]]></a>", .unexpected),
    ("<a><!-- -- --></a>", .unexpected), ("<a><!-- </a>", .truncated),
    ("<a><![CDATA[</a>", .truncated), ("<1/>", .unexpected), ("<\u{430}/>", .unsupported),
    ("<?xml version='1.1'?><a/>", .unsupported), ("<?xml encoding='utf-8'?><a/>", .unexpected),
    ("<?xml version='1.0' encoding='utf-16'?><a/>", .unsupported),
    ("<?xml version='1.0' encoding='latin1'?><a/>", .unsupported),
    ("<?xml version='1.0' encoding='iso-8859-1'?><a>\u{e9}</a>", .unsupported),
    (" <?xml version='1.0'?><a/>", .unsupported), ("<a>\u{0}</a>", .controlCharacter),
    ("<a>\n<<<<<<< HEAD\n</a>", .conflictMarker), ("<a>\u{ffff}</a>", .unexpected),
    (String(repeating: "<a>", count: 200), .tooDeep),
  ]

  @Test("everything that XML allows and no dependency file needs is refused", arguments: refused)
  func refusals(text: String, reason: Unread.Reason) {
    #expect(refusal(.xml, text) == reason)
  }

  @Test("a character may not be a billion of them, nor a name one of a billion")
  func bombs() {
    let names = (0..<100_000).map { "<a\($0)/>" }.joined()
    #expect(refusal(.xml, "<p>\(names)</p>") == nil)
    let pieces = String(repeating: "x<!---->", count: 100_000)
    #expect(refusal(.xml, "<p>\(pieces)</p>") == nil)
    #expect(refusal(.xml, "<p>\(String(repeating: "x<b/>", count: 100_000))</p>") == nil)
  }

  // MARK: The library's reading

  static let readByBoth = [
    "<a/>", "<a></a>", "<a> </a>", "<a b=''/>", "<a b=' \n\tx '>y</a>", "<a>x<b/>y<b>z</b></a>",
    "<a>&#13;&#10;\r\n&#9;</a>", "<a b='&#10;&#13;\r\n'/>", "<a><![CDATA[ ]]></a>",
    "<a>x<!-- c --><![CDATA[]]]]><![CDATA[>]]></a>", "<n:a n:b='1' xmlns:n='u'><n:c/></n:a>",
    "<a>\u{e9}\u{1f600}&#x1f600;</a>", "<a b=\"'\" c='\"'/>", "<a><b>1</b><c/><b x='2'/></a>",
    "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<a>x</a>\n<!-- end -->\n",
    "<a>\n  <b>\n    text\n  </b>\n</a>", "<a.b-c_d>x</a.b-c_d  >", "<a  b = '1' ></a >",
  ]

  /// The tree with the members of each object in order: attributes are in none in the oracle.
  static func sortedTree(_ text: String) throws -> String {
    let document = try Syntax.xml.read(Array(text.utf8), limits: ReadingLimits())
    func string(_ text: Text) -> String {
      String(decoding: document.bytes(text), as: UTF8.self)
    }
    func tree(_ node: NodeID) -> String {
      switch document.kind(node) {
      case .object:
        let members = document.children(node).map { "\(string(document.key($0))): \(tree($0))" }
        return "{\(members.sorted().joined(separator: ", "))}"
      case .array: return "[\(document.children(node).map(tree).joined(separator: ", "))]"
      case .string, .bare: return "\"\(string(document.text(node)))\""
      }
    }
    return tree(.root)
  }

  @Test("Foundation's XMLParser reads the same tree", arguments: readByBoth)
  func sameTree(text: String) throws {
    #expect(try Self.sortedTree(text) == Oracle.tree(text))
  }

  @Test("what XMLParser refuses is refused", arguments: refused.map(\.0))
  func atLeastAsStrict(text: String) {
    // The other way round does not hold: ours is stricter.
    if Oracle.tree(text) == nil { #expect(refusal(.xml, text) != nil) }
  }

  @Test("changed bytes are read by both alike, or not by ours")
  func mutations() {
    var random = SplitMix(state: 7)
    let alphabet = Array("<>/&;#!-[]'\"= \nabx1".utf8)
    var readings = 0
    for seed in Self.readByBoth {
      for _ in 0..<150 {
        var bytes = Array(seed.utf8)
        for _ in 0...Int(random.next() % 2) {
          let place = Int(random.next() % UInt64(bytes.count))
          let byte = alphabet[Int(random.next() % UInt64(alphabet.count))]
          switch random.next() % 3 {
          case 0: bytes[place] = byte
          case 1: bytes.insert(byte, at: place)
          default: if bytes.count > 1 { bytes.remove(at: place) }
          }
        }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let ours = try? Self.sortedTree(text) else { continue }
        readings += 1
        #expect(ours == Oracle.tree(text), "\(text.debugDescription)")
      }
    }
    #expect(readings > 100)
  }
}

/// Numbers that are the same on every run (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators").
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }
}

/// A document as Foundation's parser reports it, written like `ReadFile.tree`.
private final class Oracle: NSObject, XMLParserDelegate {
  private final class Element {
    let name: String
    let attributes: [(String, String)]
    var children: [Element] = []
    var segments = [""]

    init(name: String, attributes: [(String, String)]) {
      self.name = name
      self.attributes = attributes
    }

    var tree: String {
      if attributes.isEmpty, children.isEmpty { return "\"\(segments.joined())\"" }
      var members = attributes.map { "@\($0.0): \"\($0.1)\"" }
      var names: [String] = []
      for child in children where !names.contains(child.name) { names.append(child.name) }
      for name in names {
        let list = children.filter { $0.name == name }.map(\.tree)
        members.append("\(name): [\(list.joined(separator: ", "))]")
      }
      let text = segments.filter { !$0.utf8.allSatisfy { [9, 10, 13, 32].contains($0) } }.joined()
      if !text.isEmpty { members.append("#text: \"\(text)\"") }
      return "{\(members.sorted().joined(separator: ", "))}"
    }
  }

  private var open: [Element] = []
  private var root: Element?

  /// `nil` when the parser refuses the text.
  static func tree(_ text: String) -> String? {
    let parser = XMLParser(data: Data(text.utf8))
    let oracle = Oracle()
    parser.delegate = oracle
    guard parser.parse(), let root = oracle.root else { return nil }
    return "{\(root.name): \(root.tree)}"
  }

  func parser(
    _: XMLParser, didStartElement name: String, namespaceURI _: String?,
    qualifiedName _: String?, attributes: [String: String]
  ) {
    let element = Element(
      name: name, attributes: attributes.map { ($0.key, $0.value) })
    open.last?.children.append(element)
    open.last?.segments.append("")
    open.append(element)
  }

  func parser(
    _: XMLParser, didEndElement _: String, namespaceURI _: String?, qualifiedName _: String?
  ) {
    let element = open.removeLast()
    if open.isEmpty { root = element }
  }

  func parser(_: XMLParser, foundCharacters text: String) {
    guard let element = open.last else { return }
    element.segments[element.segments.count - 1] += text
  }

  func parser(_: XMLParser, foundCDATA data: Data) {
    guard let element = open.last else { return }
    element.segments[element.segments.count - 1] += String(decoding: data, as: UTF8.self)
  }
}
