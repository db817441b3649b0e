"""What neighbouring names of a list leave unsaid: shared endings, shared levels, shared 各."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from supervision.vocabulary import UnitKind
from tasks_catalog.unit_functions import FUNCTIONS, PARTY_ORGANS, WITH_COMMITTEE
from tasks_catalog.unit_names import LEVELS, ends_like_a_unit, unit_kind
from tasks_catalog.unit_print import without_held
from tasks_catalog.unit_words import Sort

_HELD = "[\ue000-\uf8ff]"
_LONGEST_PLACE = 3
_FUNCTION = re.compile("|".join(sorted(FUNCTIONS, key=len, reverse=True)))

_CLASS = "省|自治区|直辖市|市|自治州|州|盟|县区|自治县|县|区|旗|乡镇|镇街|镇|乡|街道|办事处"
_PARK = "园区|开发区|高新区|经开区"
_SEAT = "人民政府|政府|办事处|管委会|党委|党工委"
_BARE_CLASS = re.compile(rf"(?:{_CLASS}){_HELD}?(?:{_SEAT})?")
_PARK_SEAT = re.compile(rf"(?:{_PARK}){_HELD}?管委会")
_EVERY_CLASS = re.compile(rf"各(?:{_CLASS})(?:[、，和及与](?:{_CLASS}))*")
_GOVERNMENT = re.compile(r"(?:人民)?政府")
_EVERY_SEAT = re.compile(rf"各(?:{_CLASS}|{_PARK}){_HELD}?(?:{_SEAT})")

_SEATED = re.compile(
    r"(?P<place>.*?)(?P<area>街道|[镇乡县区市旗州]|苏木)"
    r"(?P<seat>人民政府|政府|街道办事处|办事处|街道办|办|党委|党工委)?"
)
_PARK_NAME = re.compile(r"(?:开发|[新景园社城片]|高新|经开|示范)区$")
_SHORT_COMPANY = re.compile(r"..公司")
_LEVEL = re.compile(rf"[{LEVELS}乡镇村]")
_LEVELLED = re.compile(rf"[{LEVELS}乡镇村]{_HELD}?(?P<rest>.+)")
_PREFIX = re.compile(
    rf"(?P<level>[^局部委办厅司院会公]{{0,10}}?[{LEVELS}](?<!城市)(?<!都市)(?<![社景片库]区))"
    rf"(?:委|政府|人民政府|人大|政协|直|{_FUNCTION.pattern})"
)
_TAKES_NO_LEVEL = re.compile(r"大学|学院|学校|中学|小学|医院|研究|协会|学会")


@dataclass(frozen=True, slots=True)
class Listed:
    """One name of a list, the mark before it and its role.

    `body` is what follows it behind 等 (发改、财政等部门); `printed` is the wording as printed,
    where `name` was completed from its neighbours.
    """

    name: str
    mark: str = ""
    role: Sort | None = None
    body: str = ""
    printed: str | None = None

    def completed(self, name: str) -> "Listed":
        """Return this under a name completed from its neighbours."""
        if name == self.name:
            return self
        return replace(self, name=name, printed=self.printed or self.name)


def is_place(name: str) -> bool:
    """Return whether this could be the bare name of a town: 水西, but not 工信 or 区发改委."""
    short = 1 < len(name) <= _LONGEST_PLACE and not name.startswith(("各", *LEVELS))
    return short and _is_word(name)


def _is_short_word(name: str) -> bool:
    return len(name) == len("移动") and _is_word(name)


def _is_word(name: str) -> bool:
    return not ends_like_a_unit(name) and not _FUNCTION.search(name)


def is_town(name: str) -> bool:
    """Return whether this is one named town or street, with or without its government."""
    town = _SEATED.fullmatch(without_held(name))
    return bool(town and is_place(town["place"]) and town["area"] in {"镇", "乡", "街道"})


def share_every(names: Sequence[Listed]) -> list[Listed]:
    """各县、区人民政府 is one collective; 各镇人民政府、街道办事处 are two, both with 各."""
    joined: list[Listed] = []
    for each in names:
        before = joined[-1].name if joined else ""
        bare = _BARE_CLASS.fullmatch(each.name)
        if bare and _EVERY_CLASS.fullmatch(without_held(before)):
            joined[-1] = replace(joined[-1], name=before + (each.mark or "、") + each.name)
        elif _GOVERNMENT.fullmatch(each.name) and before.endswith("党委"):
            joined[-1] = replace(joined[-1], name=before + (each.mark or "和") + each.name)
        elif (bare or _PARK_SEAT.fullmatch(each.name)) and _EVERY_SEAT.fullmatch(before):
            joined.append(each.completed("各" + each.name))
        else:
            joined.append(each)
    return joined


def share_endings(names: Sequence[Listed]) -> list[Listed]:
    """Complete from the last name backwards what the names before it share with it."""
    completed = list(names)
    after = ""
    for place in range(len(names) - 1, -1, -1):
        each = completed[place]
        completed[place] = each.completed(_with_ending_of(each.body or after, each.name))
        after = completed[place].name
    return completed


def _with_ending_of(after: str, name: str) -> str:
    """Return `name` with the ending that it shares with what follows it."""
    if _LEVEL.fullmatch(name) and (levelled := _LEVELLED.fullmatch(after)):
        return name + levelled["rest"]
    shared = re.search(r"(?:局|部门)$", after)
    if shared and _is_bare_function(name):
        is_committee = shared[0] == "局" and name.endswith(WITH_COMMITTEE)
        return name + ("委" if is_committee else shared[0])
    if after.endswith("管委会") and _PARK_NAME.search(name):
        return name + "管委会"
    if _SHORT_COMPANY.fullmatch(after) and _is_short_word(name):  # 移动、联通公司
        return name + "公司"
    return _seated_like(after, name)


def _seated_like(after: str, name: str) -> str:
    """水东镇、沙河镇人民政府 and 水东、沙河镇人民政府 share an ending."""
    last = _SEATED.fullmatch(without_held(after))
    if not last or after.startswith("各") or name.startswith(("各", *LEVELS)):
        return name
    seat = last["seat"] or ""
    own = _SEATED.fullmatch(name)
    if own:
        same_seat = (own["area"] == "街道") == (last["area"] == "街道")
        return (
            name + seat if same_seat and not own["seat"] and not _PARK_NAME.search(name) else name
        )
    if is_place(name) and (not last["place"] or is_place(last["place"])):
        return name + last["area"] + seat
    return name


def _is_bare_function(name: str) -> bool:
    plain = name[1:] if name.startswith(tuple(LEVELS)) else name
    return bool(_FUNCTION.fullmatch(plain)) and not ends_like_a_unit(name)


def share_level(names: Sequence[Listed]) -> list[Listed]:
    """Complete 财政局 after 市发展改革委 to 市财政局; names that open with a place stay."""
    level = ""
    completed = []
    for each in names:
        own = None if unit_kind(each.name) is UnitKind.COMPANY else _PREFIX.match(each.name)
        if own:
            level = own["level"]
        whole = each.name if own or not level else _levelled(each.name, level)
        completed.append(each.completed(whole))
    return completed


def _levelled(name: str, level: str) -> str:
    plain = without_held(name)
    is_company = unit_kind(plain) is UnitKind.COMPANY
    if is_company or not ends_like_a_unit(plain) or _TAKES_NO_LEVEL.search(plain):
        return name
    if name.startswith(PARTY_ORGANS):
        return f"{level}委{name}"
    return level + name if _FUNCTION.match(name) else name
