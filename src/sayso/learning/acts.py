"""Learns to mark the words of acts: `python -m sayso.learning.acts --base DIR` writes the tagger's model. See docs/models/acts.md.

Three lessons: sentences made of the codebook's entries, sentences of a CC0 corpus as the rules read them, and our own teaching set.
It needs what the rest of sayso does not: `pip install 'sayso[train]'`.
"""

import csv
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from sayso.codebooks.codebook import load_codebook
from sayso.engines.rules.tagging import HOME, MODEL, TYPES, WORDS
from sayso.evaluate.teaching import TaughtItem, read_sentences
from sayso.evaluate.teaching_reports import read_taught_report
from sayso.gazetteers.actors import actor_list
from sayso.gazetteers.name_finder import find_names
from sayso.learning.pseudo import MarkedSentence, pseudo_sentences
from sayso.model import Document, Reading, Source
from sayso.pipeline import Reader
from sayso.text.segmenting import sentences
from sayso.text.veil import Veiled, veil

TEACHING = Path("teaching")
_UNSURE = 0.6  # a silver act of less confidence is neither taught nor held against
_LAYERS, _WIDTH, _PIECES = 6, 384, 160
_BATCH, _RATE, _HEAD_RATE = 32, 1.5e-4, 1e-3
_FIRST, _SECOND = 2, 4  # rounds of the first two lessons together, and of the third
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
    types = ("O", *sorted({kind for one in second for _, _, kinds, _ in one.acts for kind in kinds}))
    _train(base, (first, second), types, output)


def taught_sentences(home: Path) -> Iterator[MarkedSentence]:
    """The train half of the teaching set, veiled: single sentences, and the sentences of the reports. What is held apart (`held`) and `test` stay out."""
    folders = [folder for name in ("train", "fresh", "wide", "broad") if (folder := home / "sentences" / name).is_dir()]
    for item in read_sentences(*folders):
        yield from _veiled(item, whole=True)
    for file in sorted((home / "reports" / "train").glob("*.txt")):
        yield from _veiled(read_taught_report(file)[0], whole=False)


def silver_sentences(folder: Path) -> Iterator[MarkedSentence]:
    """The sentences of a corpus with the acts that the rules alone find in them."""
    texts: set[str] = set()
    for file in sorted((folder / "train").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            texts.update(text for row in csv.DictReader(stream) if 20 < len(text := row.get("text") or "") < 400)
    source, reader = Source("Outlet"), Reader()
    documents = [Document(text, source, given_id=str(number), language="en") for number, text in enumerate(sorted(texts))]
    for document, reading in zip(documents, reader.read(documents), strict=True):
        if isinstance(reading, Reading):
            hidden = _hide(document.text)
            acts = [
                (*hidden.from_source(claim.trigger.start, claim.trigger.end), (claim.act.type,), claim.confidence < _UNSURE)
                for claim in reading.claims
                if "the learned layer" not in claim.reason
            ]
            yield MarkedSentence(hidden.text, tuple(acts))


def _hide(text: str) -> Veiled:
    return veil(text, [name.named for name in find_names(text, actor_list())])


def _veiled(item: TaughtItem, whole: bool) -> Iterator[MarkedSentence]:
    """The item as the tagger will see it: one sentence if it is whole, else cut into its sentences."""
    hidden = _hide(item.text)
    acts = [(*hidden.from_source(*act.trigger), tuple(sorted(act.types)), act.optional) for act in item.acts]
    for start, end in [(0, len(hidden.text))] if whole else [(line.start, line.end) for line in sentences(hidden.text)]:
        here = [(low - start, high - start, kinds, optional) for low, high, kinds, optional in acts if start <= low and high <= end]
        yield MarkedSentence(hidden.text[start:end], tuple(here))


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
    head = torch.nn.Linear(_WIDTH, len(types))
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
                ids, mask, wanted, weight = _padded(batch, len(types), torch)
                logs = head(drop(encoder(input_ids=ids, attention_mask=mask).last_hidden_state)).log_softmax(-1)
                loss = -((wanted * logs).sum(-1) * weight).sum() / weight.sum()
                optimizer.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_([*encoder.parameters(), *head.parameters()], 1.0)
                optimizer.step()
                loss_of_turn += loss.item()
                step += 1
            click.echo(f"round {turn + 1} of {rounds}: loss {loss_of_turn * _BATCH / max(1, len(examples)):.3f}", err=True)
    _write(encoder, head, base, types, output)


def _example(one: MarkedSentence, words: Any, types: tuple[str, ...], torch: Any) -> tuple[Any, Any, Any]:
    """The word pieces of a sentence, the share of each type in each, and what each counts: 0 for what may be left out."""
    read = words(one.text, return_offsets_mapping=True, truncation=True, max_length=_PIECES)
    wanted, weight = torch.zeros(len(read["input_ids"]), len(types)), torch.ones(len(read["input_ids"]))
    for place, (start, end) in enumerate(read["offset_mapping"]):
        kinds = [types.index(kind) for low, high, told, optional in one.acts if start < high and end > low and not optional for kind in told]
        left_out = any(start < high and end > low and optional for low, high, _, optional in one.acts)
        weight[place] = float(start != end and not (left_out and not kinds))
        for kind in kinds or [0]:
            wanted[place, kind] = 1 / len(kinds or [0])
    return torch.tensor(read["input_ids"]), wanted, weight


def _batches(examples: Sequence[tuple[Any, Any, Any]], chance: random.Random) -> Iterable[list[tuple[Any, Any, Any]]]:
    """The examples in batches of like length, in a new order at every call."""
    order = sorted(range(len(examples)), key=lambda number: len(examples[number][0]) + 12 * chance.random())
    batches = [[examples[number] for number in order[at : at + _BATCH]] for at in range(0, len(order), _BATCH)]
    chance.shuffle(batches)
    return batches


def _padded(batch: Sequence[tuple[Any, Any, Any]], types: int, torch: Any) -> tuple[Any, Any, Any, Any]:
    longest = max(len(ids) for ids, _, _ in batch)
    ids, mask = (torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(2))
    wanted, weight = torch.zeros(len(batch), longest, types), torch.zeros(len(batch), longest)
    for row, (one, shares, counts) in enumerate(batch):
        ids[row, : len(one)], mask[row, : len(one)], wanted[row, : len(one)], weight[row, : len(one)] = one, 1, shares, counts
    return ids, mask, wanted, weight


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
            return self.head(self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state).softmax(-1)

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
