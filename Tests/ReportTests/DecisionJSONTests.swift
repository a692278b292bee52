import Gate
import Primitives
import Report
import Testing

@Suite("DecisionJSON, JournalRecord and SARIF")
struct DecisionJSONTests {
  private func text(_ json: JSON) -> String { String(decoding: json.pretty, as: UTF8.self) }

  @Test("a decision for programs: schema first, findings by reference, next steps as arguments")
  func decisionForPrograms() {
    #expect(
      text(
        DecisionJSON.value(
          decision([
            judged(update("refs/heads/main"), needsReview()), judged(update("refs/heads/topic")),
          ]))) == """
          {
            "schema": "hookkit.decision/1",
            "verdict": "refuse",
            "time": "2026-11-24T00:00:00Z",
            "pusher": "svc-codex",
            "principal": "codex",
            "policy": "abababababababababababababababababababababababababababababababab",
            "ledger": "1ed9e40000000000000000000000000000000000",
            "refs": [
              {
                "ref": "refs/heads/main",
                "old": "1111111000000000000000000000000000000000",
                "new": "3f1c9e2000000000000000000000000000000000",
                "verdict": "refuse",
                "actor": "reviewer",
                "retry": "after-review",
                "waitsFor": [
                  "review"
                ],
                "people": [],
                "findings": [
                  {
                    "code": "HK101",
                    "severity": "refusal",
                    "headline": "refs/heads/main needs a human review",
                    "reason": "needs a human review of 3f1c9e2",
                    "details": [
                      "3f1c9e2 \\"Retry on 429\\"   by svc-codex (agent: pushed by its account)",
                      "reviews 0 of 1; its author, pusher and sponsor do not count"
                    ],
                    "commit": "3f1c9e2000000000000000000000000000000000",
                    "actor": "reviewer",
                    "retry": "after-review"
                  }
                ]
              },
              {
                "ref": "refs/heads/topic",
                "old": "1111111000000000000000000000000000000000",
                "new": "3f1c9e2000000000000000000000000000000000",
                "verdict": "allow",
                "actor": null,
                "retry": null,
                "waitsFor": [],
                "people": [],
                "findings": []
              }
            ],
            "next": [
              {
                "label": "a reviewer runs",
                "argv": [
                  "hookkit",
                  "review",
                  "approve",
                  "3f1c9e2"
                ]
              },
              {
                "label": "why",
                "argv": [
                  "hookkit",
                  "explain",
                  "HK101"
                ]
              }
            ]
          }

          """)
  }

  @Test("what is not known is null, and each next step stands once")
  func unknown() {
    let none = Decision(
      judgements: [judged(update("a"), noPolicy), judged(update("b"), noPolicy)],
      pusher: .unknown, principal: nil, policyDigest: nil, ledger: nil, time: 0)
    let json = DecisionJSON.value(none)
    for key in ["pusher", "principal", "policy", "ledger"] { #expect(json[key] == .null) }
    #expect(json["verdict"] == "undecided")
    #expect(json["next"]?.array?.count == 1)
  }

  @Test("a name that is not printable ASCII is also there byte for byte")
  func hostileName() {
    let name = Array("refs/heads/".utf8) + [0xff, 0x1b, 0xc3, 0xa9]
    let move = RefUpdate(old: .zero, new: object("3f1c9e2"), name: RefName(name))
    let ref = DecisionJSON.value(decision([judged(move)]))["refs"]?.array?.first
    #expect(ref?["ref"] == "refs/heads/\\xff\\x1b\\xc3\\xa9")
    #expect(ref?["refHex"]?.bytes == Hex.encode(name))
    let plain = DecisionJSON.value(decision([judged(update("refs/heads/a"))]))
    #expect(plain["refs"]?.array?.first?["refHex"] == nil)
  }

  @Test("a journal record says what was asked, by whom, what was answered and on what it rests")
  func journal() {
    let judgement = judged(update("refs/heads/main"), needsReview(), forcePush(), needsReview())
    let record = JournalRecord.members(judgement, decision([judgement]), stage: "pre-receive")
    #expect(
      String(decoding: JSON.object(record).compact, as: UTF8.self) == """
        {"time":1795478400,"stage":"pre-receive","ref":"refs/heads/main",\
        "old":"1111111000000000000000000000000000000000",\
        "new":"3f1c9e2000000000000000000000000000000000","pusher":"svc-codex","principal":"codex",\
        "verdict":"refuse","codes":["HK101","HK501"],\
        "reason":"HK501 not a fast-forward and HK101",\
        "policy":"abababababababababababababababababababababababababababababababab",\
        "ledger":"1ed9e40000000000000000000000000000000000"}
        """)
  }

  // MARK: SARIF

  private func run(_ judgements: Judgement...) -> JSON? {
    SARIF.log(decision(judgements), toolVersion: "1.2.3")["runs"]?.array?.first
  }

  @Test("SARIF has every rule of the registry, in the registry's order")
  func rules() throws {
    let run = try #require(self.run())
    let driver = try #require(run["tool"]?["driver"])
    #expect(driver["version"] == "1.2.3")
    let rules = try #require(driver["rules"]?.array)
    #expect(rules.compactMap { $0["id"]?.string } == CodeRegistry.all.map(\.code.description))
    for rule in rules {
      for key in ["shortDescription", "fullDescription", "help"] {
        #expect(rule[key]?["text"]?.bytes?.isEmpty == false)
      }
    }
  }

  @Test("a result names its rule by id and place, its reference and its commands")
  func result() throws {
    let run = try #require(self.run(judged(update("refs/heads/main"), needsReview())))
    let result = try #require(run["results"]?.array?.first)
    #expect(result["ruleId"] == "HK101")
    let index = try #require(result["ruleIndex"]?.integer)
    #expect(CodeRegistry.all[Int(index)].code == Code(101))
    #expect(result["level"] == "error")
    #expect(
      result["message"]?["text"]?.string?.hasSuffix(
        "a reviewer runs: hookkit review approve 3f1c9e2\nwhy: hookkit explain HK101") == true)
    let location = result["locations"]?.array?.first?["logicalLocations"]?.array?.first
    #expect(location?["fullyQualifiedName"] == "refs/heads/main")
    #expect(run["invocations"]?.array?.first?["exitCode"] == 1)
    #expect(run["invocations"]?.array?.first?["executionSuccessful"] == true)
  }

  @Test("a fingerprint is the same for the same finding whatever else is said, and differs else")
  func fingerprints() {
    func fingerprint(_ update: RefUpdate, _ finding: Finding) -> JSON? {
      run(judged(update, finding))?["results"]?.array?.first?["partialFingerprints"]
    }
    let main = update("refs/heads/main")
    let same = Finding(
      Code(101), headline: "other words", details: ["other"], commit: object("3f1c9e2"))
    #expect(fingerprint(main, needsReview()) == fingerprint(main, same))
    #expect(fingerprint(main, needsReview()) != fingerprint(main, forcePush()))
    #expect(
      fingerprint(main, needsReview()) != fingerprint(update("refs/heads/b"), needsReview()))
    #expect(
      fingerprint(main, needsReview()) != fingerprint(main, needsReview("x", "4444444")))
    #expect(
      fingerprint(main, needsReview())?["hookkitFinding/v1"]
        == "HK101:refs/heads/main:3f1c9e2000000000000000000000000000000000")
  }

  @Test("a doubt is an error of the run, and a note is a note")
  func levels() {
    let doubt = run(judged(update("a"), noPolicy))
    #expect(doubt?["invocations"]?.array?.first?["executionSuccessful"] == false)
    #expect(doubt?["invocations"]?.array?.first?["exitCode"] == 3)
    #expect(doubt?["results"]?.array?.first?["level"] == "error")
    let note = run(judged(update("a"), Finding(Code(101), .note, headline: "seen")))
    #expect(note?["results"]?.array?.first?["level"] == "note")
  }
}
