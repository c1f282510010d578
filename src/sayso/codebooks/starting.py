"""The starter of a codebook: a small book of rows that is sound, with a comment at each key; or another book under a new name."""

import json
import re
from pathlib import Path

from sayso.codebooks.checking import load_book
from sayso.codebooks.codebook import book_path
from sayso.errors import InputError

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")

_STARTER = """\
# A codebook of rows: what incidents are coded as. Check it after each change:  sayso codebook check {name}.yaml
# Use it:  sayso read report.txt --format rows --codebook {name}.yaml      sayso export --format rows --codebook {name}.yaml
kind: rows
name: {name}
title: What this book is about, in a line
version: "1" # raise it when the meaning of a type changes; every coded row carries it, and the digest of what the book says
licence: CC0-1.0

# Take who counts as a state's force, an armed group, a civilian, a hospital … from a book that is there; add `classes`, `parties` and `groups` of your own.
like: acled
days: one # one: a row for each day that is told; range: one row from the first day to the last
weigh: graded # how figures of a row are weighed: conservative, range, graded

types:
  Attacks: # types may be grouped; the group is written into the column event_type
    sub_events:
      Attack on a school: # written into the column sub_event_type
        definition: In a sentence or two, what belongs here.
        excludes: ["What does not belong here, though somebody might think so."]
        fields: {{sector: education}} # further columns of its rows
      Other attack:
        definition: Violence against people or property that is no attack on a school.
        excludes: [A threat that was not carried out.]

# Where several claims of the same actors on one day are of different types, the first of these is the row.
precedence: [Attack on a school, Other attack]

classes:
  school: [school, classroom, university, teacher, pupil, student]

# The first rule that holds decides. A rule reads the type and mode of an act (`sayso codebook show plover`), who acts and who or what is acted on
# (parties), and common nouns in dictionary form; it can name nobody. Each rule proves itself by an example. `sub_event: none` says that there is no row.
rules:
  - name: nobody_attacks
    sub_event: none
    when: {{type: [ASSAULT], context: [earthquake, flood, landslide], not_actor: [people]}}
    reason: a disaster did it
    examples:
      - {{says: A flood destroyed the school., type: ASSAULT, mode: destroy, recipient_words: [school], context_words: [flood, destroy, school]}}
  - name: school_hit
    sub_event: Attack on a school
    when: {{type: [ASSAULT, COERCE], words: ["@school"]}}
    reason: a school, or people of one, are acted on
    examples:
      - {{says: Shells hit a school., type: ASSAULT, mode: heavy-weapons, recipient_words: [school]}}
      - {{says: Gunmen took away two teachers., type: ASSAULT, mode: abduct, recipient: [civilians], recipient_words: [teacher]}}
    counterexamples: # what looks like it, and is coded otherwise
      - {{says: Shells hit a bakery., type: ASSAULT, mode: heavy-weapons, recipient_words: [bakery]}}
  - name: anything_else
    sub_event: Other attack
    when: {{type: [ASSAULT]}}
    reason: violence that no rule above speaks of
    examples:
      - {{says: Rebels killed a farmer., type: ASSAULT, actor: [rebel_group], recipient: [civilians], recipient_words: [farmer], harm: true}}
"""


def starter(name: str) -> str:
    """The text of a new codebook of that name; InputError where the name is none that a book can have."""
    _check_name(name)
    return _STARTER.format(name=name)


def begun_from(name_or_path: str | Path, name: str) -> str:
    """The text of another book under a new name; InputError where a book cannot have it, DataError where the other cannot be read."""
    _check_name(name)
    path = book_path(name_or_path)
    book = load_book(path)
    text = path.read_text(encoding="utf-8-sig")
    named = re.sub(r"^name:.*$", f"name: {name}", text, count=1, flags=re.MULTILINE)
    named = re.sub(r"^version:.*$", 'version: "1"', named, count=1, flags=re.MULTILINE)
    # A book that it is like, named by path, is named as seen from here.
    there = re.sub(r"^(like:\s*)([^\s#\"']+\.ya?ml)", lambda found: found[1] + json.dumps(str(path.parent / found[2])), named, count=1, flags=re.MULTILINE)
    return f"# Begun from {book.name} {book.version} ({book.digest}), {book.licence}; its lines follow.\n{there}"


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise InputError(f"{name!r} is no name of a codebook: use up to 40 lower-case letters, digits, - and _, a letter first")
