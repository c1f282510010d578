"""Distances and points on the globe, as far as place names need them."""

from functools import lru_cache
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt

_EARTH_KM = 6371.0088
_KM_A_DEGREE = 111.2
_SHIFT = 0.6  # a part of a country is looked for this far from its middle to the edge of its towns
_BEARINGS = {"north": (1, 0), "south": (-1, 0), "east": (0, 1), "west": (0, -1)}


@lru_cache(maxsize=50_000)  # the places of a text are compared with each other several times
def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points given as latitude and longitude."""
    lat1, lat2 = radians(one[0]), radians(other[0])
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((radians(other[1]) - radians(one[1])) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, half)))


def middle(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """The point halfway between two points."""
    lat1, lon1, lat2, lon2 = map(radians, (*one, *other))
    x, y = cos(lat2) * cos(lon2 - lon1), cos(lat2) * sin(lon2 - lon1)
    lat = atan2(sin(lat1) + sin(lat2), hypot(cos(lat1) + x, y))
    return degrees(lat), degrees(lon1 + atan2(y, cos(lat1) + x))


def part_of_extent(extent: tuple[float, float, float, float], part: str) -> tuple[float, float] | None:
    """A point in the "northern" or "southwest" part of an extent; None for a part that names no direction."""
    south, west, north, east = extent
    up, right = heading(part)
    if not up and not right:
        return None
    return (south + north) / 2 + _SHIFT * up * (north - south) / 2, (west + east) / 2 + _SHIFT * right * (east - west) / 2


def moved(point: tuple[float, float], towards: str, km: float) -> tuple[float, float]:
    """The point some kilometres "north" or "southwest" of another."""
    up, right = heading(towards)
    length = hypot(up, right) or 1
    lat = max(-90.0, min(90.0, point[0] + up / length * km / _KM_A_DEGREE))
    lon = point[1] + right / length * km / (_KM_A_DEGREE * max(0.05, cos(radians(point[0]))))
    return lat, (lon + 180) % 360 - 180


def heading(words: str) -> tuple[int, int]:
    """Northward and eastward steps that a word of direction tells: "southwestern" (-1, -1)."""
    low = words.lower()
    up = right = 0
    for word, (one, other) in _BEARINGS.items():
        if word in low:
            up, right = up + one, right + other
    return up, right
