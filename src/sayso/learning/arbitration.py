"""Training of arbitration, run in the checkout: `python -m sayso.learning.arbitration` (seconds). See docs/models/acts.md.

The texts of `teaching/*/held` are read with every entry and every mark told; what is right of them teaches how far each is to be trusted. Neither the rules
nor the learned layer were written on these texts or trained on them.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from sayso.engines.rules.arbitration import CHANCE, CONTESTED, FIXED, HOME, SECONDED, WEAK, Arbitration
from sayso.engines.rules.confidence import Weights
from sayso.engines.rules.signs import LAYER
from sayso.evaluate.verdicts import Known, read_known
from sayso.learning.claims_read import ACT, Judged, read_judged
from sayso.learning.logistic import Example, learn

HELD = (Path("teaching/sentences/held"), Path("teaching/reports/held"))
ENTRIES, MARKS = (SECONDED, CONTESTED, FIXED, WEAK), (CHANCE,)
_TOLD_ALL = Arbitration(Weights(0.0, {}, 0.5), Weights(-1.0, {}, 0.5), 0.0)  # an entry goes before a mark on its words
_LEAST = 0.33  # chance from which an act is told: at half of the F1 that is reached, F1 is highest
_FEW = 4


def judged_acts(known: Sequence[Known]) -> list[Judged]:
    """The acts that entries and marks tell in texts whose every act is marked; what meets none is wrong."""
    return [one for one in read_judged([replace(text, further=False) for text in known], _TOLD_ALL) if one.kind == ACT]


def trained(judged: Sequence[Judged]) -> str:
    """The weights learned, as the text of the data file."""
    parts = ["# Learned weights of arbitration: written by `python -m sayso.learning.arbitration`, not by hand. See docs/models/acts.md."]
    parts.append(f"least = {_LEAST}")
    for table, names, marks in (("entries", ENTRIES, False), ("marks", MARKS, True)):
        rows = [one for one in judged if (LAYER in dict(one.signs)) == marks]
        examples = [Example(one.text, {name: value for name, value in one.signs if name in names}, one.right) for one in rows]
        right = sum(one.right for one in rows)
        fitted = learn(examples, _FEW)
        lines = [f"# {len(rows)} acts, {right} of them right; loss in cross-validation {fitted.loss:.3f}", f"[{table}]", f"base = {fitted.base:.3f}"]
        lines += [f"right = {right / len(rows):.3f}", "", f"[{table}.signs]", *(f'"{name}" = {weight:.3f}' for name, weight in sorted(fitted.signs.items()))]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


@click.command(help=__doc__)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=HOME, help="Where the weights are written.")
def main(output: Path) -> None:
    """Learn the weights of the texts in this checkout."""
    judged = judged_acts(read_known(*(path for path in HELD if path.is_dir())))
    output.write_text(trained(judged), encoding="utf-8")
    click.echo(f"{output.name}: learned from {len(judged)} acts")


if __name__ == "__main__":
    main()
