"""Rules about who answers: names without members, companies, self-founded bodies."""

import re
from collections.abc import Iterator
from itertools import islice

from supervision.vocabulary import Severity, UnitKind
from tasks_catalog.findings.collation import Collation
from tasks_catalog.findings.printed import Thing, called, code_of, finding, joined, owners_of
from tasks_catalog.model import Finding, ReadItem
from tasks_catalog.wording import longest_common, quoted, sentences

_FOUNDS = re.compile(r"^(?:成立|组建|设立|建立|调整)")
_BODY = re.compile(r"领导小组|指挥部|委员会|联席会议|专班|工作组")
_MEMBERS = re.compile(r"(?:作为|担任|为)成员")
_MEMBERS_LISTED = re.compile(r"成员单位(?:包括|有|为|由|：)")
_FULL_NAME = re.compile(r"公司|合作社|银行|厂$|联社$")


def without_members(collation: Collation) -> Iterator[Finding]:
    """Find collective names (各成员单位, 各镇（街道）) whose members the plan does not list."""
    plan = collation.plan
    texts = [measure.text for measure in plan.measures] + [item.content for item in plan.work_items]
    if any(_MEMBERS_LISTED.search(text) for text in [*texts, *plan.plan.remarks]):
        return
    every: list[Thing] = [*plan.work_items, *plan.indicators, *plan.measures]
    for unit in plan.units:
        if unit.kind is UnitKind.COLLECTIVE:
            named = [thing for thing in every if unit.name in thing.responsible_units]
            yield finding(
                f"owners.no_members:{unit.name}",
                Severity.WARNING,
                [code_of(thing) for thing in named],
                f"{quoted(unit.name)}列为责任单位{len(named)}次，但方案没有列明具体是哪些单位，"
                "无法逐家交办。请确定成员名单后再调度。",
                [*(owners_of(thing) for thing in named[:1]), *_on_members(unit.name, texts)],
            )


def _on_members(name: str, texts: list[str]) -> list[str]:
    """Return the first sentence that describes the members of the group in a collective name."""
    every = (sentence for text in texts for sentence in sentences(text))
    says = (s for s in every if _MEMBERS.search(s) and _BODY.search(longest_common(name, s)))
    return list(islice(says, 1))


def only_companies(collation: Collation) -> Iterator[Finding]:
    """Find items for which only companies answer: an office cannot direct them by 通知."""
    alone = [item for item in collation.plan.work_items if _are_companies(collation, item)]
    if not alone:
        return
    short = [name for item in alone for name in item.responsible_units if _is_short(name)]
    yield finding(
        "owners.only_companies",
        Severity.WARNING,
        [item.code for item in alone],
        f"有{len(alone)}项的责任单位只有企业："
        f"{joined([f'{called(item)}（{joined(item.responsible_units)}）' for item in alone])}。"
        "请逐项指定督导单位，并确定企业联系人和报送渠道"
        + (f"；{quoted(joined(short))}是简称，请补全称。" if short else "。"),
        [words for item in alone for words in (item.title, owners_of(item))],
    )


def company_beside(collation: Collation) -> Iterator[Finding]:
    """Find items for which a company answers beside an authority."""
    for item in collation.plan.work_items:
        companies = [name for name in item.responsible_units if _is_company(collation, name)]
        others = [name for name in item.responsible_units if name not in companies]
        if companies and others:
            yield finding(
                f"owners.company_beside:{item.code}",
                Severity.NOTE,
                [item.code],
                f"{called(item)}由{joined(others)}与企业{joined(companies)}共同负责。"
                f"请确认由{others[0]}督导并负责报送，企业为实施主体。",
                [item.title, owners_of(item)],
            )


def founds_itself(collation: Collation) -> Iterator[Finding]:
    """Find items by which the members of a body are to found the body."""
    for item in collation.plan.work_items:
        founded = longest_common(item.title, "".join(item.responsible_units[:1]))
        members = [
            collation.unit_kinds.get(u) is UnitKind.COLLECTIVE for u in item.responsible_units
        ]
        if _FOUNDS.match(item.title) and _BODY.search(founded) and any(members):
            yield finding(
                f"owners.founds_itself:{item.code}",
                Severity.WARNING,
                [item.code],
                f"{called(item)}要求{item.responsible_units[0]}完成，但机构成立之前还没有成员单位。"
                "请明确由谁牵头（一般为领导小组办公室所在单位）。",
                [item.title, owners_of(item)],
            )


def _are_companies(collation: Collation, item: ReadItem) -> bool:
    units = item.responsible_units
    return bool(units) and all(_is_company(collation, name) for name in units)


def _is_company(collation: Collation, name: str) -> bool:
    return collation.unit_kinds.get(name) is UnitKind.COMPANY


def _is_short(name: str) -> bool:
    return not _FULL_NAME.search(name)
