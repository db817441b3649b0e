"""Phrases that say who is responsible, read into units and their roles."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from supervision.vocabulary import UnitKind
from tasks_catalog.unit_completion import Listed
from tasks_catalog.unit_names import ends_like_a_unit, unit_kind
from tasks_catalog.unit_print import fold
from tasks_catalog.unit_remarks import says_first_is_lead
from tasks_catalog.unit_roles import Roles, read_roles
from tasks_catalog.unit_words import Sort

__all__ = ["Responsibility", "read_responsibility", "says_first_is_lead", "unit_kind"]

_LONGEST = 2000  # characters: what is longer is prose, no list of units
_NOBODY = re.compile(r"[-—–/\\_.、，。；…*\s]*|\s*(?:暂?无|没有|空白?|不涉及|N/?A)[。\s]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Responsibility:
    """Who answers for something, as a phrase of the plan says it.

    `responsible_units` holds all units in the order printed, under whole names
    (水东镇、沙河镇人民政府 are two governments); a lead that the phrase does not call 牵头 is
    inferred. `shared_by_function` is 按职责分工负责, `open_list` is 等. `why` is the reading in
    Chinese, for people.
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
    remark says so (第一责任单位为牵头单位, see `says_first_is_lead`): the first unit is then the
    lead as printed. Nothing raises; where no unit can be read `why` says so.
    """
    # one sign may stand for eighteen (ﷺ), so both lengths count
    if len(text) > _LONGEST or len(unicodedata.normalize("NFKC", text)) > _LONGEST:
        return _responsibility(Roles(), why=f"文字超过{_LONGEST}字，不像责任单位")
    folded = fold(text)
    if folded in {"同上", "同前"}:
        return _responsibility(Roles(), why=f"“{folded}”要看上一行")
    if _NOBODY.fullmatch(text):
        return _responsibility(Roles(), why="没有写责任单位")
    roles = read_roles(folded)
    roles.first_is_lead |= first_is_lead
    roles.units = _one_each(roles.units, aliases or {})
    return _responsibility(roles, why="；".join(_reasons(roles)))


def _one_each(units: list[Listed], aliases: Mapping[str, str]) -> list[Listed]:
    """Return each unit once under its canonical name; a printed role goes before 负责."""
    found: dict[str, Listed] = {}
    for unit in units:
        name = aliases.get(unit.printed or "") or aliases.get(unit.name, unit.name)
        known = found.get(name)
        if known is None or known.role is Sort.RESPONSIBLE:
            found[name] = replace(unit, name=name)
    return list(found.values())


def _responsibility(roles: Roles, *, why: str) -> Responsibility:
    every = tuple(unit.name for unit in roles.units)
    leads = _leads(roles)
    supporting = _of_role(roles, Sort.SUPPORTS, Sort.GUIDES)
    if leads:
        supporting = tuple(name for name in every if name not in leads)
    return Responsibility(
        lead_units=leads,
        responsible_units=every,
        supporting_units=supporting,
        lead_is_inferred=bool(leads) and _lead_is_inferred(roles),
        shared_by_function=roles.shared_by_function,
        open_list=roles.is_open,
        why=why,
    )


def _leads(roles: Roles) -> tuple[str, ...]:
    """Return the units called 牵头; else the first responsible, unless the work is shared."""
    if printed := _of_role(roles, Sort.LEADS):
        return printed
    plain = _of_role(roles, Sort.RESPONSIBLE) or _of_role(roles, Sort.GUIDES)
    if roles.first_is_lead:
        return plain[:1]
    return () if roles.shared_by_function or roles.unranked else plain[:1]


def _lead_is_inferred(roles: Roles) -> bool:
    alone = len(_of_role(roles, Sort.RESPONSIBLE) or _of_role(roles, Sort.GUIDES)) == 1
    return not (_of_role(roles, Sort.LEADS) or roles.first_is_lead or alone)


def _of_role(roles: Roles, *wanted: Sort) -> tuple[str, ...]:
    return tuple(unit.name for unit in roles.units if unit.role in wanted)


def _reasons(roles: Roles) -> Iterator[str]:
    if not roles.units:
        yield "读不出责任单位"
    elif leads := _leads(roles):
        yield f"{_why_lead(roles)}{'、'.join(leads)}"
    else:
        yield "没有牵头单位：" + ("按职责分工负责" if roles.shared_by_function else "文中没有写明")
    if completed := [unit.name for unit in roles.units if unit.printed]:
        yield f"同类名称合写，补全为{'、'.join(completed)}"
    if roles.is_open:
        yield "有“等”字，名单不完整"
    if strange := [unit.name for unit in roles.units if _is_strange(unit.name)]:
        yield f"请核对名称：{'、'.join(strange)}"
    if roles.left_out:
        yield f"不是责任单位，未列入：{'、'.join(roles.left_out)}"


def _is_strange(name: str) -> bool:
    return unit_kind(name) is UnitKind.OTHER and not ends_like_a_unit(name)


def _why_lead(roles: Roles) -> str:
    if _of_role(roles, Sort.LEADS):
        return "文中写明牵头的是"
    if roles.first_is_lead:
        return "备注写明第一个单位牵头，即"
    return (
        "没有写“牵头”，推定第一个为牵头单位：" if _lead_is_inferred(roles) else "只有一个责任单位："
    )
