#!/usr/bin/env python3
"""Replays the commits of public histories through `hookkit deps diff`, and prints a table.

    replay.py --hookkit FILE [--cap N] [--jobs N] [--list FILE] [--json FILE] REPOSITORY...

Every commit of HEAD that is no merge, has a parent and changes a dependency file is compared with its
parent, one process a commit. Which files count is what `deps diff` says itself. --cap takes at most N such
commits of a history: positions are drawn by the golden ratio, so that any number of them is evenly spaced.

A line counts as accounted for when hookkit calls it explained, neutral or residual. A crash is an end by a
signal, an exit status of no known meaning, output that is not JSON, or more than two minutes. --list
appends each critical finding, each near name and each crash to a file, to be judged by hand; --json
appends a history's counts, one object a line. The exit status is 1 after a crash or a lost line.
"""
import argparse, collections, concurrent.futures, json, os, subprocess, sys

GOLDEN = 0.6180339887498949
COLUMNS = ["history", "commits", "files", "opaque", "changed lines", "residual (readable)", "critical commits",
           "critical by code", "near names", "crashes", "lines lost", "CPU s"]


def order(count):
    return sorted(range(count), key=lambda position: position * GOLDEN % 1)


def compare(hookkit, repository, parent, commit):
    """The files of one commit as `deps diff` reports them, and what went wrong, if anything did."""
    command = [hookkit, "deps", "diff", "-C", repository, "--json", parent, commit]
    try:
        ended = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
    except subprocess.TimeoutExpired:
        return [], "more than two minutes"
    try:
        return json.loads(ended.stdout)["files"], None
    except (ValueError, KeyError):
        words = ended.stderr.decode(errors="backslashreplace").strip()[-300:]
        return [], f"exit status {ended.returncode}: {words}"


def replay(hookkit, repository, cap, jobs, told):
    *_, parent, name = os.path.abspath(repository).split("/")
    name = (parent if name in ("repo", ".git") else name).replace("+", "/")
    listed = subprocess.run(["git", "-C", repository, "rev-list", "--no-merges", "--parents", "HEAD"],
                            check=True, capture_output=True, text=True).stdout.splitlines()
    pairs = [tuple(reversed(line.split())) for line in listed if " " in line]
    sums, codes, began = collections.Counter(), collections.Counter(), os.times()
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        drawn = [pairs[position] for position in order(len(pairs))]
        for start in range(0, len(drawn), 4 * jobs):
            if cap and sums["commits"] >= cap:
                break
            batch = drawn[start:start + 4 * jobs]
            for pair, (files, wrong) in zip(batch, pool.map(lambda pair: compare(hookkit, repository, *pair), batch)):
                if not cap or sums["commits"] < cap:
                    count(name, pair[1], files, wrong, sums, codes, told)
    spent = os.times().children_user + os.times().children_system - began.children_user - began.children_system
    sums["seconds"] = round(spent)
    return name, sums, codes


def count(name, commit, files, wrong, sums, codes, told):
    if wrong:
        sums["crashes"] += 1
        told(f"{name} {commit} crash {wrong}")
    if not files:
        return
    sums["commits"] += 1
    critical = set()
    for file in files:
        coverage, opaque = file["coverage"], file["parse"]["status"] == "opaque"
        residual = sum(span["lines"][1] - span["lines"][0] + 1 for span in coverage["residual"])
        sums["files"] += 1
        sums["opaque"] += opaque
        sums["changed"] += coverage["changedLines"]
        sums["residual"] += 0 if opaque else residual
        sums["lost"] += abs(coverage["changedLines"] - coverage["explained"] - coverage["neutral"] - residual)
        for finding in file["findings"]:
            near = finding["code"] == "HK226"
            sums["near"] += near
            if finding["severity"] == "critical":
                critical.add(finding["code"])
            if near or finding["severity"] == "critical":
                told(f"{name} {commit} {finding['code']} {finding['severity']} {file['path']}: "
                     f"{finding['title']}: {finding['detail']}")
    sums["critical"] += bool(critical)
    codes.update(critical)


def row(name, sums, codes):
    by_code = ", ".join(f"{code} {number}" for code, number in sorted(codes.items())) or "-"
    cells = [sums[key] for key in ("commits", "files", "opaque", "changed", "residual", "critical")]
    cells += [by_code] + [sums[key] for key in ("near", "crashes", "lost", "seconds")]
    return "| " + " | ".join([name] + [f"{cell:,}" if isinstance(cell, int) else cell for cell in cells]) + " |"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--hookkit", required=True)
    parser.add_argument("--cap", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--list", type=argparse.FileType("a"))
    parser.add_argument("--json", type=argparse.FileType("a"))
    parser.add_argument("repositories", nargs="+", metavar="REPOSITORY")
    options = parser.parse_args()
    told = (lambda line: print(line, file=options.list, flush=True)) if options.list else (lambda line: None)
    print("| " + " | ".join(COLUMNS) + " |\n|" + "---|" * len(COLUMNS))
    all_sums, all_codes = collections.Counter(), collections.Counter()
    for repository in options.repositories:
        name, sums, codes = replay(options.hookkit, repository, options.cap, options.jobs, told)
        if options.json:
            print(json.dumps({"history": name, **sums, "codes": codes}), file=options.json, flush=True)
        print(row(name, sums, codes), flush=True)
        all_sums.update(sums)
        all_codes.update(codes)
    print(row("all", all_sums, all_codes))
    return 1 if all_sums["crashes"] or all_sums["lost"] else 0


if __name__ == "__main__":
    sys.exit(main())
