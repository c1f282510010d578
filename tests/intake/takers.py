"""How the tests give bytes to one taker, without the door of `formats.py`."""

import io

from sayso.errors import EmptyReport, InputError
from sayso.intake.metadata import failed
from sayso.intake.settings import IntakeSettings, Taken, What

SETTINGS = IntakeSettings()


def taken_by(taker, raw: bytes, what: What, settings: IntakeSettings = SETTINGS) -> list[Taken]:
    """What a taker yields, with the Failure that the door makes of its InputError, or of no report."""
    found = []
    try:
        found.extend(taker(io.BytesIO(raw), what, settings))
    except InputError as wrong:
        found.append(failed(wrong, what))
    return found or [failed(EmptyReport("no report in it"), what)]
