"""`hxl`: the columns of `rows` with their HXL hashtags as the second line (HXL 1.1; tags of HDX's ACLED and UCDP files where they have one).

What HDX has no tag for is built of core hashtags and attributes: least and most, who conceded, who says so, how precisely, how reviewed.
"""

from collections.abc import Iterable
from typing import BinaryIO

from sayso.export.csv_out import write_csv
from sayso.export.row_facts import all_rows
from sayso.export.rows import table_of
from sayso.export.subject import ExportSettings, Subject

_TAGS = {
    "event_id": "#event+code", "incident": "#event+incident+code", "codebook": "#meta+codebook+name", "codebook_version": "#meta+codebook+version",
    "codebook_digest": "#meta+codebook+digest", "event_type": "#event+type", "sub_event_type": "#event+subtype", "disorder_type": "#event+disorder",
    "type_of_violence": "#event+violence+code", "civilian_targeting": "#event+targeting", "date_from": "#date+start", "date_to": "#date+end",
    "date_precision": "#date+precision", "dated_by": "#date+rule", "country": "#country+code+v_iso2", "admin1": "#adm1+name", "location": "#loc+name",
    "latitude": "#geo+lat", "longitude": "#geo+lon", "place_precision": "#geo+precision", "place_shared": "#geo+shared",
    "side_1": "#group+type+first", "reported_actor_1": "#group+name+first", "actor_1_as_written": "#group+original+first",
    "side_2": "#group+type+second", "reported_actor_2": "#group+name+second", "actor_2_as_written": "#group+original+second",
    "harm_denied_by": "#group+name+denying", "weighed_by": "#meta+policy", "grade": "#meta+confidence+grade", "corroboration": "#meta+confidence",
    "responsibility": "#group+responsibility", "n_reports": "#meta+reports+num", "n_independent_voices": "#meta+voices+num", "sources": "#meta+source",
    "voices": "#meta+source+original", "urls": "#meta+url", "quotes": "#description", "claims": "#meta+id+claims", "status": "#status+review",
    "rules": "#meta+rules", "reason": "#meta+reason", "made_by": "#meta+tool",
}  # fmt: skip
_CLASSES = {"people": "", "civilians": "+civilian", "combatants": "+combatant", "children": "+children", "women": "+f"}


class Hxl:
    """The format."""

    name = "hxl"
    suffix = ".csv"
    book = "acled"
    any_book = True
    policy = "graded"

    def write(self, subjects: Iterable[Subject], out: BinaryIO, settings: ExportSettings) -> int:
        """The number of rows written, the line of hashtags not counted."""
        columns, rows = table_of(all_rows(subjects, settings), settings)
        return write_csv(out, columns, [{name: tag(name) for name in columns}, *rows]) - 1


EXPORTER = Hxl()


def tag(column: str) -> str:
    """The hashtag of a column: a codebook's own field is an attribute of the event."""
    known = _TAGS.get(column)
    if known is not None:
        return known
    kind, _, rest = column.partition("_")
    if kind == "reported":
        measure, population, bound = rest.split("_")
        return f"#affected+{measure}{_CLASSES[population]}+{bound}"
    if kind == "conceded":
        measure, _, what = rest.partition("_")
        return f"#group+name+conceding+{measure}" if what == "by" else f"#affected+{measure}+conceded+{what}"
    return "#event+" + ("".join(char if char.isalnum() and char.isascii() else "_" for char in column).lower().strip("_") or "field")
