"""Pure: what the head and the foot of a document say about the plan itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tasks_catalog.blocks import Paragraph
from tasks_catalog.outline import clean

DOCUMENT_NUMBER = re.compile(
    r"^\s*([\u4e00-\u9fff]{2,20}[〔\[（(［【]\d{4}[〕\]）)］】]\s*(?:第\s*)?\d+\s*号)\s*$"
)
DATE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
DATE_LINE = re.compile(rf"^[\s（(]*{DATE.pattern}\s*(?:印发|发布)?[\s）)]*$")
PRINTED = re.compile(rf"^\s*(?P<issuer>\S*)\s*{DATE.pattern}\s*印发")
NOTICE = re.compile(r"关于.*(?:的|之)(?:通知|意见|通告|函|批复|公告)$")
PUBLISHED = re.compile(r"关于(?:印发|转发|下发|公布)《?(.+?)》?的通知$")
KIND_OF_DOCUMENT = re.compile(
    r"(?:方案|计划|清单|要点|规划|意见|通知|措施|分工|行动|办法|安排|任务表|台账|责任表|举措|分解表)"
    r"(?:[（(][^（()）]*[)）])*$"
)
YEARS = re.compile(r"(\d{4})\s*年?\s*[-－—–―~～至到]+\s*(\d{4})\s*年")
YEAR = re.compile(r"(\d{4})\s*年(?:度)?")
ISSUER = re.compile(r"\S*(?:人民政府|办公室|委员会|领导小组|局|厅|管委会|办公厅)$")
LONGEST_TITLE = 60


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
    lines = [clean(paragraph.text) for paragraph in front]
    runs = _runs(front)
    notice = next((run for run in runs if NOTICE.search(run)), None)
    titles = [run for run in runs if run != notice and KIND_OF_DOCUMENT.search(run)]
    title = titles[-1] if titles else _title_in_notice(notice)
    period = _period(title or "") or _period(notice or "")
    return Head(
        title=title,
        document_number=_first(DOCUMENT_NUMBER, lines),
        issuer=_issuer(lines, every),
        issued_on=_issued_on(lines, every),
        period_from=period[0] if period else None,
        period_to=period[1] if period else None,
    )


def _runs(front: Sequence[Paragraph]) -> list[str]:
    """Return the lines that may be titles; consecutive ones are one title set on several lines."""
    runs: list[str] = []
    last = -1
    for paragraph in front:
        text = clean(paragraph.text)
        if not _may_be_title(text):
            continue
        whole = not runs or KIND_OF_DOCUMENT.search(runs[-1]) or ISSUER.fullmatch(runs[-1])
        if paragraph.line == last + 1 and not whole:
            runs[-1] += text
        else:
            runs.append(text)
        last = paragraph.line
    return runs


def _may_be_title(text: str) -> bool:
    if not text or len(text) > LONGEST_TITLE or text[-1] in "。：；，:;,":
        return False
    return not (DOCUMENT_NUMBER.match(text) or DATE_LINE.match(text))


def _title_in_notice(notice: str | None) -> str | None:
    if notice is None:
        return None
    published = PUBLISHED.search(notice)
    return published[1] if published else notice


def _first(pattern: re.Pattern[str], lines: Sequence[str]) -> str | None:
    return next((match[1] for line in lines if (match := pattern.match(line))), None)


def _issuer(lines: Sequence[str], every: Sequence[Paragraph]) -> str | None:
    """Return who issued it: the line of the printing office, else the line over the notice."""
    for paragraph in reversed(every):
        if (match := PRINTED.match(paragraph.text)) and match["issuer"]:
            return match["issuer"]
    return next((line for line in lines if ISSUER.fullmatch(line) and "关于" not in line), None)


def _issued_on(lines: Sequence[str], every: Sequence[Paragraph]) -> date | None:
    """Return the date under the notice, else that of the printing line."""
    dated = [match for line in lines if (match := DATE_LINE.match(line))]
    dated += [match for paragraph in every if (match := PRINTED.match(paragraph.text))]
    for match in dated:
        year, month, day = (int(part) for part in match.groups()[-3:])
        try:
            return date(year, month, day)
        except ValueError:
            continue  # 2024年2月30日 dates nothing
    return None


def _period(title: str) -> tuple[int, int] | None:
    if match := YEARS.search(title):
        return int(match[1]), int(match[2])
    if match := YEAR.search(title):
        return int(match[1]), int(match[1])
    return None
