/// What a format says about the values of its files, for walks from the root downwards.
///
/// The rules of a format are one automaton whose states are made when they are first reached, so that a
/// step costs the same whatever the file holds. A state stands for everything that the rules can tell
/// about the paths that lead to it.
package struct KeyMeanings {
  /// Names a state; `root` is that of the whole file.
  package typealias State = Int

  package static let root: State = 0

  private enum Kind {
    case keyClass(KeyClass)
    case neutral(ValueForm)
    case order
  }

  private enum Segment: Equatable {
    case key([UInt8])
    case anyKey
    case element
    /// Either of them.
    case any
    /// Whatever lies below, at the end of a rule.
    case rest
  }

  private struct Rule {
    let kind: Kind
    let segments: [Segment]
  }

  private struct Position: Hashable {
    let rule: Int
    let place: Int
  }

  private struct Table {
    let positions: [Position]
    let keyClass: KeyClass
    /// What a value has to look like to be neutral; `nil` where none is.
    let neutral: ValueForm?
    let isBelowNeutral: Bool
    let distinguishes: Bool
    let isOrderFree: Bool
    let isOrderFreeBelow: Bool
    /// The states behind keys that rules name here.
    var named: [(key: [UInt8], state: State?)]
    var other: State?
    var element: State?
  }

  /// In the order in which they count.
  private let rules: [Rule]
  private let otherKeys: KeyClass
  private var tables: [Table] = []
  private var states: [[Position]: State] = [:]

  package init(_ format: Format) {
    var rules: [Rule] = []
    for rule in format.keys {
      for path in rule.paths {
        rules.append(Rule(kind: .keyClass(rule.keyClass), segments: Self.segments(path)))
      }
    }
    for key in format.neutral {
      for path in key.paths {
        rules.append(
          Rule(
            kind: .neutral(key.form),
            segments: Self.segments(path).map { $0 == .any ? .anyKey : $0 }))
      }
    }
    for path in format.freeOrder.flatMap(\.paths) {
      rules.append(Rule(kind: .order, segments: Self.segments(path)))
    }
    self.rules = rules
    otherKeys = format.otherKeys
    _ = state(rules.indices.map { Position(rule: $0, place: 0) }, isBelowNeutral: false)
  }

  private static func segments(_ path: [[UInt8]]) -> [Segment] {
    path.map { segment in
      switch segment {
      case [UInt8(ascii: "*")]: .any
      case [UInt8(ascii: "*"), UInt8(ascii: "*")]: .rest
      case [UInt8(ascii: "["), UInt8(ascii: "]")]: .element
      default: .key(segment)
      }
    }
  }

  // MARK: Answers

  /// The class of a value that is not neutral.
  package func keyClass(_ state: State) -> KeyClass {
    let table = tables[state]
    // Where a scalar was meant, nothing is known of what another value does.
    guard table.neutral == nil, !table.isBelowNeutral else {
      return KeyClass.unknown.strictest(otherKeys)
    }
    return table.keyClass
  }

  /// What a value may decide at worst, wherever it stands.
  package var strictestClass: KeyClass {
    rules.reduce(KeyClass.unknown.strictest(otherKeys)) { result, rule in
      if case .keyClass(let own) = rule.kind { result.strictest(own) } else { result }
    }
  }

  /// What a value has to look like where the allow-list names this very place.
  package func neutralForm(_ state: State) -> ValueForm? { tables[state].neutral }

  /// Whether rules could tell values below apart.
  package func distinguishes(below state: State) -> Bool { tables[state].distinguishes }

  /// Whether the order of an object's members means nothing.
  package func isOrderFree(_ state: State) -> Bool { tables[state].isOrderFree }

  /// Whether that is so for all objects below as well.
  package func isOrderFree(below state: State) -> Bool { tables[state].isOrderFreeBelow }

  // MARK: Steps

  /// The state of the value under a key.
  package mutating func member(of state: State, _ key: UnsafeRawBufferPointer) -> State {
    for (place, named) in tables[state].named.enumerated()
    where named.key.count == key.count && named.key.elementsEqual(key) {
      if let next = named.state { return next }
      let next = step(from: state, named.key)
      tables[state].named[place].state = next
      return next
    }
    if let next = tables[state].other { return next }
    let next = step(from: state, nil)
    tables[state].other = next
    return next
  }

  /// The state of an element of an array.
  package mutating func element(of state: State) -> State {
    if let next = tables[state].element { return next }
    let next = step(from: state) { $0 == .element || $0 == .any }
    tables[state].element = next
    return next
  }

  /// - Parameter key: one that a rule names, or `nil` for any other.
  private mutating func step(from state: State, _ key: [UInt8]?) -> State {
    step(from: state) { segment in
      switch segment {
      case .key(let name): name == key
      case .any, .anyKey: true
      case .element, .rest: false
      }
    }
  }

  private mutating func step(
    from state: State, _ matches: (Segment) -> Bool
  ) -> State {
    let table = tables[state]
    var next: [Position] = []
    for position in table.positions where position.place < rules[position.rule].segments.count {
      let segment = rules[position.rule].segments[position.place]
      if segment == .rest {
        next.append(position)
      } else if matches(segment) {
        next.append(Position(rule: position.rule, place: position.place + 1))
      }
    }
    return self.state(next, isBelowNeutral: table.isBelowNeutral || table.neutral != nil)
  }

  private mutating func state(_ positions: [Position], isBelowNeutral: Bool) -> State {
    // A position that no rule has tells the two kinds of states apart.
    let name = isBelowNeutral ? positions + [Position(rule: -1, place: 0)] : positions
    if let known = states[name] { return known }
    tables.append(table(positions, isBelowNeutral))
    states[name] = tables.count - 1
    return tables.count - 1
  }

  private func table(_ positions: [Position], _ isBelowNeutral: Bool) -> Table {
    var keyClass: KeyClass?
    var neutral: ValueForm?
    var (isOrderFree, isOrderFreeBelow) = (false, false)
    var (distinguishes, isSettled) = (false, false)
    var names: [[UInt8]] = []
    for position in positions {
      let rule = rules[position.rule]
      let segment = position.place < rule.segments.count ? rule.segments[position.place] : nil
      let isHere = segment == nil || segment == .rest
      if case .key(let name)? = segment, !names.contains(name) { names.append(name) }
      switch rule.kind {
      case .keyClass(let own):
        if isHere, keyClass == nil { keyClass = own }
        // Everything below is of one class, as far as no earlier rule says otherwise.
        if segment == .rest { isSettled = true }
        if !isHere, !isSettled { distinguishes = true }
      case .neutral(let form):
        if !isHere { distinguishes = true } else if neutral == nil { neutral = form }
      case .order:
        if isHere { isOrderFree = true }
        if segment == .rest { isOrderFreeBelow = true }
      }
    }
    return Table(
      positions: positions, keyClass: keyClass ?? otherKeys, neutral: neutral,
      isBelowNeutral: isBelowNeutral, distinguishes: distinguishes, isOrderFree: isOrderFree,
      isOrderFreeBelow: isOrderFreeBelow, named: names.map { ($0, nil) }, other: nil, element: nil)
  }
}
