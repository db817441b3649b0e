"""The rule that the projects' amounts add up to the investment that an indicator promises."""

import re
from collections.abc import Iterator, Sequence

from supervision.vocabulary import Severity
from tasks_catalog.figures import IN_WAN
from tasks_catalog.findings.collation import Collation
from tasks_catalog.findings.figures import number_in, unit_of
from tasks_catalog.findings.printed import called, code_of, finding
from tasks_catalog.model import Finding, ReadIndicator, ReadItem

# The projects' own money, not that of a whole district (固定资产投资, 招商引资).
_TOTAL = re.compile(r"(?:项目|建设|工程)[^，]{0,6}(?:总?投资|投资额)|投资[^，]{0,6}(?:项目|工程)")
_OTHER_MONEY = re.compile(r"固定资产|招商|引资|社会|民间|研发|外商|占比|比重|增速|增长")
_ROUNDING = 0.005  # share by which a rounded sum may differ


def investment(collation: Collation) -> Iterator[Finding]:
    """Find an indicator of total investment that differs from the sum of the projects."""
    priced = [item for item in collation.projects if item.investment_wan]
    for indicator in collation.plan.indicators if priced else ():
        target, factor = number_in(indicator.target_text), IN_WAN.get(unit_of(indicator))
        if target is None or factor is None or not _is_the_projects(indicator.name):
            continue
        total = sum(item.investment_wan or 0 for item in priced)
        if abs(total - target * factor) > _ROUNDING * total:
            yield _differs(indicator, priced, total / factor)


def _is_the_projects(name: str) -> bool:
    return bool(_TOTAL.search(name)) and not _OTHER_MONEY.search(name)


def _differs(indicator: ReadIndicator, priced: Sequence[ReadItem], total: float) -> Finding:
    unit, present = unit_of(indicator), number_in(indicator.baseline_text)
    open_question = (
        f"现状值已有{indicator.baseline_text}{unit}，目标值是累计数还是新增数也没有写明。"
        if present
        else ""
    )
    return finding(
        f"figures.investment:{code_of(indicator)}",
        Severity.WARNING,
        [code_of(indicator), f"{priced[0].code}-{priced[-1].code}"],
        f"项目清单{len(priced)}个项目的总投资合计{total:.6g}{unit}，"
        f"{called(indicator)}的目标值是{indicator.target_text}{unit}，两数不符。{open_question}"
        "请明确口径：是否只计部分项目，或修改目标值。",
        [
            indicator.name,
            indicator.target_text or "",
            *(words for item in priced for words in _amount(item)),
        ],
    )


def _amount(item: ReadItem) -> tuple[str, ...]:
    """Return the cell with the amount as printed."""
    printed = [words for heading, words in item.source.raw.items() if "投资" in heading]
    return tuple(printed[:1])
