"""Phrases that say when something is due, read into a date, a rhythm or a doubt."""

import re
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter

from supervision.vocabulary import DeadlineKind
from tasks_catalog.deadline_print import fold
from tasks_catalog.deadline_words import Words, cut
from tasks_catalog.moments import ImpossibleDateError
from tasks_catalog.rhythms import rhythm_of
from tasks_catalog.time_spans import Role, Span, spans

_LONGEST = 400  # characters: what is longer is prose, no deadline
_YEARS = range(1900, 2200)
_PRECISION = (DeadlineKind.DAY, DeadlineKind.MONTH, DeadlineKind.YEAR, DeadlineKind.RANGE)
_NOTHING = re.compile(
    r"[-/\\_.,、。…]*|暂?无|没有|空白?|不涉及|不设时限|无(?:明确|具体)?(?:完成)?(?:时限|时间|期限)(?:要求)?|N/?A"
)
_LASTING = re.compile(
    r"持续|(?<!中)长期|常态|长效|常年|全年|全程|经常性|日常|始终|不间断|不断|一直|常抓|坚持不懈"
    r"|持之以恒|一以贯之|久久为功|滚动|动态|实时|永久|贯穿|即日起"
)
_AFTER_AN_EVENT = re.compile(
    r"(?<!今)(?<!此)后(?!续|期)|之日|期间|随到随|随报随|即收即|当[日天](?!前)|每[次批项]|接到|收到|届满"
    r"|(?:节|春节|元旦|清明|五一|端午|中秋|国庆|十一|汛期?|高温|供暖|开学|两会|会议|召开|验收|开工|竣工|投产|投用|入冬|高考)前"
    r"|(?<![目提当此底末日月年内])前(?=$|[,;。完])"
)
_VAGUE = re.compile(
    r"不定期|已完成|同上|同前|尽快|近期|适时|及时|视情|立即|立行|即知|即时|按|根据|另行|待|上级|节点|早日|逐步|初"
)
_CERTAIN_END = {
    DeadlineKind.MONTH: "没有写到日，按该时段最后一天",
    DeadlineKind.YEAR: "只写到年，按年末",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """When something is due, as precisely as the plan says it; dates are inclusive.

    `from_on` is the first day of a range or the day something runs from, `every` the rhythm of
    a recurring duty ("year", "half_year", "quarter", "month", "week" …). `why` is the reading
    in Chinese, for people; `doubtful` says that the words allow another one, which is a finding.
    """

    kind: DeadlineKind
    due_on: date | None = None
    from_on: date | None = None
    every: str | None = None
    why: str
    doubtful: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class _Phrase:
    """A folded phrase with what it says of time."""

    text: str
    words: Words
    spans: tuple[Span, ...]

    def of_role(self, role: Role) -> list[Span]:
        return [span for span in self.spans if span.role is role]


def read_deadline(text: str, *, year: int | None = None) -> Deadline:
    """Return what `text` says about when.

    `year` is the plan's (1900 to 2199), for texts that name none.
    A year ends on 31 December and a month on its last day (process.md, R02); what names no date
    gets none. Nothing raises: what cannot be read is `UNCLEAR` and `why` says so.
    """
    if len(text) > _LONGEST:
        return _unclear(f"文字超过{_LONGEST}字，不像时限")
    folded = fold(text)
    if _NOTHING.fullmatch(folded):
        return Deadline(kind=DeadlineKind.NONE, why="没有写时限")
    words = cut(folded)
    try:
        found = tuple(spans(words, year=year if year in _YEARS else None))
    except ImpossibleDateError as impossible:
        return _unclear(str(impossible))
    phrase = _Phrase(text=folded, words=words, spans=found)
    for rule in (_recurring, _counted_from_an_event, _dated, _running_since, _lasting, _event):
        if deadline := rule(phrase):
            return _in_order(deadline)
    return _without_date(phrase)


def _in_order(deadline: Deadline) -> Deadline:
    if deadline.from_on and deadline.due_on and deadline.from_on > deadline.due_on:
        return _unclear(f"起点{_day(deadline.from_on)}晚于终点{_day(deadline.due_on)}")
    return deadline


def _recurring(phrase: _Phrase) -> Deadline | None:
    """每季度 and the like; a date without a year (每年12月底前) belongs to the rhythm."""
    rhythms = phrase.words.of_sort("V")
    if not rhythms:
        return None
    bounds = [span for span in phrase.spans if span.year_is_printed]
    due_on = max(filter(None, map(attrgetter("due_on"), bounds)), default=None)
    from_on = min(filter(None, map(attrgetter("from_on"), bounds)), default=None)
    every = next(filter(None, map(rhythm_of, rhythms)), None)
    step = "" if every else f"，“{rhythms[0]}”没有写明周期"
    ends = f"，截止{_day(due_on)}" if due_on else "，没有止期"
    return Deadline(
        kind=DeadlineKind.RECURRING,
        due_on=due_on,
        from_on=from_on,
        every=every,
        why=f"“{phrase.text}”是定期要求{step}{ends}",
    )


def _counted_from_an_event(phrase: _Phrase) -> Deadline | None:
    """印发后30日内 has no date until the event; a printed 2025年底前 beside it stands."""
    counted = phrase.words.of_sort("W")
    due = phrase.of_role(Role.DUE)
    if not counted or phrase.of_role(Role.RANGE) or any(span.says_before for span in due):
        return None
    since = next((span.from_on for span in phrase.of_role(Role.SINCE)), None)
    why = f"“{counted[0]}”从某一事件起算，事件发生前没有日期"
    return Deadline(kind=DeadlineKind.EVENT, from_on=since, why=why)


def _dated(phrase: _Phrase) -> Deadline | None:
    ranges, due = phrase.of_role(Role.RANGE), phrase.of_role(Role.DUE)
    if len(due) == 1 and _starts_what_lasts(phrase, due[0]):
        return None
    starts = [span for span in due if span.work_starts]
    ends = [span for span in due if not span.work_starts]
    if len(starts) == 1 and len(ends) == 1 and not ranges:
        return _from_start_to_end(starts[0], ends[0])
    dated = ranges + due
    if not dated:
        return None
    if len({(span.due_on, span.text if span.due_on is None else "") for span in dated}) > 1:
        return _unclear(
            f"写了不止一个时间：{'、'.join(span.text for span in dated)}，请指明以哪个为准"
        )
    span = min(dated, key=lambda each: _PRECISION.index(each.kind))
    since = next((each.from_on for each in phrase.of_role(Role.SINCE)), None)
    has_start = since or "即日起" in phrase.text
    deadline = Deadline(
        kind=DeadlineKind.RANGE if has_start else span.kind,
        due_on=span.due_on,
        from_on=span.from_on or since,
        why=_why_dated(span),
        doubtful=span.loosely_before,
    )
    if deadline.kind is not DeadlineKind.RANGE and _LASTING.search(phrase.text):
        return replace(deadline, why=f"{deadline.why}；此后的持续要求另记，不改变这个日期")
    return deadline


def _from_start_to_end(start: Span, end: Span) -> Deadline:
    from_on = start.due_on if start.says_before else start.first_on
    why = f"“{start.text}”是开工时间，“{end.text}”是完成时间"
    return Deadline(kind=DeadlineKind.RANGE, due_on=end.due_on, from_on=from_on, why=why)


def _why_dated(span: Span) -> str:
    if not span.year_is_known:
        return f"“{span.text}”没有写年份，计划年份也不知道，算不出日期"
    if span.kind is DeadlineKind.RANGE:
        return f"“{span.text}”是一段时间，最后一天是{_day(span.due_on)}"
    why = f"“{span.text}”{_CERTAIN_END.get(span.kind, '写到了日，截止')}{_day(span.due_on)}"
    if not span.year_is_printed:
        why += "，年份取自上文或计划"
    if span.loosely_before:
        why += "；“前”字也可理解为到此之前，请核对"
    return why


def _running_since(phrase: _Phrase) -> Deadline | None:
    for span in phrase.spans:
        if span.role is Role.SINCE or _starts_what_lasts(phrase, span):
            why = f"“{span.text}”只写了起点，没有止期"
            return Deadline(kind=DeadlineKind.CONTINUING, from_on=span.first_on, why=why)
    return None


def _starts_what_lasts(phrase: _Phrase, span: Span) -> bool:
    """2024年5月启动，持续推进; without 持续 the start itself is due."""
    lasts = bool(_LASTING.search(phrase.text))
    return span.work_starts and lasts and len(phrase.spans) == 1


def _lasting(phrase: _Phrase) -> Deadline | None:
    if not (word := _LASTING.search(phrase.text)):
        return None
    return Deadline(kind=DeadlineKind.CONTINUING, why=f"“{word[0]}”是持续要求，没有止期")


def _event(phrase: _Phrase) -> Deadline | None:
    after_a_date = any(span.text.endswith("后") for span in phrase.spans)
    if after_a_date or not _AFTER_AN_EVENT.search(phrase.text):
        return None
    return Deadline(kind=DeadlineKind.EVENT, why=f"“{phrase.text}”以某一事件为准，没有日期")


def _without_date(phrase: _Phrase) -> Deadline:
    if vague := phrase.of_role(Role.VAGUE):
        return _unclear(f"“{vague[0].text}”没有确切的最后一天")
    if days := phrase.words.of_sort("D"):
        return _unclear(f"“{days[0]}”没有写月份")
    if word := _VAGUE.search(phrase.text):
        return _unclear(f"“{word[0]}”没有写明日期")
    return _unclear("看不出时限")


def _unclear(why: str) -> Deadline:
    return Deadline(kind=DeadlineKind.UNCLEAR, why=why)


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
