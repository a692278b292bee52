#!/usr/bin/env python3
"""Pastes the commands of a page into a shell and compares what they print with what the page shows.

usage: paste.py [--bin DIR] PAGE

A block fenced as ```sh is run, in one shell for the whole page, in an empty home without git's identity. A block
fenced as ```text behind it is what the commands print: each of its lines must be there, in that order. Object
names, digests, holds, keys, times and dates may differ; a line of "..." stands for any number of lines. A block
behind which nothing is shown must end with 0. Lines between "<!-- sh" and "-->" are run too: what a reader has
already, or does by hand.

A page's own mark, a line of it, says what else it takes:

    <!-- paste: after PAGE -->    run the commands of that page before, in the same folder
    <!-- paste: root -->          it writes to /srv and /etc: run as root, over copies that nobody else sees

Exit code 0: it prints what it shows. 1: it does not. 77: it was not run, and why is said.
"""
import os, re, shutil, subprocess, sys, tempfile

FENCE = re.compile(r"^(?:```|<!-- (?=sh$))(\w*)\s*$|^-->$")
MARK = re.compile(r"^<!-- paste: (.*) -->$", re.MULTILINE)
SAME = [
    (re.compile(r"SHA256:[A-Za-z0-9+/=]+"), "SHA256:#"),
    (re.compile(r"ssh-ed25519 (AAAA[A-Za-z0-9+/=]+|\.\.\.)"), "ssh-ed25519 #"),
    (re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?"), "<time>"),
    (re.compile(r"\b\d+s ago|just now"), "<age>"),
    (re.compile(r"\b[0-9a-f]{7,64}\b"), "<id>"),
    (re.compile(r"\b(?=[A-Z0-9]*[0-9A-Z])(?!HK\d)[0-9A-HJKMNP-TV-Z]{5}\b"), "<hold>"),
    (re.compile(r"\s+"), " "),
]


def blocks(path):
    kind, lines = None, []
    for line in open(path, encoding="utf-8"):
        fence = FENCE.match(line)
        if fence and kind is None and not line.startswith("-->"):
            kind, lines = fence.group(1) or "plain", []
        elif fence and kind is not None:
            yield kind, "".join(lines)
            kind = None
        elif kind is not None:
            lines.append(line)


def marks(page):
    """What the page's marks ask for, its own and those of the pages that go before it."""
    before, root = [], False
    for mark in MARK.findall(open(page, encoding="utf-8").read()):
        for part in mark.split(", "):
            if part == "root":
                root = True
            elif part.startswith("after "):
                other = os.path.join(os.path.dirname(page), part[len("after "):])
                earlier, also = marks(other)
                before += earlier + [other]
                root = root or also
            else:
                sys.exit(f"{page}: a mark that says nothing: {part}")
    return before, root


def same(line, home):
    line = line.replace(home, "~")
    for pattern, word in SAME:
        line = pattern.sub(word, line)
    return line.strip()


def missing(shown, printed, home):
    rest = iter([same(line, home) for line in printed.splitlines()])
    for line in shown.splitlines():
        wanted = same(line, home)
        if wanted in ("", "..."):
            continue
        if not any(wanted == line for line in rest):
            return line
    return None


def enter_private_folders(words):
    """Starts anew where /srv is empty and /etc a copy, both in memory and seen by nobody else."""
    if os.environ.get("PASTE_PRIVATE") == str(os.getppid()):
        return
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        print("not run: the page writes to /srv and /etc, which takes root and unshare(1)")
        sys.exit(77)
    script = """
      set -e
      mount -t tmpfs paste /srv
      cp -a /etc /srv/etc
      mount --bind /srv/etc /etc
      mount -t tmpfs paste /srv
      rm -rf /etc/hookkit
      PASTE_PRIVATE=$$ "$@"
    """
    os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", "sh", "-c", script, "sh",
                          sys.executable, os.path.abspath(__file__)] + words)


def main(words):
    arguments, binaries, page = list(words), None, None
    while arguments:
        word = arguments.pop(0)
        if word == "--bin" and arguments:
            binaries = os.path.abspath(arguments.pop(0))
        elif page is None and not word.startswith("-"):
            page = word
        else:
            sys.exit(__doc__)
    if page is None:
        sys.exit(__doc__)
    before, root = marks(page)
    if root:
        enter_private_folders(words)
    home = tempfile.mkdtemp(prefix="paste-")
    path = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
    shell = subprocess.Popen(
        ["bash"], cwd=home, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={"HOME": home, "TERM": "dumb", "LC_ALL": "C.UTF-8",
             "PATH": f"{binaries}:{path}" if binaries else path})
    mark = f"-- paste {os.getpid()} --"
    wrong, number, printed = 0, 0, ""

    def run(text):
        shell.stdin.write(f"{{\n{text}\n}} </dev/null\nprintf '\\n%s %s\\n' '{mark}' \"$?\"\n")
        shell.stdin.flush()
        lines = []
        for line in shell.stdout:
            if line.startswith(mark):
                return "".join(lines), int(line[len(mark):])
            lines.append(line)
        sys.exit("the shell has ended:\n" + "".join(lines))

    for each in before + [page]:
        parts = list(blocks(each))
        for place, (kind, text) in enumerate(parts):
            if kind == "sh":
                number += 1
                printed, status = run(text)
                if os.environ.get("VERBOSE"):
                    print(f"== {each}, block {number}\n{text}-- prints\n{printed}")
                isShown = place + 1 < len(parts) and parts[place + 1][0] == "text"
                if (status != 0 and not isShown) or ": command not found" in printed:
                    wrong += 1
                    print(f"{each}, block {number}: ended with {status}:\n{text}-- and printed\n{printed}")
            elif kind == "text" and each == page:
                line = missing(text, printed, home)
                if line is not None:
                    wrong += 1
                    print(f"{each}, block {number}: not printed: {line}\n-- but\n{printed}")
    shell.stdin.close()
    shell.wait()
    shutil.rmtree(home, ignore_errors=True)
    print(f"{number} blocks, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
