"""单位责任清单: everything the plan asks of one unit, on one paper."""

from collections.abc import Sequence

from sqlmodel import col, select

from db.plan_tables import Indicator, Measure
from services.drafting.desk import Desk
from services.items import ListedItem
from services.moves import item_shown
from services.plans import the_office
from templates.words import DutiesWords, DutyIndicator, DutyItem, DutyMeasure

NOTHING = "—"
MOST_NAMED, FIRST_NAMED = 8, 3  # more units than that stand as the first three and their number


def duty_list(desk: Desk, unit_name: str) -> DutiesWords:
    """Return the words of a unit's list: what it leads, what it supports, indicators, measures.

    An indicator or measure is listed where the plan prints the unit's own name under it; a
    collective name (各成员单位) lays it on nobody by name.
    """
    unit = desk.unit(unit_name)
    theirs = desk.items(unit_id=unit.id)
    leads = [line for line in theirs if _answers(line, unit.name)]
    return DutiesWords(
        office=the_office(desk.session).name,
        unit=unit.name,
        plan_title=desk.plan.title,
        plan_number=desk.plan.document_number or "",
        as_of=desk.as_of,
        leads=tuple(_item(desk, line, unit.name) for line in leads),
        supports=tuple(_item(desk, line, unit.name) for line in theirs if line not in leads),
        indicators=tuple(_indicators(desk, unit.name)),
        measures=tuple(_measures(desk, unit.name)),
    )


def _answers(line: ListedItem, unit: str) -> bool:
    return unit == line.lead_unit or unit in line.responsible_units


def _item(desk: Desk, line: ListedItem, unit: str) -> DutyItem:
    return DutyItem(
        code=line.code,
        title=line.title,
        content=item_shown(desk.session, desk.plan, line.code).content,
        deadline_text=line.deadline_text or NOTHING,
        others=_named(_others(line, unit)),
    )


def _others(line: ListedItem, unit: str) -> Sequence[str]:
    lead = [f"{line.lead_unit}（牵头）"] if line.lead_unit not in (None, unit) else []
    shared = [*line.responsible_units, *line.supporting_units]
    return lead + [name for name in shared if name != unit]


def _named(units: Sequence[str]) -> str:
    """Return units by name; of a long list (各成员单位) the first ones and how many there are."""
    if len(units) <= MOST_NAMED:
        return "、".join(units)
    return f"{'、'.join(units[:FIRST_NAMED])}等{len(units)}个单位"


def _indicators(desk: Desk, unit: str) -> list[DutyIndicator]:
    query = select(Indicator).where(Indicator.plan_id == desk.plan.id)
    return [
        DutyIndicator(
            code=f"I{found.number:02d}",
            name=found.name,
            baseline=_with_unit(found.baseline_text, found.unit_of_measure),
            target=_with_unit(found.target_text, found.unit_of_measure),
        )
        for found in desk.session.exec(query.order_by(col(Indicator.number)))
        if unit in found.responsible_units
    ]


def _with_unit(text: str | None, unit_of_measure: str | None) -> str:
    """Return a value as printed, with its unit of measure where it is a figure."""
    if text is None or not any(letter.isdigit() for letter in text):
        return text or NOTHING
    return f"{text}{unit_of_measure or ''}"


def _measures(desk: Desk, unit: str) -> list[DutyMeasure]:
    query = select(Measure).where(Measure.plan_id == desk.plan.id)
    return [
        DutyMeasure(code=found.path, text=found.title)
        for found in desk.session.exec(query.order_by(col(Measure.number)))
        if unit in found.responsible_units
    ]
