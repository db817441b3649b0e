"""Pure: links from the measures of the body to items and indicators, each with its reason."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from tasks_catalog.document_names import document_names
from tasks_catalog.model import ReadIndicator, ReadMeasure, ReadPlan
from tasks_catalog.same_work import same_work, wording_of, words_of
from tasks_catalog.targets import Promise, promised
from tasks_catalog.wording import Wording, clause_with, clauses, longest_common, quoted

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

    `reason` is for people; `clause` is where the measure says so and `listed_words` where the
    list does, both as printed.
    """

    measure_path: str
    code: str
    basis: Basis
    reason: str
    clause: str
    listed_words: str


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
        own = {name.bare: name.printed for name in document_names(words_of(item))}
        for bare, words in own.items():
            for measure, name_there in printed[bare]:
                yield Link(
                    measure_path=measure.path,
                    code=item.code,
                    basis=Basis.DOCUMENT,
                    reason=f"同一文件：{words}",
                    clause=name_there,
                    listed_words=words,
                )


def _by_facility(plan: ReadPlan, promises: Iterable[Promise]) -> Iterator[Link]:
    for promise in promises:
        for item in plan.work_items if promise.measure and promise.facility else ():
            if promise.facility in words_of(item):
                yield Link(
                    measure_path=promise.where,
                    code=item.code,
                    basis=Basis.FACILITY,
                    reason=f"同一类设施：{promise.facility}",
                    clause=promise.clause,
                    listed_words=clause_with(words_of(item), promise.facility),
                )


def _by_figure(measured: Iterable[tuple[Promise, list[ReadIndicator]]]) -> Iterator[Link]:
    for promise, indicators in measured:
        for indicator in indicators if promise.measure else ():
            yield Link(
                measure_path=promise.where,
                code=indicator_code(indicator),
                basis=Basis.INDICATOR,
                reason=f"同一指标：正文写{quoted(promise.clause)}",
                clause=promise.clause,
                listed_words=indicator.name,
            )


def _by_quoted_term(plan: ReadPlan) -> Iterator[Link]:
    """Yield indicators whose quoted term (“无废园区”) heads one measure and no other."""
    headed: dict[str, list[ReadMeasure]] = defaultdict(list)
    for measure in plan.measures:
        for term in dict.fromkeys(_QUOTED.findall(measure.title)):
            headed[term].append(measure)
    for indicator in plan.indicators:
        for term in dict.fromkeys(_QUOTED.findall(indicator.name)):
            if len(headed[term]) == 1:
                yield Link(
                    measure_path=headed[term][0].path,
                    code=indicator_code(indicator),
                    basis=Basis.INDICATOR,
                    reason=f"同一对象：{quoted(term)}",
                    clause=headed[term][0].title,
                    listed_words=indicator.name,
                )


def _by_words(plan: ReadPlan, wording: Wording) -> Iterator[Link]:
    for match in same_work(plan, wording):
        words, text = words_of(match.item), match.measure.text
        common = max(clauses(longest_common(words, text)), key=len, default="")
        tells = len(common) >= _TELLING
        clause = clause_with(text, common) if tells else match.clause
        yield Link(
            measure_path=match.measure.path,
            code=match.item.code,
            basis=Basis.WORDS,
            reason=f"同一事项：正文写{quoted(clause)}",
            clause=clause,
            listed_words=clause_with(words, common) if tells else match.item.title,
        )
