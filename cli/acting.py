"""What every command that acts begins with: who acts, for which day, on which item, in one act."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from cli.options import day
from supervision.errors import UsageError
from supervision.rights import Actor
from supervision.vocabulary import Word

if TYPE_CHECKING:  # each command imports what it needs, so that all of them start fast
    from db.plan_tables import Plan, WorkItem
    from services.office import Office


@dataclass(frozen=True, kw_only=True, slots=True)
class Acting:
    """One act under way: its session belongs to a transaction that ends with the command."""

    office: "Office"
    session: Any
    plan: "Plan"
    actor: Actor
    as_of: date
    now: datetime

    def item(self, code: str) -> "WorkItem":
        """Return the plan's item of that code, locked until the act is over."""
        from services.moves import item_named

        return item_named(self.session, self.plan, code)


@contextmanager
def acting(*, who: str, as_of: str | None, plan: str | None) -> Iterator[Acting]:
    """Give what an act needs; all it does is kept when the block ends, or nothing."""
    from services.accounts import actor_named
    from services.days import day_of_person
    from services.office import open_office
    from services.plans import the_plan

    wanted = day(as_of) if as_of else None
    office = open_office()
    with office.transaction() as session:
        found = the_plan(session, plan)
        actor = actor_named(session, who, now=office.now())
        yield Acting(
            office=office,
            session=session,
            plan=found,
            actor=actor,
            as_of=day_of_person(session, office, wanted, actor, since=found.baseline_on),
            now=office.now(),
        )


def word(words: type[Word], text: str) -> Any:  # noqa: ANN401 - a member of `words`
    """Return the word of that value or label; UsageError with all there are."""
    found = next((word for word in words if text in (word.value, word.label)), None)
    if found is None:
        there = "、".join(f"{word.value} {word.label}" for word in words)
        raise UsageError(f"“{text}”不在可选范围内", advice=f"可选：{there}。")
    return found
