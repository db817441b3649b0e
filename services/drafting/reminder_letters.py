"""提醒函: what of one unit comes near its date; a letter a person signs, no blame laid."""

from datetime import timedelta

from services.drafting.desk import Desk
from services.items import ListedItem
from supervision.errors import UsageError
from supervision.lights import LISTED_STATES
from templates.words import ReminderLine, ReminderWords


def reminder_letter(desk: Desk, unit_name: str, *, days: int | None = None) -> ReminderWords:
    """Return the words of the letter on a unit's items due within so many calendar days.

    Without a number of days the furthest reminder step of the policy is taken (R10). UsageError
    when nothing comes near: a letter about nothing is not drawn up.
    """
    unit = desk.unit(unit_name)
    ahead = desk.policy.reminders.value.furthest if days is None else days
    last = desk.as_of + timedelta(days=ahead)
    lines = [
        _line(desk, line)
        for line in desk.items(unit_id=unit.id)
        if unit.name == line.lead_unit or unit.name in line.responsible_units
        if line.state in LISTED_STATES
        if line.due_on is not None and desk.as_of <= line.due_on <= last
    ]
    if not lines:
        raise UsageError(f"{unit.name}在{ahead}天内没有到期事项", advice="可用 --days 放宽天数。")
    official = desk.official(title="关于抓紧办理临期事项的提醒函", addressee=unit.name)
    return ReminderWords(
        **official,
        as_of=desk.as_of,
        lines=tuple(sorted(lines, key=lambda line: (line.due_on, line.code))),
    )


def _line(desk: Desk, line: ListedItem) -> ReminderLine:
    assert line.due_on is not None  # only such lines are asked for
    percent = "" if line.progress_percent is None else f"，进度{line.progress_percent}%"
    return ReminderLine(
        code=line.code,
        title=line.title,
        deadline_text=line.deadline_text or "",
        due_on=line.due_on,
        days_left=(line.due_on - desk.as_of).days,
        state=f"{line.state.label}{percent}",
    )
