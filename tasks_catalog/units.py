"""Phrases that say who is responsible, read into units and their roles."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tasks_catalog.unit_names import unit_kind

__all__ = ["Responsibility", "read_responsibility", "unit_kind"]

_BY_FUNCTION = re.compile(r"按(照)?(各自)?(职责|职能)?分工(负责|落实)?$")
_OPEN = re.compile(r"等((有关|相关)?(部门|单位))?$")
_SHARED_ENDING = re.compile(r"[镇乡](人民政府|政府)$|街道(办事处)$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Responsibility:
    """Who answers for something, as a phrase of the plan says it.

    `responsible_units` holds all units in the order printed; a lead that the phrase does not
    call 牵头 is inferred. `why` is the reading in Chinese, for people.
    """

    lead_units: tuple[str, ...]
    responsible_units: tuple[str, ...]
    supporting_units: tuple[str, ...]
    lead_is_inferred: bool
    shared_by_function: bool
    open_list: bool
    why: str


def read_responsibility(
    text: str, *, aliases: Mapping[str, str] | None = None, first_is_lead: bool = False
) -> Responsibility:
    """Return the units that `text` names and how each stands to the work.

    `aliases` maps a variant to its canonical name. `first_is_lead` is for lists over which a
    remark says so (第一责任单位为牵头单位): the first unit is then the lead as printed.
    """
    phrase = re.sub(r"\s", "", text).rstrip("。")
    phrase = re.sub(r"^责任单位[：:]", "", phrase)
    bare = _BY_FUNCTION.sub("", phrase)
    closed = _OPEN.sub("", bare)
    known = aliases or {}
    names = _expand([name for name in re.split(r"[、，,；;]", closed) if name])
    units = tuple(dict.fromkeys(known.get(name, name) for name in names))
    shared = bare != phrase
    has_lead = bool(units) and (first_is_lead or not shared)
    return Responsibility(
        lead_units=units[:1] if has_lead else (),
        responsible_units=units,
        supporting_units=units[1:] if has_lead else (),
        lead_is_inferred=has_lead and not first_is_lead and len(units) > 1,
        shared_by_function=shared,
        open_list=closed != bare,
        why=f"读出{len(units)}个单位",
    )


def _expand(names: list[str]) -> list[str]:
    ending = _SHARED_ENDING.search(names[-1]) if names else None
    if not ending:
        return names
    shared = next(group for group in ending.groups() if group)
    place = ending.group().removesuffix(shared)
    return [name + shared if name.endswith(place) else name for name in names]
