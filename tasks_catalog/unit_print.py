"""Folds the ways a list of units can be printed into one, and takes brackets out of the way."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import accumulate

from tasks_catalog.unit_names import LEVELS, ends_like_a_unit

_TO_PRINT = str.maketrans(
    "()[]{}【】〔〕〖〗〈〉,;:?!",
    "（）（）（）（）（）（）（），；：？！",
)
_HELD = re.compile("[\ue000-\uf8ff\u200b-\u200f\ufeff]")
_PAIRS = {"（": "）", "“": "”", "‘": "’", "「": "」", "『": "』", "《": "》"}
_PARTS_AHEAD = 8  # a broken name has a few parts, spaced letters included
_NAME_AT_MOST = 40
_ENDS_NAME = re.compile(r"[、，；。：/|（]")
_BRACKET_AT_END = re.compile(r"（[^（）]*）$")
_FIRST_HELD = 0xE000
_LAST_HELD = 0xF8FF
# What a broken line goes on with: part of the name before it, never a unit of its own.
_DEPENDENT = re.compile(
    r"^(?:[^省市州区县旗]{0,4}(?:分局|支队|大队|分公司|支行|派出所)|人民政府|政府|街道办事处|办事处|办公室|管委会|管理委员会"
    r"|委员会|(?:股份|责任)?有限(?:责任)?公司|各?成员单位)"
)
_ROLE_BEFORE_GAP = re.compile(r"(?:牵头|配合|负责|协助|协办|主办|参与|落实|承办)$")
_NUMBERED = re.compile(r"\d{1,2}[、.．）]")
_LABEL = (
    r"(?:牵头|主办|主责|责任|承办|落实|实施|配合|协办|协助|参与|督导)(?:责任)?(?:单位|部门|主体)"
)
_LABEL_BEFORE_GAP = re.compile(rf"(?<![为是作]){_LABEL}$")
_LABEL_AFTER_GAP = re.compile(rf"{_LABEL}(?:[：（]|$)")


@dataclass(frozen=True, slots=True)
class Flat:
    """A phrase in which each bracket or quotation is one held character."""

    text: str
    held: tuple[str, ...]

    def print_of(self, text: str) -> str:
        """Return `text` with its brackets and quotations as printed."""
        return _HELD.sub(lambda match: self.held[ord(match[0]) - _FIRST_HELD], text)

    def inside(self, sign: str) -> str | None:
        """Return what stands inside a held bracket; None for a quotation or anything else."""
        if not _HELD.fullmatch(sign):
            return None
        printed = self.held[ord(sign) - _FIRST_HELD]
        return printed[1:-1] if printed[0] == "（" else None


def is_held(sign: str) -> bool:
    """Return whether this is the one character that a bracket or quotation became."""
    return bool(_HELD.fullmatch(sign))


def without_held(text: str) -> str:
    """Return `text` without brackets and quotations."""
    return _HELD.sub("", text)


def fold(text: str) -> str:
    """Return `text` with full-width punctuation, half-width letters and no gaps.

    A gap (space, broken line) is dropped inside a name and becomes 、 between two names, ，
    after a role and ： after a label.
    """
    plain = _HELD.sub("", unicodedata.normalize("NFKC", text)).translate(_TO_PRINT)
    parts = plain.split()
    folded = parts[:1]
    for place in range(1, len(parts)):
        ahead = list(accumulate(parts[place : place + _PARTS_AHEAD]))
        folded.append(_mark_between(folded[-1], ahead) + parts[place])
    return "".join(folded)


def _mark_between(left: str, ahead: list[str]) -> str:
    """Return the mark a gap stands for; `ahead` is what follows, one part more each time."""
    left, right = left[-_NAME_AT_MOST:], ahead[0]
    if _ROLE_BEFORE_GAP.search(left) or _NUMBERED.match(right):
        return "，"
    if _LABEL_BEFORE_GAP.search(left):
        return "："
    if _LABEL_AFTER_GAP.match(right):
        return "；"
    last = re.split(_ENDS_NAME, _BRACKET_AT_END.sub("", left))[-1]
    firsts = [re.split(_ENDS_NAME, text[:_NAME_AT_MOST])[0] for text in ahead]
    if not _stands_alone(last) or _DEPENDENT.match(firsts[-1]):
        return ""
    return "、" if any(map(_stands_alone, firsts)) else ""


def _stands_alone(name: str) -> bool:
    """赣州市 may go on with 发改委, 区委 with 宣传部; 水东镇, 各县 and 区发改委 stand."""
    name = re.sub(r"(?:牵头|配合|负责|等)$", "", name)
    if name.startswith("各"):
        return ends_like_a_unit(name)
    may_go_on = len(name) <= len("区委") or name.endswith(tuple(LEVELS))
    return ends_like_a_unit(name) and not may_go_on


def flatten(text: str) -> Flat:
    """Hold every outermost bracket and quotation; signs without a partner are dropped."""
    partner = _partners(text)
    signs: list[str] = []
    held: list[str] = []
    place = 0
    while place < len(text):
        end = partner.get(place)
        if end is not None and _FIRST_HELD + len(held) <= _LAST_HELD:
            signs.append(chr(_FIRST_HELD + len(held)))
            held.append(text[place : end + 1])
            place = end
        elif text[place] not in "（）":
            signs.append(text[place])
        place += 1
    return Flat("".join(signs), tuple(held))


def _partners(text: str) -> dict[int, int]:
    """Return where each opening sign is closed."""
    partner: dict[int, int] = {}
    opened: list[tuple[str, int]] = []
    for place, sign in enumerate(text):
        if sign in _PAIRS:
            opened.append((_PAIRS[sign], place))
        elif opened and sign == opened[-1][0]:
            partner[opened.pop()[1]] = place
    return partner
