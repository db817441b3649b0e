"""Walks through a phrase about responsibility and gives each name in it a role."""

import re
from dataclasses import dataclass, field, replace

from tasks_catalog.unit_completion import Listed, share_level
from tasks_catalog.unit_lists import read_list
from tasks_catalog.unit_names import ends_like_a_unit
from tasks_catalog.unit_print import Flat, flatten
from tasks_catalog.unit_remarks import says_first_is_lead, says_unranked, take_remarks
from tasks_catalog.unit_words import Sort, words

_ONLY_BRACKETS = re.compile("[\ue000-\uf8ff][\ue000-\uf8ff；。，、]*")
_NOT_A_NAME = re.compile(
    r"(?:各|各自|第一|首位|上述|以上|其他)?(?:责任|牵头|配合|相关|有关)?(?:单位|部门)"
)
_BARE_LABEL = re.compile(r"(?:牵头|主办|主责|责任|承办|落实|配合|协办|参与)(?:责任)?(?:单位|部门)")
_LABEL_AND_BRACKET = re.compile(f"({_BARE_LABEL.pattern})([\ue000-\uf8ff])")
_NESTED_AT_MOST = 4
_ROLE_OF_LABEL = {
    Sort.LEAD_LABEL: Sort.LEADS,
    Sort.SUPPORTING_LABEL: Sort.SUPPORTS,
    Sort.RESPONSIBLE_LABEL: Sort.RESPONSIBLE,
    Sort.OTHER_LABEL: Sort.OTHER_LABEL,
}
_GIVING_A_ROLE = {Sort.LEADS, Sort.SUPPORTS, Sort.GUIDES}


@dataclass(slots=True)
class Roles:
    """The units of a phrase in the order printed, each with its role, and what holds for all.

    Roles are LEADS, SUPPORTS, GUIDES and RESPONSIBLE. `left_out` are names under labels that
    are no units' (责任领导：, 督导单位：).
    """

    units: list[Listed] = field(default_factory=list)
    shared_by_function: bool = False
    is_open: bool = False
    first_is_lead: bool = False
    unranked: bool = False
    left_out: list[str] = field(default_factory=list)


def read_roles(folded: str) -> Roles:
    """Return who does what according to a folded phrase; the caller bounds its length."""
    flat = _unframed(folded)
    walk = _Walk(flat)
    for word in words(flat.text):
        walk.take(word.sort, word.text)
    walk.settle(walk.role)
    roles = walk.roles
    roles.units = [
        replace(unit, name=flat.print_of(unit.name)) for unit in share_level(roles.units)
    ]
    return roles


def _unframed(folded: str) -> Flat:
    """Hold brackets that belong to names; open those that frame the phrase or speak for others."""
    flat = flatten(folded)
    for _ in range(_NESTED_AT_MOST):
        labelled = _LABEL_AND_BRACKET.fullmatch(flat.text)
        if labelled and (inside := flat.inside(labelled[2])):
            opened = f"{labelled[1]}：{inside}"
        elif _ONLY_BRACKETS.fullmatch(flat.text):
            opened = "；".join(flat.inside(sign) or flat.print_of(sign) for sign in flat.text)
        else:
            opened = "".join(_opened(flat, place) for place in range(len(flat.text)))
        before, flat = flat, flatten(opened)
        if flat == before:
            break
    return flat


def _opened(flat: Flat, place: int) -> str:
    """区发改委（区工信局配合） speaks of two units; 区委办公室（区档案局） names one."""
    sign = flat.text[place]
    inside = flat.inside(sign)
    if inside is None or says_first_is_lead(inside):
        return flat.print_of(sign)
    if inside.isdecimal():
        return "，"
    if _BARE_LABEL.fullmatch(inside) and _BARE_LABEL.fullmatch(flat.inside(flat.text[0]) or ""):
        return f"；{inside}："  # 【牵头单位】… 【配合单位】…
    said = list(words(flatten(inside).text))
    sorts = {word.sort for word in said}
    if sorts <= {Sort.BY_FUNCTION, Sort.RESPONSIBLE} or said[0].sort is Sort.TOGETHER_WITH:
        return f"{inside}；"
    names = [word.text for word in said if word.sort is Sort.NAME]
    if not sorts & _GIVING_A_ROLE:
        return flat.print_of(sign)
    speaks = any(ends_like_a_unit(name) and not _NOT_A_NAME.fullmatch(name) for name in names)
    return f"；{inside}；" if speaks else f"{flat.print_of(sign)}、"


class _Walk:
    """The state between two words: names that still wait for a role, and the role they get."""

    def __init__(self, flat: Flat) -> None:
        self.flat = flat
        self.roles = Roles()
        self.role = Sort.RESPONSIBLE
        self._label = Sort.RESPONSIBLE
        self._waiting: list[Listed] = []
        self._mark = ""

    def take(self, sort: Sort, text: str) -> None:
        """Go one word further."""
        if sort is Sort.NAME:
            self._wait(text)
        elif sort is Sort.SEPARATOR:
            self._mark = text
        elif sort in _ROLE_OF_LABEL:
            self.settle(self.role)
            self.role = self._label = _ROLE_OF_LABEL[sort]
            self._note(self.flat.print_of(text))
        elif sort is Sort.FIRST_LEADS:
            self.roles.first_is_lead = True
        elif sort is Sort.TOGETHER_WITH:
            self.settle(Sort.LEADS)
            self.role = Sort.SUPPORTS
        else:
            self.roles.shared_by_function |= sort is Sort.BY_FUNCTION
            self.settle(sort if sort in _GIVING_A_ROLE else self.role)
            self.role = self._label

    def settle(self, role: Sort) -> None:
        """Give the waiting names this role, except where a bracket gave one its own."""
        waiting, self._waiting, self._mark = self._waiting, [], ""
        if role is Sort.OTHER_LABEL:
            self.roles.left_out += [self.flat.print_of(each.name) for each in waiting]
            return
        listed = read_list(waiting)
        self.roles.is_open |= listed.is_open
        self.roles.units += [replace(each, role=each.role or role) for each in listed.names]

    def _wait(self, text: str) -> None:
        bracketed = take_remarks(self.flat, text)
        for remark in bracketed.remarks:
            self._note(remark)
        own = bracketed.role if bracketed.role is not Sort.BY_FUNCTION else None
        self.roles.shared_by_function |= bracketed.role is Sort.BY_FUNCTION
        self._waiting.append(Listed(bracketed.name, mark=self._mark, role=own))
        self._mark = ""

    def _note(self, remark: str) -> None:
        self.roles.first_is_lead |= says_first_is_lead(remark)
        self.roles.unranked |= says_unranked(remark)
