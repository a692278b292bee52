package import Git
package import Ledger
internal import Policy
internal import Primitives
internal import Signals
internal import Signing

/// How the commit whose maker is asked for comes to the reference.
struct Delivery {
  /// Who brought it to the repository first.
  let arrival: Arrival
  /// Who pushes it now; `nil` for somebody whom the policy does not know.
  let pusher: Principal?
}

/// A commit or an annotated tag: what somebody has written, and may have signed.
protocol WrittenObject {
  var id: ObjectID { get }
  var author: CommitObject.Signature { get }
  var committer: CommitObject.Signature { get }
  var message: ArraySlice<UInt8> { get }
  var signature: [UInt8]? { get }
  var signedPayload: [UInt8] { get }
}

extension CommitObject: WrittenObject {}

extension AnnotatedTag: WrittenObject {
  var author: CommitObject.Signature { tagger }
  var committer: CommitObject.Signature { tagger }
}

/// Puts commits into their classes (Documentation/Design/Model.md, "Origins"). The highest class that
/// applies wins.
struct Classifier {
  let policy: Policy
  let surroundings: Surroundings
  let time: Int64
  private let notes: Notes
  private let catalog: Signals.SignalCatalog
  private let openPGP: (any OpenPGPVerifying)?

  init(policy: Policy, surroundings: Surroundings, time: Int64) throws(GitError) {
    self.policy = policy
    self.surroundings = surroundings
    self.time = time
    catalog = try surroundings.files.catalog(for: policy)
    openPGP = surroundings.files.openPGP(for: policy)
    notes = try Notes(in: surroundings)
  }

  /// What a commit's signature proves.
  private enum Signer {
    case nobody
    case person(Person, Origin.Strength)
    case agent(String)
    case service(String)
    case vendor(Signal)
  }

  /// - Parameter delivery: how the commit comes; `nil` where only the commit itself is looked at.
  func origin(of commit: some WrittenObject, by delivery: Delivery?) throws(GitError) -> Origin {
    let signer = try signer(of: commit)
    let bringer = delivery?.arrival.account.flatMap { policy.principal(account: $0) }

    switch signer {
    case .agent(let name):
      return Origin(.agent(.attested), principal: name, because: "signed by its key", signals: [])
    case .vendor(let signal):
      return Origin(
        .agent(.attested), principal: nil, because: "signed by a key of \(signal.name)",
        signals: [signal])
    case .nobody, .person, .service: break
    }
    let isPersons = if case .person = signer { true } else { false }
    if case .agent(let agent)? = bringer, !isPersons {
      return Origin(
        .agent(.attested), principal: agent.name, because: "pushed by its account", signals: [])
    }

    var signals = try textSignals(of: commit)
    if let ref = delivery?.arrival.ref { signals += catalog.signals(branch: ref) }
    if let bot = unknownBot(commit) { signals.append(bot) }
    signals += try noteSignals(of: commit.id)
    if case .agent(let agent)? = policy.principal(email: commit.author.email) {
      signals.append(
        Signal(
          id: "policy.author", name: agent.name, grade: .declared, place: .author,
          quote: commit.author.email))
    }
    var principal = bringer?.name
    var person: String?
    var vouches = false
    switch signer {
    case .person(let holder, _):
      principal = holder.name
      person = holder.name
      vouches = signatureCounts(delivery)
    case .service(let name): principal = name
    case .nobody, .agent, .vendor: break
    }
    if let strongest = signals.filter({ $0.grade >= .suspected }).max(by: { $0.grade < $1.grade }) {
      let grade: Origin.Grade = strongest.grade == .declared ? .declared : .suspected
      return Origin(
        .agent(grade), principal: principal, signer: person, vouches: vouches,
        because: "\(strongest.name), \(strongest.place.words)", signals: signals)
    }
    if let before = try remembered(commit, by: delivery, isPersons: isPersons) {
      let signal = Signal(
        id: "memory.change", name: "an agent", grade: .suspected, place: .change, quote: [])
      return Origin(
        .agent(.suspected), principal: principal, signer: person, vouches: vouches,
        because: "an agent brought the same change before", evidence: before,
        signals: signals + [signal])
    }
    switch signer {
    case .person(let person, let strength):
      guard vouches else {
        let by = bringer?.name ?? "nobody who is enrolled"
        return Origin(
          .unverified, principal: person.name, signer: person.name,
          because: "signed by \(person.name), brought by \(by)", signals: signals)
      }
      return Origin(
        .person(strength), principal: person.name, signer: person.name, vouches: true,
        because: "signed by \(person.name)", signals: signals)
    case .service(let name):
      return Origin(.service, principal: name, because: "signed by its key", signals: signals)
    default: break
    }
    if case .service(let service)? = bringer, service.isActive(at: time) {
      return Origin(
        .service, principal: service.name, because: "pushed by its account", signals: signals)
    }
    // A service's name proves nothing, but it is not the pusher's own work either.
    if let service = signals.first(where: { $0.grade == .service && $0.place == .author }) {
      return Origin(
        .service, principal: principal, because: "\(service.name), named as author",
        signals: signals)
    }
    return unverified(commit, delivery, bringer, signals)
  }

  /// Where nothing is known but who brought the commit.
  private func unverified(
    _ commit: some WrittenObject, _ delivery: Delivery?, _ bringer: Principal?, _ signals: [Signal]
  ) -> Origin {
    var why = commit.signature == nil ? "not signed" : "not signed by a known key"
    var isBringersOwn = false
    if case .person(let person)? = bringer {
      isBringersOwn = true
      // A cherry-pick has another author, and the committer who made it.
      if let committer = policy.principal(email: commit.committer.email),
        committer.name != person.name
      {
        isBringersOwn = false
        why += ", committed in the name of \(committer.name)"
      }
    } else if case .nobody? = delivery?.arrival.source {
      why += ", and no push on record brought it"
    }
    return Origin(
      .unverified, principal: bringer?.name, isBringersOwn: isBringersOwn, because: why,
      signals: signals)
  }

  /// Whether a person's signature counts where the commit comes so. It says who made the commit, not that
  /// it is meant for here: a person has to have brought it, or to push it, or somebody who delivers for
  /// people.
  private func signatureCounts(_ delivery: Delivery?) -> Bool {
    guard let delivery else { return true }
    let bringer = delivery.arrival.account.flatMap { policy.principal(account: $0) }
    return [bringer, delivery.pusher].contains { principal in
      switch principal {
      case .person(let person): person.isActive(at: time)
      case .service(let service): service.delivers && service.isActive(at: time)
      case .agent, nil: false
      }
    }
  }

  /// An author or co-author `name[bot]` that no catalog knows: a service or an agent, and nobody's own
  /// work.
  private func unknownBot(_ commit: some WrittenObject) -> Signal? {
    let bot = Array("[bot]".utf8)
    func isUnknownBot(_ name: [UInt8], _ email: [UInt8]) -> Bool {
      let isBot = [name, Array(email.prefix { $0 != 0x40 })].contains { text in
        let end = text.suffix(bot.count).map { (0x41...0x5a).contains($0) ? $0 + 0x20 : $0 }
        return end == bot
      }
      return isBot && !catalog.knows(Ident(name: name[...], email: email[...]))
    }
    func signal(_ name: [UInt8], _ place: Signal.Place) -> Signal {
      Signal(
        id: "bot.\(place.rawValue)", name: Escaped.text(name, limit: 40), grade: .suspected,
        place: place, quote: name)
    }
    if isUnknownBot(commit.author.name, commit.author.email) {
      return signal(commit.author.name, .author)
    }
    let unknown = ClaimedAuthor.all(in: commit.message).first { isUnknownBot($0.name, $0.email) }
    return unknown.map { signal($0.name, .trailer) }
  }

  // MARK: Signatures

  private func signer(of commit: some WrittenObject) throws(GitError) -> Signer {
    guard let armoured = commit.signature else { return .nobody }
    switch SignatureFormat.sniff(armoured) {
    case .ssh: return sshSigner(of: commit, armoured)
    case .openPGP: return try openPGPSigner(of: commit, armoured)
    case .x509, .unknown: return .nobody
    }
  }

  private func sshSigner(of commit: some WrittenObject, _ armoured: [UInt8]) -> Signer {
    guard let signature = try? SSHSignature(armored: armoured),
      let presence = try? signature.verify(commit.signedPayload, namespace: .git)
    else { return .nobody }
    let key = signature.publicKey
    switch policy.principal(key: key) {
    case .agent(let agent): return .agent(agent.name)
    case .person(let person) where person.isActive(at: time):
      let touched = if case .hardware(true, _, _) = presence { true } else { false }
      return .person(person, touched ? .touch : .key)
    case .service(let service) where service.isActive(at: time): return .service(service.name)
    case .person, .service, nil: break
    }
    if let signal = catalog.signal(keyBlob: key.blob), signal.grade == .declared {
      return .vendor(signal)
    }
    return .nobody
  }

  private func openPGPSigner(
    of commit: some WrittenObject, _ armoured: [UInt8]
  ) throws(GitError) -> Signer {
    guard let gpg = openPGP,
      let fingerprint = try gpg.fingerprint(signature: armoured, payload: commit.signedPayload),
      case .person(let person)? = policy.principal(openPGP: fingerprint),
      person.isActive(at: time)
    else { return .nobody }
    return .person(person, .key)
  }

  // MARK: Signals

  private func textSignals(of commit: some WrittenObject) throws(GitError) -> [Signal] {
    do throws(MessageTooLarge) {
      return try catalog.signals(
        author: Ident(name: commit.author.name[...], email: commit.author.email[...]),
        committer: Ident(name: commit.committer.name[...], email: commit.committer.email[...]),
        message: commit.message, limit: policy.limits.messageBytes)
    } catch {
      throw .overLimit(
        "the message of \(commit.id.short) has \(error.count) bytes, the limit is \(error.limit)")
    }
  }

  /// Where git-ai keeps its notes on commits.
  private enum Notes {
    case none
    /// Anyone who may push the reference can make it so, or take it away: it says nothing about any
    /// commit, and must not be a way to stop everybody's work.
    case unreadable
    case tree(ObjectID)

    static let reference = RefName("refs/notes/ai")

    init(in surroundings: Surroundings) throws(GitError) {
      guard let tip = try surroundings.references.resolve(Self.reference) else {
        self = .none
        return
      }
      do throws(GitError) {
        self = .tree(try surroundings.objects.commit(tip).tree)
      } catch  where error.canBePushed {
        self = .unreadable
      }
    }

    static let unreadableSignal = Signal(
      id: "notes.unreadable", name: "notes that cannot be read", grade: .informational,
      place: .notes, quote: reference.bytes)
  }

  private func noteSignals(of commit: ObjectID) throws(GitError) -> [Signal] {
    switch notes {
    case .none: return []
    case .unreadable: return [Notes.unreadableSignal]
    case .tree(let tree):
      do throws(GitError) {
        return try noteSignals(of: commit, in: tree)
      } catch  where error.canBePushed {
        return [Notes.unreadableSignal]
      }
    }
  }

  /// The note that git-ai keeps on a commit, at one of the places that git's fan-out gives it.
  private func noteSignals(
    of commit: ObjectID, in tree: ObjectID
  ) throws(GitError) -> [Signal] {
    let hex = Hex.encode(commit.bytes)
    for fanOut in 0...2 {
      let folders = (0..<fanOut).map { hex[(2 * $0)..<(2 * $0 + 2)] + [0x2f] }.flatMap { $0 }
      guard
        let note = try surroundings.objects.entry(
          atPath: folders + hex[(2 * fanOut)...], in: tree), note.mode == .file
      else { continue }
      var content: [UInt8]?
      do throws(GitError) {
        content = try surroundings.objects.bytes(of: note.id, .blob, limit: 16 << 20)
      } catch  where error.canBePushed {
        // There is a note on this very commit, whatever it says.
        content = nil
      }
      return catalog.signals(notesRef: Notes.reference, content: content.map { $0[...] })
    }
    return []
  }

  /// Where an agent brought the same change before anybody else did: which commit, who, and when.
  private func remembered(
    _ commit: some WrittenObject, by delivery: Delivery?, isPersons: Bool
  ) throws(GitError) -> String? {
    let memory = surroundings.memory
    guard memory.remembersChanges, let object = commit as? CommitObject,
      let before = try memory.firstBringer(of: surroundings.objects.changeDigest(of: object)),
      before.grade != .notAnAgent, before.commit != commit.id,
      before.arrival < delivery?.arrival.number ?? .max,
      // A suspicion is not held against a person who has signed.
      !(isPersons && before.grade == .suspected)
    else { return nil }
    guard !before.commit.isZero else { return "" }
    let words = "the same change is \(before.commit.short)"
    guard case .pushed(let account, _, let time)? = try memory.arrival(of: before.commit)?.source
    else { return words }
    let who = account.map { policy.principal(account: $0)?.name ?? Escaped.text($0, limit: 40) }
    return "\(words), brought by \(who ?? "an unknown account") on \(RFC3339.date(time))"
  }
}

extension ObjectStore {
  /// The digest of what a commit changes.
  ///
  /// A merge's change against one parent is the other parent's work, which is judged by itself, so a
  /// merge stands for itself alone.
  package func changeDigest(of commit: CommitObject) throws(GitError) -> ChangeDigest {
    if commit.parents.count > 1 { return ChangeDigest(merge: commit.id) }
    let parent = try commit.parents.first.map { (id) throws(GitError) in try self.commit(id).tree }
    return ChangeDigest(try changes(from: parent, to: commit.tree))
  }
}

extension Signal.Place {
  /// Where a signal was found, behind an agent's name: `Codex, named in a trailer`.
  fileprivate var words: String {
    switch self {
    case .author: "named as author"
    case .committer: "named as committer"
    case .trailer: "named in a trailer"
    case .text: "named in a line of the message"
    case .footer: "named in a footer"
    case .branch: "by the name of the branch"
    case .notes: "by a note"
    case .key: "by the key"
    case .environment: "by the environment"
    case .change: "by the same change"
    }
  }
}
