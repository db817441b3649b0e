"""Pure: how much two passages of one document say the same, by weighted pairs of characters."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_RUN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]+")
_CLAUSE_END = re.compile(r"[。；，：！？;,\n]")
_NUMBERING = re.compile(r"^[（(]?\d{1,3}[）).．、](?!\d)\s*")
_SENTENCE = re.compile(r"[^。；！？;\n]+[。；！？;]?")
_QUOTES = str.maketrans("", "", "“”‘’\"'「」『』")

_LONGEST = 4000  # characters of a text that are compared run by run

Pairs = frozenset[str]


def pairs(text: str) -> Pairs:
    """Return the pairs of neighbouring characters; marks separate, quotation marks do not."""
    runs = _RUN.findall(text.translate(_QUOTES))
    return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))


def clauses(text: str) -> list[str]:
    """Return the parts of a text between commas and full stops, without a number in front."""
    parts = (_NUMBERING.sub("", part.strip()) for part in _CLAUSE_END.split(text))
    return [part for part in parts if part]


def sentences(text: str) -> list[str]:
    """Return the sentences as printed, with the mark that closes each."""
    return [sentence.strip() for sentence in _SENTENCE.findall(text) if sentence.strip()]


def clause_with(text: str, words: str) -> str:
    """Return the first clause that holds the words, or the words where none holds them whole."""
    return next((clause for clause in clauses(text) if words in clause), words)


def quoted(words: str) -> str:
    """Return words in quotation marks; marks inside become single ones."""
    return f"“{words.replace('“', '‘').replace('”', '’')}”"


def longest_common(one: str, other: str) -> str:
    """Return the longest run of characters that both texts print, the first in `one`.

    Halving the length keeps this near linear whatever the texts; what stands behind the first
    4000 characters is not looked at.
    """
    one, other = one[:_LONGEST], other[:_LONGEST]
    found, shortest, longest = "", 1, min(len(one), len(other))
    while shortest <= longest:
        size = (shortest + longest) // 2
        runs = {other[at : at + size] for at in range(len(other) - size + 1)}
        every = (one[at : at + size] for at in range(len(one) - size + 1))
        if common := next((run for run in every if run in runs), ""):
            found, shortest = common, size + 1
        else:
            longest = size - 1
    return found


@dataclass(frozen=True, slots=True)
class Wording:
    """The weights of one document: a pair that stands in many passages tells little."""

    weights: Mapping[str, float]

    @classmethod
    def of(cls, passages: Iterable[Pairs]) -> "Wording":
        """Return the weights over the passages of a document."""
        every = list(passages)
        counts = Counter(pair for passage in every for pair in passage)
        return cls({pair: math.log((len(every) + 1) / count) for pair, count in counts.items()})

    def weigh(self, some: Iterable[str]) -> float:
        """Return the total weight; a pair that the document does not print weighs nothing."""
        return sum(self.weights.get(pair, 0.0) for pair in some)

    def covered(self, part: Pairs, whole: Pairs) -> float:
        """Return how much of `part` is said in `whole`, from 0 to 1."""
        total = self.weigh(part)
        return self.weigh(part & whole) / total if total else 0.0

    def likeness(self, one: Pairs, other: Pairs) -> float:
        """Return how much both say the same, from 0 to 1 (Dice's coefficient)."""
        total = self.weigh(one) + self.weigh(other)
        return 2 * self.weigh(one & other) / total if total else 0.0
