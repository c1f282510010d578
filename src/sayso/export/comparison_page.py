"""A comparison as one HTML page that stands alone: no request, no script, every cell's words inert."""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from html import escape
from importlib.resources import files

from sayso import __version__
from sayso.export.comparing import Comparison, Match, percent
from sayso.export.row_likeness import deaths_told
from sayso.export.row_views import RowView
from sayso.export.wording import many, visible

MOST_SHOWN = 2_000  # rows of one table: a page is read by people
_STYLE = """
main{max-width:84rem;margin:0 auto;padding:1.5rem clamp(1rem,3vw,2.5rem)}
h1{font:500 1.8rem/1.2 var(--serif)}h2{margin:2rem 0 .6rem;font:600 1.1rem var(--serif)}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:start;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
th{color:var(--soft);font-weight:600}caption{text-align:start;color:var(--soft);padding-bottom:.4rem}.apart{color:var(--soft)}.wide{overflow-x:auto}
"""


def comparison_page(found: Comparison, names: tuple[str, str]) -> str:
    """The page: how many rows agree and differ, field by field, and what only one file has. `names` are those of the two files."""
    style = (files("sayso.export") / "assets" / "page.css").read_text(encoding="utf-8") + _STYLE
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    ours, theirs = (shown(name) for name in names)
    body = "".join(
        (
            f"<h1>{ours} and {theirs}</h1><p>Which of the two is right is not said here: both tell what was reported to them.</p>",
            _counts(found, (ours, theirs)),
            _differing(found.differing, (ours, theirs)),
            _agreed(found.agreed),
            _rows("Only in " + ours, found.only_ours),
            _rows("Only in " + theirs, found.only_theirs),
            _bad(found, (ours, theirs)),
        )
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="referrer" content="no-referrer"><meta name="generator" content="sayso {__version__}"><link rel="icon" href="data:,">'
        f"<title>{ours} and {theirs} · sayso</title><style>{style}</style></head>\n<body><main>{body}</main></body></html>\n"
    )


def shown(text: str) -> str:
    """Words of a file as HTML: one line, nothing that steers, nothing that is markup."""
    return escape(visible(text))


def _counts(found: Comparison, names: tuple[str, str]) -> str:
    words = {"agreed": "agreed", "differing": "differing", "only_ours": f"only in {names[0]}", "only_theirs": f"only in {names[1]}"}
    cells = [(words[name], f"{number:,}", *(percent(share) for share in found.shares(name))) for name, number in found.counts().items()]
    fields = [(name, f"{number:,}") for name, number in found.fields().items()]
    notes = "".join(f"<p>{shown(note)}.</p>" for note in found.notes)
    return _table("How many rows", ("", "rows", f"of {names[0]}", f"of {names[1]}"), cells) + notes + _table("In which fields", ("field", "rows"), fields)


def _differing(matches: Sequence[Match], names: tuple[str, str]) -> str:
    rows = [
        (shown(one.ours.id), shown(one.theirs.id), shown(each.field), shown(each.ours), shown(each.theirs), shown(each.apart))
        for one in matches[:MOST_SHOWN]
        for each in one.differences
    ]
    return _table(f"Differing{_cut(len(matches))}", (names[0], names[1], "field", names[0], names[1], "how far"), rows)


def _agreed(matches: Sequence[Match]) -> str:
    rows = [(shown(one.ours.id), shown(one.theirs.id), *_about(one.ours)) for one in matches[:MOST_SHOWN]]
    return _table(f"Agreed{_cut(len(matches))}", ("", "", "day", "place", "actors", "type", "deaths"), rows)


def _rows(title: str, views: Sequence[RowView]) -> str:
    return _table(title + _cut(len(views)), ("row", "day", "place", "actors", "type", "deaths"), [(shown(one.id), *_about(one)) for one in views[:MOST_SHOWN]])


def _about(view: RowView) -> tuple[str, ...]:
    day = view.first.isoformat() if view.first == view.last else f"{view.first} to {view.last}"
    return shown(day), shown(view.place), shown("; ".join(view.actors)), shown(view.kind), shown(deaths_told(view))


def _bad(found: Comparison, names: tuple[str, str]) -> str:
    told = [(names[0] if side == "ours" else names[1], str(one.line), shown(str(one))) for side, one in found.bad[:MOST_SHOWN]]
    return _table(f"Not compared{_cut(found.n_bad)}", ("file", "line", "why"), told) if told else ""


def _cut(number: int) -> str:
    return f" (the first {MOST_SHOWN:,} of {number:,})" if number > MOST_SHOWN else ""


def _table(title: str, headings: Iterable[str], rows: Sequence[tuple[str, ...]]) -> str:
    """A table of cells that are HTML already; a line says so where there is nothing to show."""
    if not rows:
        return f"<h2>{title}</h2><p>None.</p>"
    head = "".join(f'<th scope="col">{name}</th>' for name in headings)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    caption = f"<caption>{many(len(rows), 'line')}</caption>"
    return f'<h2>{title}</h2><div class="wide"><table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
