"""What is known of words for restoring their case: listed actors, places of weight, and the dictionary that the parser's model ships."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from pathlib import Path

from sayso.gazetteers.actor_index import ListedName
from sayso.gazetteers.actor_roles import load_roles
from sayso.gazetteers.actors import ActorList
from sayso.gazetteers.name_tokens import fold_word
from sayso.gazetteers.places import PlaceLookup
from sayso.languages.inflect import Inflector
from sayso.text.boundaries import words_of
from sayso.text.recasing import CaseWords
from sayso.text.veil import Shape

_TOWN = 100_000  # people in the smallest town whose name counts though it is a noun as well
_NATIONAL = frozenset((Shape.COUNTRY, Shape.ADJECTIVE, Shape.PEOPLE, Shape.CAPITAL))
_EVERYDAY = frozenset(("turkey", "polish", "us", "man", "march", "may", "the", "mali", "dominican", "front", "force"))
# Words of grammar, which the dictionary of nouns, verbs, adjectives and adverbs lacks.
_GRAMMAR = words_of(
    """a an the this that these those it its itself he him his himself she her hers herself they them their theirs themselves we us our ours ourselves i me
    my mine myself you your yours yourself who whom whose which what whatever whoever where when why how if whether because although though unless until till
    while whereas since as than so and or but nor yet for of in on at by to from with without within into onto upon over under above below between among amid
    amidst against across through throughout during before after behind beside besides beyond near toward towards about around along despite except per via
    versus not no none nobody nothing nowhere any anybody anyone anything some somebody someone something every everybody everyone everything each either
    neither both all most more less least few fewer many much several such other others another same own be is am are was were been being have has had having
    do does did done doing will would shall should can could may might must ought cannot there here then now up down out off away again once twice thrice also
    too very just only even still already ever never always often soon later ago thus hence therefore however moreover furthermore meanwhile nevertheless
    nonetheless otherwise instead rather quite almost nearly yes one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion first second third fourth fifth
    don't didn't doesn't isn't aren't wasn't weren't won't wouldn't can't couldn't shouldn't haven't hasn't hadn't o'clock plus minus regarding concerning
    according including whenever wherever whose like unlike amongst ex nonofficial"""
)
# Faiths, continents and schools of thought, which a dictionary has in small letters.
_BELONGING = {
    f"{word}{ending}": f"{word}{ending}".capitalize()
    for word in words_of("""catholic christian muslim islam jew protestant jesuit mormon evangelical maoist marxist leninist trotskyist sandinist sandinista
    latin african asian european andean caribbean arab hispanic indian""")
    for ending in ("", "s")
} | {word: word.capitalize() for word in ("islamic", "jewish", "arabic", "europe", "asia", "africa", "america", "christmas", "easter", "god", "congress")}
# Given names and surnames that a dictionary has as words: names beside another name or a title.
_PERSONAL = words_of(
    """hector oscar victor elmer leon felix angel jesus cruz luz sol pilar mercedes dolores gloria margarita virginia miranda alba carmen rosa blanca marina
    frank jack bush reagan baker carter taylor bob
    flores vargas arias montes rivera campos torres santos reyes rios paz ponce marin pena luna blanco bueno castillo ortega castro mena mora vega silva
    rojas duarte salinas caballero guerrero herrera navarro romero molina soto ramos prado toro rico bravo leal roman pizarro marcos toledo lima merino
    pastor salvador domingo modesto inca sierra llanos palma avila cordero borja baron conde duque rey matador trinidad asuncion concepcion"""
)
_PARTS = ("noun", "verb", "adj", "adv")


class Dictionary:
    """Whether a word is in the model's dictionary in small letters: at all, and as more than a noun."""

    def __init__(self, model: Path) -> None:
        from spacy.lookups import Lookups

        index = Lookups().from_disk(model / "lemmatizer" / "lookups").get_table("lemma_index")
        self._nouns, *others = (frozenset(index.get(part, ())) for part in _PARTS)
        self._others = frozenset().union(*others)
        self._inflector = Inflector.from_model(model)
        self.ordinary = lru_cache(maxsize=50_000)(self._ordinary)
        self.verbal = lru_cache(maxsize=50_000)(self._verbal)

    def _ordinary(self, word: str) -> bool:
        return self._verbal(word) or not self._nouns.isdisjoint(self._forms(word))

    def _verbal(self, word: str) -> bool:
        return word in _GRAMMAR or not self._others.isdisjoint(self._forms(word))

    def _forms(self, word: str) -> Collection[str]:
        forms = {word, *self._inflector.candidates(word), self._inflector.lemma(word, "JJR")}
        for head in ("re", "un", "non", "ex", "anti", "counter", "narco", "para"):
            if word.startswith(head) and len(word) > len(head) + 3:
                forms.update(self._inflector.candidates(word[len(head) :]))
        return forms | {word[:-2]} if word.endswith("ly") else forms


def case_words(actors: ActorList, table: PlaceLookup, dictionary: Dictionary) -> CaseWords:
    """What the lists and the dictionary know, as `restore_case` asks for it."""
    lists, root = load_roles().lists, actors.tree()

    def phrase(words: Sequence[str], at: int) -> Sequence[str]:
        found: Sequence[str] = ()
        node, start = root.below.get(fold_word(words[at].removesuffix("'s"))), at
        while node is not None:
            if kept := [name for name in node.names if _counts(name, dictionary)]:
                found = kept[0].cases
            at += 1
            node = node.below.get(fold_word(words[at].removesuffix("'s"))) if at < len(words) else None
        if not found and (belonging := _BELONGING.get(words[start].removesuffix("'s"))):
            return (belonging,)
        return found if len(found) <= len(words) - start else ()

    @lru_cache(maxsize=50_000)
    def place(word: str) -> bool:
        rows = table.lookup(word) if len(word) > 3 else ()
        return any(row.match == "exact" and (row.level == "country" or row.population >= _TOWN) for row in rows)

    return CaseWords(
        phrase,
        dictionary.ordinary,
        dictionary.verbal,
        place,
        lists["titles"],
        lists["heads"],
        lists["generic"] | {"popular", "patriotic", "liberation", "democratic", "revolutionary", "supreme"},
        _PERSONAL,
    )


def _counts(name: ListedName, dictionary: Dictionary) -> bool:
    """Whether a listed name is one in a text without case: not where it is an everyday word too."""
    if all(part.islower() for part in name.cases):
        return False
    if len(name.key) > 1:
        return not name.weak or any(not dictionary.ordinary(word) for word in name.key)
    word = name.key[0]
    if name.cases[0].isupper():
        return not dictionary.ordinary(word) and len(word) > 1
    return word not in _EVERYDAY and (name.shape in _NATIONAL or not (name.weak or dictionary.ordinary(word)))
