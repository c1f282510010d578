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
from sayso.engines.rules.tagging import HOME, MODEL, MOODS, TYPES, WORDS
from sayso.learning.marked import MarkedSentence, silver_sentences, taught_sentences
from sayso.learning.pseudo import pseudo_sentences

TEACHING = Path("teaching")
_LAYERS, _WIDTH, _PIECES = 6, 384, 160
_BATCH, _RATE, _HEAD_RATE = 32, 1.5e-4, 1e-3
_FIRST, _SECOND = 2, 4  # rounds of the first two lessons together, and of the third
_MOODS_COUNT = 0.4  # what the modality of an act counts beside its type
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
    first = [*pseudo_sentences(load_codebook("plover")), *(silver_sentences(silver) if silver else ())]
    second = list(taught_sentences(TEACHING))
    click.echo(f"{len(first):,} sentences of entries and silver, {len(second):,} of the teaching set", err=True)
    types = ("O", *sorted({kind for one in second for act in one.acts for kind in act.types}))
    _train(base, (first, second), types, output)


@dataclass(frozen=True, slots=True)
class _Example:
    """A sentence as tensors: its word pieces, for each the share of each type and of each modality, and what either counts (0: not taught)."""

    ids: Any
    types: Any
    counts: Any
    moods: Any
    told: Any


def _train(base: Path, lessons: tuple[Sequence[MarkedSentence], Sequence[MarkedSentence]], types: tuple[str, ...], output: Path) -> None:
    """Nothing; the base is tuned on the first lesson, then on the second, and written to `output`."""
    import torch
    from transformers import AutoModel, PreTrainedTokenizerFast

    torch.manual_seed(_SEED)
    chance = random.Random(_SEED)  # noqa: S311 - the order of lessons
    words = PreTrainedTokenizerFast(tokenizer_file=str(base / WORDS), pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]", unk_token="[UNK]")  # type: ignore[no-untyped-call,unused-ignore]  # noqa: S106
    encoder = AutoModel.from_pretrained(base)
    encoder.encoder.layer = encoder.encoder.layer[:_LAYERS]
    encoder.embeddings.word_embeddings.weight.requires_grad = False  # words that no lesson holds keep their place among those that some do
    head = torch.nn.Linear(_WIDTH, len(types) + len(MOODS))
    learning = [weights for weights in encoder.parameters() if weights.requires_grad]
    optimizer = torch.optim.AdamW([{"params": learning, "lr": _RATE}, {"params": head.parameters(), "lr": _HEAD_RATE}], weight_decay=0.01)
    drop = torch.nn.Dropout(0.1)
    for lesson, rounds, falling in ((lessons[0], _FIRST, False), (lessons[1], _SECOND, True)):
        examples = [_example(one, words, types, torch) for one in lesson]
        steps, step = rounds * (len(examples) // _BATCH + 1), 0
        for turn in range(rounds):
            loss_of_turn = 0.0
            for batch in _batches(examples, chance):
                factor = min(1.0, (step + 1) / 40) * (1 - step / steps if falling else 1.0)
                for group, rate in zip(optimizer.param_groups, (_RATE, _HEAD_RATE), strict=True):
                    group["lr"] = rate * max(0.0, factor)
                ids, mask, told = _padded(batch, torch)
                scores = head(drop(encoder(input_ids=ids, attention_mask=mask).last_hidden_state))
                loss = _loss(scores[..., : len(types)], told.types, told.counts) + _MOODS_COUNT * _loss(scores[..., len(types) :], told.moods, told.told)
                optimizer.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_([*learning, *head.parameters()], 1.0)
                optimizer.step()
                loss_of_turn += loss.item()
                step += 1
            click.echo(f"round {turn + 1} of {rounds}: loss {loss_of_turn * _BATCH / max(1, len(examples)):.3f}", err=True)
    _write(encoder, head, base, types, output)


def _loss(scores: Any, wanted: Any, counts: Any) -> Any:
    """The mean cross-entropy over what counts."""
    return -((wanted * scores.log_softmax(-1)).sum(-1) * counts).sum() / counts.sum().clamp(min=1.0)


def _example(one: MarkedSentence, words: Any, types: tuple[str, ...], torch: Any) -> _Example:
    """The sentence as tensors; a piece of an act that may be left out counts for no type, but for its modality."""
    read = words(one.text, return_offsets_mapping=True, truncation=True, max_length=_PIECES)
    pieces = len(read["input_ids"])
    wanted, counts = torch.zeros(pieces, len(types)), torch.ones(pieces)
    moods, told = torch.zeros(pieces, len(MOODS)), torch.zeros(pieces)
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
    return _Example(torch.tensor(read["input_ids"]), wanted, counts, moods, told)


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
    taught = (stacked([getattr(one, name) for one in batch]) for name in ("types", "counts", "moods", "told"))
    return ids, mask, _Example(ids, *taught)


def _write(encoder: Any, head: Any, base: Path, types: tuple[str, ...], output: Path) -> None:
    """Nothing; the model as 8-bit ONNX, the word pieces and the types are written."""
    import tempfile

    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    class Whole(torch.nn.Module):  # type: ignore[misc,unused-ignore]
        def __init__(self) -> None:
            super().__init__()
            self.encoder, self.head = encoder, head  # held, so that their weights are exported

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            scores = self.head(self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state)
            return torch.cat((scores[..., : len(types)].softmax(-1), scores[..., len(types) :].softmax(-1)), -1)

    encoder.eval()
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
