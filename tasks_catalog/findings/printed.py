"""How a finding names a place and quotes it: codes, Chinese names, words as printed."""

import re
from collections.abc import Iterable, Sequence

from supervision.vocabulary import Severity
from tasks_catalog.links import indicator_code
from tasks_catalog.model import Finding, ReadIndicator, ReadItem, ReadMeasure
from tasks_catalog.wording import quoted

Listed = ReadItem | ReadIndicator
Thing = Listed | ReadMeasure

_SAYS_WHO = re.compile(r"责任|牵头|配合|主办|协办|承办|落实")
_LONGEST_TITLE = 28


def finding(
    id: str,  # noqa: A002 -- the field's own name
    severity: Severity,
    where: Iterable[str],
    text: str,
    quotes: Iterable[str] = (),
) -> Finding:
    """Return a finding; the same words are quoted once."""
    return Finding(
        id=id,
        severity=severity,
        where=" / ".join(where),
        text=text,
        quotes=[quote for quote in dict.fromkeys(quotes) if quote],
    )


def code_of(thing: Thing) -> str:
    """Return T13, P06, I04, or a measure's path."""
    if isinstance(thing, ReadItem):
        return thing.code
    return indicator_code(thing) if isinstance(thing, ReadIndicator) else thing.path


def called(thing: Thing) -> str:
    """Return how people call it: 任务13“推动绿色矿山建设”, 指标4“…”, 正文二（二）3（2）."""
    if isinstance(thing, ReadMeasure):
        return f"正文{thing.path}"
    if isinstance(thing, ReadIndicator):
        return f"指标{thing.number}{quoted(_short(thing.name))}"
    return f"{thing.kind.label}{thing.number}{quoted(_short(thing.title))}"


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…"


def name_of(thing: Thing) -> str:
    """Return the title or name, as printed."""
    return thing.name if isinstance(thing, ReadIndicator) else thing.title


def owners_of(thing: Thing) -> str:
    """Return the words that say who answers for it, as printed where they can be found."""
    raw = thing.source.raw
    under = [words for heading, words in raw.items() if _SAYS_WHO.search(heading) and words]
    if under:
        return under[0]
    named = [words for words in raw.values() if any(u in words for u in thing.responsible_units)]
    return named[0] if named else joined(thing.responsible_units)


def deadline_of(item: ReadItem) -> str:
    """Return the deadline, as printed where it can be found."""
    text = item.deadline_text or ""
    return next((w for w in item.source.raw.values() if "".join(w.split()) == text), text)


def joined(names: Sequence[str]) -> str:
    """Return names as a Chinese list."""
    return "、".join(names)


def day(value: object) -> str:
    """Return a date as 2024年3月3日."""
    return f"{value:%Y}年{value:%m}月{value:%d}日".replace("年0", "年").replace("月0", "月")
