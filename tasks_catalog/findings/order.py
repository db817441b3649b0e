"""Rules about what must come first: a facility before its rule, a rule before its plan."""

import re
from collections.abc import Iterator

from supervision.vocabulary import ItemKind, Severity
from tasks_catalog.document_names import MAKES
from tasks_catalog.findings.collation import Collation
from tasks_catalog.findings.printed import called, deadline_of, finding
from tasks_catalog.model import Finding, ReadItem
from tasks_catalog.wording import longest_common, pairs

_MAKES_DOCUMENT = re.compile(rf"^{MAKES}")
_CONSTRUCTION = re.compile(r"建设|新建|建成|改造|投运|投产|设施")
_RULE = re.compile(r"(?:通知|规定|办法|细则|标准|规范|制度)》?$")
_PLAN = re.compile(r"(?:方案|计划|意见)》?$")
# Words that titles share whatever their subject.
_COMMON_WORDS = re.compile(
    rf"^{MAKES}|的?(?:相关|管理)*文件$|(?:建设)?项目$|建设$|实施方案|工作方案"
)
_SAME_SUBJECT = 0.5
_TERM = 4  # characters of a term such as 有害垃圾


def facility_before_rule(collation: Collation) -> Iterator[Finding]:
    """Find facilities due in an earlier year than the document that governs them."""
    for document, earlier in _earlier(collation):
        if _MAKES_DOCUMENT.match(earlier.title) or not _is_built(earlier):
            continue
        subjects = [pairs(_COMMON_WORDS.sub("", item.title)) for item in (document, earlier)]
        if collation.wording.likeness(*subjects) >= _SAME_SUBJECT:
            yield _out_of_order(earlier, document, "先建设、后有管理文件")


def rule_before_plan(collation: Collation) -> Iterator[Finding]:
    """Find rules due in an earlier year than the plan for the same subject.

    The subject is a term of four characters or more that no third title prints.
    """
    for plan, rule in _earlier(collation):
        if not (_RULE.search(rule.title) and _PLAN.search(plan.title)):
            continue
        term = longest_common(*(_COMMON_WORDS.sub("", item.title) for item in (plan, rule)))
        holders = [item for item in collation.plan.work_items if term in item.title]
        if len(term) >= _TERM and len(holders) == len((plan, rule)):
            yield _out_of_order(rule, plan, f"都针对“{term}”，先出管理要求、后定工作方案")


def _is_built(item: ReadItem) -> bool:
    return item.kind is ItemKind.PROJECT or bool(_CONSTRUCTION.search(item.title))


def _earlier(collation: Collation) -> Iterator[tuple[ReadItem, ReadItem]]:
    """Yield each task that makes a document, with every item due in an earlier year."""
    dated = [(item.due_on.year, item) for item in collation.plan.work_items if item.due_on]
    for year, document in dated:
        if _MAKES_DOCUMENT.match(document.title):
            for other_year, other in dated:
                if other_year < year:
                    yield document, other


def _out_of_order(earlier: ReadItem, later: ReadItem, how: str) -> Finding:
    return finding(
        f"order:{earlier.code}/{later.code}",
        Severity.WARNING,
        [earlier.code, later.code],
        f"{called(earlier)}的时限（{earlier.deadline_text}）早于{called(later)}"
        f"（{later.deadline_text}）：{how}，次序可疑。请核对两项时限，必要时把后者提前。",
        [earlier.title, deadline_of(earlier), later.title, deadline_of(later)],
    )
