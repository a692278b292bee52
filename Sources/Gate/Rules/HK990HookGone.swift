/// HK990: a hook's executable is not where the hook says it is. The shims say this themselves.
enum HookGone {
  static let code = Code(990)

  static let page = RulePage(
    code: code, name: "HookGone", title: "the hook's executable is gone",
    endedBy: .administrator,
    why: """
      The hook in the repository names an executable by its absolute path, and there is none: hookkit
      was moved or removed without `hookkit uninstall`. A gate whose keeper is gone stays shut.
      """,
    ends: "Install hookkit again, then run `hookkit install` in the repository.",
    examples: [])
}
