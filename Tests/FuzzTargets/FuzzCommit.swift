internal import Git
internal import Primitives

/// A commit is read or refused; what is read is made of parts of its own bytes, and its signature,
/// folded back into what it signs, gives a commit with the same signature and the same meaning.
@Sendable package func fuzzCommit(_ bytes: [UInt8]) {
  _ = bytes.withUnsafeBytes { TagObject($0) }
  guard let commit = try? CommitObject(bytes) else { return }
  precondition(commit.bytes == bytes, "other bytes than were given")
  precondition(!bytes.contains(0), "a NUL was overlooked")
  precondition(commit.parents.count <= CommitObject.mostParents, "too many parents")
  precondition(bytes.suffix(commit.message.count).elementsEqual(commit.message), "a message apart")
  precondition(bytes[..<commit.messageStart].suffix(2) == [0x0a, 0x0a], "no end of the headers")
  precondition(bytes.starts(with: "tree ".utf8), "a tree from nowhere")
  for signature in [commit.author, commit.committer] {
    precondition(signature.time >= 0, "a time before 1970")
    precondition(
      !(signature.name + signature.email).contains { [0x3c, 0x3e, 0x0a].contains($0) },
      "an identity out of another line")
  }
  checkSignature(of: commit)
}

private func checkSignature(of commit: CommitObject) {
  guard let signature = commit.signature else {
    precondition(commit.signedPayload == commit.bytes, "something is left out of nothing")
    return
  }
  let payload = commit.signedPayload
  precondition(signature.last == 0x0a && !payload.isEmpty, "an empty part")
  // Each line of the value costs one byte more in the header: its space.
  let lines = signature.count { $0 == 0x0a }
  precondition(
    payload.count + signature.count + "gpgsig".utf8.count + lines == commit.bytes.count,
    "bytes are lost")
  guard let signed = try? CommitObject(payload) else {
    preconditionFailure("what is signed is no commit")
  }
  precondition(signed.signature == nil, "a signature in what is signed")
  precondition(isSame(signed, commit), "what is signed says something else")

  var header = Array("gpgsig".utf8)
  for line in signature.dropLast().split(separator: 0x0a, omittingEmptySubsequences: false) {
    header += [0x20] + line + [0x0a]
  }
  let place = signed.messageStart - 1
  let folded = Array(payload[..<place]) + header + payload[place...]
  guard let again = try? CommitObject(folded) else {
    preconditionFailure("the signature folded back gives no commit")
  }
  precondition(again.signature == signature, "another signature")
  precondition(again.signedPayload == payload, "another payload")
  precondition(isSame(again, commit), "another commit")
}

private func isSame(_ left: CommitObject, _ right: CommitObject) -> Bool {
  left.tree == right.tree && left.parents == right.parents && left.author == right.author
    && left.committer == right.committer && left.message.elementsEqual(right.message)
}
