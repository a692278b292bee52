import Documents
import Lockfiles
import Testing

@Suite("requirements.txt")
struct RequirementsTests {
  @Test("what is pinned is an entry with its hashes; what asks for a range is a requirement")
  func entries() throws {
    let file = try ReadFile(
      "requirements-txt",
      """
      -i https://pypi.example/simple
      Django==4.2.1 \\
          --hash=sha256:00aa \\
          --hash=sha256:11bb  # via -r base.in
      typing_extensions[x]===4.0 ; python_version < "3.9"
      flask >= 2, <3
      requests
      tool @ git+https://git.example/team/tool.git@v1.2#egg=tool
      wheel @ https://files.example/wheel-1.0-py3-none-any.whl#sha256=22cc
      ./local/package
      -e git+ssh://git@git.example/team/edit@main#egg=edit
      star==2.*
      """)
    #expect(
      file.entries == [
        #"django: Django 4.2.1 registry ["sha256:00aa", "sha256:11bb"] direct"#,
        #"typing-extensions; python_version < "3.9": typing_extensions 4.0 registry direct"#,
        "tool: tool  git git+https://git.example/team/tool.git #v1.2 code:yes direct",
        #"wheel: wheel  url https://files.example/wheel-1.0-py3-none-any.whl ["sha256:22cc"] direct"#,
        "./local/package: ./local/package  path ./local/package direct",
        "edit: edit  git git+ssh://git@git.example/team/edit #main code:yes direct",
      ])
    #expect(file.requirements == ["flask >= 2, <3", "requests ", "star ==2.*"])
  }

  @Test("one name pinned twice is refused, in any spelling, unless conditions part the two")
  func twice() throws {
    #expect(try refusal(format: "requirements-txt", "a_b==1\nA-B==2\n") == .duplicateEntry)
    #expect(
      try refusal(
        format: "requirements-txt", "a==1; sys_platform == 'x'\na==2; sys_platform == 'y'\n")
        == nil)
    #expect(try refusal(format: "requirements-txt", "==1\n") == .wrongShape)
    #expect(try refusal(format: "requirements-txt", "a==1 --hash=00\n") == .wrongShape)
  }
}
