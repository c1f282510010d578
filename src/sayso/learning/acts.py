"""Learns to mark the words of acts: `python -m sayso.learning.acts --base DIR` writes the tagger's model. See docs/models/acts.md.

Three lessons: sentences made of the codebook's entries, sentences of a CC0 corpus as the rules read them, and our own teaching set.
It needs what the rest of sayso does not: `pip install 'sayso[train]'`.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from sayso.codebooks.codebook import load_codebook
from sayso.engines.rules.tagging import HARMS, HOME, MODEL, MOODS, TYPES, WORDS
from sayso.learning.marked import MarkedSentence, silver_sentences, taught_sentences
from sayso.learning.pseudo import pseudo_sentences

TEACHING = Path("teaching")
_WIDTH, _PIECES = 384, 160
_BATCH, _RATE, _HEAD_RATE = 32, 1.5e-4, 1e-3
_FIRST, _SECOND = 1, 3  # rounds of the first two lessons together, and of the third
_MOODS_COUNT, _HARMS_COUNT = 0.4, 0.7  # what modality and harm count beside the type of an act
_SEED = 0


@click.command()
@click.option(
    "--base",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="all-MiniLM-L6-v2: the folder with config.json, model.safetensors, tokenizer.json.",
)
@click.option("--silver", type=click.Path(exists=True, file_okay=False, path_type=Path), help="The Causal News Corpus (CC0): its folder with train/*.csv.")
@click.option("--output", type=click.Path(path_type=Path), default=HOME, show_default=False, help="Where the model goes (default: into the package).")
def main(base: Path, silver: Path | None, output: Path) -> None:
    """Train the learned layer and write it as 8-bit ONNX."""
    import torch

    torch.manual_seed(_SEED)
    first = [*pseudo_sentences(load_codebook("plover")), *(silver_sentences(silver) if silver else ())]
    second = list(taught_sentences(TEACHING))
    click.echo(f"{len(first):,} sentences of entries and silver, {len(second):,} of the teaching set", err=True)
    types = ("O", *sorted({kind for one in second for act in one.acts for kind in act.types}))
    first_lesson, second_lesson = (_examples(lesson, base, types) for lesson in (first, second))
    _write(_tuned(_fresh(base, types), ((first_lesson, _FIRST, False), (second_lesson, _SECOND, True))), base, types, output)


@dataclass(frozen=True, slots=True)
class _Example:
    """A sentence as tensors: its word pieces, for each the share of each type, modality and measure of harm, and what each counts (0: not taught)."""

    ids: Any
    types: Any
    counts: Any
    moods: Any
    told: Any
    harms: Any
    counted: Any


@dataclass(frozen=True, slots=True)
class _Network:
    """An encoder with the head that marks; `parts`: how many outputs tell types, modalities and harm."""

    encoder: Any
    head: Any
    parts: tuple[int, int, int]

    def scores(self, ids: Any, mask: Any) -> tuple[Any, ...]:
        """For each word piece the scores of types, of modalities and of harm."""
        found = self.head(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)
        return tuple(found.split(self.parts, -1))


def _fresh(base: Path, types: tuple[str, ...]) -> _Network:
    """The base with a head that knows nothing yet."""
    import torch
    from transformers import AutoModel

    encoder = AutoModel.from_pretrained(base)
    parts = len(types), len(MOODS), len(HARMS)
    return _Network(encoder, torch.nn.Linear(_WIDTH, sum(parts)), parts)


def _tuned(network: _Network, lessons: Sequence[tuple[Sequence[_Example], int, bool]]) -> _Network:
    """The network after its lessons: (examples, rounds, whether the rate falls) each."""
    import torch

    chance = random.Random(_SEED)  # noqa: S311 - the order of lessons
    network.encoder.train()
    network.encoder.embeddings.word_embeddings.weight.requires_grad = False  # words that no lesson holds keep their place among those that some do
    learning = [weights for weights in network.encoder.parameters() if weights.requires_grad]
    optimizer = torch.optim.AdamW([{"params": learning, "lr": _RATE}, {"params": network.head.parameters(), "lr": _HEAD_RATE}], weight_decay=0.01)
    for examples, rounds, falling in lessons:
        steps, step = rounds * (len(examples) // _BATCH + 1), 0
        for turn in range(rounds):
            loss_of_turn = 0.0
            for batch in _batches(examples, chance):
                factor = min(1.0, (step + 1) / 40) * (1 - step / steps if falling else 1.0)
                for group, rate in zip(optimizer.param_groups, (_RATE, _HEAD_RATE), strict=True):
                    group["lr"] = rate * max(0.0, factor)
                loss = _loss_of(network, *_padded(batch, torch))
                optimizer.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_([*learning, *network.head.parameters()], 1.0)
                optimizer.step()
                loss_of_turn += loss.item()
                step += 1
            click.echo(f"round {turn + 1} of {rounds}: loss {loss_of_turn * _BATCH / max(1, len(examples)):.3f}", err=True)
    network.encoder.eval()
    return network


def _loss_of(network: _Network, ids: Any, mask: Any, told: _Example) -> Any:
    """What the network gets wrong of a batch."""
    found = network.scores(ids, mask)
    wanted = (told.types, told.counts, 1.0), (told.moods, told.told, _MOODS_COUNT), (told.harms, told.counted, _HARMS_COUNT)
    return sum(share * _loss(scores, right, counts) for scores, (right, counts, share) in zip(found, wanted, strict=True))


def _loss(scores: Any, wanted: Any, counts: Any) -> Any:
    """The mean cross-entropy over what counts."""
    return -((wanted * scores.log_softmax(-1)).sum(-1) * counts).sum() / counts.sum().clamp(min=1.0)


def _examples(lesson: Sequence[MarkedSentence], base: Path, types: tuple[str, ...]) -> list[_Example]:
    """The sentences as tensors."""
    import torch
    from transformers import PreTrainedTokenizerFast

    words = PreTrainedTokenizerFast(tokenizer_file=str(base / WORDS), pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]", unk_token="[UNK]")  # type: ignore[no-untyped-call,unused-ignore]  # noqa: S106
    return [_example(one, words, types, torch) for one in lesson]


def _example(one: MarkedSentence, words: Any, types: tuple[str, ...], torch: Any) -> _Example:
    """The sentence as tensors; a piece of an act that may be left out counts for no type, but for its modality."""
    read = words(one.text, return_offsets_mapping=True, truncation=True, max_length=_PIECES)
    pieces = len(read["input_ids"])
    wanted, counts = torch.zeros(pieces, len(types)), torch.ones(pieces)
    moods, told = torch.zeros(pieces, len(MOODS)), torch.zeros(pieces)
    harms, counted = torch.zeros(pieces, len(HARMS)), torch.zeros(pieces)
    for place, (start, end) in enumerate(read["offset_mapping"]):
        here = [act for act in one.acts if start < act.end and end > act.start]
        kinds = [types.index(kind) for act in here if not act.optional for kind in act.types]
        counts[place] = float(start != end and not (here and not kinds))
        for kind in kinds or [0]:
            wanted[place, kind] += 1 / len(kinds or [0])
        known = [MOODS.index(act.modality) for act in here if act.modality is not None]
        for mood in known:
            moods[place, mood] += 1 / len(known)
        told[place] = float(bool(known) and start != end)
        hurt = [HARMS.index(harm.measure) for harm in one.harms if start < harm.end and end > harm.start]
        harms[place, hurt[-1] if hurt else 0] = 1.0  # of nested ones the part: it is marked inside the whole
        counted[place] = float(one.counted and start != end)
    return _Example(torch.tensor(read["input_ids"]), wanted, counts, moods, told, harms, counted)


def _batches(examples: Sequence[_Example], chance: random.Random) -> Iterable[list[_Example]]:
    """The examples in batches of like length, in a new order at every call."""
    order = sorted(range(len(examples)), key=lambda number: len(examples[number].ids) + 12 * chance.random())
    batches = [[examples[number] for number in order[at : at + _BATCH]] for at in range(0, len(order), _BATCH)]
    chance.shuffle(batches)
    return batches


def _padded(batch: Sequence[_Example], torch: Any) -> tuple[Any, Any, _Example]:
    """The word pieces of a batch, the mask of those that are there, and what is taught of them."""
    longest = max(len(one.ids) for one in batch)

    def stacked(parts: Sequence[Any]) -> Any:
        whole = torch.zeros((len(parts), longest, *parts[0].shape[1:]), dtype=parts[0].dtype)
        for row, part in enumerate(parts):
            whole[row, : len(part)] = part
        return whole

    ids, mask = stacked([one.ids for one in batch]), stacked([torch.ones_like(one.ids) for one in batch])
    taught = (stacked([getattr(one, name) for one in batch]) for name in ("types", "counts", "moods", "told", "harms", "counted"))
    return ids, mask, _Example(ids, *taught)


def _write(network: _Network, base: Path, types: tuple[str, ...], output: Path) -> None:
    """Nothing; the model as 8-bit ONNX, the word pieces and the types are written."""
    import tempfile

    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    class Whole(torch.nn.Module):  # type: ignore[misc,unused-ignore]
        def __init__(self) -> None:
            super().__init__()
            self.encoder, self.head = network.encoder, network.head  # held, so that their weights are exported

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            return torch.cat([part.softmax(-1) for part in network.scores(input_ids, attention_mask)], -1)

    output.mkdir(parents=True, exist_ok=True)
    ids, mask = torch.tensor([[101, 2054, 102, 0], [101, 2054, 2054, 102]]), torch.tensor([[1, 1, 1, 0], [1, 1, 1, 1]])
    axes = {name: {0: "sentences", 1: "pieces"} for name in ("input_ids", "attention_mask", "chances")}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            Whole(),
            (ids, mask),
            str(whole),
            input_names=["input_ids", "attention_mask"],
            output_names=["chances"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(whole, output / MODEL, weight_type=QuantType.QInt8)
    (output / WORDS).write_bytes((base / WORDS).read_bytes())
    (output / TYPES).write_text("\n".join(types) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
