"""What every command that looks at notices begins with: the day, the plan, what to narrow to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.options import day
from supervision.vocabulary import Light, NoticeState, Rung, word_named

if TYPE_CHECKING:  # each command imports what it needs, so that all of them start fast
    from db.plan_tables import Plan
    from services.notice_lists import Narrowed
    from services.office import Office

OfRung = Annotated[
    str | None, typer.Option("--rung", metavar="梯级", help="如 blue 蓝色督办、interview 约谈建议")
]
InState = Annotated[
    str | None, typer.Option("--state", metavar="状态", help="如 draft 草稿、lapsed 逾期未复")
]
WithEnded = Annotated[bool, typer.Option("--all", help="已升级、已撤回、已作废的也列")]


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What looking at notices needs: a session that only reads, and the day."""

    office: "Office"
    session: Any
    plan: "Plan"
    as_of: date


@contextmanager
def looking(as_of: str | None, plan: str | None) -> Iterator[Look]:
    """Give what looking at notices needs, as of a day; nothing is written."""
    from services.office import open_office
    from services.plans import the_plan

    when = day(as_of) if as_of else None
    office = open_office()
    with office.reading() as session:
        yield Look(
            office=office,
            session=session,
            plan=the_plan(session, plan),
            as_of=when or office.today(),
        )


def narrowed_by(
    *,
    unit: str | None,
    group: str | None,
    light: str | None,
    rung: str | None,
    state: str | None,
    min_days: int | None,
    with_ended: bool,
) -> "Narrowed":
    """Return what a list is narrowed to, from the words a person typed."""
    from services.notice_lists import Narrowed

    return Narrowed(
        unit=unit,
        group=group,
        light=word_named(Light, light) if light else None,
        rung=word_named(Rung, rung) if rung else None,
        state=word_named(NoticeState, state) if state else None,
        min_days=min_days,
        with_ended=with_ended,
    )
