extension Policy {
  /// Checks that a new tree layer may follow the one in force, and gives the policy it would make.
  ///
  /// The new layer must be readable under the layers above, bear a higher serial, name the same
  /// repository and leave somebody with the maintainer role who could change it again. An old layer
  /// that the layers above no longer let stand is still compared by its serial. Who reviewed the change,
  /// and that it stands alone in its push, is for the gate to ask.
  ///
  /// - Parameters:
  ///   - old: the newest layer that was in force, `nil` when there was none.
  ///   - new: the layer at the new tip, `nil` when the push removes it, which is always an error.
  ///   - above: the administrator's layers.
  ///   - time: the server's clock in Unix seconds.
  @discardableResult
  package static func validateSuccessor(
    old: PolicyLayer?, new: PolicyLayer?, above: [PolicyLayer], at time: Int64
  ) throws(PolicyError) -> Policy {
    guard let new else {
      throw PolicyError(
        .removed, at: (old ?? PolicyLayer(.tree, name: "policy", bytes: [])).location(.start))
    }
    let next = try Policy(layers: above + [new])
    if let old {
      var current: Policy?
      do throws(PolicyError) { current = try Policy(layers: above + [old]) } catch {
        guard old.serial != nil else { throw error }
      }
      if let before = old.serial, let after = next.serial(of: new.kind), after <= before {
        throw PolicyError(
          .serialNotHigher(old: before, new: after),
          at: next.origin(of: "serial") ?? new.location(.start))
      }
      guard current == nil || current?.repository == next.repository else {
        throw PolicyError(
          .repositoryChanged, at: next.origin(of: "repository") ?? new.location(.start))
      }
    }
    guard !next.people(with: .maintainer, at: time).isEmpty else {
      throw PolicyError(.noMaintainerLeft, at: new.location(.start))
    }
    return next
  }
}
