import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import InputError, MissingPart
from sayso.extract.places import find_places
from sayso.gazetteers import places_geonames, places_merge, places_open
from sayso.gazetteers.places import places
from sayso.gazetteers.places_cache import imported_path, ready_table, table_path
from sayso.gazetteers.places_import import ImportResult, import_places
from sayso.resolve.places import resolve_places


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A cache directory of the test's own that holds the built table and no import."""
    built = ready_table()
    folder = tmp_path / "cache"
    folder.mkdir()
    monkeypatch.setenv("SAYSO_CACHE", str(folder))
    try:
        os.link(built, table_path())
    except OSError:
        shutil.copyfile(built, table_path())
    places.cache_clear()
    yield folder
    places.cache_clear()


def line(identity: str, name: str, lat: float, lon: float, sort: str = "P.PPL", **more: Any) -> str:
    """A line of a dump; `more`: country, admin1, people, others."""
    group, code = sort.split(".")
    told = [identity, name, more.get("plain", name), more.get("others", ""), str(lat), str(lon), group, code, more.get("country", "PS"), ""]
    return "\t".join([*told, more.get("admin1", ""), "", "", "", str(more.get("people", "")), "", "", "Asia/Hebron", "2024-01-01"])


def dump(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def feature(folder: Path, identity: int, placetype: str, name: str, point: tuple[float, float], **more: Any) -> Path:
    """A file of Who's On First, in the folders that its number tells."""
    digits = str(identity)
    path = folder.joinpath("data", *(digits[at : at + 3] for at in range(0, len(digits), 3)), f"{digits}.geojson")
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {"wof:id": identity, "wof:name": name, "wof:placetype": placetype, "wof:country": "ML", "mz:is_current": 1, "edtf:deprecated": "uuuu"}
    properties = told | {"geom:latitude": point[0], "geom:longitude": point[1]} | {key.replace("__", ":"): value for key, value in more.items()}
    path.write_text(json.dumps({"type": "Feature", "properties": properties, "geometry": {"type": "Point"}}), encoding="utf-8")
    return path


def zipped(folder: Path, path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for one in sorted(folder.rglob("*")):
            if one.is_file():
                packed.write(one, one.relative_to(folder).as_posix())
    return path


def refs(name: str) -> list[str | None]:
    return [row.ref for row in places().lookup(name)]


def test_a_dump_adds_what_the_table_lacks(tmp_path: Path) -> None:
    assert places().lookup("Qanzahar al-Wusta") == ()
    path = dump(
        tmp_path / "PS.txt",
        line("990000001", "Qanzahar al-Wusta", 31.6, 35.1, people=230, others="قنزهر الوسطى,qnzhr,KNZ", plain="Qanzahar al Wusta"),
        line("990000002", "Zhorvat Refugee Camp", 31.61, 35.11, "S.CMPRF"),
        line("990000003", "Tirvaq Air Base", 31.62, 35.12, "S.AIRB"),
        line("990000004", "Qorm Crossing", 31.63, 35.13, "S.PSTB"),
        line("990000005", "Qelmarr District", 31.6, 35.0, "A.ADM2"),
        line("990000006", "Wadi Zhoqqar", 31.6, 35.0, "H.WAD"),
    )
    told: list[tuple[str, int, int]] = []
    result = import_places(path, lambda *step: told.append(step))
    assert (result.added, result.skipped) == (5, 1)
    assert result.reasons == ("1 of a kind that reports seldom name",)
    assert ("reading places", path.stat().st_size, path.stat().st_size) in told
    (village,) = places().lookup("Qanzahar al-Wusta")
    assert (village.ref, village.country, village.level, village.kind, village.population, village.match) == (
        "990000001",
        "PS",
        "settlement",
        "village",
        230,
        "exact",
    )
    assert refs("قنزهر الوسطى") == ["990000001"]
    assert refs("Kanzahar al-Wosta") == ["990000001"]  # by sound
    assert refs("KNZ") == refs("qnzhr") == []  # a code, and letters that nobody writes
    assert [(row.level, row.kind) for name in ("Zhorvat camp", "Tirvaq Air Base", "Qorm Crossing", "Qelmarr") for row in places().lookup(name)] == [
        ("site", "camp"),
        ("site", "base"),
        ("site", "crossing"),
        ("admin2", "unit"),
    ]


def test_readings_use_what_was_imported(tmp_path: Path) -> None:
    import_places(dump(tmp_path / "PS.txt", line("990000001", "Qanzahar", 31.6, 35.1, people=4000)))
    text = "Two people were killed in Qanzahar, Palestinian medics said."
    (answer,) = (one for one in resolve_places(text, find_places(text, places()), places()) if one.target and one.target.name == "Qanzahar")
    assert (answer.target.id, answer.target.lat, answer.target.lon) == ("990000001", 31.6, 35.1)


def test_what_is_there_is_not_added_again_but_found_under_more_names(tmp_path: Path) -> None:
    jenin = next(row for row in places().lookup("Jenin") if row.level == "settlement")
    camp = next(row for row in places().lookup("Jenin refugee camp") if row.kind == "camp")
    path = dump(
        tmp_path / "PS.txt",
        line(jenin.ref or "", "Jenin", jenin.lat, jenin.lon, people=50_000, others="Zhenninqar"),
        line("990000007", "Jenin Refugee Camp", camp.lat + 0.01, camp.lon, "S.CMPRF", others="Mokhayyam Zhenninqar"),
        line("990000008", "Palestine", 32, 35.2, "A.PCLI", others="Felestinqar"),
    )
    result = import_places(path)
    assert (result.added, result.skipped) == (0, 3)
    assert result.reasons == ("3 already in the table: only further spellings are kept",)
    assert places().lookup("Zhenninqar")[0].id == jenin.id
    assert refs("Mokhayyam Zhenninqar") == [camp.ref]
    assert [(row.country, row.level, row.kind) for row in places().lookup("Felestinqar")] == [("PS", "country", "country")]
    assert refs("Jenin").count(jenin.ref) == 1


def test_namesakes_elsewhere_are_added(tmp_path: Path) -> None:
    result = import_places(dump(tmp_path / "ML.txt", line("990000009", "Jenin", 14.5, -4.2, country="ML", people=900)))
    assert result == ImportResult(1, 0, ())
    assert {row.country for row in places().lookup("Jenin")} >= {"PS", "ML"}


def test_the_same_dump_twice_adds_nothing(tmp_path: Path) -> None:
    path = dump(tmp_path / "PS.txt", line("990000001", "Qanzahar", 31.6, 35.1), line("990000001", "Qanzahar", 31.6, 35.1))
    assert import_places(path).added == 1
    assert import_places(path).added == 0
    assert refs("Qanzahar") == ["990000001"]
    assert places().facts()["imported"] == "1"


def test_imports_add_up_and_outlive_a_rebuild(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import_places(dump(tmp_path / "PS.txt", line("990000001", "Qanzahar", 31.6, 35.1)))
    import_places(dump(tmp_path / "ML.txt", line("990000009", "Zhogmaré", 14.5, -4.2, country="ML")))
    built = table_path().read_bytes()
    monkeypatch.setattr("sayso.gazetteers.places_cache.write_table", lambda path, *_told: path.write_bytes(built))
    ready_table(rebuild=True)
    places.cache_clear()
    assert (refs("Qanzahar"), refs("Zhogmare")) == (["990000001"], ["990000009"])


def test_broken_lines_are_told_with_file_and_line_and_do_no_harm(tmp_path: Path) -> None:
    good = line("990000001", "Qanzahar", 31.6, 35.1)
    broken = [
        "990000010\ttoo\tshort",
        good.replace("990000001", "number one"),
        good.replace("31.6", "131.6"),
        good.replace("31.6", "nan"),
        good.replace("\tPS\t", "\tPalestine\t"),
        line("990000011", "", 31.6, 35.1),
        line("990000012", "Zhun", 31.6, 35.1, people=-4),
        line("990000013", "Zhun", 31.6, 35.1, others="x" * places_open.LONGEST_LINE),
    ]
    path = tmp_path / "PS.txt"
    path.write_bytes(
        "\n".join([*broken, "#"]).encode() + b"\n" + line("990000014", "Zhun", 1, 1).encode().replace(b"Zhun", b"\xff\xfe") + b"\n" + good.encode()
    )
    result = import_places(path)
    assert (result.added, result.skipped) == (1, 9)
    assert [reason.partition(": ")[0] for reason in result.reasons] == [f"PS.txt:{number}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 10)]
    for word, reason in zip(("3 columns", "number", "no point", "no point", "alpha-2", "name", "below 0", "longer", "UTF-8"), result.reasons, strict=True):
        assert word in reason
    assert refs("Qanzahar") == ["990000001"]


def test_many_broken_lines_are_summed_up(tmp_path: Path) -> None:
    result = import_places(dump(tmp_path / "PS.txt", line("990000001", "Qanzahar", 31.6, 35.1), *["broken"] * 500))
    assert result.skipped == 500
    assert len(result.reasons) == 21
    assert result.reasons[-1] == "… and 480 more that cannot be read"


def lists(folder: Path) -> None:
    dump(folder / "admin1CodesASCII.txt", "PS.Q7\tZhoqland\tZhoqland\t990000020", "broken")
    dump(folder / "admin2Codes.txt", "PS.Q7.1\tQelmärr\tQelmarr Valley\t990000005")
    dump(
        folder / "alternateNamesV2.txt",
        "1\t990000001\tuk\tКанзагар\t\t\t\t\t\t",
        "2\t990000001\tlink\thttps://example.org/qanzahar\t\t\t\t\t\t",
        "3\t990000001\ten\tLittle Qanzo\t\t\t1\t\t\t",
        "4\t990000001\ten\tOld Qanzaro\t\t\t\t1\t1900\t1950",
        "5\t999999999\ten\tNobody's Town\t\t\t\t\t\t",
        "no columns",
    )


DUMP = (line("990000001", "Qanzahar", 31.6, 35.1, admin1="Q7"), line("990000005", "Qelmarr", 31.6, 35.0, "A.ADM2", admin1="Q7"))


@pytest.mark.parametrize("packed", ["plain", "folder", "zip beside lists", "all in one zip", "lists packed too"])
def test_units_and_other_names_are_read_beside_the_dump(tmp_path: Path, packed: str) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    path = dump(folder / "PS.txt", *DUMP)
    dump(folder / "readme.txt", "not a dump")
    if packed == "zip beside lists":
        path = zipped(folder, tmp_path / "PS.zip")
        lists(tmp_path)
    elif packed == "all in one zip":
        lists(folder)
        path = zipped(folder, tmp_path / "PS.zip")
    else:
        lists(folder)
        path = path if packed == "plain" else folder
    if packed == "lists packed too":
        names = folder / "alternateNamesV2.txt"
        with zipfile.ZipFile(folder / "alternateNamesV2.zip", "w") as beside:
            beside.write(names, names.name)
        names.unlink()
    result = import_places(path)
    assert result.added == 2
    assert [reason.partition(": ")[0] for reason in result.reasons] == ["admin1CodesASCII.txt:2", "admin1CodesASCII.txt:2", "alternateNamesV2.txt:6"]
    (row,) = places().lookup("Qanzahar")
    assert row.admin1 == "Zhoqland"
    assert refs("Канзагар") == refs("Old Qanzaro") == ["990000001"]
    assert refs("Qelmarr Valley") == ["990000005"]
    assert refs("https://example.org/qanzahar") == refs("Little Qanzo") == refs("Nobody's Town") == []


def test_a_unit_the_table_knows_keeps_its_name(tmp_path: Path) -> None:
    known = places().lookup("Anbar")[0]
    dump(tmp_path / "admin1CodesASCII.txt", f"{known.ref}\tAl Anbār Governorate\tAl Anbar Governorate\t99529")
    path = dump(tmp_path / "IQ.txt", line("990000021", "Zhobbiya", 33.4, 42.5, country="IQ", admin1=(known.ref or "").partition(".")[2]))
    import_places(path)
    assert places().lookup("Zhobbiya")[0].admin1 == known.name


def test_a_folder_with_a_dump_packed_and_unpacked_reads_it_once(tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    dump(folder / "PS.txt", *DUMP)
    zipped(folder, tmp_path / "PS.zip").rename(folder / "PS.zip")
    assert import_places(folder) == ImportResult(2, 0, ())


@pytest.mark.parametrize("make", ["nothing", "empty", "other", "text", "no zip", "cut zip", "no dump in it"])
def test_what_is_neither_is_refused_and_leaves_nothing(tmp_path: Path, cache: Path, make: str) -> None:
    path = tmp_path / "PS.zip"
    if make in ("empty", "other"):
        path = tmp_path / "folder"
        path.mkdir()
        if make == "other":
            (path / "letter.txt").write_text("hello")
    elif make == "text":
        path = dump(tmp_path / "PS.txt", "hello", "there")
    elif make == "no zip":
        path.write_text("hello")
    elif make in ("cut zip", "no dump in it"):
        folder = tmp_path / "folder"
        folder.mkdir()
        dump(folder / ("PS.txt" if make == "cut zip" else "readme.txt"), *(f"{one}\n" * 500 for one in DUMP))
        zipped(folder, path)
        if make == "cut zip":
            raw = bytearray(path.read_bytes())
            raw[60:90] = bytes(30)
            path.write_bytes(raw)
    with pytest.raises(InputError, match=r"PS|folder"):
        import_places(path)
    assert not imported_path().exists()
    assert [one.name for one in cache.iterdir() if one.name.startswith(".")] == []


def test_a_failed_import_keeps_the_one_before(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, cache: Path) -> None:
    import_places(dump(tmp_path / "PS.txt", DUMP[0]))
    before = imported_path().read_bytes()

    def breaks(*_told: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(places_merge.Merge, "finish", breaks)
    with pytest.raises(OSError, match="full"):
        import_places(dump(tmp_path / "ML.txt", line("990000009", "Zhogmaré", 14.5, -4.2, country="ML")))
    assert imported_path().read_bytes() == before
    assert [one.name for one in cache.iterdir() if one.name.startswith(".")] == []


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def breaks(*_told: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(places_merge.Merge, "finish", breaks)
    with pytest.raises(MissingPart, match=r"disk is full.*SAYSO_CACHE"):
        import_places(dump(tmp_path / "PS.txt", DUMP[0]))


def test_only_one_import_at_a_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(places_merge, "_WAIT_SECONDS", 0.05)
    path = dump(tmp_path / "PS.txt", DUMP[0])
    with sqlite3.connect(imported_path().with_name(f"{imported_path().name}.lock"), isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(InputError, match="under way"):
            import_places(path)
        other.execute("ROLLBACK")
    assert import_places(path).added == 1


def test_there_is_a_cap_on_places_and_on_size(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = dump(tmp_path / "PS.txt", *(line(str(990000100 + number), f"Zhun{number}var", 31.6, 35.1) for number in range(5)))
    monkeypatch.setattr(places_merge, "MOST_PLACES", 3)
    result = import_places(path)
    assert result.added == 3
    assert "stopped after 3 places" in result.reasons[-1]
    monkeypatch.setattr(places_open, "LARGEST_FILE", 10)
    with pytest.raises(InputError, match="larger than 10 bytes"):
        import_places(path)


def wof(folder: Path) -> Path:
    feature(folder, 856000001, "region", "Mopti", (14.5, -4.2), name__eng_x_preferred=["Mopti Region"])
    line_of = {"wof__hierarchy": [{"country_id": 85000001, "region_id": 856000001, "locality_id": 421000001}]}
    names = {"name__ara_x_preferred": ["زغمار"], "name__fra_x_variant": ["Jogmaré-sur-Eau"], "name__eng_x_colloquial": ["Zhogtown"]}
    feature(folder, 421000001, "locality", "Zhogmaré", (14.6, -4.1), wof__population=6200, **names, **line_of)
    feature(folder, 421000002, "neighbourhood", "Zhogmaré-Est", (14.61, -4.1), **line_of, mz__is_current=-1)
    feature(folder, 102000003, "county", "Zhogcercle", (14.6, -4.0), **line_of)
    feature(folder, 421000004, "locality", "Zhogvrixtep", (14.6, -4.1), edtf__deprecated="2019-01-01")
    feature(folder, 421000005, "locality", "Zhogpast", (14.6, -4.1), mz__is_current=0)
    feature(folder, 421000006, "locality", "Zhogtwin", (14.6, -4.1), wof__superseded_by=[421000001])
    feature(folder, 421000007, "postalcode", "12345", (14.6, -4.1))
    feature(folder, 421000008, "locality", "Zhognowhere", (14.6, 444))
    feature(folder, 421000009, "locality", "Zhogbroken", (14.6, -4.1)).write_text("{broken\n")
    (folder / "data" / "421" / "000" / "001" / "421000001-alt-other.geojson").write_text("{never read")
    (folder / "README.md").write_text("a folder")
    return folder


@pytest.mark.parametrize("packed", [False, True])
def test_a_folder_of_whos_on_first(tmp_path: Path, packed: bool) -> None:
    folder = wof(tmp_path / "whosonfirst-data-admin-ml")
    path = zipped(folder.parent, tmp_path.parent / f"{tmp_path.name}.zip") if packed else folder
    result = import_places(path)
    assert (result.added, result.skipped) == (3, 7)
    assert result.reasons[0] == "421000008.geojson:1: 14.6, 444 is no point on Earth"
    assert result.reasons[1].startswith("421000009.geojson:1: is no JSON")
    assert result.reasons[2:] == (
        "1 already in the table: only further spellings are kept",
        "1 deprecated",
        "1 not there any more",
        "1 of a kind that reports seldom name",
        "1 superseded by another record",
    )
    town = places().lookup("Zhogmaré")[0]
    assert (town.ref, town.country, town.admin1, town.level, town.kind, town.population) == ("wof:421000001", "ML", "Mopti", "settlement", "town", 6200)
    assert refs("زغمار") == refs("Jogmaré-sur-Eau") == ["wof:421000001"]
    assert [(row.level, row.kind) for row in places().lookup("Zhogmaré-Est")] == [("site", "neighbourhood")]
    assert [row.level for row in places().lookup("Zhogcercle")] == ["admin2"]
    assert [refs(name) for name in ("Zhogtown", "Zhogvrixtep", "Zhogpast", "Zhogtwin", "12345")] == [[]] * 5
    assert "Who's On First" in places().facts()["credit"]
    assert places().facts()["credit"].count("GeoNames") == 1


def test_both_kinds_know_each_other(tmp_path: Path) -> None:
    goma = next(row for row in places().lookup("Goma") if row.country == "CD" and row.level == "settlement")
    folder = tmp_path / "wof"
    feature(folder, 421000011, "locality", "Zhogoma", (goma.lat, goma.lon), wof__country="CD", wof__concordances={"gn:id": int(goma.ref or 0)})
    feature(folder, 421000012, "locality", "Zhogmaré", (14.6, -4.1))
    assert import_places(folder).added == 1
    assert places().lookup("Zhogoma")[0].id == goma.id
    assert import_places(dump(tmp_path / "ML.txt", line("990000009", "Zhogmaré", 14.62, -4.1, country="ML", others="Zhoggamari"))).added == 0
    assert refs("Zhoggamari") == ["wof:421000012"]


def test_ids_of_places_do_not_hang_on_the_build() -> None:
    """What a record points at must be the same in every build: never the number of a row."""
    with sqlite3.connect(table_path()) as connection:
        rows = connection.execute("SELECT ref, level, name FROM place WHERE kind <> 'people'").fetchall()
    assert len({ref for ref, _level, _name in rows}) == len(rows)
    assert all(ref.startswith("sayso:") or ref.isdecimal() or ref[:2].isupper() for ref, _level, _name in rows)
    assert [places().lookup(name)[0].ref for name in ("Mali", "Malian", "Darfur", "Donbas")] == ["ML", "ML", "sayso:SD:region:darfur", "sayso:UA:region:donbas"]
    text = "Ten died in Goma."
    (answer,) = resolve_places(text, find_places(text, places()), places())
    assert answer.target.id == "216281"


def test_every_level_of_a_dump_is_one_of_the_table() -> None:
    sorts: set[tuple[str, str] | None] = {
        places_geonames._sort(group, code, 0)
        for group in "ASLTHPRUV"
        for code in ("PPL", "PPLX", "PPLH", "PCLI", "ADM1", "ADM4", "AIRP", "MTS", "SEA", "STM", "RD", "")
    }
    assert {sort[0] for sort in sorts if sort} == {"country", "admin1", "admin2", "settlement", "site", "region", "sea"}
