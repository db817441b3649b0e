"""The rule that one piece of work has the same units in the body as in the annexes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from supervision.vocabulary import ItemKind, Severity
from tasks_catalog.findings.collation import Collation
from tasks_catalog.findings.printed import Listed, called, finding, joined, name_of, owners_of
from tasks_catalog.links import Basis, Link
from tasks_catalog.model import Finding, ReadItem, ReadMeasure


def owners_differ(collation: Collation) -> Iterator[Finding]:
    """Find tasks and indicators whose units differ from those of the measure they come from.

    Projects are left out: who builds is not who answers for a field. A measure shared
    by function (按职责分工负责) is no contradiction either: each task takes its own part of it.
    """
    shared = _measured_together(collation)
    for code, thing in collation.listed.items():
        if isinstance(thing, ReadItem) and thing.kind is ItemKind.PROJECT:
            continue
        compared = [
            (collation.measures[link.measure_path], link)
            for link in collation.links.get(code, ())
            if link.basis is not Basis.FACILITY
        ]
        comparable = [(m, link) for m, link in compared if _is_comparable(m, thing)]
        if comparable and code not in shared:
            yield from _compare(code, thing, comparable)


def _measured_together(collation: Collation) -> set[str]:
    """Return indicators that one promise measures together with the units of all of them."""
    together: Mapping[tuple[str, str], list[str]] = defaultdict(list)
    for links in collation.links.values():
        for link in links:
            if link.basis is Basis.INDICATOR:
                together[link.measure_path, link.clause].append(link.code)
    return {
        code
        for (path, _), codes in together.items()
        if len(codes) > 1 and _units_of(collation, codes) == _units(collation.measures[path])
        for code in codes
    }


def _units_of(collation: Collation, codes: Sequence[str]) -> set[str]:
    return {unit for code in codes for unit in collation.listed[code].responsible_units}


def _units(thing: Listed | ReadMeasure) -> set[str]:
    return set(thing.responsible_units)


def _is_comparable(measure: ReadMeasure, thing: Listed) -> bool:
    says = measure.responsible_units and thing.responsible_units
    return bool(says) and not measure.shared_by_function


def _compare(
    code: str, thing: Listed, compared: Sequence[tuple[ReadMeasure, Link]]
) -> Iterator[Finding]:
    agreeing = [(m, link) for m, link in compared if _units(m) == _units(thing)]
    measure, link = (agreeing or compared)[-1]
    if agreeing and not _first_differs(thing, measure):
        return
    yield finding(
        f"owners.{'order' if agreeing else 'differ'}:{code}",
        Severity.NOTE if agreeing else Severity.WARNING,
        [code, measure.path],
        f"{called(thing)}与{called(measure)}（{link.reason}）的责任单位"
        + (_other_order(thing, measure) if agreeing else _other_units(thing, measure)),
        [name_of(thing), link.listed_words, owners_of(thing), link.clause, owners_of(measure)],
    )


def _other_order(thing: Listed, measure: ReadMeasure) -> str:
    return f"相同、次序不同：{_firsts(thing, measure)}。请明确由哪一家牵头。"


def _other_units(thing: Listed, measure: ReadMeasure) -> str:
    missing = [unit for unit in measure.responsible_units if unit not in thing.responsible_units]
    extra = [unit for unit in thing.responsible_units if unit not in measure.responsible_units]
    parts = [f"正文有而清单没有：{joined(missing)}"] if missing else []
    parts += [f"清单有而正文没有：{joined(extra)}"] if extra else []
    if thing.responsible_units[0] not in extra and _first_differs(thing, measure):
        parts.append(_firsts(thing, measure))
    question = "，正文多出的单位是否补为配合单位" if missing else ""
    return f"不一致。{'；'.join(parts)}。请确认以哪一处为准{question}。"


def _firsts(thing: Listed, measure: ReadMeasure) -> str:
    return f"首位单位，清单为{thing.responsible_units[0]}，正文为{measure.responsible_units[0]}"


def _first_differs(thing: Listed, measure: ReadMeasure) -> bool:
    return measure.responsible_units[0] != thing.responsible_units[0]
