#!/usr/bin/env python3
"""Draws the pictures of this folder: each NAME.txt becomes NAME.svg.

usage: draw.py [--check] [NAME.txt]...

Without names it draws all. --check draws nothing and ends with 1 when a picture is not what its text says.

A text has one statement a line; a line that begins with # is a remark, and | breaks a line of text.

  title TEXT                          what the picture shows, for those who cannot see it
  box ID COLUMN ROW KIND TEXT         a box on the grid; COLUMN may be a range such as 1-3
  arrow ID ID [LABEL]                 from box to box
  dots ID ID [LABEL]                  the same, dotted: asks
  lane ID TEXT                        a column of a story
  say ID ID TEXT                      a message from lane to lane
  do ID KIND TEXT                     what somebody does by themselves
  type COMMAND                        a terminal: what is typed
  show TEXT                           and what is printed; < leads a line whose own blanks count

KIND is plain, good, wait, bad or core. Colours are for light backgrounds, and by a media query for dark ones; each
picture brings a background of its own, so it is readable on both where the query is not known.
"""
import html, os, sys

FONT, LINE, PAD, MARGIN = 14, 19, 12, 20
WIDTH, GAP_X, GAP_Y = 184, 44, 44

STYLE = """
    .paper { fill: #ffffff; stroke: #d0d7de; }
    text { font: 14px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2328; }
    .label { font-size: 12px; fill: #59636e; }
    .head { font-weight: 600; }
    .over { stroke: #ffffff; stroke-width: 6; paint-order: stroke; }
    .plain { fill: #f6f8fa; stroke: #8c959f; }
    .core { fill: #ddf4ff; stroke: #0969da; }
    .good { fill: #dafbe1; stroke: #1a7f37; }
    .wait { fill: #fff8c5; stroke: #9a6700; }
    .bad { fill: #ffebe9; stroke: #cf222e; }
    .line { fill: none; stroke: #59636e; stroke-width: 1.5; }
    .tip { fill: #59636e; }
    .life { stroke: #d0d7de; stroke-width: 1.5; }
    .dots { stroke-dasharray: 2 4; }
    @media (prefers-color-scheme: dark) {
      .paper { fill: #0d1117; stroke: #3d444d; }
      text { fill: #f0f6fc; }
      .label { fill: #9198a1; }
      .over { stroke: #0d1117; }
      .plain { fill: #212830; stroke: #656c76; }
      .core { fill: #0c2d6b; stroke: #4493f8; }
      .good { fill: #033a16; stroke: #3fb950; }
      .wait { fill: #3d2e00; stroke: #d29922; }
      .bad { fill: #4d0a0f; stroke: #f85149; }
      .line { stroke: #9198a1; }
      .tip { fill: #9198a1; }
      .life { stroke: #3d444d; }
    }
"""

# Of a terminal alone: light on dark everywhere, as terminals are.
TERMINAL_STYLE = """
    .screen { fill: #161b22; stroke: #3d444d; }
    .cell { font: 13px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #e6edf3; white-space: pre; }
    .typed { fill: #7ee787; font-weight: 600; }
"""
CELL, ROW = 7.85, 18


class Picture:
    def __init__(self, path):
        self.path, self.title, self.parts = path, "", []
        self.boxes, self.arrows, self.lanes, self.story = {}, [], [], []
        self.screen = []
        for number, line in enumerate(open(path, encoding="utf-8"), 1):
            words = line.split()
            if words and not words[0].startswith("#"):
                try:
                    self.read(words[0], line.split(None, 1)[1].strip())
                except (IndexError, KeyError, ValueError) as error:
                    sys.exit(f"{path}:{number}: {error}: {line.strip()}")

    def read(self, verb, rest):
        if verb == "title":
            self.title = rest
        elif verb == "box":
            name, column, row, kind, text = rest.split(None, 4)
            first, _, last = column.partition("-")
            self.boxes[name] = (int(first), int(last or first), int(row), kind, text.split("|"))
        elif verb in ("arrow", "dots"):
            start, end, *label = rest.split(None, 2)
            self.arrows.append((self.boxes[start], self.boxes[end], verb, label[0] if label else ""))
        elif verb == "lane":
            name, text = rest.split(None, 1)
            self.lanes.append((name, text))
        elif verb in ("type", "show"):
            self.screen.append((verb, rest[1:] if rest.startswith("<") else rest))
        elif verb in ("say", "do"):
            self.story.append((verb, *rest.split(None, 2)))
        else:
            raise ValueError(f"no such statement: {verb}")

    # --- Writing ------------------------------------------------------------------------------

    def rect(self, x, y, width, height, kind, radius=6):
        self.parts.append(f'<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}"/>')

    def text(self, x, y, words, kind="", anchor="middle"):
        style = f' class="{kind}"' if kind else ""
        self.parts.append(
            f'<text{style} x="{x}" y="{y}" text-anchor="{anchor}">{html.escape(words.strip())}</text>')

    def line(self, points, kind=""):
        path = " ".join(f"{x},{y}" for x, y in points)
        self.parts.append(f'<polyline class="line {kind}" points="{path}"/>')
        (x0, y0), (x, y) = points[-2:]
        dx, dy = (x > x0) - (x < x0), (y > y0) - (y < y0)
        tip = [(x, y), (x - 9 * dx - 4.5 * dy, y - 9 * dy - 4.5 * dx), (x - 9 * dx + 4.5 * dy, y - 9 * dy + 4.5 * dx)]
        self.parts.append(f'<polygon class="tip" points="{" ".join(f"{x},{y}" for x, y in tip)}"/>')

    def draw(self):
        draw = self.draw_screen if self.screen else self.draw_lanes if self.lanes else self.draw_grid
        width, height = draw()
        style = STYLE + TERMINAL_STYLE if self.screen else STYLE
        body = "\n    ".join(self.parts)
        return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" \
height="{height}" role="img" aria-label="{html.escape(self.title)}">
  <!-- Made by draw.py from {os.path.basename(self.path)}. -->
  <title>{html.escape(self.title)}</title>
  <style>{style}  </style>
  <g>
    <rect class="paper" x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8"/>
    {body}
  </g>
</svg>
"""

    # --- A terminal ---------------------------------------------------------------------------

    def draw_screen(self):
        columns = max(len(text) + (2 if verb == "type" else 0) for verb, text in self.screen)
        width, height = int(columns * CELL + 2 * MARGIN), len(self.screen) * ROW + 2 * MARGIN
        self.rect(0.5, 0.5, width - 1, height - 1, "screen", 8)
        for index, (verb, text) in enumerate(self.screen):
            kind, text = ("cell typed", f"$ {text}") if verb == "type" else ("cell", text)
            self.parts.append(
                f'<text class="{kind}" x="{MARGIN}" y="{MARGIN + FONT + index * ROW}" xml:space="preserve">'
                f"{html.escape(text)}</text>")
        return width, height

    # --- A grid of boxes ----------------------------------------------------------------------

    def draw_grid(self):
        rows = {}
        for _, _, row, _, text in self.boxes.values():
            rows[row] = max(rows.get(row, 0), len(text) * LINE + 2 * PAD)
        tops, top = {}, MARGIN
        for row in sorted(rows):
            tops[row], top = top, top + rows[row] + GAP_Y
        columns = 1 + max(last for _, last, *_ in self.boxes.values())

        def place(box):
            first, last, row, _, _ = box
            x = MARGIN + first * (WIDTH + GAP_X)
            return x, tops[row], (last - first) * (WIDTH + GAP_X) + WIDTH, rows[row]

        for start, end, verb, label in self.arrows:
            self.draw_arrow(place(start), place(end), "dots" if verb == "dots" else "", label)
        for box in self.boxes.values():
            x, y, width, height = place(box)
            self.rect(x, y, width, height, box[3])
            first = y + (height - len(box[4]) * LINE) / 2 + FONT
            for index, words in enumerate(box[4]):
                self.text(x + width / 2, first + index * LINE, words, "head" if index == 0 else "")
        return 2 * MARGIN + columns * (WIDTH + GAP_X) - GAP_X, int(top - GAP_Y + MARGIN)

    def draw_arrow(self, start, end, kind, label):
        ax, ay, aw, ah = start
        bx, by, bw, bh = end
        if ay < by + bh and by < ay + ah:  # beside each other
            y = max(ay, by) + min(ah, bh) / 2
            points = [(ax + aw, y), (bx, y)] if bx > ax else [(ax, y), (bx + bw, y)]
            middle = ((points[0][0] + points[1][0]) / 2, y - 7, "middle")
        elif max(ax, bx) < min(ax + aw, bx + bw):  # above each other
            x = (max(ax, bx) + min(ax + aw, bx + bw)) / 2
            points = [(x, ay + ah), (x, by)] if by > ay else [(x, ay), (x, by + bh)]
            middle = (x + 8, (points[0][1] + points[1][1]) / 2 + 4, "start")
        else:  # round a corner: sideways first
            x, y = bx + bw / 2, ay + ah / 2
            points = [(ax + aw if bx > ax else ax, y), (x, y), (x, by if by > ay else by + bh)]
            middle = ((points[0][0] + x) / 2, y - 7, "middle")
        self.line(points, kind)
        if label:
            self.text(middle[0], middle[1], label, "label", middle[2])

    # --- A story in lanes ---------------------------------------------------------------------

    def draw_lanes(self):
        step, head = 250, 34
        places = {name: MARGIN + 95 + index * step for index, (name, _) in enumerate(self.lanes)}
        width = 2 * MARGIN + 190 + (len(self.lanes) - 1) * step
        rows, y = [], MARGIN + head + 22
        for verb, *words in self.story:
            text = words[-1].split("|")
            height = len(text) * LINE + (2 * PAD if verb == "do" else 14)
            rows.append((verb, words, text, y, height))
            y += height + 14
        for x in places.values():
            self.parts.append(f'<line class="life" x1="{x}" y1="{MARGIN + head}" x2="{x}" y2="{y}"/>')
        for name, text in self.lanes:
            self.rect(places[name] - 95, MARGIN, 190, head, "plain")
            self.text(places[name], MARGIN + 22, text, "head")
        for verb, words, text, top, height in rows:
            if verb == "say":
                start, end = places[words[0]], places[words[1]]
                for index, line in enumerate(text):
                    self.text((start + end) / 2, top + FONT - 2 + index * LINE, line, "over")
                self.line([(start, top + height - 8), (end - (3 if end > start else -3), top + height - 8)])
            else:
                x = places[words[0]]
                half = max(95, max(len(line) for line in text) * 3.9 + PAD)
                x = min(max(x, half + MARGIN / 2), width - half - MARGIN / 2)
                self.rect(x - half, top, 2 * half, height, words[1])
                for index, line in enumerate(text):
                    self.text(x, top + PAD + FONT + index * LINE, line)
        return width, int(y + MARGIN - 8)


def main(words):
    check = "--check" in words
    here = os.path.dirname(os.path.abspath(__file__))
    names = [word for word in words if word != "--check"]
    names = names or sorted(f"{here}/{name}" for name in os.listdir(here) if name.endswith(".txt"))
    wrong = 0
    for name in names:
        target = name[: -len(".txt")] + ".svg"
        drawn = Picture(name).draw()
        if check:
            old = open(target, encoding="utf-8").read() if os.path.exists(target) else ""
            if old != drawn:
                wrong = 1
                print(f"{target} is not what {name} says; run draw.py", file=sys.stderr)
        else:
            with open(target, "w", encoding="utf-8") as file:
                file.write(drawn)
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
