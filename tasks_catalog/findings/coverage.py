"""Rules about what the body promises and the lists do not follow up, or follow up twice."""

import re
from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz.distance import Indel

from supervision.vocabulary import Severity
from tasks_catalog.findings.collation import Collation
from tasks_catalog.findings.printed import called, finding, joined
from tasks_catalog.model import Finding, ReadMeasure
from tasks_catalog.same_work import words_of
from tasks_catalog.targets import Promise
from tasks_catalog.wording import clause_with, clauses, quoted

_BUILDS = re.compile(r"^.*?(?:建成|新建|建设|开工|启动|实施|推进|推动|完成)(?P<names>.+)$")
_AND = re.compile(r"、|以及|和(?=[\u4e00-\u9fff]{2,3}[市县区镇乡])")
_ENDING = re.compile(r"(?:建设|改造|整治|示范|提升)*(?:项目|工程)$")
_LONGEST_NAME = 40
_NEAR = 0.4


def without_indicator(collation: Collation) -> Iterator[Finding]:
    """Find measures that promise figures for which there is no indicator."""
    if not collation.plan.indicators:
        return
    unmeasured: dict[str, list[Promise]] = defaultdict(list)
    for promise, indicators in collation.promised:
        if promise.measure and not indicators:
            unmeasured[promise.where].append(promise)
    for path, found in unmeasured.items():
        said = joined([quoted(promise.clause) for promise in found])
        yield finding(
            f"coverage.no_indicator:{path}",
            Severity.NOTE,
            [path],
            f"正文{path}定了有数的目标，指标表里没有对应指标：{said}。"
            "请确认由谁统计、何时核对，或补入指标。",
            [promise.clause for promise in found],
        )


def without_project(collation: Collation) -> Iterator[Finding]:
    """Find projects that the body names, place and all, and the lists do not hold."""
    held = [words_of(item) for item in collation.plan.work_items]
    for measure in collation.plan.measures if collation.projects else ():
        for clause in clauses(measure.text):
            for name in _projects_in(clause, collation):
                core = _ENDING.sub("", collation.without_place(name))
                if not any(core in text for text in held):
                    yield _missing_project(collation, measure, clause, name)


def _projects_in(clause: str, collation: Collation) -> Iterator[str]:
    """Yield the names after a verb of building that begin with a place of the plan."""
    built = _BUILDS.match(clause)
    for name in _AND.split(built["names"]) if built else ():
        has_place = any(name.startswith(place) for place in collation.places)
        if has_place and _ENDING.search(name) and len(name) <= _LONGEST_NAME:
            yield name


def _missing_project(collation: Collation, measure: ReadMeasure, clause: str, name: str) -> Finding:
    bare = collation.without_place(name)
    likeness, near = max(
        (
            (Indel.normalized_similarity(bare, collation.without_place(item.title)), item)
            for item in collation.projects
        ),
        key=lambda row: row[0],
    )
    hint = (
        f"名称最接近的是{called(near)}，请确认是否同一项目；不是的，" if likeness >= _NEAR else "请"
    )
    return finding(
        f"coverage.no_project:{measure.path}",
        Severity.WARNING,
        [measure.path, *([near.code] if likeness >= _NEAR else [])],
        f"{called(measure)}要求{quoted(clause)}，项目清单中没有{quoted(name)}。"
        f"{hint}补入清单并明确时限和责任单位。",
        [clause, near.title if likeness >= _NEAR else ""],
    )


def more_facilities(collation: Collation) -> Iterator[Finding]:
    """Find facilities of which the body counts fewer than the project list builds."""
    for promise, _ in collation.promised:
        kind = promise.facility
        building = [item for item in collation.projects if kind and kind in words_of(item)]
        if len(building) > promise.figure:
            yield finding(
                f"coverage.more_facilities:{promise.where}",
                Severity.NOTE,
                [promise.where, *(item.code for item in building)],
                f"正文{promise.where}写{quoted(promise.clause)}，项目清单里写到{kind}的有"
                f"{len(building)}个：{joined([called(item) for item in building])}。"
                "请明确哪一个对应正文目标，避免重复建设或重复计数。",
                [promise.clause, *(clause_with(words_of(item), kind) for item in building)],
            )
