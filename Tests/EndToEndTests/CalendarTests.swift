import Policy
import Primitives
import TestSupport
import Testing

@Suite("a team's year: ordinary work goes through")
struct CalendarTests {
  private static let profiles: [Profile] = [.team, .strict]

  @Test("merges, rebases and squashes by people", arguments: profiles)
  func merges(_ profile: Profile) throws {
    var year = try TeamYear(profile)
    try year.play(
      """
      who    name    what                  pushed to   team    strict
      dana   own     main + own            main        lands   review frank
      dana   t1      main + t1             topic/t1    lands   lands
      dana   t2      t1 + t2               topic/t1    lands   lands
      frank  other   main + other          main        lands   review dana
      dana   m1      merge main t2         main        lands   review frank of t2
      frank  s1      main + s1             topic/s     lands   lands
      frank  s2      s1 + s2               topic/s     lands   lands
      dana   sq      squash s2 onto main   main        lands   review erin
      erin   r1      own + r1              topic/r     lands   lands
      erin   r2      r1 + r2               topic/r     lands   lands
      erin   p1      pick r1 onto main     topic/r     lands   lands
      erin   p2      pick r2 onto p1       topic/r     lands   lands
      erin   p2      p2                    main        lands   review dana
      frank  theirs  main + theirs         topic/x     lands   lands
      dana   empty   main + own=own        main        lands   review frank
      dana   m2      merge main theirs     main        lands   review dana of theirs
      dana   m3      merge topic/t1 main   topic/t1    lands   lands
      dana   gone    nothing               topic/t1    lands   lands
      dana   back    own                   main        HK501   HK501
      dana   none    nothing               main        HK502   HK502
      """)
    try year.expectVerified()
  }

  @Test(
    "an agent's branch is reviewed and merged by a person after main has moved", arguments: profiles
  )
  func agents(_ profile: Profile) throws {
    var year = try TeamYear(profile)
    try year.play(
      """
      who    name    what                  pushed to           team                strict
      codex  w1      main + w1             agent/codex/w       lands               lands
      codex  w2      w1 + w2               agent/codex/w       lands               lands
      frank  moved   main + moved          main                lands               review dana
      dana   m1      merge main w2         main                review frank of w2  review frank of w2
      codex  v1      main + v1             agent/codex/v       lands               lands
      frank  moved2  main + moved2         main                lands               review dana
      codex  v2      merge v1 main         agent/codex/v       lands               lands
      codex  v3      v2 + v3               agent/codex/v       lands               lands
      dana   m2      merge main v3         main                review frank of v3  review frank of v3
      codex  u1      main + u1             agent/codex/u       lands               lands
      dana   u2      squash u1 onto main   main                review frank        review frank
      codex  x1      main + x1             agent/codex/x       lands               lands
      frank  moved3  main + moved3         main                lands               review dana
      dana   x2      pick x1 onto main     topic/x             lands               lands
      dana   x2      x2                    main                review frank        review frank
      codex  no      main + no             agent/codex/no      lands               lands
      codex  gone    nothing               agent/codex/w       lands               lands
      """)
    try year.expectVerified()
  }

  @Test(
    "releases: branches, tags, a hotfix, a backport, a back-merge, reverts", arguments: profiles)
  func releases(_ profile: Profile) throws {
    var year = try TeamYear(profile)
    try year.play(
      """
      who    name    what                    pushed to     team          strict
      dana   a       main + a                main          lands         review frank
      frank  r1      main                    release/1     lands         lands
      dana   lw      release/1               tags/v1.0     lands         lands
      dana   ann     tag release/1           tags/v1.0.0   lands         lands
      dana!  sgn     tag release/1           tags/v1.0.0s  lands         lands
      dana   moved   main                    tags/v9       lands         lands
      frank  again   a                       tags/v9       lands         lands
      frank  fix     main + fix              main          lands         review dana
      frank  hot     release/1 + hot         release/1     lands         review dana
      dana   port    pick fix onto release/1  release/1    lands         review erin
      dana   ann2    tag release/1           tags/v1.1     lands         lands
      dana   late    main                    tags/v1.1     HK504         HK504
      dana   bm      merge main release/1    main          lands         lands
      frank  rev     revert fix on main      main          lands         review dana
      frank  revrev  revert rev on main      main          lands         review dana
      codex  w       main + w                agent/codex/w  lands        lands
      dana   mw      merge main w            main          review frank of w  review frank of w
      dana   unw     revert w on main        main          lands         review frank
      dana   rew     revert unw on main      main          review frank  review frank
      dana   r2      main                    release/2     lands         lands
      codex  y       main + y                agent/codex/y  lands        lands
      dana   my      merge main y            main          review frank of y  review frank of y
      frank  ff      main                    release/2     lands         lands
      erin   old     r1                      release/3     lands         lands
      dana   one     main + one              topic/two     lands         lands
      dana   two     one + two               topic/two     lands         lands
      dana   two     two                     main          lands         review frank
      frank  mid     one                     release/4     lands         review erin
      frank  ymid    y                       release/5     review frank  review frank
      dana   none    nothing                 release/1     HK502         HK502
      dana   none    nothing                 tags/v1.1     HK502         HK502
      """)
    try year.expectVerified()
  }

  @Test("long-lived branches follow main, whose lock files change", arguments: profiles)
  func longLived(_ profile: Profile) throws {
    var year = try TeamYear(profile)
    try year.play(
      """
      who    name    what                              pushed to      team     strict
      dana   l1      main + l1                         topic/long     lands    lands
      codex  c1      main + c1                         agent/codex/c  lands    lands
      frank  bump    main + package-lock.json=7.0.1    main           lands    both dana
      dana   l2      merge topic/long main             topic/long     lands    lands
      codex  c2      merge c1 main                     agent/codex/c  lands    lands
      dana   l3      topic/long + l3                   topic/long     lands    lands
      frank  bump2   main + package-lock.json=7.0.2    main           lands    both dana
      dana   l4      pick l1 onto main                 topic/long     lands    lands
      dana   l5      pick l3 onto l4                   topic/long     lands    lands
      codex  c3      pick c1 onto main                 agent/codex/c  lands    lands
      erin   n1      main + n1                         topic/new      lands    lands
      frank  bump3   main + package-lock.json=7.0.3    main           lands    both dana
      dana   l6      merge topic/long main             topic/long     lands    lands
      dana   old     keep topic/long bump2             topic/long     lands    lands
      dana   l7      main                              topic/same     lands    lands
      dana   down    bump2                             topic/same     lands    release frank
      dana   ml      merge main l6                     main           lands    review frank
      """)
    try year.expectVerified()
  }

  @Test("a bot's change of a lock file, on its branch and merged", arguments: profiles)
  func bots(_ profile: Profile) throws {
    var year = try TeamYear(profile)
    try year.play(
      """
      who    name    what                              pushed to      team         strict
      ci     dep     main + package-lock.json=7.0.1    renovate/n     lands        release frank
      dana   other   main + other                      main           lands        review frank
      dana   m1      merge main dep                    main           both frank   review frank of dep
      ci     dep2    main + package-lock.json=7.0.2    renovate/n     lands        release frank
      dana   sq      squash dep2 onto main             main           lands        both frank
      ci     ver     main + version=2                  main           review dana  review dana
      frank  q       main + q                          topic/q        lands        lands
      dana   other2  main + other2                     main           lands        review frank
      ci     mq      merge main q                      main           lands        review erin of q
      """)
    try year.expectVerified()
  }

  @Test("submodules, an import, unrelated histories", arguments: profiles)
  func imports(_ profile: Profile) throws {
    var year = try TeamYear(profile)
    try year.play(
      """
      who    name    what                              pushed to      team         strict
      dana   sub     main + .gitmodules=x lib=@1       main           lands        both frank
      dana   bump    main + lib=@2                     main           lands        review frank
      dana   i1      root + legacy/a                   import/old     lands        lands
      dana   i2      i1 + legacy/b                     import/old     lands        lands
      dana   mi      merge main import/old             main           lands        review frank
      dana   rel     i1                                release/old    lands        review frank
      """)
    try year.expectVerified()
  }

  @Test("a mirror delivers what people have signed", arguments: profiles)
  func mirror(_ profile: Profile) throws {
    var year = try TeamYear(profile, adding: [.ci: "delivers = true"])
    // Made and signed somewhere else, and brought by the mirror alone.
    let base = year.server.base
    let one = try year.server.commit("One", ["one": "1"], by: .dana, on: base, signed: true)
    let two = try year.server.commit("Two", ["two": "1"], by: .frank, on: one, signed: true)
    let topic = try year.server.commit("Topic", ["t": "1"], by: .erin, on: two, signed: true)
    year.remember(["one": one, "two": two, "topic": topic])
    try year.play(
      """
      who    name    what                  pushed to      team           strict
      ci     one     one                   main           lands          review frank
      ci     topic   topic                 topic/mirror   lands          lands
      ci     two     two                   main           lands          review dana
      ci     rel     two                   release/1      lands          lands
      ci     tag     two                   tags/v1        lands          HK503
      dana   tag     two                   tags/v1        lands          lands
      codex  same    topic                 agent/codex/t  lands          lands
      dana   topic   topic                 main           lands          review frank
      ci     own     main + own            main           review dana    review dana
      """)
    try year.expectVerified()
  }

  @Test("the default branch gets another name", arguments: profiles)
  func renamed(_ profile: Profile) throws {
    var year = try TeamYear(profile)
    try year.play(
      """
      who    name    what                  pushed to      team           strict
      dana   a       main + a              main           lands          review frank
      dana   trunk   main                  trunk          lands          lands
      """)
    try year.server.repository.git(
      "-c", "core.hooksPath=/dev/null", "symbolic-ref", "HEAD", "refs/heads/trunk")
    try year.play(
      """
      who    name    what                  pushed to      team           strict
      dana   b       trunk + b             trunk          lands          review frank
      codex  w       trunk + w             agent/codex/w  lands          lands
      dana   mw      merge trunk w         trunk          review frank of w  review frank of w
      codex  x       trunk + x             trunk          HK401          HK401
      dana   rel     trunk                 release/1      lands          lands
      dana   gone    nothing               trunk          HK502          HK502
      dana   c       main + c              main           lands          review frank
      """)
    try year.expectVerified()
  }
}
