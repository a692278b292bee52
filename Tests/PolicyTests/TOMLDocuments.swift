/// Documents on which our reader and another one must agree, and those on which ours is stricter.
enum TOMLDocuments {
  static let valid: [String] = [
    "", "\n", "# only a comment", "# tab\there\n", "a=1", "a = 1", " a = 1 ", "\ta\t=\t1\t",
    "a = 1 # why", "a = 1\r\nb = 2\r\n", "1 = 1", "1.2 = 3", "-_a-1 = true", "\"\" = 1", "'' = 1",
    "\"a b\" = 1", "'a b' = 1", "\"a\\tb\" = 1", "a.b.c = 1", "a . b = 1", "a.\"b c\".'d' = 1",
    "a.b = 1\na.c = 2", "a.b.c = 1\na.b.d = 2\na.e = 3", "\"ä\" = 'ö'",
    // Strings.
    "a = \"\"", "a = ''", "a = \"x\"", "a = \"\\b\\t\\n\\f\\r\\\"\\\\\"",
    "a = \"\\u00e4\\U0001F600\"",
    "a = '\\n'", "a = \"\"\"\"\"\"", "a = ''''''", "a = \"\"\"\nx\ny\n\"\"\"", "a = '''\nx\ny'''",
    "a = \"\"\"x\"\"\"\"", "a = \"\"\"x\"\"\"\"\"", "a = '''x''''", "a = '''x'''''",
    "a = \"\"\"a \"\" b\"\"\"", "a = '''a '' b'''", "a = \"\"\"x \\\n   y\"\"\"",
    "a = \"\"\"x \\  \n\n  y\"\"\"", "a = \"\"\"\\\"\"\"\"", "a = \"\"\"\r\nx\r\n\"\"\"",
    "a = \"# no comment\"", "a = \"\"\"\\\n\"\"\"", "a = \"tab\tin\"", "a = 'é'",
    // Integers and booleans.
    "a = 0", "a = +0", "a = -0", "a = -17", "a = +99", "a = 1_000", "a = 1_2_3", "a = 0xDEADbeef",
    "a = 0xdead_beef", "a = 0o755", "a = 0b1101", "a = 0x00", "a = 9223372036854775807",
    "a = -9223372036854775808", "a = true", "a = false",
    // Arrays.
    "a = []", "a = [ ]", "a = [1]", "a = [1, 2]", "a = [1, 2,]", "a = [\n1,\n2\n]",
    "a = [ # c\n1, # d\n# e\n2 # f\n, # g\n]", "a = [[1], [\"x\"]]", "a = [1, \"x\", true]",
    "a = [{b = 1}, {c = 2}]", "a = [\n]", "a = [\r\n1\r\n]",
    // Inline tables.
    "a = {}", "a = { }", "a = {b = 1}", "a = {b = 1, c = 2}", "a = { b.c = 1, b.d = 2 }",
    "a = {b = {c = {}}}", "a = {b = [1,\n2]}", "a = {\"b c\" = 1}",
    // Tables.
    "[a]", "[a]\nb = 1", "[ a ]", "[ a . b ]", "[a.b.c]", "[a]\n[a.b]", "[a.b]\n[a]",
    "[a.b.c]\n[a]\nd = 1", "[\"a.b\"]", "[a.'b']", "[a] # c", "[a]\n[b]\n[a.c]",
    "b = 1\n[a]\nb = 1",
    "[a]\nb.c = 1\n[a.d]",
    "[fruit]\napple.color = 1\napple.taste.sweet = true\n[fruit.apple.texture]",
    // Arrays of tables.
    "[[a]]", "[[a]]\n[[a]]", "[[a]]\nb = 1\n[[a]]\nb = 2", "[[a]]\n[a.b]\n[[a]]\n[a.b]",
    "[[a.b]]\n[[a.b]]", "[[ a ]]", "[[a]]\n[[a.b]]\n[[a.b]]\n[[a]]\n[[a.b]]", "[a]\n[[a.b]]",
    "[[a]] # c\nb.c = 1",
  ]

  static let invalid: [String] = [
    "a", "a =", "= 1", "a = 1 b = 2", "a == 1", "a b = 1", "a. = 1", ".a = 1", "a..b = 1",
    "a\n= 1", "a = \n1", "a = 1\na = 2", "a = 1\n\"a\" = 2", "a.b = 1\na = 2", "a = 1\na.b = 2",
    "ä = 1", "a+b = 1", "\"a\nb\" = 1", "\"\"\"a\"\"\" = 1", "'''a''' = 1", "a = b", "a = nul",
    "a = True", "a = truefalse", "a = true1", "a = \u{1}", "# \u{1}", "# \u{7f}", "a = \"\u{1}\"",
    "a = '\u{1}'", "a = 1\rb = 2", "\r",
    // Strings.
    "a = \"", "a = '", "a = \"x", "a = 'x", "a = \"\nx\"", "a = '\nx'", "a = \"\\x\"",
    "a = \"\\u12\"", "a = \"\\ud800\"", "a = \"\\U00110000\"", "a = \"\\", "a = \"\"\"x",
    "a = '''x",
    "a = \"\"\"\\x\"\"\"", "a = \"\"\"x\"\"\"\"\"\"", "a = '''x''''''", "a = \"x\"y",
    "a = \"\"\"x\\ y\"\"\"",
    "a = \"\\uD83D\\uDE00\"", "a = \"\"\"\u{1}\"\"\"", "a = \"\"\"\"",
    // Numbers.
    "a = 01", "a = +01", "a = -00", "a = 1_", "a = _1", "a = 1__2", "a = +", "a = -", "a = 0x",
    "a = 0xg", "a = 0x_1", "a = 0x1_", "a = +0x1", "a = -0b1", "a = 0b2", "a = 0o8", "a = 0X1",
    "a = 9223372036854775808", "a = -9223372036854775809", "a = 1a", "a = ++1", "a = 1 2",
    "a = 1..2", "a = .5", "a = 5.", "a = 1e", "a = 2020-13-01", "a = 0x8000000000000000",
    // Arrays and inline tables.
    "a = [", "a = [1", "a = [1,,2]", "a = [,]", "a = [1 2]", "a = ]", "a = {", "a = {b}",
    "a = {b = 1",
    "a = {b = 1, b = 2}", "a = {,}", "a = {b = 1 c = 2}",
    "a = {b.c = 1, b = 2}", "a = {b = 1}\na.c = 2", "a = {b = {c = 1}}\na.b.d = 2",
    "a = {b = 1}\n[a]", "a = {b = 1}\n[a.c]", "a = {b = {}, b.c = 1}", "a = [1]\n[[a]]",
    "a = [{}]\n[a.b]", "a = {}}",
    // Tables.
    "[", "[]", "[ ]", "[a", "[a]]", "[a] b = 1", "[a.]", "[a..b]", "[a]\n[a]",
    "a = 1\n[a]", "a = 1\n[a.b]", "[a]\nb = 1\n[a.b]", "[a.b]\n[a]\nb = 1", "[a\n]",
    "[a]\nb.c = 1\n[a.b]", "[a.b.c]\nz = 9\n[a]\nb.c.t = 1", "[a.b.c.d]\nz = 9\n[a]\nb.c.d.k.t = 1",
    "[[a", "[[a]", "[[a] ]", "[ [a]]", "[[]]", "[[a]]\n[a]", "[a]\n[[a]]", "a = []\n[[a]]",
    "[[a.b]]\n[a.b]", "[a.b]\n[[a]]", "[[a]]\nb = 1\nb = 2", "[[a.b]]\n[a]\nb.y = 2",
  ]

  /// Refused by ours; toml++ 3.x answers with a failed assertion in a debug build.
  static let fatalToTheOther: [String] = ["[.a]"]

  /// What TOML 1.1 adds, which toml++ does not read yet.
  static let newer: [String] = [
    "a = {b = 1,\nc = 2}", "a = {b = 1,}", "a = {\n# why\nb = 1\n}", "a = \"\\e[0m\"",
    "a = \"\\x41\"",
  ]

  /// TOML all the same, but refused by ours: what hookkit has no use for.
  static let stricter: [String] = [
    "a = 1.0", "a = -0.5e-3", "a = 1e5", "a = inf", "a = -nan", "a = 1_0.0_1",
    "a = 1979-05-27T07:32:00Z", "a = 1979-05-27 07:32:00", "a = 1979-05-27", "a = 07:32:00",
    "\u{feff}a = 1",
  ]
}
