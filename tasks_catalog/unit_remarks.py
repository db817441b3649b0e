"""Remarks about units: （牵头）, 排第一位的为牵头单位，下同, 排名不分先后."""

import re
from dataclasses import dataclass

from tasks_catalog.unit_print import Flat, is_held, without_held
from tasks_catalog.unit_words import FIRST_LEADS, Sort, words

_ROLES = {Sort.LEADS, Sort.SUPPORTS, Sort.BY_FUNCTION, Sort.RESPONSIBLE}
_FIRST_LEADS = re.compile(
    rf"{FIRST_LEADS}|(?:牵头|主办|主责)(?:单位|部门)?(?:排|列|居|在)[^，；。]{{0,4}}(?:第一|首|前)"
)
_UNRANKED = re.compile(r"不分先后|排名无先后")
_REMARK = re.compile(r"下同|以下简称|排名|排序|按.{0,6}分工|牵头|主办|协办|配合|责任单位")


def says_first_is_lead(text: str) -> bool:
    """Return whether a remark makes the first unit of each list the lead.

    Such as （排在第一位的为牵头单位，下同）or 第一责任单位为牵头单位, often in the heading of a
    column: it then holds for every row.
    """
    return bool(_FIRST_LEADS.search(text))


def says_unranked(text: str) -> bool:
    """Return whether a remark says that the order of the units means nothing."""
    return bool(_UNRANKED.search(text))


@dataclass(frozen=True, slots=True)
class Bracketed:
    """A name without the remarks behind it: `role` is what a remark such as （牵头） gives."""

    name: str
    role: Sort | None = None
    remarks: tuple[str, ...] = ()


def take_remarks(flat: Flat, name: str) -> Bracketed:
    """Part a name from the brackets behind it that are remarks; others belong to the name."""
    role, remarks = None, []
    while name and is_held(name[-1]):
        inside = flat.inside(name[-1])
        if inside is None or not (inside.isdecimal() or _REMARK.search(inside)):
            break
        remarks.append(inside)
        role = _role_of_remark(inside) or role
        name = name[:-1]
    return Bracketed(name, role, tuple(remarks))


def _role_of_remark(inside: str) -> Sort | None:
    if says_first_is_lead(inside):
        return None
    given = [word.sort for word in words(inside) if word.sort in _ROLES]
    if given:
        return given[0]
    plain = without_held(inside)
    return Sort.RESPONSIBLE if plain.startswith("责任") else None
