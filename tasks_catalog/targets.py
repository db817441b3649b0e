"""Pure: the figures that a plan's body promises, and the indicators that measure them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tasks_catalog.model import ReadIndicator, ReadMeasure, ReadPlan
from tasks_catalog.wording import Pairs, Wording, pairs, sentences

_COUNTED = "个家项座处条所台套次件支人户名"
_FIGURE = re.compile(
    rf"(?<![\d.])(?P<figure>\d+(?:\.\d+)?)\s*"
    rf"(?P<unit>[%％]|[{_COUNTED}](?![月年])|万?吨|[万亿]元|[万亿]?立方米|万?亩|公里|万?平方米|[户人]次?)"
)
# 新增1个, 建成3座, 数量达24个: a figure without such a word describes, it does not promise.
_ACHIEVES = re.compile(
    r"新增|创建|建成|新建|建设|培育|打造|推荐|争取|完成|达|至少|不少于|实现|突破|保持|维持"
)
_ADDS = re.compile(r"新增|增加|新建|净增")
_EVERY_YEAR = re.compile(r"每年|逐年|年均|每年度")
_PAST = re.compile(r"目前|截至|截止|现有|已(?:经|建成|完成|达)")
_GOAL = re.compile(r"[到至]\d{4}年|目标")
_CONDITION = re.compile(r"^(?:对|凡|以|总?建筑面积)?[^，]*(?:超过|大于|小于|低于|满)\d")
_FILLER = re.compile(
    r"(?:力争|到|至)?\d{4}年底?(?:前)?|全[省市县区州旗]|力争|争取|保持在?|维持在?|达到|达|实现|控制在"
    r"|提高到|提升到|比例为|不低于|不少于|至少|约|(?<!规模)以[上下内]|高标准|须|应|按|每年"
)
_FACILITY = re.compile(r"[\u4e00-\u9fff]{2}(?:中心|基地|平台|[站园库馆]|(?<![工商市])[场厂])$")
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_CLAUSE_WITHOUT_END = re.compile(r"[^，。；：！？\n]+")
_SHORTEST_NAME = 3  # characters of 绿色工厂 and the like
SURE = 0.5  # likeness from which a name and a promise speak of one thing
_WHOLE = 0.95  # share of a name from which the promise prints all of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A figure promised in the body, such as 到2025年，秸秆综合利用率达到97.3%.

    `where` is the measure's path, or the line of a paragraph of goals (then `measure` is None);
    `subject` is the clause without the figure and the words around it; `thing` is what is
    counted, empty for ratios; `figure` is in `unit` as printed.
    """

    where: str
    measure: ReadMeasure | None
    sentence: str
    clause: str
    subject: str
    thing: str
    figure: float
    unit: str

    @property
    def adds(self) -> bool:
        """Whether the figure comes on top of the present value (新增2家)."""
        return bool(self.thing) and bool(_ADDS.search(self.clause))

    @property
    def facility(self) -> str:
        """Return what sort of facility is counted (分拣中心), empty where none is."""
        found = _FACILITY.search(self.thing)
        return found[0] if found else ""

    @property
    def every_year(self) -> bool:
        """Whether the figure holds for each year, not for the last alone."""
        return bool(_EVERY_YEAR.search(self.clause))


def promises(plan: ReadPlan) -> Iterator[Promise]:
    """Yield the promised figures: of all measures, then of the paragraphs of goals."""
    for measure in plan.measures:
        for sentence in sentences(measure.text):
            yield from _in_sentence(measure.path, measure, sentence)
    for line in plan.narrative:
        for sentence in sentences(line.text):
            if _GOAL.search(sentence):
                yield from _in_sentence(f"第{line.line}行", None, sentence)


def _in_sentence(where: str, measure: ReadMeasure | None, sentence: str) -> Iterator[Promise]:
    for clause in _CLAUSE_WITHOUT_END.findall(_BRACKETS.sub("", sentence)):
        if not (_PAST.search(clause) or _CONDITION.search(clause)):
            yield from _in_clause(where, measure, sentence, clause.strip())


def _in_clause(
    where: str, measure: ReadMeasure | None, sentence: str, clause: str
) -> Iterator[Promise]:
    for found in _FIGURE.finditer(clause):
        counts = found["unit"] not in "%％"
        if counts and not _ACHIEVES.search(clause):
            continue
        before, after = clause[: found.start()], clause[found.end() :]
        yield Promise(
            where=where,
            measure=measure,
            sentence=sentence,
            clause=clause,
            subject=_FILLER.sub("", before + after),
            thing=_thing(before, after) if counts else "",
            figure=float(found["figure"]),
            unit=found["unit"].replace("％", "%"),
        )


def _thing(before: str, after: str) -> str:
    """Return what is counted: 2家|绿色工厂, 新增|绿色矿山|1个, 2项|绿色技术|入选目录."""
    following = re.split(r"入选|纳入|通过|达到|获得|获评", _FILLER.sub("", after))[0]
    bare = _without_marks(following)
    if len(bare) >= _SHORTEST_NAME:
        return bare
    return _without_marks(_ACHIEVES.sub("", _FILLER.sub("", before)))


def _without_marks(text: str) -> str:
    return re.sub(r"[“”\"《》\s]", "", text)


def promised(plan: ReadPlan, wording: Wording) -> list[tuple[Promise, list[ReadIndicator]]]:
    """Return each promise with the indicators that measure it, none where there is none.

    A promise that prints the names of several (城市和农村…覆盖率) belongs to all of them.
    """
    names = [(indicator, _name(indicator)) for indicator in plan.indicators]
    every = [(indicator, name, pairs(name)) for indicator, name in names]
    return [(promise, _measured_by(promise, every, wording)) for promise in promises(plan)]


def _name(indicator: ReadIndicator) -> str:
    return _BRACKETS.sub("", indicator.name).replace("的", "")


def _measured_by(
    promise: Promise, every: list[tuple[ReadIndicator, str, Pairs]], wording: Wording
) -> list[ReadIndicator]:
    fitting = [row for row in every if _same_unit(row[0].unit, promise.unit)]
    if promise.thing:
        return [row[0] for row in fitting if _counts(row[1], promise.thing)][:1]
    subject = pairs(promise.subject.replace("的", ""))
    scored = [(wording.likeness(subject, own), indicator, own) for indicator, _, own in fitting]
    best = max(scored, key=lambda row: row[0], default=None)
    if best is None or best[0] < SURE or not _one_thing(promise.subject, best[1], wording):
        return []
    joint = [row[1] for row in scored if wording.covered(row[2], subject) >= _WHOLE]
    exact = wording.covered(subject, best[2]) >= _WHOLE
    return joint if len(joint) > 1 and not exact else [best[1]]


def _one_thing(subject: str, indicator: ReadIndicator, wording: Wording) -> bool:
    """Return whether promise and indicator are no two things measured alike.

    建筑垃圾资源化利用率 and 生活垃圾资源化利用率 share most of their words, but neither prints
    how the other begins.
    """
    texts = [subject.replace("的", "").strip("“”、 "), _name(indicator).strip("“”")]
    one, other = pairs(texts[0]), pairs(texts[1])
    if max(wording.covered(one, other), wording.covered(other, one)) >= _WHOLE:
        return True
    return texts[0][:2] in other and texts[1][:2] in one


def _same_unit(of_indicator: str | None, of_promise: str) -> bool:
    if of_indicator is None:
        return True
    unit = of_indicator.replace("％", "%")
    return unit == of_promise or (unit in _COUNTED and of_promise in _COUNTED)


def _counts(name: str, thing: str) -> bool:
    """Return whether a name prints the thing, be it with other characters between.

    无废细胞 stands in 无废城市细胞; a stretch more than twice as long as the thing is another's.
    """
    plain = _without_marks(name)
    starts = (at for at, character in enumerate(plain) if character == thing[0])
    return any(_reach(plain[start:], thing) <= 2 * len(thing) for start in starts)


def _reach(text: str, thing: str) -> float:
    """Return how many characters of a text it takes to print the thing, in order."""
    at = 0
    for character in thing:
        found = text.find(character, at)
        if found < 0:
            return float("inf")
        at = found + 1
    return at
