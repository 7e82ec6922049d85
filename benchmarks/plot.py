# SPDX-License-Identifier: BSL-1.0
"""The curves as SVG, written by hand: no plotting library, the same bytes for the same figures."""

import math
from xml.sax.saxutils import escape

INK, SOFT, GRID = "#1f2328", "#656d76", "#e6e8eb"
COLOUR = {"gcc": "#1859b8", "clang": "#c4500b"}
PALE = {"gcc": "#9dbde8", "clang": "#efb48f"}
PALER = {"gcc": "#d5e3f6", "clang": "#f9dfce"}
WIDTH = 980


class canvas:
    def __init__(self):
        self.parts = []

    def text(self, x, y, text, size=11, colour=INK, anchor="start", weight="normal"):
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}" '
                          f'text-anchor="{anchor}" font-weight="{weight}">{escape(text)}</text>')

    def line(self, x1, y1, x2, y2, colour, width=1.0, dash=""):
        dash = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
                          f'stroke="{colour}" stroke-width="{width}"{dash}/>')

    def path(self, points, colour, width=1.0, dash=""):
        if len(points) < 2:
            return
        dash = f' stroke-dasharray="{dash}"' if dash else ""
        body = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.parts.append(f'<polyline points="{body}" fill="none" stroke="{colour}" '
                          f'stroke-width="{width}" stroke-linejoin="round"{dash}/>')

    def dot(self, x, y, colour):
        self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.4" fill="{colour}"/>')

    def bar(self, x, y, width, height, colour):
        self.parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" '
                          f'height="{height:.1f}" fill="{colour}"/>')

    def document(self, height):
        return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" '
                f'width="{WIDTH}" height="{height:.0f}" '
                f'font-family="system-ui, \'DejaVu Sans\', Arial, sans-serif">\n'
                f'<rect width="{WIDTH}" height="{height:.0f}" fill="#ffffff"/>\n'
                + "\n".join(self.parts) + "\n</svg>\n")


def ticks(top, count=4):
    """Round numbers from 0 to at least top."""
    if top <= 0:
        return [0, 1]
    raw = top / count
    power = 10 ** math.floor(math.log10(raw))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= raw * 0.999)
    return [step * i for i in range(math.ceil(top / step - 1e-9) + 1)]


def number(x):
    return f"{x:.3g}" if x < 1000 else f"{x:.0f}"


def bars(out, x, y, title, unit, rows, width=280):
    """Rows of (family, label, parts from the left, budget); the budget is a dashed line."""
    out.text(x, y, title, 12, weight="600")
    left, height = x + 40, 24
    top = max([budget or 0 for *_, budget in rows]
              + [sum(parts) for _, _, parts, _ in rows] + [1e-9]) * 1.06
    scale = (width - 40) / top
    for i, (family, label, parts, budget) in enumerate(rows):
        row = y + 14 + i * 42
        out.text(x, row + 16, label, 11, COLOUR[family], weight="600")
        at = left
        shades = [PALER[family], PALE[family], COLOUR[family]][3 - len(parts):]
        for shade, part in zip(shades, parts):
            out.bar(at, row, part * scale, height, shade)
            at += max(part, 0) * scale
        if budget:
            edge = left + budget * scale
            out.line(edge, row - 4, edge, row + height + 4, "#b3261e", 1.6, "5 3")
        total = number(sum(parts)) if parts else "does not compile"
        caption = f"{total} {unit}" if parts else total
        if budget:
            caption += f" of {number(budget)} {unit}"
        out.text(left, row + height + 11, caption, 10, SOFT)


def panel(out, x, y, width, height, title, label, series):
    """Series of (family, points, plain points, limit points), points being (N, value)."""
    out.text(x, y - 8, title, 11, SOFT)
    every = [p for _, points, lower, limit in series for p in points + lower + limit[-1:]]
    measured = [p for _, points, lower, _ in series for p in points + lower]
    right = max([n for n, _ in every] + [1])
    top = max([v for _, v in measured] + [1e-9]) * 1.15
    marks = ticks(top)
    top = max(top, marks[-2] if len(marks) > 2 else marks[-1])

    def at(n, value):
        return x + n / right * width, y + height - value / top * height

    for mark in marks:
        if mark <= top:
            _, level = at(0, mark)
            out.line(x, level, x + width, level, GRID)
            out.text(x - 5, level + 3.5, number(mark), 9.5, SOFT, "end")
    for n in sorted({n for _, points, _, _ in series for n, _ in points}):
        if n == 0 or n * 5 >= right:
            place, _ = at(n, 0)
            out.line(place, y + height, place, y + height + 3, SOFT)
            out.text(place, y + height + 13, str(n), 9.5, SOFT, "middle")
    out.text(x + width, y + height + 25, label, 9.5, SOFT, "end")
    for family, points, lower, limit in series:
        out.path([at(*p) for p in lower], PALE[family], 1.3)
        inside = []
        for (n1, v1), (n2, v2) in zip(limit, limit[1:]):
            if v1 <= top:
                if v2 > top:
                    n2, v2 = n1 + (n2 - n1) * (top - v1) / (v2 - v1), top
                inside += [at(n1, v1)] * (not inside) + [at(n2, v2)]
        out.path(inside, COLOUR[family], 1.1, "2 3")
    for family, points, _, _ in series:
        out.path([at(*p) for p in points], COLOUR[family], 1.9)
        for p in points:
            out.dot(*at(*p), COLOUR[family])


def limit_line(points, factor, noise):
    """From the first N that stands out of the noise: what the others would cost if every doubling
    cost `factor` times more."""
    base = points[0][1] if points else 0
    start = [(n, v) for n, v in points[1:-1] if v - base >= noise]
    if not start:
        return []
    first, value = start[0]
    power, last = math.log2(factor), points[-1][0]
    steps = [first * (last / first) ** (i / 24) for i in range(25)]
    return [(n, base + (value - base) * (n / first) ** power) for n in steps]


def draw(subtitle, head, curves, factor, noise):
    """head: three groups of bars. curves: (title, unit, [(family, label, time points, plain time
    points, memory points, plain memory points)]). noise: of time and of memory."""
    out = canvas()
    out.text(24, 34, "What dovetail costs the compiler", 19, weight="700")
    out.text(24, 54, subtitle, 11, SOFT)
    for i, (title, unit, rows) in enumerate(head):
        bars(out, 24 + i * 318, 88, title, unit, rows)
    y = 88 + 14 + max([len(rows) for _, _, rows in head] + [1]) * 42 + 22
    out.line(24, y - 12, WIDTH - 24, y - 12, GRID)
    at = 24
    for family in COLOUR:
        labels = [s[1] for _, _, series in curves for s in series if s[0] == family]
        if labels:
            out.line(at, y + 4, at + 18, y + 4, COLOUR[family], 2.2)
            out.text(at + 23, y + 8, labels[0], 11, COLOUR[family], weight="600")
            at += 90
    out.line(at, y + 4, at + 18, y + 4, PALE["gcc"], 1.4)
    out.text(at + 23, y + 8, "the same data as plain constexpr arrays", 11, SOFT)
    out.line(at + 270, y + 4, at + 288, y + 4, COLOUR["gcc"], 1.2, "2 3")
    out.text(at + 293, y + 8,
             f"budget: {factor} times the cost for twice the N, from the first N on", 11, SOFT)
    y += 44
    for i, (title, unit, series) in enumerate(curves):
        left, top = 24 + (i % 2) * 478, y + (i // 2) * 186
        out.text(left, top, title, 12, weight="600")
        panel(out, left + 34, top + 34, 176, 96, "processor time, s", unit,
              [(f, t, tp, limit_line(t, factor, noise[0])) for f, _, t, tp, _, _ in series])
        panel(out, left + 264, top + 34, 176, 96, "peak memory, MB", unit,
              [(f, m, mp, limit_line(m, factor, noise[1])) for f, _, _, _, m, mp in series])
    return out.document(y + (len(curves) + 1) // 2 * 186)
