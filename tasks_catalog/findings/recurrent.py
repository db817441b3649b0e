"""The rule that duties which come back inside a measure are named, for no item carries them."""

import re
from collections.abc import Iterator

from supervision.vocabulary import Severity
from tasks_catalog.findings.collation import Collation
from tasks_catalog.findings.printed import called, finding, joined
from tasks_catalog.model import Finding
from tasks_catalog.same_work import words_of
from tasks_catalog.wording import clauses, quoted

_COMES_BACK = re.compile(
    r"每(?:年|半年|季度|季|月|周|日)(?!产|处理)|定期|按[年季月](?!产)"
    r"|(?:制定|编制|印发|分解|细化|开展)[^，。；]{0,20}?年度|持续(?:跟踪)?监测|集中[^，。；]{0,2}日"
)


def recurrent_duties(collation: Collation) -> Iterator[Finding]:
    """Find measures with recurrent duties (每季度调度, 定期培训) that no indicator answers."""
    items = collation.plan.work_items
    measured = {promise.clause for promise, indicators in collation.promised if indicators}
    for measure in collation.plan.measures if items else ():
        every = (clause for clause in clauses(measure.text) if _COMES_BACK.search(clause))
        found = [clause for clause in every if clause not in measured]
        if found:
            held = [i for i in items if any(clause in words_of(i) for clause in found)]
            also = (
                f"（{joined([called(item) for item in held])}也写到，但没有周期）" if held else ""
            )
            yield finding(
                f"recurrent:{measure.path}",
                Severity.NOTE,
                [measure.path, *(item.code for item in held)],
                f"{called(measure)}有要反复做的工作：{joined([quoted(c) for c in found])}{also}。"
                "清单没有按周期单列，不会自动催报；请确认是否另立事项、由谁按什么周期报。",
                found,
            )
