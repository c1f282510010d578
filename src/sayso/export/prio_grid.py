"""PRIO-GRID: the number of the half-degree cell that a point lies in."""

from math import floor

_DEGREES = 0.5
_COLUMNS, _ROWS = 720, 360


def grid_cell(lat: float, lon: float) -> int:
    """The cell's gid: 1 in the south-west corner of the world, counted eastwards and then northwards."""
    row = min(floor((lat + 90) / _DEGREES), _ROWS - 1)
    column = min(floor((lon + 180) / _DEGREES), _COLUMNS - 1)
    return row * _COLUMNS + column + 1
