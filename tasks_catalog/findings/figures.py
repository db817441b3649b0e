"""Rules about figures: body against indicators, sums against targets, targets against today."""

import re
from collections.abc import Iterator

from supervision.vocabulary import Direction, Severity
from tasks_catalog.findings.collation import Collation
from tasks_catalog.findings.printed import called, code_of, finding, joined
from tasks_catalog.model import Finding, ReadIndicator
from tasks_catalog.targets import Promise
from tasks_catalog.wording import quoted

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_QUANTITY = re.compile(
    r"总产值|增加值|营业收入|主营业务收入|销售收入|利润|税收|产量|增速|增长率|总量|覆盖率"
)
_FLOOR = re.compile(r"[>＞≥≧]|以上|不[低少小]于")
_MORE_IS_BETTER = re.compile(
    r"(?:利用|回收|覆盖|处理|处置|合格|达标|办结|普及|绿化|优良|满意|知晓|完成|安全|净化|参保|入学)"
    r"(?:率|度|程度|比例|占比)"
)
_LESS = re.compile(r"下降|降低|减少|死亡|超标|事故|投诉率")
# 装机容量4.04G。: a prefix without its unit; 5G, 4G are networks, GPS and 6N are words.
_UNIT_CUT = re.compile(
    r"(?:容量|功率|规模|能力|产量|面积)[^，。；]{0,6}?\d+(?:\.\d+)?\s*[GMKkT](?![A-Za-z])"
)


def differ_from_body(collation: Collation) -> Iterator[Finding]:
    """Find indicators whose target is another figure than the body promises."""
    for promise, indicators in collation.promised:
        for indicator in indicators:
            target = number_in(indicator.target_text)
            if target is None or promise.figure in _possible(promise, indicator, target):
                continue
            yield finding(
                f"figures.differ:{code_of(indicator)}",
                Severity.ERROR,
                [code_of(indicator), promise.where],
                f"{called(indicator)}的目标值是{indicator.target_text}{unit_of(indicator)}，"
                f"正文{promise.where}却是{quoted(promise.clause)}。"
                "同一指标两个数，请确认以哪一个考核。",
                [indicator.name, indicator.target_text or "", promise.sentence],
            )


def _possible(promise: Promise, indicator: ReadIndicator, target: float) -> set[float]:
    """Return the figures that agree with the target: 新增2家 on top of 7 makes 9."""
    present = number_in(indicator.baseline_text)
    added = {round(target - present, 6)} if promise.adds and present is not None else set()
    return {target} | added


def number_in(text: str | None) -> float | None:
    """Return the first figure of a printed value such as >90, None where it has none."""
    found = _NUMBER.search(text or "")
    return float(found[0]) if found else None


def unit_of(indicator: ReadIndicator) -> str:
    """Return the unit of measure, empty for the dash that stands for none."""
    return indicator.unit if indicator.unit and indicator.unit not in "-—/" else ""


def measured_otherwise(collation: Collation) -> Iterator[Finding]:
    """Find figures that body and indicator both state, but of another quantity."""
    for promise, indicators in collation.promised:
        for indicator in indicators:
            in_body, in_table = _QUANTITY.search(promise.subject), _QUANTITY.search(indicator.name)
            if in_body and in_table and in_body[0] != in_table[0]:
                yield finding(
                    f"figures.quantity:{code_of(indicator)}",
                    Severity.WARNING,
                    [code_of(indicator), promise.where],
                    f"{called(indicator)}按{in_table[0]}计算，正文{promise.where}按"
                    f"{in_body[0]}计算，口径不同而目标数相近。请统一口径，明确由谁提供数据。",
                    [indicator.name, promise.clause],
                )


def every_year(collation: Collation) -> Iterator[Finding]:
    """Find figures that the body asks for each year while the indicator has one target."""
    for promise, indicators in collation.promised:
        for indicator in indicators if promise.every_year else ():
            yield finding(
                f"figures.every_year:{code_of(indicator)}",
                Severity.NOTE,
                [code_of(indicator), promise.where],
                f"正文{promise.where}要求{quoted(promise.clause)}，{called(indicator)}只有期末目标值"
                f"{indicator.target_text}。请补年度目标，按年核对。",
                [promise.clause, indicator.name],
            )


def looser_than_present(collation: Collation) -> Iterator[Finding]:
    """Find targets that ask for less than what is already reached."""
    for indicator in collation.plan.indicators:
        present, target = number_in(indicator.baseline_text), number_in(indicator.target_text)
        if present is None or target is None:
            continue
        if indicator.direction is Direction.AT_MOST and target > present:
            yield _looser(indicator, "要控制的量，目标值却高于现状值", "上限")
        if _is_floor(indicator) and target < present:
            yield _looser(indicator, "要提高或保持的量，目标值却低于现状值", "底线")


def _is_floor(indicator: ReadIndicator) -> bool:
    """Return whether more is surely better: by a printed >, or by the indicator's name.

    A direction that was only proposed is not enough: a falling 浓度 is no step back.
    """
    printed = bool(_FLOOR.search(indicator.target_text or ""))
    better = bool(_MORE_IS_BETTER.search(indicator.name)) and not _LESS.search(indicator.name)
    return indicator.direction is Direction.AT_LEAST and (printed or better)


def _looser(indicator: ReadIndicator, how: str, bound: str) -> Finding:
    values = f"现状{indicator.baseline_text}，目标{indicator.target_text}{unit_of(indicator)}"
    return finding(
        f"figures.looser:{code_of(indicator)}",
        Severity.WARNING,
        [code_of(indicator)],
        f"{called(indicator)}看来是{how}：{values}，等于允许比现在差。"
        f"请核对目标值；若确为此数，请注明按{bound}掌握，并确认考核方向。",
        [indicator.name, indicator.baseline_text or "", indicator.target_text or ""],
    )


def unit_cut_off(collation: Collation) -> Iterator[Finding]:
    """Find figures whose unit was lost in print, such as a capacity of 4.04G."""
    cut = [
        (item, found[0])
        for item in collation.plan.work_items
        if (found := _UNIT_CUT.search(item.content))
    ]
    if cut:
        yield finding(
            "figures.unit_cut",
            Severity.WARNING,
            [item.code for item, _ in cut],
            f"有{len(cut)}处数字后的计量单位不完整："
            f"{joined([f'{called(item)}的“{words}”' for item, words in cut])}。"
            "无法据此验收，请向责任单位核实并补全单位。",
            [words for _, words in cut],
        )
