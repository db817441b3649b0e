"""Two editions of one plan, item by item: what is the same matter, what came, what went."""

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from tasks_catalog.catalog import Difference
from tasks_catalog.model import ReadItem, ReadPlan

# Under this likeness (0 to 100) two titles under one number are two matters, not one reworded.
SAME_MATTER = 60
NOT_COMPARED = {"code", "number", "source", "lead_is_inferred"}


@dataclass(frozen=True, kw_only=True, slots=True)
class SameItem:
    """An item that both editions have, under the code it is known by, with what differs."""

    code: str
    before: ReadItem
    after: ReadItem
    differences: tuple[Difference, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """What a newer edition changes among the items of an older one."""

    same: tuple[SameItem, ...]
    added: tuple[ReadItem, ...]
    removed: tuple[ReadItem, ...]

    @property
    def is_none(self) -> bool:
        """Whether the items are the same in both."""
        return not (self.added or self.removed or any(item.differences for item in self.same))


def changes(old: ReadPlan, new: ReadPlan) -> Changes:
    """Return which items of the newer edition are which of the older one's.

    A title that stands in both is the same matter whatever its number: a row put in shifts the
    numbers below it. What is left is paired by number where the titles are alike.
    """
    pairs = _by_title(old, new)
    pairs |= _by_code(old, new, pairs)
    matched = set(pairs.values())
    return Changes(
        same=tuple(_same(old_item, new.work_items[at]) for old_item, at in _pairs(old, pairs)),
        added=tuple(item for at, item in enumerate(new.work_items) if at not in matched),
        removed=tuple(item for at, item in enumerate(old.work_items) if at not in pairs),
    )


def _by_title(old: ReadPlan, new: ReadPlan) -> dict[int, int]:
    """Pair positions of items whose kind, title and content's owner stand once in each edition."""
    there: dict[tuple[str, str, str], list[int]] = {}
    for at, item in enumerate(new.work_items):
        there.setdefault((item.kind, item.title, item.content), []).append(at)
    pairs: dict[int, int] = {}
    for at, item in enumerate(old.work_items):
        found = there.get((item.kind, item.title, item.content), [])
        if len(found) == 1 and found[0] not in pairs.values():
            pairs[at] = found[0]
    return pairs | _by_title_alone(old, new, pairs)


def _by_title_alone(old: ReadPlan, new: ReadPlan, taken: dict[int, int]) -> dict[int, int]:
    """Pair what is left by title where the title stands only once in each edition."""
    titles: dict[tuple[str, str], list[int]] = {}
    for at, item in enumerate(new.work_items):
        if at not in taken.values():
            titles.setdefault((item.kind, item.title), []).append(at)
    left = [(at, item) for at, item in enumerate(old.work_items) if at not in taken]
    counts: dict[tuple[str, str], int] = {}
    for _, item in left:
        counts[item.kind, item.title] = counts.get((item.kind, item.title), 0) + 1
    return {
        at: titles[item.kind, item.title][0]
        for at, item in left
        if counts[item.kind, item.title] == 1 == len(titles.get((item.kind, item.title), []))
    }


def _by_code(old: ReadPlan, new: ReadPlan, taken: dict[int, int]) -> dict[int, int]:
    """Pair what is left by number, where the titles are alike enough to be one matter."""
    codes = {item.code: at for at, item in enumerate(new.work_items) if at not in taken.values()}
    return {
        at: codes[item.code]
        for at, item in enumerate(old.work_items)
        if at not in taken
        and item.code in codes
        and fuzz.ratio(item.title, new.work_items[codes[item.code]].title) >= SAME_MATTER
    }


def _pairs(old: ReadPlan, pairs: dict[int, int]) -> Iterator[tuple[ReadItem, int]]:
    for at, item in enumerate(old.work_items):
        if at in pairs:
            yield item, pairs[at]


def _same(before: ReadItem, after: ReadItem) -> SameItem:
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    differences = tuple(
        Difference(code=before.code, field=field, before=old[field], after=new[field])
        for field in old
        if field not in NOT_COMPARED and old[field] != new[field]
    )
    return SameItem(code=before.code, before=before, after=after, differences=differences)
