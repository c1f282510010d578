"""Whose word it is, as a row may tell it: outlets by their registered names, private persons as roles, without places that the row withholds."""

from collections.abc import Sequence

from sayso.export.lookup import Lookup
from sayso.export.private import voice_name
from sayso.export.sharing import SharedPlace, hidden_stretches, shown
from sayso.export.subject import Coarsen, ExportSettings
from sayso.export.wording import visible
from sayso.link.told import Report
from sayso.link.voices_apart import original_voice
from sayso.model import Voice
from sayso.model.words import VoiceKind


def voice_told(lookup: Lookup, chain: Sequence[Voice], report: Report, place: SharedPlace, settings: ExportSettings) -> str:
    """The voice that a chain of a report goes back to."""
    voice = original_voice(chain)
    if voice.kind is VoiceKind.OUTLET:
        return report.outlet.name
    name = voice.name if settings.names else voice_name(lookup, voice)
    if place.level is Coarsen.NONE or voice.span is None or name != voice.name:
        return visible(name)
    # A name may tell the place: "the hospital of such a town".
    return visible(shown(lookup, voice.span.start, voice.span.end, hidden_stretches(lookup, place.level, settings.names)))
