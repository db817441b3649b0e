"""Automatic numbering in .docx: the 一、（一）1. that Word shows but does not store as text."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

import cn2an

from tasks_catalog.readers.package import attribute, child, local, whole_number

MOST = 100_000  # no list is longer, whatever a broken file says
MOST_STYLES_DEEP = 20
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
CHINESE = re.compile(r"chinese|ideograph|japaneseCounting|taiwaneseCounting", re.IGNORECASE)


@dataclass(slots=True)
class _Level:
    start: int
    form: str  # decimal, chineseCounting …
    text: str  # （%2）


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)  # abstract id -> level
    lists: dict[str, str] = field(default_factory=dict)  # list id -> abstract id
    starts: dict[tuple[str, int], int] = field(default_factory=dict)  # list id, level -> start
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)  # style -> list id, level
    _counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    _seen: set[str] = field(default_factory=set)

    def prefix(self, properties: ET.Element | None) -> str:
        """Return the number that Word prints before a paragraph with these properties."""
        listed = self._list_of(properties)
        if listed is None:
            return ""
        list_id, level = listed
        abstract = self.lists.get(list_id, "")
        levels = self.levels.get(abstract, {})
        if level not in levels:
            return ""
        self._count(list_id, abstract, level)
        counts = self._counts[abstract]

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            shown = levels.get(at)
            return _form(counts.get(at, shown.start), shown.form) if shown else ""

        return re.sub(r"%(\d)", number, levels[level].text)

    def _list_of(self, properties: ET.Element | None) -> tuple[str, int] | None:
        own = child(properties, "numPr")
        style = attribute(child(properties, "pStyle"), "val") or ""
        inherited = self.styles.get(style)
        if own is None:
            return inherited
        list_id = attribute(child(own, "numId"), "val") or (inherited[0] if inherited else "")
        level = attribute(child(own, "ilvl"), "val")
        if list_id == "0":  # the way to say: no number here
            return None
        return list_id, whole_number(level, default=inherited[1] if inherited else 0, most=8)

    def _count(self, list_id: str, abstract: str, level: int) -> None:
        counts = self._counts[abstract]
        if list_id not in self._seen:
            self._seen.add(list_id)
            for (owner, at), start in self.starts.items():
                if owner == list_id:
                    counts[at] = start - 1
        counts[level] = counts.get(level, self.levels[abstract][level].start - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]


def _form(number: int, form: str) -> str:
    if CHINESE.search(form):
        return re.sub(r"^一十", "十", cn2an.an2cn(min(number, MOST)))
    if form in {"bullet", "none"}:
        return ""
    if "Circle" in form and 1 <= number <= len(CIRCLED):
        return CIRCLED[number - 1]
    return str(number)


def numbering_of(numbering: ET.Element | None, styles: ET.Element | None) -> Numbering:
    """Return the lists that the two parts define; either part may be missing."""
    found = Numbering()
    for element in numbering if numbering is not None else ():
        if local(element) == "abstractNum":
            key = attribute(element, "abstractNumId") or ""
            found.levels[key] = dict(_levels(element))
        elif local(element) == "num":
            _add_list(found, element)
    _add_styles(found, styles)
    return found


def _levels(abstract: ET.Element) -> list[tuple[int, _Level]]:
    levels = []
    for element in abstract:
        if local(element) != "lvl":
            continue
        start = attribute(child(element, "start"), "val")
        level = _Level(
            start=whole_number(start, default=1, most=MOST),
            form=attribute(child(element, "numFmt"), "val") or "decimal",
            text=attribute(child(element, "lvlText"), "val") or "",
        )
        if level.form == "bullet":
            level.text = ""
        levels.append((whole_number(attribute(element, "ilvl"), default=0, most=8), level))
    return levels


def _add_list(found: Numbering, element: ET.Element) -> None:
    list_id = attribute(element, "numId") or ""
    found.lists[list_id] = attribute(child(element, "abstractNumId"), "val") or ""
    for override in element:
        start = attribute(child(override, "startOverride"), "val")
        if local(override) == "lvlOverride" and start:
            level = whole_number(attribute(override, "ilvl"), default=0, most=8)
            found.starts[list_id, level] = whole_number(start, default=1, most=MOST)


def _add_styles(found: Numbering, styles: ET.Element | None) -> None:
    """Note which styles number their paragraphs, by themselves or through what they build on."""
    every = () if styles is None else styles
    by_id = {attribute(style, "styleId") or "": style for style in every}
    for name, style in by_id.items():
        base: ET.Element | None = style
        for _ in range(MOST_STYLES_DEEP):
            own = child(base, "pPr", "numPr")
            if own is not None:
                list_id = attribute(child(own, "numId"), "val") or ""
                level = attribute(child(own, "ilvl"), "val")
                found.styles[name] = (list_id, whole_number(level, default=0, most=8))
                break
            base = by_id.get(attribute(child(base, "basedOn"), "val") or "")
