"""English is told from other languages, also where a text is short or full of names."""

import pytest

from sayso.errors import NoLanguagePack
from sayso.intake.language import detect, language_of


@pytest.mark.parametrize(
    "text",
    [
        "Two killed",
        "Army kills 12 near Wad Hassan, rebels say",
        "Three dead in market blast",
        "Gunmen abducted 17 students in Zamfara",
        "UPDATE 14:00 Shelling of the harbour, 9 dead",
        "Port Sudan, Kassala, Suakin",
        "Fighters of the Harakat al-Nahda attacked Bula Qalbo base at dawn and the garrison fled towards Wad Hassan.",
    ],
)
def test_short_english_is_read(text):
    assert language_of(text, None)[0] == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("L'armée a annoncé mardi que neuf personnes avaient été tuées dans la ville.", "fr"),
        ("Tres personas murieron el martes en la ciudad, dijo la policía.", "es"),
        ("Die Armee teilte am Dienstag mit, dass neun Menschen in der Stadt getötet wurden.", "de"),
        ("Homens armados atacaram a aldeia na terça-feira e mataram nove pessoas.", "pt"),
        ("Wanajeshi waliwaua raia watatu siku ya Jumanne mjini na kufunga barabara kuu.", "sw"),
        ("Ordu Salı günü kentte dokuz kişinin öldürüldüğünü ve yolun kapatıldığını açıkladı.", "tr"),
        ("Армія повідомила у вівторок, що в місті загинули дев'ять людей.", "uk"),
        ("军方星期二表示，该市有九人被打死。", "zh"),
        ("सेना ने मंगलवार को कहा कि शहर में नौ लोग मारे गए।", "hi"),
    ],
)
def test_other_languages_are_named(text, code):
    assert detect(text) == (code, True)
    with pytest.raises(NoLanguagePack, match=rf"\({code}\)"):
        language_of(text, None)


def test_unsure_words_are_read_as_english_with_a_note():
    _, notes = language_of("Suakin, Wad Hassan", None)
    assert "read as English" in notes[0]


def test_a_long_text_is_sampled_in_three_places():
    english = "The army said that the road was closed. " * 200
    assert detect(english * 200) == ("en", True)
    assert detect("Die Armee teilte am Dienstag mit, dass die Straße gesperrt wurde. " * 20_000)[0] == "de"


def test_told_language_without_a_pack():
    with pytest.raises(NoLanguagePack, match="said to be in Hausa"):
        language_of("Sojoji sun kashe mutane uku", "ha")
