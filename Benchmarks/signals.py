#!/usr/bin/env python3
"""Measures how well `hookkit who` reads public histories, and prints a table.

    signals.py --hookkit FILE [--count N] [--careful] [--before DAY] [--list FILE] REPOSITORY...

Of each history the newest N commits (1,500 unless said otherwise) are read by `hookkit who` and, apart from
it, by the rules below. A commit *declares itself* when its author or committer bears an agent's name, or a
line of its message that is a trailer or a footer names one. Recall is the share of those that hookkit calls
an agent's. The rules are broader and sloppier than hookkit's, on purpose: what they find alone is listed
with --list, to be judged by hand, and a person who works for a vendor is taken out by `NOT_AGENTS`.

--careful marks histories in which each commit that hookkit calls an agent's is listed, to be judged too.
--before DAY takes commits from before that day only: before 2021 there were no agents, so that each one
found is false.

Histories are fetched elsewhere, bare or not; nothing of them is kept here.
"""
import argparse, json, os, re, subprocess, sys

NAMES = (
    r"claude|anthropic|\bopus\b|sonnet|haiku|codex|openai|chatgpt|gpt-?\d|copilot|cursor ?agent|\bcursor\b|devin\b|"
    r"google-labs-jules|gemini|\baider\b|openhands|oz-agent|\bamp\b|ampcode|\bcrush\b|roo code|roomote|"
    r"\bcline\b|junie|droid|qwen|opencode|\bgoose\b|kilo ?code|\bkiro\b|replit|lovable|windsurf|cascade|"
    r"augment (code|agent)|amazon q\b|trae\b|grok|codebuff|\bv0\b|kimi\b|kimiflare|moonshot|\bglm\b|"
    r"deepseek|minimax|hermes agent|qoder|ruflo|claude-flow|\bomx\b|sisyphus|ohmyopencode|oh-my-open|"
    r"morpheus|mistral vibe|devstral|sageox|\bnori\b|\bllm\b|ai agent|ai assistant|warp agent|"
    r"/crew/|/polecats?/|/refinery\b|/witness\b|\(polecat\)|ask-bonk|agent-think")
LINE = re.compile(
    r"^[\W_]*(co[- _]?author(ed)?|co-?developed|assisted|ai[- ]assisted|(ai[- ])?generated|created|written|made|"
    r"built|implemented|authored|produced|drafted|developed|ultraworked|vibe[- ]?coded|executed)[- _]?"
    r"(by|with|using|via)\b[^.]{0,40}?(%s)" % NAMES, re.I)
KEY = re.compile(r"^(claude-session|copilot-session|agent-logs-url|amp-thread-id|entire-[a-z-]+|executed-by|"
                 r"ai-(model|agent|tool|session)|replit-commit-author|agent-id-(jkt|owner)|duo-session)\s*:", re.I)
IDENTITY = re.compile(NAMES, re.I)
# An address of a vendor is its employees' too, and some names begin or end like an agent's.
NOT_AGENTS = re.compile(
    r"Travis Cline|Aiden Cline|Cody Bontecou|Kimiya|\S+@(openai|anthropic|cline|entire|warp|moonshot|z\.ewheeler|"
    r"mistral|minimaxi|zed|cursor|all-hands)\.(com|bot|io|dev|cn|ai|org)|claude-opus-\d.*test|sidhantgoyal|"
    r"zhangyouhao215|gpt.*\.png|Claude Agento|Gemini for|goosewobbler", re.I)
# Accepted suggestions and services: hookkit reports them, and leaves them to the policy.
INFORMATIONAL = re.compile(r"gemini-code-assist|175728472\+|Copilot Autofix|greptile|coderabbit|cubic|ellipsis", re.I)


def commits(repository, count, before):
    fields = "%H%x01%an <%ae>%x01%cn <%ce>%x01%B%x00"
    command = ["git", "-C", repository, "log", f"--max-count={count}", f"--format={fields}"]
    command += [f"--before={before}"] if before else []
    out = subprocess.run(command + ["HEAD"], check=True, capture_output=True).stdout.decode("utf-8", "replace")
    for record in out.split("\0"):
        if record.strip():
            yield record.lstrip("\n").split("\x01", 3)


def says(author, committer, message):
    """What in a commit declares an agent, by the rules of this script; None for nothing."""
    for place, identity in (("author", author), ("committer", committer)):
        if place == "committer" and identity != author:
            continue  # Handled by an agent, not written by one.
        if IDENTITY.search(identity) and not NOT_AGENTS.search(identity) and not INFORMATIONAL.search(identity):
            return f"{place}: {identity}"
    for line in message.splitlines():
        if (LINE.match(line) or KEY.match(line)) and not INFORMATIONAL.search(line):
            if not NOT_AGENTS.search(line) or re.search(r"noreply@|agent@|vibe@", line):
                return line.strip()[:120]
    return None


def measure(hookkit, repository, count, before, told, careful):
    *_, parent, name = os.path.abspath(repository).split("/")
    name = (parent if name in ("repo", ".git") else name).replace("+", "/")
    listed = list(commits(repository, count, before))
    if not listed:
        return None
    range_ = [listed[0][0]] if before else ["HEAD"]
    command = [hookkit, "-C", repository, "who", "--json", "-n", str(count)] + range_
    ended = subprocess.run(command, check=True, capture_output=True)
    read = {commit["commit"]: commit for commit in json.loads(ended.stdout)["commits"]}
    agents = declared = found = 0
    for commit, author, committer, message in listed:
        entry = read.get(commit)
        if entry is None:
            continue
        is_agent = entry["kind"] == "agent"
        agents += is_agent
        why = says(author, committer, message)
        if why:
            declared += 1
            found += is_agent
            if not is_agent and told:
                print(f"missed {name} {commit[:12]} {why}", file=told)
        if is_agent and told and (careful or not why):
            quote = entry["signals"][0]["quote"] if entry["signals"] else entry["because"]
            print(f"{'check' if careful else 'more'} {name} {commit[:12]} {quote}", file=told)
    recall = f"{found / declared:.3f}" if declared else "-"
    print(f"| {name} | {listed[0][0][:12]} | {len(listed)} | {declared} | {found} | {recall} | {agents} |", flush=True)
    return len(listed), declared, found, agents


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hookkit", required=True)
    parser.add_argument("--count", type=int, default=1500)
    parser.add_argument("--careful", action="store_true")
    parser.add_argument("--before")
    parser.add_argument("--list")
    parser.add_argument("repositories", nargs="+")
    chosen = parser.parse_args()
    told = open(chosen.list, "a", encoding="utf-8") if chosen.list else None
    print("| history | newest commit | commits | declare themselves | of these found | recall | called an agent's |")
    print("|---|---|---|---|---|---|---|")
    sums = [0, 0, 0, 0]
    for repository in chosen.repositories:
        figures = measure(
            os.path.abspath(chosen.hookkit), repository, chosen.count, chosen.before, told, chosen.careful)
        sums = [left + right for left, right in zip(sums, figures or sums[:0] + [0] * 4)]
    recall = f"{sums[2] / sums[1]:.3f}" if sums[1] else "-"
    print(f"| all | | {sums[0]} | {sums[1]} | {sums[2]} | {recall} | {sums[3]} |")


if __name__ == "__main__":
    sys.exit(main())
