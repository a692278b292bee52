#!/usr/bin/env python3
"""Pastes the commands of a page into a shell and compares what they print with what the page shows.

usage: paste.py [--bin DIR] [--first PAGE]... PAGE

A block fenced as ```sh is run, in one shell for the whole page, in an empty home without git's identity. A block
fenced as ```text behind it is what the commands print: each of its lines must be there, in that order. Object
names, digests, holds, times and dates may differ; a line of "..." stands for any number of lines. Lines between
"<!-- sh" and "-->" are run too: what a reader has already, or does by hand. --first runs the commands of another page
before, in the same folder.
"""
import os, re, shutil, subprocess, sys, tempfile

FENCE = re.compile(r"^(?:```|<!-- (?=sh$))(\w*)\s*$|^-->$")
SAME = [
    (re.compile(r"SHA256:[A-Za-z0-9+/=]+"), "SHA256:#"),
    (re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?"), "<time>"),
    (re.compile(r"\b1[7-9]\d{8}\b"), "<time>"),
    (re.compile(r"\b[0-9a-f]{7,64}\b"), "<id>"),
    (re.compile(r"\b(?=[A-Z0-9]*[0-9A-Z])(?!HK\d)[0-9A-HJKMNP-TV-Z]{5}\b"), "<hold>"),
    (re.compile(r"\s+"), " "),
]


def blocks(path):
    kind, lines = None, []
    for line in open(path, encoding="utf-8"):
        fence = FENCE.match(line)
        if fence and kind is None:
            kind, lines = fence.group(1) or "plain", []
        elif fence:
            yield kind, "".join(lines)
            kind = None
        elif kind is not None:
            lines.append(line)


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


def main(words):
    binaries, pages = None, []
    while words:
        word = words.pop(0)
        if word == "--bin":
            binaries = words.pop(0)
        elif word == "--first":
            pages.insert(0, (words.pop(0), False))
        else:
            pages.append((word, True))
    home = tempfile.mkdtemp(prefix="paste-")
    path = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
    shell = subprocess.Popen(
        ["bash"], cwd=home, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={"HOME": home, "TERM": "dumb", "LC_ALL": "C.UTF-8",
             "PATH": f"{binaries}:{path}" if binaries else path})
    mark, wrong, printed, number = f"-- paste {os.getpid()} --", 0, "", 0

    def run(text):
        shell.stdin.write(f"{{\n{text}\n}} </dev/null\necho; echo '{mark}'\n")
        shell.stdin.flush()
        lines = []
        for line in shell.stdout:
            if line.strip() == mark:
                return "".join(lines)
            lines.append(line)
        sys.exit("the shell has ended:\n" + "".join(lines))

    for page, counts in pages:
        for kind, text in blocks(page):
            if kind == "sh":
                number += 1
                printed = run(text)
                if os.environ.get("VERBOSE"):
                    print(f"== {page}, block {number}\n{text}-- prints\n{printed}")
            elif kind == "text" and counts:
                line = missing(text, printed, home)
                if line is not None:
                    wrong += 1
                    print(f"{page}, block {number}: not printed: {line}\n-- but\n{printed}")
    shell.stdin.close()
    shell.wait()
    shutil.rmtree(home, ignore_errors=True)
    print(f"{number} blocks, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
