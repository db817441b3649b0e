"""Pure: what the head and the foot of a document say about the plan itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from supervision.vocabulary import DeadlineKind
from tasks_catalog.blocks import Paragraph
from tasks_catalog.deadlines import read_deadline
from tasks_catalog.outline import clean

DOCUMENT_NUMBER = re.compile(
    r"^[（(]?(?:文号[：:]\s*)?([\u4e00-\u9fff×Ｘ]{2,20}[〔\[（(［【]\d{4}[〕\]）)］】]\s*(?:第\s*)?\d+\s*[号號])[）)]?$"
)
DIGITS = "一二三四五六七八九十"
DATE = rf"[\d〇○零{DIGITS}]{{4}}\s*年\s*[\d{DIGITS}]{{1,3}}\s*月\s*[\d{DIGITS}]{{1,3}}\s*日"
DATE_LINE = re.compile(rf"^[（(]?({DATE})(?:印发|发布)?[）)]?$")
PRINTED = re.compile(rf"^\s*(?P<issuer>\S*?)\s*(?P<date>{DATE})\s*印发")
NOTICE = re.compile(r"^(?P<issuer>.*?)关于.*(?:的|之)(?:通知|意见|通告|函|批复|公告)$")
PUBLISHED = re.compile(r"关于(?:印发|转发|下发|公布)[《〈<]?(.+?)[》〉>]?的通知$")
KIND_OF_DOCUMENT = re.compile(
    r"(?:方案|计划|清单|要点|规划|意见|通知|措施|分工|行动|办法|安排|任务表|台账|责任表|举措|分解表|任务|分解|纲要|目标|细则|一览表|汇总表|事项|项目库|名录|目录)"
    r"(?:[（(][^（()）]*[)）])*$"
)
YEARS = re.compile(r"(\d{4})\s*年?\s*[-－—–―~～至到]+\s*(\d{4})\s*年?")
YEAR = re.compile(r"(\d{4})\s*年(?:度)?")
YEARS_UNDER_TITLE = re.compile(r"[（(]\d{4}.*年.*[）)]")
ISSUER = re.compile(
    r"(?!.*关于)[^，。：《》]{2,}(?:人民政府|办公室|委员会|领导小组|局|厅|管委会|办公厅|县委|市委|区委|省委)"
)
IN_BRACKETS = re.compile(r"[（(][^（(]*[）)]")  # （此件公开发布）
LONGEST_TITLE = 80


ONLY_ANNEX = re.compile(r"附件[\d一二三四五六七八九十]{0,3}[：:]?")
OPENING = 6  # paragraphs among which a title can stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The facts of a plan; None where the document does not print them."""

    title: str | None
    document_number: str | None
    issuer: str | None
    issued_on: date | None
    period_from: int | None
    period_to: int | None


def head_of(front: Sequence[Paragraph], every: Sequence[Paragraph]) -> Head:
    """Return the facts: `front` is what stands before the first heading, item or annex."""
    lines = [_plain(paragraph) for paragraph in front]
    runs = _runs(front)
    notices = [run for run in runs if NOTICE.search(run)]
    titles = [run for run in runs if run not in notices and KIND_OF_DOCUMENT.search(run)]
    plain = [run for run in runs if run not in notices and not ISSUER.fullmatch(run)]
    title = titles[-1] if titles else _title_in(notices) or next(reversed(plain), None)
    title = title or _title_of_annex(every)
    period = next((found for text in (title or "", *notices) if (found := _period(text))), None)
    return Head(
        title=title,
        document_number=_document_number(lines),
        issuer=_issuer(runs, notices, every),
        issued_on=_issued_on(lines, every),
        period_from=period[0] if period else None,
        period_to=period[1] if period else None,
    )


def _title_of_annex(every: Sequence[Paragraph]) -> str | None:
    """Return the title under the word 附件 where a document is nothing but an annex."""
    opening = [one for one in every[:OPENING] if not ONLY_ANNEX.fullmatch(_plain(one))]
    return next((run for run in _runs(opening) if KIND_OF_DOCUMENT.search(run)), None)


def _plain(paragraph: Paragraph) -> str:
    return re.sub(r"\s", "", clean(paragraph.text))


def _runs(front: Sequence[Paragraph]) -> list[str]:
    """Return the lines that may be titles; consecutive ones are one title set on several lines."""
    runs: list[str] = []
    last = -1
    for paragraph in front:
        text = _without_ornament(clean(paragraph.text))
        if not _may_be_title(text):
            continue
        whole = not runs or KIND_OF_DOCUMENT.search(runs[-1]) or ISSUER.fullmatch(runs[-1])
        goes_on = runs and YEARS_UNDER_TITLE.fullmatch(text)
        if goes_on or (last > 0 and paragraph.line <= last + 1 and not whole):
            runs[-1] += text
        else:
            runs.append(text)
        last = paragraph.line
    return runs


def _without_ornament(text: str) -> str:
    """Return a line without the marks of web copies, and without 附件： before a title."""
    return re.sub(r"^附件\s*\d*\s*[：:]\s*(?!\d)", "", text.strip("#* "))


def _may_be_title(text: str) -> bool:
    if not text or len(text) > LONGEST_TITLE or text[-1] in "。；，、;,：:":
        return False
    plain = re.sub(r"\s", "", text)
    if IN_BRACKETS.fullmatch(plain) and not YEARS_UNDER_TITLE.fullmatch(plain):
        return False
    return not (
        DOCUMENT_NUMBER.match(plain) or DATE_LINE.match(plain) or re.search(r"[：:]", plain)
    )


def _title_in(notices: Sequence[str]) -> str | None:
    """Return the title that a notice publishes, or the notice's own."""
    if not notices:
        return None
    published = PUBLISHED.search(notices[0])
    return published[1] if published else notices[0]


def _document_number(lines: Sequence[str]) -> str | None:
    return next((match[1] for line in lines if (match := DOCUMENT_NUMBER.match(line))), None)


def _issuer(runs: Sequence[str], notices: Sequence[str], every: Sequence[Paragraph]) -> str | None:
    """Return who issued it: named in or over the notice, signed under it, else who printed it."""
    noticed = (match["issuer"] for notice in notices if (match := NOTICE.search(notice)))
    over_dates = (above for above, line in pairwise(map(_plain, every)) if DATE_LINE.match(line))
    signed = (line for line in (*runs, *over_dates) if ISSUER.fullmatch(line))
    printed = (PRINTED.match(paragraph.text) for paragraph in reversed(every))
    named = (match["issuer"] for match in printed if match)
    return next((issuer for issuer in (*noticed, *signed, *named) if issuer), None)


def _issued_on(lines: Sequence[str], every: Sequence[Paragraph]) -> date | None:
    """Return the date under the notice, else that of the printing line or under the text."""
    texts = [match[1] for line in lines if (match := DATE_LINE.match(line))]
    texts += [match["date"] for each in every if (match := PRINTED.match(each.text))]
    texts += [match[1] for each in every if (match := DATE_LINE.match(_plain(each)))]
    dates = (read_deadline(text) for text in texts)  # 2024年2月30日 dates nothing
    return next((day.due_on for day in dates if day.kind is DeadlineKind.DAY), None)


def _period(title: str) -> tuple[int, int] | None:
    if match := YEARS.search(title):
        return int(match[1]), int(match[2])
    if match := YEAR.search(title):
        return int(match[1]), int(match[1])
    return None
