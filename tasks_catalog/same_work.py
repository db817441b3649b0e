"""Pure: which measure of the body speaks of the same work as an item of the lists."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from tasks_catalog.model import ReadItem, ReadMeasure, ReadPlan
from tasks_catalog.wording import Pairs, Wording, clauses, pairs

# Seen on issued plans: the right measure scores 0.5 to 1.8, an unrelated one below 0.4, and the
# right one leads the next by half. Where two come close, nothing is said.
STRENGTH = 0.45
LEAD = 1.3
_CANDIDATES = 5  # measures looked at clause by clause
_DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True, kw_only=True)
class SameWork:
    """An item and the one measure that speaks of it; `clause` is where, as printed."""

    item: ReadItem
    measure: ReadMeasure
    clause: str
    strength: float


def words_of(item: ReadItem) -> str:
    """Return title and content of an item as one text."""
    return f"{item.title}。{item.content}"


def wording_of(plan: ReadPlan) -> Wording:
    """Return how much each pair of characters tells in this plan."""
    texts = [measure.text for measure in plan.measures]
    texts += [words_of(item) for item in plan.work_items]
    texts += [indicator.name for indicator in plan.indicators]
    return Wording.of(pairs(text) for text in texts)


def same_work(plan: ReadPlan, wording: Wording) -> Iterator[SameWork]:
    """Yield at most one measure for each item, only where it is clearly that one."""
    index: dict[str, list[int]] = defaultdict(list)
    for at, measure in enumerate(plan.measures):
        for pair in pairs(measure.text):
            index[pair].append(at)
    cut = [_Cut.of(measure) for measure in plan.measures]
    for item in plan.work_items:
        shares = _shares(item, index, wording)
        field = _field(plan, item)
        likely = nlargest(_CANDIDATES, field & shares.keys(), key=lambda at: (shares[at], -at))
        scored = [_score(item, cut[at], shares[at], wording) for at in likely]
        if best := _clear(scored):
            yield best


@dataclass(frozen=True, slots=True)
class _Cut:
    """A measure in clauses; those with figures state targets, which indicators answer."""

    measure: ReadMeasure
    clauses: Sequence[tuple[str, Pairs]]

    @classmethod
    def of(cls, measure: ReadMeasure) -> "_Cut":
        texts = clauses(measure.text)
        worded = [text for text in texts if not _DIGITS.intersection(text)]
        return cls(measure, [(text, pairs(text)) for text in worded])


def _shares(
    item: ReadItem, index: Mapping[str, Sequence[int]], wording: Wording
) -> dict[int, float]:
    """Return how much of the item each measure says, by the measure's place in the plan."""
    said = pairs(words_of(item))
    total = wording.weigh(said) or 1.0
    shares: dict[int, float] = defaultdict(float)
    for pair in sorted(said):  # sorted, for sums of floats depend on their order
        for at in index.get(pair, ()):
            shares[at] += wording.weights[pair] / total
    return shares


def _field(plan: ReadPlan, item: ReadItem) -> set[int]:
    """Return the measures under headings that name the item's field (工业领域), or all."""
    group = item.working_group
    named = {
        at for at, measure in enumerate(plan.measures) if group and group in (measure.section or "")
    }
    return named or set(range(len(plan.measures)))


def _score(item: ReadItem, cut: _Cut, share: float, wording: Wording) -> SameWork:
    title = pairs(item.title)
    likeness, clause = max(
        ((wording.likeness(title, said), text) for text, said in cut.clauses), default=(0.0, "")
    )
    return SameWork(item=item, measure=cut.measure, clause=clause, strength=share + likeness)


def _clear(scored: Sequence[SameWork]) -> SameWork | None:
    ranked = sorted(scored, key=lambda match: -match.strength)
    if not ranked or ranked[0].strength < STRENGTH:
        return None
    if len(ranked) > 1 and ranked[0].strength < LEAD * ranked[1].strength:
        return None
    return ranked[0]
