"""Pure: links from the measures of the body to items and indicators, each with its reason."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tasks_catalog.document_names import document_names
from tasks_catalog.model import ReadIndicator, ReadMeasure, ReadPlan
from tasks_catalog.same_work import same_work, wording_of, words_of
from tasks_catalog.targets import Promise, promised
from tasks_catalog.wording import Wording, longest_common

_QUOTED = re.compile(r"“([^“”]{3,12})”")
_TELLING = 8  # characters in common from which they are no mere stock phrase


class Basis(StrEnum):
    """What two places of a plan have in common."""

    DOCUMENT = "document"
    FACILITY = "facility"
    INDICATOR = "indicator"
    WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A measure (by path) speaks of an item or indicator (by code: T13, P04, I06).

    `reason` is for people; `clause` is where the measure says so, as printed.
    """

    measure_path: str
    code: str
    basis: Basis
    reason: str
    clause: str


def indicator_code(indicator: ReadIndicator) -> str:
    """Return the code of an indicator: I01."""
    return f"I{indicator.number:02d}"


def links_of(plan: ReadPlan) -> list[Link]:
    """Return every link: by document, by facility, by indicator, by the words for the work."""
    wording = wording_of(plan)
    measured = promised(plan, wording)
    return [
        *_by_document(plan),
        *_by_facility(plan, [promise for promise, _ in measured]),
        *_by_figure(measured),
        *_by_quoted_term(plan),
        *_by_words(plan, wording),
    ]


def _by_document(plan: ReadPlan) -> Iterator[Link]:
    printed: dict[str, list[tuple[ReadMeasure, str]]] = defaultdict(list)
    for measure in plan.measures:
        for name in document_names(measure.text):
            printed[name.bare].append((measure, name.printed))
    for item in plan.work_items:
        for bare in dict.fromkeys(name.bare for name in document_names(words_of(item))):
            for measure, words in printed[bare]:
                yield _link(measure, item.code, Basis.DOCUMENT, f"同一文件：{words}", words)


def _by_facility(plan: ReadPlan, promises: list[Promise]) -> Iterator[Link]:
    for promise in promises:
        for item in plan.work_items if promise.facility else ():
            if promise.facility in words_of(item):
                reason = f"同一类设施：{promise.facility}"
                yield _link(promise.measure, item.code, Basis.FACILITY, reason, promise.clause)


def _by_figure(measured: list[tuple[Promise, list[ReadIndicator]]]) -> Iterator[Link]:
    for promise, indicators in measured:
        for indicator in indicators:
            code, reason = indicator_code(indicator), f"同一指标：{indicator.name}"
            yield _link(promise.measure, code, Basis.INDICATOR, reason, promise.clause)


def _by_quoted_term(plan: ReadPlan) -> Iterator[Link]:
    """Yield indicators whose quoted term (“无废园区”) heads one measure and no other."""
    headed: dict[str, list[ReadMeasure]] = defaultdict(list)
    for measure in plan.measures:
        for term in dict.fromkeys(_QUOTED.findall(measure.title)):
            headed[term].append(measure)
    for indicator in plan.indicators:
        for term in dict.fromkeys(_QUOTED.findall(indicator.name)):
            if len(headed[term]) == 1:
                measure, code = headed[term][0], indicator_code(indicator)
                yield _link(measure, code, Basis.INDICATOR, f"同一对象：“{term}”", measure.title)


def _by_words(plan: ReadPlan, wording: Wording) -> Iterator[Link]:
    for match in same_work(plan, wording):
        common = longest_common(words_of(match.item), match.measure.text).strip("，。、；：（）“”")
        tells = len(common) >= _TELLING
        reason = f"都写到“{common}”" if tells else f"正文写“{match.clause}”"
        clause = common if tells else match.clause
        yield _link(match.measure, match.item.code, Basis.WORDS, f"同一事项：{reason}", clause)


def _link(measure: ReadMeasure, code: str, basis: Basis, reason: str, clause: str) -> Link:
    return Link(measure_path=measure.path, code=code, basis=basis, reason=reason, clause=clause)
