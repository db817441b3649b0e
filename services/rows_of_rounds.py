"""The items of a round as rows of a list to be filed or printed, from what a snapshot keeps."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from supervision.vocabulary import ItemState, Light, ObligationState
from templates.lists.words import ListLine, ListWords


def words_of(title: str, due_on: date, items: Sequence[Mapping[str, Any]]) -> ListWords:
    """Return what the list says, in the order the items are in."""
    return ListWords(
        title=title,
        subtitle=f"报送截止{due_on}　　共{len(items)}项",
        lines=tuple(_line(number, item) for number, item in enumerate(items, start=1)),
    )


def _line(number: int, item: Mapping[str, Any]) -> ListLine:
    light, report = Light(item["light"]), item["report"]  # type: ignore[call-arg]
    return ListLine(
        light=light,
        cells=(
            number,
            item["code"],
            item["title"],
            item["working_group"],
            "、".join(item["answering_units"]),
            None,
            item["due_on"],
            item["days_overdue"] or None,
            ItemState(item["state"]).label,  # type: ignore[call-arg]
            f"{light.label}（{item['rule']}）",
            item["reason"],
            None,
            None if report is None else report["percent"],
            remark(item),
        ),
    )


def remark(item: Mapping[str, Any]) -> str:
    """Return how an item was reported on, in a word or two."""
    if item["obligation"] is None:
        return "不在应报之列"
    state = ObligationState(item["obligation"])  # type: ignore[call-arg]
    return f"{state.label}，迟报" if item["is_late"] else state.label
