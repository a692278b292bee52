internal import Primitives

/// One key of a table that makes a `Target`: its name, how its value is read, what a layer may do with what
/// those above it say, and its words for `hookkit help policy`. There is no other place to add one.
///
/// Places are closures and not key paths: of these the runtime makes a class for each type of value, which
/// costs a hook more than reading a policy.
struct PolicyRow<Target>: Sendable {
  let name: String
  /// The form of the value, for example `list of strings` or `agents | anyone`.
  let form: @Sendable () -> String
  /// What holds when the key is not given; `nil` when it must be.
  let byDefault: String?
  /// One clause in plain words.
  let meaning: String
  let givers: Givers
  let apply: @Sendable (inout Target, PolicyValue) throws(PolicyError) -> Void

  /// The layers that may give a key.
  enum Givers {
    case everyLayer
    /// Those that no push changes.
    case administrators
    /// Those that may enrol people.
    case enrolling
  }

  init<Value>(
    _ name: String, _ reader: PolicyReader<Value>, else byDefault: String? = nil,
    by givers: Givers = .everyLayer, _ meaning: String,
    reading: @escaping @Sendable (inout Target, Value, PolicyValue) throws(PolicyError) -> Void
  ) {
    self.name = name
    form = reader.form
    self.byDefault = byDefault
    self.meaning = meaning
    self.givers = givers
    apply = { (target, value) throws(PolicyError) in
      try reading(&target, try reader.read(value), value)
    }
  }

  /// - Parameter tighten: sets the value, or says what the layers above have against it.
  init<Value>(
    _ name: String, _ reader: PolicyReader<Value>, else byDefault: String? = nil,
    by givers: Givers = .everyLayer, _ meaning: String,
    _ tighten: @escaping @Sendable (inout Target, Value, PolicyValue) -> PolicyError?
  ) {
    self.init(
      name, reader, else: byDefault, by: givers, meaning,
      reading: { (target, new, value) throws(PolicyError) in
        if let error = tighten(&target, new, value) { throw error }
      })
  }

  /// A key in which no other layer has a say.
  init<Value>(
    _ name: String, _ reader: PolicyReader<Value>, else byDefault: String? = nil,
    by givers: Givers = .everyLayer, _ meaning: String,
    _ set: @escaping @Sendable (inout Target, Value) -> Void
  ) {
    self.init(
      name, reader, else: byDefault, by: givers, meaning,
      reading: { (target, new, _) in set(&target, new) })
  }
}

/// What a layer may do with what those above it say.
extension PolicyValue {
  func set<Value>(
    _ place: inout Value, to new: Value, if mayBe: Bool, else reason: @autoclosure () -> String
  ) -> PolicyError? {
    guard mayBe else { return loosens(reason()) }
    place = new
    return nil
  }

  /// A value that is the same in every layer that gives it.
  func keep<Value: Equatable>(
    _ place: inout Value, as new: Value, unset: Value
  ) -> PolicyError? {
    set(&place, to: new, if: place == unset || place == new, else: "differs from the one set above")
  }

  /// A figure that the top layer sets and the others may only lower.
  func lower(_ figure: inout Int, to new: Int) -> PolicyError? {
    let above = figure
    return set(
      &figure, to: new, if: table.reading.isTop || new <= above,
      else: "is \(new), more than the \(above) in force above")
  }

  /// A time that may only become an earlier one.
  func end(_ place: inout Int64?, at time: Int64) -> PolicyError? {
    set(
      &place, to: time, if: place.map { time <= $0 } ?? true,
      else: "is later than the layer above says")
  }
}
