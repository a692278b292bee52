internal import Primitives
internal import Signing

/// Whom a policy knows: by which table, and what every kind has.
protocol Enrollable: Sendable {
  /// The word before its name: `people`.
  static var table: String { get }
  static var rows: [PolicyRow<Enrolment<Self>>] { get }
  /// Whether only a layer that may enrol people adds one.
  static var isDelegated: Bool { get }
  static func id(_ index: Int) -> PrincipalID
  static func index(of id: PrincipalID) -> Int?
  init(name: String, location: SourceLocation)

  var emails: [[UInt8]] { get set }
  var accounts: [[UInt8]] { get set }
  var keys: [PublicKey] { get set }
  var access: Access { get set }
  var expires: Int64? { get set }
  var isRevoked: Bool { get set }
}

extension Person: Enrollable {
  static var table: String { "people" }
  static var isDelegated: Bool { true }
  static func id(_ index: Int) -> PrincipalID { .person(index) }
  static func index(of id: PrincipalID) -> Int? {
    if case .person(let index) = id { index } else { nil }
  }
}

extension Agent: Enrollable {
  static var table: String { "agents" }
  /// Another agent only ever asks for more.
  static var isDelegated: Bool { false }
  static func id(_ index: Int) -> PrincipalID { .agent(index) }
  static func index(of id: PrincipalID) -> Int? {
    if case .agent(let index) = id { index } else { nil }
  }
}

extension Service: Enrollable {
  static var table: String { "services" }
  static var isDelegated: Bool { true }
  static func id(_ index: Int) -> PrincipalID { .service(index) }
  static func index(of id: PrincipalID) -> Int? {
    if case .service(let index) = id { index } else { nil }
  }
}

/// One of them while a layer is read.
struct Enrolment<Enrolled> {
  var enrolled: Enrolled
  var claims = Claims()
  let id: PrincipalID
  /// Whether no layer above enrols it.
  let isNew: Bool

  /// Those of the values that are new to it.
  mutating func claim<Value>(_ all: [Form.Claimed<Value>]) throws(PolicyError) -> [Value] {
    var new: [Value] = []
    for (value, claim) in all where try claims.claim(claim, for: id) { new.append(value) }
    return new
  }
}

extension Enrollable {
  /// Adds those of one layer, and what it says of those that the layers above enrolled.
  static func enrol(
    _ tables: [(name: String, table: PolicyTable)], among all: inout [Self],
    _ claims: inout Claims
  ) throws(PolicyError) {
    for (name, view) in tables {
      let known = claims.holder(.name, name.utf8).flatMap(index(of:))
      if known == nil {
        let location = view.layer.location(view.position)
        guard view.reading.mayEnrol || !isDelegated else {
          throw PolicyError(.notDelegated("\(table).\(name)"), at: location)
        }
        try claims.claim(
          name: name, label: "\(table).\(name)", for: id(all.count), at: location)
        all.append(Self(name: name, location: location))
      }
      let index = known ?? all.count - 1
      var enrolment = Enrolment(enrolled: all[index], id: id(index), isNew: known == nil)
      // Handed over, because a copy for each of many people would cost the square of their number.
      swap(&claims, &enrolment.claims)
      try view.read(rows, into: &enrolment, isWhole: enrolment.isNew)
      swap(&claims, &enrolment.claims)
      all[index] = enrolment.enrolled
    }
  }
}
