"""Rules about targets that no figure can prove: they need a written note for acceptance."""

import re
from collections.abc import Iterator

from supervision.vocabulary import Direction, Severity
from tasks_catalog.findings.collation import Collation
from tasks_catalog.findings.figures import number_in
from tasks_catalog.findings.printed import called, code_of, finding, joined
from tasks_catalog.model import Finding
from tasks_catalog.wording import quoted, sentences

_BY_YEAR = re.compile(r"到\d{4}年底?[，,]?")
_VAGUE = re.compile(r"一批|有效控制|明显(?:改善|提升|提高|下降)|显著|基本形成|大幅|进一步")
_DIGIT = re.compile(r"\d")


def qualitative_indicators(collation: Collation) -> Iterator[Finding]:
    """Find indicators whose target is a word, not a figure."""
    worded = [
        row
        for row in collation.plan.indicators
        if row.target_text
        and number_in(row.target_text) is None
        and row.direction in (Direction.QUALITATIVE, Direction.HOLD)
    ]
    if worded:
        named = joined([f"{called(row)}（{row.target_text}）" for row in worded])
        yield finding(
            "figures.qualitative",
            Severity.NOTE,
            [code_of(row) for row in worded],
            f"有{len(worded)}个指标的目标值是文字，没有数：{named}。"
            "请写明验收办法：凭什么材料、由谁认定算完成。",
            [words for row in worded for words in (row.name, row.target_text or "")],
        )


def vague_promises(collation: Collation) -> Iterator[Finding]:
    """Find measures that promise something by a year and give no figure for it."""
    for measure in collation.plan.measures:
        for sentence in sentences(measure.text):
            promise = _BY_YEAR.split(sentence, maxsplit=1)[1:]
            vague = [text for text in promise if _VAGUE.search(text) and not _DIGIT.search(text)]
            if vague:
                yield finding(
                    f"figures.vague:{measure.path}",
                    Severity.NOTE,
                    [measure.path],
                    f"{called(measure)}写了到期目标，但没有数（{quoted(vague[0].rstrip('。'))}）。"
                    "请写明数量或验收办法，否则到期无法认定。",
                    [sentence],
                )
                break
