"""Pure: the names of documents that a text prints, in 《》 or after a verb that makes one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

KINDS = (
    r"(?:实施方案|工作方案|行动方案|专项方案|总体方案|应急预案|行动计划|工作计划|实施意见|指导意见"
    r"|管理办法|实施办法|管理规定|实施细则|工作要点|规划|方案|办法|细则|预案|意见|通知)"
)
MAKES = r"(?:制定|制订|出台|印发|编制|起草|发布|修订|下发|拟定)"
_BRACKETED = re.compile(rf"(?P<made>{MAKES}(?:并印发|完善|实施)?)?(?P<name>《[^《》]{{4,60}}》)")
_PLAIN = re.compile(
    rf"{MAKES}(?:并印发|完善|实施)?(?P<name>[^，。；：、《》（）]{{4,40}}?{KINDS})(?!的)"
)
_AND = {"", "和", "、", "及", "与", "以及"}
_YEARS = re.compile(r"（[^（）]*年[^（）]*）$")
_MARKS = re.compile(r"[《》“”\"\s]")
_KIND = re.compile(rf"{KINDS}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentName:
    """A name as printed (with 《》 where there are any) and whether the text says to make it."""

    printed: str
    made: bool

    @property
    def bare(self) -> str:
        """Return the name without 《》, quotation marks and years in brackets."""
        return _MARKS.sub("", _YEARS.sub("", self.printed.strip("《》")))

    @property
    def stem(self) -> str:
        """Return the bare name without the word for its kind (实施方案 …)."""
        return _KIND.sub("", self.bare)

    @property
    def kind(self) -> str:
        """Return the word for its kind, empty where it has none."""
        found = _KIND.search(self.bare)
        return found[0] if found else ""


def document_names(text: str) -> Iterator[DocumentName]:
    """Yield the names in print order; 《A》和《B》 after one verb are both made."""
    made_until = -1
    for found in _BRACKETED.finditer(text):
        goes_on = made_until >= 0 and text[made_until : found.start()] in _AND
        made = bool(found["made"]) or goes_on
        made_until = found.end() if made else -1
        yield DocumentName(printed=found["name"], made=made)
    for found in _PLAIN.finditer(text):
        yield DocumentName(printed=found["name"], made=True)
