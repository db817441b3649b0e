"""What a circular (通报) says: all its figures and names come from the round's frozen snapshot."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from supervision.periods import quarter_named, year_end
from supervision.vocabulary import ItemState, Light, ObligationState
from templates.words import CircularWords, ItemStanding, NamedItem, NamedReports, Standing

Item = Mapping[str, Any]  # as the snapshot has it
NO_UNIT = "（未明确单位）"
NO_GROUP = "（未分专班）"
COPIED = "抄送："
EARLY, AHEAD = "提前办结", "超序时进度"


def words_of(content: Mapping[str, Any], official: Mapping[str, Any]) -> CircularWords:
    """Return the words of the circular on a snapshot; `official` is what is no figure of it."""
    items = [item for item in content["items"] if item["state"] != ItemState.CANCELLED]
    as_of = date.fromisoformat(content["closed_on"])
    this_year = [item for item in items if _is_due_by(item, year_end(as_of.year))]
    reports = content["counts"]["reports"]
    return CircularWords(
        **official,
        period=quarter_named(content["period"]).label,
        as_of=as_of,
        total=_standing("合计", items),
        due_this_year=len(this_year),
        closed_this_year=sum(_is_closed(item) for item in this_year),
        owed=reports["owed"],
        reported=reports["owed"] - reports["missing"],
        late=tuple(_by_unit(items, lambda item: bool(item["is_late"]))),
        missing=tuple(_by_unit(items, _is_missing)),
        groups=tuple(_grouped(items, lambda item: item["working_group"] or NO_GROUP)),
        units=tuple(_grouped(items, lead_of)),
        ahead=tuple(_named(items, lambda item: _ahead(item, as_of))),
        behind=tuple(_named(items, _behind)),
        demands=tuple(_demands(items)),
        items=tuple(map(_row, items)),
    )


def lead_of(item: Item) -> str:
    """Return whose item it is: its lead, or the first unit that shares it by function."""
    answering: Sequence[str] = item["answering_units"]
    lead: str | None = item["lead_unit"]
    return lead or (answering[0] if answering else NO_UNIT)


def units_of(content: Mapping[str, Any]) -> list[str]:
    """Return the names of all units that answer for an item of the snapshot, each once."""
    named = (unit for item in content["items"] for unit in item["answering_units"])
    return list(dict.fromkeys(named))


def copied_to(remarks: Iterable[str]) -> tuple[str, ...]:
    """Return whom the plan's own colophon (抄送：…) copies it to, in its order."""
    line = next((line for line in remarks if line.startswith(COPIED)), "")
    names = line.removeprefix(COPIED).rstrip("。").replace("、", "，").split("，")
    return tuple(name.strip() for name in names if name.strip())


def _is_closed(item: Item) -> bool:
    return bool(item["state"] == ItemState.CLOSED)


def _is_missing(item: Item) -> bool:
    return bool(item["obligation"] == ObligationState.MISSED)


def _is_due_by(item: Item, day: date) -> bool:
    return item["due_on"] is not None and date.fromisoformat(item["due_on"]) <= day


def _standing(name: str, items: Sequence[Item]) -> Standing:
    """Return how items stand; one that is closed shines no more and is counted as closed only."""
    lights = [item["light"] for item in items if not _is_closed(item)]
    return Standing(
        name=name,
        items=len(items),
        closed=len(items) - len(lights),
        green=lights.count(Light.GREEN),
        blue=lights.count(Light.BLUE),
        yellow=lights.count(Light.YELLOW),
        red=lights.count(Light.RED),
        grey=lights.count(Light.GREY),
    )


def _grouped(items: Sequence[Item], name_of: Callable[[Item], str]) -> Iterator[Standing]:
    """Give how the items of each name stand, in the order the plan first has them."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(name_of(item), []).append(item)
    for name, theirs in groups.items():
        yield _standing(name, theirs)


def _by_unit(items: Sequence[Item], fits: Callable[[Item], bool]) -> Iterator[NamedReports]:
    units: dict[str, list[str]] = {}
    for item in items:
        if fits(item):
            units.setdefault(lead_of(item), []).append(item["code"])
    for unit, codes in units.items():
        yield NamedReports(unit=unit, codes=tuple(codes))


def _named(items: Sequence[Item], why_of: Callable[[Item], str | None]) -> Iterator[NamedItem]:
    for item in items:
        why = why_of(item)
        if why is not None:
            yield NamedItem(
                code=item["code"], title=item["title"], lead_unit=lead_of(item), why=why
            )


def _ahead(item: Item, as_of: date) -> str | None:
    if _is_closed(item):
        due_on = item["due_on"]
        return EARLY if due_on is not None and date.fromisoformat(due_on) > as_of else None
    percent, expected = _percent(item), item["expected_percent"]
    if percent is None or expected is None or percent <= expected:
        return None
    return f"{AHEAD}（进度{percent}%，应达{expected}%）"


def _behind(item: Item) -> str | None:
    return item["reason"] if item["light"] in (Light.RED, Light.YELLOW) else None


def _percent(item: Item) -> int | None:
    report = item["report"]
    return None if report is None else report["percent"]


def _demands(items: Sequence[Item]) -> Iterator[str]:
    """Give what is asked next, as far as the figures call for it."""
    open_items = [item for item in items if not _is_closed(item)]
    red = sum(item["light"] == Light.RED for item in open_items)
    yellow = sum(item["light"] == Light.YELLOW for item in open_items)
    missing = sum(map(_is_missing, open_items))
    historic = sum(bool(item["historic"]) for item in open_items)
    if red:
        yield f"红灯事项{red}项，牵头单位主要负责人要亲自调度，明确完成时间，尽快办结销号。"
    if yellow:
        yield f"黄灯事项{yellow}项，牵头单位要查明滞后原因，采取措施赶上序时进度。"
    if missing:
        yield f"未按期报送的{missing}项，有关单位要补报进展，今后按时报送。"
    if historic:
        yield f"基线待核的{historic}项，有关单位要提供佐证，由办公室核定。"
    yield "各单位要对照任务清单按季推进，已完成的及时申请销号，佐证材料齐全。"


def _row(item: Item) -> ItemStanding:
    percent = _percent(item)
    due_on = item["due_on"]
    return ItemStanding(
        code=item["code"],
        title=item["title"],
        lead_unit=lead_of(item),
        deadline_text=_day(due_on) if due_on else "持续开展",
        progress="未报" if percent is None else f"{percent}%",
        light=Light(item["light"]).label,  # type: ignore[call-arg]
        state=ItemState(item["state"]).label,  # type: ignore[call-arg]
    )


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.year}年{day.month}月{day.day}日"
