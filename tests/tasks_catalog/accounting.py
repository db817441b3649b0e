"""Counts the printed text of a file independently of the readers, and looks for it in a plan."""

import re
import zipfile
from collections.abc import Iterable
from html import unescape
from pathlib import Path

from tasks_catalog.model import ReadIndicator, ReadItem, ReadMeasure, ReadPlan

RUN = re.compile(r"<(?:\w+:)?(?:t|delText)(?:\s[^>]*)?>([^<]*)</")
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
    """Return the shared and inline strings of an .xlsx; numbers are shown by format."""
    with zipfile.ZipFile(path) as package:
        names = [n for n in package.namelist() if re.search(r"sharedStrings|worksheets/sheet", n)]
        parts = [package.read(name).decode("utf-8", "replace") for name in names]
    return [unescape(text) for part in parts for text in RUN.findall(part)]


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
