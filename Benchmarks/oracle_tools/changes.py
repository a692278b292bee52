"""Changes of a file by program: each scalar in turn, an invented key in each object, order, layout.

A change is `(label, text)`. Labels have no indices, so that changes of one key in many entries are told
to be of one kind.
"""

import copy
import json
import re
import tomllib

EVIL = "http://evil.example/x"


def other_values(value):
    """What a scalar becomes: another of its type, and each other type."""
    if isinstance(value, bool):
        return [("flipped", not value), ("text", "x"), ("number", 7), ("list", ["x"])]
    if isinstance(value, (int, float)):
        return [("counted up", value + 1), ("text", "x"), ("huge", 10**30), ("negative", -1), ("list", ["x"])]
    if isinstance(value, str):
        return [
            ("longer", value + "x"),
            ("empty", ""),
            ("address", EVIL),
            ("number", 7),
            ("flag", True),
            ("list", ["x"]),
            ("object", {"x": "y"}),
            ("several lines", "a\nb"),
        ]
    return [("text", "x")]


def json_changes(text):
    indent = next(
        (
            n
            for n in (2, 4, "\t")
            if json.dumps(json.loads(text), indent=n, ensure_ascii=False) == text.rstrip("\n")
        ),
        2,
    )
    root = json.loads(text)

    def dump(tree, **options):
        return json.dumps(tree, **{"indent": indent, "ensure_ascii": False, **options}) + "\n"

    def places(node, path):
        yield path, node
        children = (
            node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else []
        )
        for key, child in children:
            yield from places(child, path + [key])

    def replaced(path, value):
        tree = copy.deepcopy(root)
        node = tree
        for key in path[:-1]:
            node = node[key]
        if not path:
            return value
        node[path[-1]] = value
        return tree

    for path, node in places(root, []):
        name = "/".join(
            "[]" if isinstance(key, int) else re.sub(r"\d.*|node_modules/\w+", "*", key) for key in path
        )
        if isinstance(node, dict):
            yield f"{name}: invented key", dump(replaced(path, {**node, "hookkitInvented": "x"}))
            if len(node) > 1:
                yield f"{name}: order", dump(replaced(path, dict(reversed(node.items()))))
            for key in node:
                yield (
                    (f"{name}/{key}: gone" if len(path) != 1 else f"{name}/*: gone"),
                    dump(replaced(path, {k: v for k, v in node.items() if k != key})),
                )
        elif isinstance(node, list):
            if len(node) > 1:
                yield f"{name}: order", dump(replaced(path, node[::-1]))
        else:
            for kind, value in other_values(node):
                if value != node or type(value) is not type(node):
                    yield f"{name}: {kind}", dump(replaced(path, value))
    for label, options in (
        ("minified", {"indent": None}),
        ("indent 4", {"indent": 4}),
        ("tabs", {"indent": "\t"}),
        ("sorted keys", {"sort_keys": True}),
    ):
        yield f"layout: {label}", dump(root, **options)
    yield "layout: escaped letters", re.sub(r'": "([a-z])', lambda m: f'": "\\u{ord(m[1]):04x}', text)
    yield "layout: key twice, the first counts less", text.replace('": "', '": "x", "hookkit": "', 1)
    twice = re.search(r'"(version|resolved|integrity)": ("[^"]*")', text)
    if twice:
        yield (
            "layout: a key twice, other value first",
            text.replace(twice[0], f'"{twice[1]}": "9.9.9", {twice[0]}', 1),
        )
        yield (
            "layout: a key twice, other value last",
            text.replace(twice[0], f'{twice[0]}, "{twice[1]}": "9.9.9"', 1),
        )
    yield "layout: comment", "// x\n" + text
    yield "layout: trailing comma", re.sub(r'"\n', '",\n', text, count=1)
    yield from line_layouts(text)


def line_layouts(text):
    yield "layout: CRLF", text.replace("\n", "\r\n")
    yield "layout: byte-order mark", "\ufeff" + text
    yield "layout: no newline at the end", text.rstrip("\n")
    yield "layout: empty lines at the end", text + "\n\n"
    yield "layout: blanks at line ends", text.replace("\n", " \n")


# TOML: statements with their spans, so that what does not change keeps its bytes.
def statements(text):
    """`(header, key, value, text)` of each statement; `key` is None for a header, comment or blank."""
    header, lines, found = "", text.splitlines(keepends=True), []
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if line.startswith("["):
            header = line.strip().strip("[]")
            found.append((header, None, None, line))
        elif "=" in line and not line.lstrip().startswith("#"):
            while True:
                try:
                    tomllib.loads(line)
                    break
                except tomllib.TOMLDecodeError:
                    line += lines[at]
                    at += 1
            key, value = line.split("=", 1)
            found.append((header, key.strip(), value.strip(), line))
        else:
            found.append((header, None, None, line))
    return found


def toml_value(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml_value, value)) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml_value(item)}" for key, item in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


SCALAR = re.compile(
    r'"(?:[^"\\]|\\.)*"(?!\s*=)|\'[^\']*\'(?!\s*=)|(?<=[=\[, ])(?:true|false|\d+)(?=[\s,\]}]|$)'
)


def toml_changes(text):
    found = statements(text)

    def joined(index, new):
        return "".join(new if i == index else item[3] for i, item in enumerate(found))

    for index, (header, key, _, line) in enumerate(found):
        if key is None:
            if line.startswith("["):
                yield f"{header}: invented key", joined(index, line + 'hookkit_invented = "x"\n')
            continue
        name = f"{header}/{key}".lstrip("/")
        yield f"{name}: gone", joined(index, "")
        start = line.index("=") + 1
        for match in SCALAR.finditer(line, start - 1):
            inner = re.findall(r"([\w.-]+)\s*=\s*$", line[start : match.start()])
            scalar = tomllib.loads("x = " + match[0])["x"]
            for kind, other in other_values(scalar):
                changed = line[: match.start()] + toml_value(other) + line[match.end() :]
                yield f"{name}{'/' + inner[0] if inner else ''}: {kind}", joined(index, changed)
        if isinstance(tomllib.loads(line).get(key.strip('"')), list):
            items = tomllib.loads(line)[key.strip('"')]
            if len(items) > 1:
                yield f"{name}: order", joined(index, f"{key} = {toml_value(items[::-1])}\n")
                yield f"{name}: on one line", joined(index, f"{key} = {toml_value(items)}\n")
    yield from toml_orders(found)
    quoted = [
        item[3]
        if item[1] is None or not re.fullmatch(r"[\w-]+", item[1])
        else f'"{item[1]}"{item[3][len(item[1]) :]}'
        for item in found
    ]
    yield "layout: quoted keys", "".join(quoted)
    yield "layout: no blanks at =", re.sub(r"(?m)^([\w-]+) = ", r"\1=", text)
    yield "layout: literal strings", re.sub(r'(?m)^([\w-]+ = )"([^"\\\n]*)"$', r"\1'\2'", text)
    yield "layout: comments", re.sub(r"(?m)^(\[.*)$", r"\1 # x", "# y\n" + text)
    yield "layout: empty lines", text.replace("\n[", "\n\n\n[")
    yield from line_layouts(text)


def toml_orders(found):
    """Members of a table reversed; tables, and the elements of each array of tables, reversed."""
    blocks = []
    for item in found:
        if item[3].startswith("[") or not blocks:
            blocks.append([])
        blocks[-1].append(item)
    for index, block in enumerate(blocks):
        members = [item[3] for item in block if item[1]]
        if len(members) > 1:
            rest = iter(reversed(members))
            new = "".join(next(rest) if item[1] else item[3] for item in block)
            yield (
                f"{block[0][0]}: order of members",
                "".join(
                    new if i == index else "".join(item[3] for item in other)
                    for i, other in enumerate(blocks)
                ),
            )
    texts = ["".join(item[3] for item in block) for block in blocks]
    for kind in sorted({re.match(r"\[\[(.*)\]\]", text)[1] for text in texts if text.startswith("[[")}):
        # A block goes with the tables below it.
        groups, other = [], []
        for block in texts:
            if block.startswith(f"[[{kind}]]"):
                groups.append(block)
            elif groups and re.match(rf"\[+{re.escape(kind)}\.", block):
                groups[-1] += block
            else:
                other.append((len(groups), block))
        if len(groups) > 1:
            ends = [group if group.endswith("\n\n") else group + "\n" for group in reversed(groups)]
            before = "".join(block for at, block in other if at == 0)
            after = "".join(block for at, block in other if at > 0)
            yield f"{kind}: order of elements", before + "".join(ends) + after
    heads = [text for text in texts if not text.startswith("[")]
    yield (
        "order of tables",
        "".join(heads)
        + "".join(text.rstrip("\n") + "\n\n" for text in reversed([t for t in texts if t.startswith("[")])),
    )


def line_changes(text):
    """Lists of lines: requirements, go.mod, go.sum."""
    lines = text.splitlines(keepends=True)
    for index, line in enumerate(lines):
        kind = re.sub(r"[\w.-]*\d[\w.:=+/-]*", "*", line.strip())[:40]
        for label, new in (
            ("gone", ""),
            ("twice", line + line),
            ("upper case", line.upper()),
            ("comment after", line.rstrip("\n") + " # x\n"),
            ("comment after, //", line.rstrip("\n") + " // x\n"),
            ("indented", "  " + line),
            ("tab", line.replace(" ", "\t", 1)),
            ("a digit more", re.sub(r"(\d)\b", r"\g<1>1", line, count=1)),
            ("commented", "# " + line),
            ("commented //", "// " + line),
            ("split", line.replace(" ", " \\\n", 1)),
            ("next line", line.replace(" ", "\u0085", 1)),
            ("form feed", line.replace(" ", "\f", 1)),
            ("hash without blank", line.replace(" ", " #", 1)),
        ):
            if new != line:
                yield f"{kind}: {label}", "".join(lines[:index] + [new] + lines[index + 1 :])
        if index:
            yield (
                f"{kind}: order",
                "".join(lines[: index - 1] + [line, lines[index - 1]] + lines[index + 1 :]),
            )
    yield "layout: comment before", "# x\n" + text
    yield "layout: empty lines", text.replace("\n", "\n\n")
    yield from line_layouts(text)


def changes_of(name, text):
    make = (
        json_changes
        if name.endswith((".json", "Pipfile.lock", "deno.lock", "conan.lock"))
        else (line_changes if name.endswith((".txt", "go.mod", "go.sum", ".yml", ".npmrc")) else toml_changes)
    )
    seen = {text}
    for label, changed in make(text):
        if changed not in seen:
            seen.add(changed)
            yield label, changed


def merged(text, made):
    """Groups of changes with one text that has all of them: those that change lines of their own are put together.

    What a group does not change, none of its changes does; where it does, each is tried by itself.
    """
    lines, groups = text.split("\n"), []
    for label, changed in made:
        new = changed.split("\n")
        differing = {at: line for at, (line, old) in enumerate(zip(new, lines)) if line != old}
        alone = len(new) != len(lines) or len(differing) > 3
        for group in groups:
            if not alone and group[1] is not None and not differing.keys() & group[1].keys():
                group[0].append((label, changed))
                group[1].update(differing)
                break
        else:
            groups.append(([(label, changed)], None if alone else differing))
    for members, differing in groups:
        if len(members) == 1:
            yield members, members[0][1]
        else:
            yield members, "\n".join(differing.get(at, line) for at, line in enumerate(lines))
