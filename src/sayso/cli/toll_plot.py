"""A toll over time drawn: a line of blocks a voice for terminals, and an SVG. Pure: text in, text out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from sayso.export.wording import visible
from sayso.link.toll import Series, Toll, TollPoint

_BLOCKS = "▁▂▃▄▅▆▇█"
_MOST_SERIES = 12  # drawn; the table has all
_COLOURS = ("#1f5fa8", "#b3521c", "#2f7d4f", "#7a4aa0", "#8a6d00", "#a12d5b")
_DASHES = ("", "6 3", "2 3")
_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM, _LINE = 860, 360, 70, 30, 40, 18


@dataclass(frozen=True, slots=True)
class _Axes:
    """Days and numbers as places on the page."""

    first: int
    last: int
    top: int

    def x(self, day: int) -> float:
        """Where a day stands."""
        return _LEFT + (day - self.first) / max(1, self.last - self.first) * (_WIDTH - _LEFT - 20)

    def y(self, number: int) -> float:
        """Where a number stands."""
        return _TOP + (1 - number / max(1, self.top)) * (_HEIGHT - _TOP - _BOTTOM)


def series_label(series: Series) -> str:
    """Who said it of whom, since when, in one line."""
    of = f" of {series.side}" if series.side else ""
    since = f", since {series.since}" if series.since else ""
    return visible(f"{series.voice}: {series.population.value}{of}{since}")


def sparkline(series: Series, top: int, width: int = 40) -> str:
    """The points of a series as blocks of up to `width` columns, evenly by order; a dot where no number is told."""
    points = _plotted(series)
    if len(points) > width:
        points = [points[index * (len(points) - 1) // (width - 1)] for index in range(width)] if width > 1 else points[-1:]
    shown = (point.shown for point in points)
    return "".join("·" if one is None else _BLOCKS[min(len(_BLOCKS) - 1, one * len(_BLOCKS) // (top + 1))] for one in shown)


def toll_text(toll: Toll, width: int = 40) -> str:
    """Totals voice by voice, one line each on one scale, with the first and last number; single acts are no toll and are not drawn."""
    drawn = toll.totals[:_MOST_SERIES]
    if not drawn:
        return "No voice tells a total.\n"
    top = _top(drawn)
    labels = [series_label(one) for one in drawn]
    wide = max(map(len, labels))
    lines = []
    for label, one in zip(labels, drawn, strict=True):
        points = _plotted(one)
        ends = f"{_number(points[0])} ({points[0].as_of}) → {_number(points[-1])} ({points[-1].as_of})" if points else "increments only"
        lines.append(f"{label:<{wide}}  {sparkline(one, top, width)}  {ends}")
    return "\n".join([*lines, *_rest(toll)]) + "\n"


def toll_svg(toll: Toll) -> str:
    """An SVG of the totals: a step line a voice, a bar from low to high at each point, the words as its title."""
    drawn = [one for one in toll.totals if _plotted(one)][:_MOST_SERIES]
    days = [_day(point) for one in drawn for point in _plotted(one)]
    height = _HEIGHT + _LINE * (len(drawn) + len(_rest(toll))) + 10
    title = escape(f"People {toll.measure.value}, totals as told, voice by voice")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" font-family="sans-serif" font-size="12">',
        f"<title>{title}</title>",
        f'<rect width="{_WIDTH}" height="{height}" fill="white"/>',
    ]
    if not drawn:
        parts.append(f'<text x="{_LEFT}" y="{_TOP}">No voice tells a total.</text>')
    else:
        axes = _Axes(min(days), max(days), _top(drawn))
        parts += _frame(axes)
        for index, one in enumerate(drawn):
            parts += _drawn(one, index, axes)
    for index, line in enumerate(_rest(toll)):
        parts.append(f'<text x="{_LEFT}" y="{_HEIGHT + _LINE * (len(drawn) + index)}" fill="#555">{escape(line)}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _frame(axes: _Axes) -> list[str]:
    bottom = _HEIGHT - _BOTTOM
    parts = [f'<line x1="{_LEFT}" y1="{bottom}" x2="{_WIDTH - 20}" y2="{bottom}" stroke="#999"/>']
    for number in sorted({0, axes.top // 2, axes.top}):
        parts.append(f'<text x="{_LEFT - 8}" y="{axes.y(number) + 4:.1f}" text-anchor="end" fill="#555">{number:,}</text>')
        parts.append(f'<line x1="{_LEFT}" y1="{axes.y(number):.1f}" x2="{_WIDTH - 20}" y2="{axes.y(number):.1f}" stroke="#e5e5e5"/>')
    for day, anchor in sorted({(axes.first, "start"), (axes.last, "end")}):
        parts.append(f'<text x="{axes.x(day):.1f}" y="{bottom + 18}" text-anchor="{anchor}" fill="#555">{date.fromordinal(day).isoformat()}</text>')
    return parts


def _drawn(series: Series, index: int, axes: _Axes) -> list[str]:
    """One voice: its steps, its points with their bounds and words, its line of the legend. Told apart by dashes too, not by colour alone."""
    colour, dash = _COLOURS[index % len(_COLOURS)], _DASHES[index // len(_COLOURS) % len(_DASHES)]
    points = [point for point in _plotted(series) if point.shown is not None]
    steps = []
    for number, point in enumerate(points):
        x, y = axes.x(_day(point)), axes.y(point.shown or 0)
        steps.append(f"M{x:.1f} {y:.1f}" if number == 0 else f"H{x:.1f}V{y:.1f}")
    parts = [f'<path d="{"".join(steps)}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'] if steps else []
    for point in points:
        x = axes.x(_day(point))
        low, high = (axes.y(point.shown if value is None else value) for value in (point.low, point.high) if point.shown is not None)
        words = escape(visible(f"{point.as_of}: {_number(point)} “{point.quote}” ({series.voice})"))
        parts.append(f'<line x1="{x:.1f}" y1="{low:.1f}" x2="{x:.1f}" y2="{high:.1f}" stroke="{colour}" stroke-width="4" opacity=".4"/>')
        parts.append(f'<circle cx="{x:.1f}" cy="{axes.y(point.shown or 0):.1f}" r="4" fill="{colour}"><title>{words}</title></circle>')
    y = _HEIGHT + _LINE * index
    parts.append(f'<line x1="{_LEFT}" y1="{y - 4}" x2="{_LEFT + 24}" y2="{y - 4}" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>')
    parts.append(f'<text x="{_LEFT + 32}" y="{y}">{escape(series_label(series))}</text>')
    return parts


def _plotted(series: Series) -> list[TollPoint]:
    """The points that are totals: what was added since is no total."""
    return [point for point in series.points if point.revision != "increment" and point.as_of is not None]


def _top(drawn: Sequence[Series]) -> int:
    return max((value for one in drawn for point in _plotted(one) for value in (point.low, point.high, point.shown) if value is not None), default=0)


def _day(point: TollPoint) -> int:
    return date.fromisoformat(point.as_of or "").toordinal()


def _number(point: TollPoint) -> str:
    """A point's number as told: "9+", "10–15", "up to 50", "dozens (24+)"."""
    low, high = point.low, point.high
    if low is not None and high is not None:
        told = f"{low:,}" if low == high else f"{low:,}–{high:,}"
    else:
        told = f"{low:,}+" if low is not None else f"up to {high:,}"
    return f"{point.term} ({told})" if point.term else told


def _rest(toll: Toll) -> list[str]:
    """What is not drawn, in words."""
    notes = []
    if len(toll.totals) > _MOST_SERIES:
        notes.append(f"{len(toll.totals) - _MOST_SERIES} further voices are in the table only")
    if toll.undated:
        notes.append(f"{sum(len(one.points) for one in toll.undated)} figures without a date are not drawn")
    if toll.earlier:
        notes.append(f"{toll.earlier} earlier figures are left out")
    return notes
