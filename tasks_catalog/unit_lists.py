"""Where one name of a list of units ends and the next begins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tasks_catalog.unit_completion import Listed, is_place, is_town, share_endings, share_every
from tasks_catalog.unit_names import LEVELS, ends_like_a_unit
from tasks_catalog.unit_print import without_held

_NAME_AT_MOST = 40
_AND = re.compile(r"以及|[和及与](?!其)")
_OPEN = re.compile(
    r"等(?:\d{1,3}|[一二三四五六七八九十]{1,3}|多|几)?[家个]?"
    r"(?:有关|相关|各|市直|区直|县直|省直|责任|成员|职能|参与|配合|主管|专业|执法){0,3}"
    r"(?P<body>(?:部门|单位|企业|方面|地区|机构|科室|成员单位){0,2}"
    r"|(?:镇街|乡镇|镇|乡|街道|县区|县|区)(?:人民政府|政府|街道办事处|办事处)?)$"
)
_NUMBERING = re.compile(r"[(（]?\d{1,2}[)）.．]|\d{1,2}$|[①-⑳]")
_LEAD_IN = re.compile(
    rf"由|请|以及|[^涉]{{1,8}}涉及|以(?=[{LEVELS}])"
    rf"|(?:和|及|与|并)(?=[{LEVELS}](?![{LEVELS}人])|各|有关|相关)"
)
_NOBODY = re.compile(r"[-—–*.\\…]*|暂?无|没有|并|共同|以上|下同|同上|同前|不再.*|排名.*")


@dataclass(frozen=True, slots=True)
class UnitList:
    """The names of a list in order; `is_open` where 等 says that more are meant."""

    names: tuple[Listed, ...]
    is_open: bool


def read_list(parts: Sequence[Listed]) -> UnitList:
    """Return the names in `parts`, the texts between the marks of a list.

    和, 及 and 与 part names only where both sides end like units; shared endings are completed.
    """
    names = [name for part in parts for name in _parted(part)]
    closed = [_closed(name) for name in names]
    named = [each for each in closed if not _NOBODY.fullmatch(each.name)]
    return UnitList(tuple(share_endings(share_every(named))), is_open=closed != names)


def _closed(listed: Listed) -> Listed:
    opened = _OPEN.search(listed.name)
    if not opened:
        return listed
    return replace(listed, name=listed.name[: opened.start()], body=opened["body"])


def _parted(part: Listed) -> list[Listed]:
    """Part at conjunctions; a role in a bracket behind the last name is that name's alone."""
    names = []
    mark, start = part.mark, 0
    for conjunction in _AND.finditer(part.name):
        left = part.name[start : conjunction.start()]
        if _both_units(left, part.name[conjunction.end() :]):
            names.append(Listed(left, mark))
            mark, start = conjunction[0], conjunction.end()
    names.append(replace(part, name=part.name[start:], mark=mark))
    return [replace(each, name=_without_lead_in(each.name)) for each in names]


def _both_units(left: str, right: str) -> bool:
    """区工信局和区财政局 are two, 区工业和信息化局 is one, 水西和沙河镇 are two."""
    left, right = without_held(left[-_NAME_AT_MOST:]), without_held(right[-_NAME_AT_MOST:])
    whole = bool(left) and ends_like_a_unit(left) and ends_like_a_unit(right)
    return whole or (is_place(left) and is_town(right))


def _without_lead_in(name: str) -> str:
    numbered = _NUMBERING.match(name)
    name = name[numbered.end() :] if numbered else name
    lead_in = _LEAD_IN.match(name)
    return name[lead_in.end() :] if lead_in else name
