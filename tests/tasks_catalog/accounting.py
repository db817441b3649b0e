"""Counts the printed text of a file independently of the readers, and looks for it in a plan."""

import re
import zipfile
from collections.abc import Iterable
from html import unescape
from pathlib import Path

from tasks_catalog.model import ReadIndicator, ReadItem, ReadMeasure, ReadPlan

RUN = re.compile(r"<(?:\w+:)?(?:t|delText)(?:\s[^>]*)?>([^<]*)</")
ITEM = re.compile(r"<si>(.*?)</si>", re.DOTALL)
CELL = re.compile(r"<c [^>]*t=\"s\"[^>]*><v>(\d+)</v>")
SHEET_PARTS = re.compile(r"xl/(sharedStrings|worksheets/sheet\d*)\.xml")
WORD_PARTS = re.compile(r"word/(document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml")
PAGE_NUMBER = re.compile(r"[\s\d—\-第页共/]*")


def runs_of_word(path: Path) -> list[str]:
    """Return every text run of a .docx, by searching the parts as text."""
    with zipfile.ZipFile(path) as package:
        parts = [
            package.read(name).decode("utf-8", "replace")
            for name in package.namelist()
            if WORD_PARTS.fullmatch(name)
        ]
    return [unescape(run) for part in parts for run in RUN.findall(part)]


def cells_of_workbook(path: Path) -> list[str]:
    """Return the texts that cells of an .xlsx refer to or hold; numbers are shown by format."""
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if SHEET_PARTS.fullmatch(name)]
        parts = {name: package.read(name).decode("utf-8", "replace") for name in names}
    shared = [
        "".join(unescape(run) for run in RUN.findall(item))
        for item in ITEM.findall(parts.get("xl/sharedStrings.xml", ""))
    ]
    sheets = [part for name, part in parts.items() if name.startswith("xl/worksheets/sheet")]
    cells = [cell for sheet in sheets for cell in CELL.findall(sheet)]
    inline = [unescape(run) for sheet in sheets for run in RUN.findall(sheet)]
    return inline + [shared[int(at)] for at in cells if int(at) < len(shared)]


def everything_in(plan: ReadPlan) -> str:
    """Return all words of a plan as read, without spaces."""
    things: list[ReadItem | ReadIndicator | ReadMeasure] = []
    things += [*plan.work_items, *plan.indicators, *plan.measures]
    cells = [part for thing in things for pair in thing.source.raw.items() for part in pair]
    lines = [line.text for line in (*plan.narrative, *plan.unread)]
    return _plain("\n".join((*cells, *lines, *plan.plan.remarks)))


def missing_from(plan: ReadPlan, printed: Iterable[str]) -> list[str]:
    """Return the printed texts that the plan holds nowhere."""
    held = everything_in(plan)
    return [
        text for text in printed if not PAGE_NUMBER.fullmatch(text) and _plain(text) not in held
    ]


def _plain(text: str) -> str:
    return re.sub(r"\[bookmark:[^\]]*\]|\s", "", text)
