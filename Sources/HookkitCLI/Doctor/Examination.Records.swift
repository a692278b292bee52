internal import Gate
internal import Git
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
internal import Signing

// Whether the policy can be read, and whether the server's records fit what stands in the repository.
extension Examination {
  /// How many references are named before the rest is counted.
  private static let mostNamed = 8

  func records() -> [Diagnosis] {
    let server = ServerRepository(
      gitDirectory: site.gitDirectory, quarantine: nil, environment: environment)
    var found = [journal(server.state)] + memory(server.state)
    do throws(GitError) {
      let surroundings = try server.surroundings()
      let policy: PolicyInForce
      do throws(PolicyInForce.Problem) {
        policy = try PolicyInForce(in: surroundings)
      } catch {
        return try found + head(surroundings.references, nil) + [Self.diagnosis(error, site)]
      }
      found += try head(surroundings.references, policy.policy)
      if let obstacle = policy.obstacle {
        return found + [Self.diagnosis(obstacle, site)]
      }
      found += step(policy)
      found += try aliases(surroundings.references, policy.policy)
      found += try owners(surroundings, policy.policy)
      let layers = policy.layers.map { shown($0.name) }.joined(separator: ", ")
      found.append(Diagnosis(.policy, .well, "policy: \(layers)"))
      found += policy.policy.endedSponsors(at: Clock.now()).map { warning in
        Diagnosis(
          .policy, .advice, "\(warning.problem)",
          Hint("another sponsor", "hookkit", "-C", site.directory, "policy", "edit"))
      }
      found += try landings(under: policy.policy, surroundings, server)
    } catch {
      found.append(Diagnosis(.policy, .wrong, error.words))
    }
    return found
  }

  private static func diagnosis(
    _ problem: PolicyInForce.Problem, _ site: InstallSite
  ) -> Diagnosis {
    switch problem {
    case .missing:
      Diagnosis(
        .policy, .wrong, "there is no policy, so every push is refused",
        Hint("make one", "hookkit", "-C", site.directory, "policy", "init"))
    case .unreadable(let why):
      Diagnosis(.policy, .wrong, "the policy cannot be read: \(why)")
    case .invalid(let error):
      Diagnosis(
        .policy, .wrong, "\(error)",
        Hint("check it again", "hookkit", "-C", site.directory, "policy", "validate"))
    }
  }

  // MARK: HEAD

  /// The tree's policy is read from the branch that HEAD names.
  private func head(
    _ references: any ReferenceReading, _ policy: Policy?
  ) throws(GitError) -> [Diagnosis] {
    let branches = try references.list(prefix: Array("refs/heads/".utf8)).map(\.name)
    let head = try references.head()
    if let head, let policy, !policy.isProtected(head),
      branches.isEmpty || branches.contains(head)
    {
      return [unguarded(head, policy, branches)]
    }
    if let head {
      if branches.contains(head) {
        return [Diagnosis(.head, .well, "HEAD names \(head), whose tree may hold a policy")]
      }
      if branches.isEmpty { return [] }
    }
    let known = ["refs/heads/main", "refs/heads/master", "refs/heads/trunk"].map { RefName($0) }
    let better = known.first { branches.contains($0) } ?? branches.first
    return [
      Diagnosis(
        .head, .wrong,
        (head.map { "HEAD names \($0), which does not exist" } ?? "HEAD names no branch")
          + ": no policy is read from a tree",
        better.map {
          [
            Hint(
              "name the branch with the policy", git: site, "symbolic-ref",
              "HEAD", String(decoding: $0.bytes, as: UTF8.self))
          ]
        } ?? [])
    ]
  }

  /// People push to the default branch first, and an agent does: a rule for another name is none for it.
  private func unguarded(
    _ head: RefName, _ policy: Policy, _ branches: [RefName]
  ) -> Diagnosis {
    let named = policy.protections.flatMap(\.refs).filter(\.isLiteral).map { RefName($0.bytes) }
      .first { $0.isBranch && (branches.isEmpty || branches.contains($0)) }
    let mend =
      if let named {
        Hint(
          "let HEAD name the guarded one", git: site, "symbolic-ref", "HEAD",
          String(decoding: named.bytes, as: UTF8.self))
      } else {
        Hint("a rule names it so: refs = [\"HEAD\"]", "hookkit", "help", "policy")
      }
    return Diagnosis(.head, .wrong, "HEAD names \(head), which no rule guards", mend)
  }

  /// Whether the tree's policy at the tip of HEAD's branch is the one in force.
  private func step(_ policy: PolicyInForce) -> [Diagnosis] {
    guard !policy.isInStep, let head = policy.head else { return [] }
    let serial = policy.tree?.serial.map { "serial \($0)" } ?? "none in a tree"
    return [
      Diagnosis(
        .policy, .wrong,
        "the policy in force is the newest on record (\(serial)), not the one in \(head)",
        Hint("why", "hookkit", "explain", "HK805"))
    ]
  }

  /// Protected names that stand for unprotected ones: whoever moves those moves them.
  private func aliases(
    _ references: any ReferenceReading, _ policy: Policy
  ) throws(GitError) -> [Diagnosis] {
    let store = try ReferenceStore(gitDirectory: site.gitDirectory)
    var found: [Diagnosis] = []
    for (name, _) in try references.list(prefix: Array("refs/".utf8))
    where policy.isProtected(name) {
      let target = try store.resolveSymbolic(name).name
      guard target != name, !policy.isProtected(target) else { continue }
      found.append(
        Diagnosis(
          .head, .wrong, "\(name) is protected and is a symbolic ref to \(target), which is not",
          Hint(
            "take it away", git: site, "-c", "core.hooksPath=/dev/null", "-c",
            "hook.reference-transaction.enabled=false",
            "symbolic-ref", "--delete", String(decoding: name.bytes, as: UTF8.self))))
    }
    guard found.count > Self.mostNamed else { return found }
    return found.prefix(Self.mostNamed) + [
      Diagnosis(.head, .wrong, "and \(found.count - Self.mostNamed) more names like these")
    ]
  }

  // MARK: Journal

  private func journal(_ state: ServerState) -> Diagnosis {
    let name = site.short(state.journalPath)
    let aside = Hint(
      "keep it and start a new one", "mv", state.journalPath, "\(state.journalPath).old")
    do throws(SystemError) {
      let entries = try Journal(state).entries()
      // A line that a killed process left unfinished is no record; the chain goes on over it.
      if let broken = entries.first(where: { $0.record != nil && !$0.isChained }) {
        return Diagnosis(
          .journal, .wrong,
          "\(name):\(broken.number) does not follow from the line before: something was changed",
          Hint("do the landings hold?", "hookkit", "-C", site.directory, "verify"), aside)
      }
      let torn = entries.filter { $0.record == nil }
      guard torn.isEmpty else {
        return Diagnosis(
          .journal, .advice,
          "\(name):\(torn[0].number) was left unfinished by a hook that was killed")
      }
      return Diagnosis(
        .journal, .well, "journal: \(entries.count.counted("decision")) in one chain")
    } catch {
      return Diagnosis(.journal, .unknown, "\(name): \(error.words)", aside)
    }
  }

  // MARK: What the server remembers

  /// Who brought what, and which changes agents have made: what judging reads beside the journal.
  private func memory(_ state: ServerState) -> [Diagnosis] {
    for folder in state.folders where ![.folder, .missing].contains(FileBytes.kind(folder)) {
      return [
        Diagnosis(
          .memory, .wrong, "\(site.short(folder)) is not a folder; put back a copy of it",
          Hint("look at it", "ls", "-la", folder))
      ]
    }
    do throws(SystemError) {
      let arrivals = ArrivalStore(state)
      _ = try (arrivals.reader(), arrivals.baseline(), arrivals.beginnings())
      _ = try ChangeMemory(state).reader()
      return []
    } catch {
      // Begun anew it would be nobody who brought all that is here.
      return [
        Diagnosis(
          .memory, .wrong, "\(site.short(error.path)): \(error.words); put back a copy of it",
          Hint("look at it", "ls", "-la", error.path))
      ]
    }
  }

  // MARK: Landings

  private func landings(
    under policy: Policy, _ surroundings: Surroundings, _ server: ServerRepository
  ) throws(GitError) -> [Diagnosis] {
    let chain: [Landing]
    do throws(Landings.Problem) {
      let tip = try landingsTip(surroundings)
      chain = try Landings(objects: surroundings.objects).chain(from: tip)
    } catch {
      return [Diagnosis(.landings, .wrong, Self.words(error), verify())]
    }
    var newest: [RefName: Landing] = [:]
    for landing in chain where newest[landing.statement.ref] == nil {
      newest[landing.statement.ref] = landing
    }
    var tips: [RefName: ObjectID] = [:]
    for (name, id) in try surroundings.references.list(prefix: Array("refs/".utf8))
    where policy.isProtected(name) {
      tips[name] = id
    }
    let key = try? ServerFolder.read(server.state.serverKeyPath)?.publicKey
    let names = Set(tips.keys).union(newest.keys.filter { policy.isProtected($0) }).sorted()
    var found = names.compactMap { look(at: $0, tip: tips[$0], newest[$0], key) }
    if found.count > Self.mostNamed {
      let rest = found.count - Self.mostNamed
      found =
        found.prefix(Self.mostNamed) + [
          Diagnosis(.landings, .wrong, "and \(rest) more references like these")
        ]
    }
    if found.isEmpty, !names.isEmpty {
      let refs = names.count == 1 ? "1 protected reference" : "\(names.count) protected references"
      return [Diagnosis(.landings, .well, "\(refs) where the landings left them")]
    }
    return found
  }

  private func landingsTip(_ surroundings: Surroundings) throws(Landings.Problem) -> ObjectID? {
    do throws(GitError) {
      return try surroundings.references.resolve(.landings)
    } catch {
      throw .git(error)
    }
  }

  private static func words(_ problem: Landings.Problem) -> String {
    switch problem {
    case .git(let error): error.words
    case .entry(let commit, let why): "landing \(commit.short): \(shown(why))"
    }
  }

  private func verify() -> Hint {
    Hint("find the first that does not hold", "hookkit", "-C", site.directory, "verify")
  }

  /// One protected reference against its newest landing; `nil` when they agree.
  private func look(
    at name: RefName, tip: ObjectID?, _ landing: Landing?, _ key: PublicKey?
  ) -> Diagnosis? {
    guard let landing else {
      return Diagnosis(
        .landings, .wrong, "\(name) is protected and has no baseline to verify from", install)
    }
    let landed = landing.statement.new
    guard landed == tip ?? .zero else {
      let present = tip.map { "is at \($0.short)" } ?? "is gone"
      let last = landed.isZero ? "deleted it" : "left it at \(landed.short)"
      let text = String(decoding: name.bytes, as: UTF8.self)
      let back =
        landed.isZero
        ? Hint(
          "put it back", git: site, "-c", "core.hooksPath=/dev/null", "-c",
          "hook.reference-transaction.enabled=false",
          "update-ref", "-d", text, tip?.hex ?? "")
        : Hint(
          "put it back", git: site, "-c", "core.hooksPath=/dev/null", "-c",
          "hook.reference-transaction.enabled=false",
          "update-ref", text, landed.hex,
          (tip ?? .zero).hex)
      return Diagnosis(
        .landings, .wrong, "\(name) \(present), but the last landing \(last)", back, verify())
    }
    let envelope = landing.envelope
    let isSigned = envelope.signatures.contains { signature in
      signature.publicKey == key
        && (try? envelope.verify(signature, namespace: .landing)) != nil
    }
    guard key == nil || isSigned else {
      return Diagnosis(
        .landings, .wrong, "the last landing of \(name) is not signed by this server's key",
        verify())
    }
    return nil
  }
}
