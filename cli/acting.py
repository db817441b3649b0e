"""What every command that acts begins with: who acts, for which day, on which item, in one act."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli import output
from cli.options import AsJson, AsOf, DryRun, PlanCode, Who, day
from cli.shared_options import as_command, shared
from supervision.rights import Actor

if TYPE_CHECKING:  # each command imports what it needs, so that all of them start fast
    from db.plan_tables import Plan, WorkItem
    from services.close_outs import Hand
    from services.office import Office

TRIAL = "试运行："


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

    def hand(self) -> "Hand":
        """Return who acts, for which day and when, as the services of close-outs take it."""
        from services.close_outs import Hand

        return Hand(actor=self.actor, as_of=self.as_of, now=self.now)


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """What an act came to: one line for people, fields for programs, a warning if there is one."""

    told: str
    answer: Mapping[str, Any] = field(default_factory=dict)
    warning: str = ""


@contextmanager
def acting(
    *, who: str, as_of: str | None, plan: str | None, dry_run: bool = False
) -> Iterator[Acting]:
    """Give what an act needs; all it does is kept when the block ends, or nothing.

    With `dry_run` nothing is kept, neither rows nor files: what a trial stores, it stores in a
    folder that goes with it.
    """
    from services.accounts import actor_named
    from services.days import day_of_person
    from services.office import open_office
    from services.plans import the_plan

    wanted = day(as_of) if as_of else None
    with at_work(open_office(), dry_run=dry_run) as (office, session):
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


@contextmanager
def at_work(office: "Office", *, dry_run: bool) -> Iterator[tuple["Office", Any]]:
    """Give the office and a session that keeps what is done, or one that keeps nothing."""
    if dry_run:
        with scratch_folder() as folder, office.trial() as session:
            yield replace(office, scratch=folder), session
    else:
        with office.transaction() as session:
            yield office, session


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give a folder for the files of a trial; it is gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="duban-trial-") as folder:
        yield Path(folder)


Act = Callable[..., Done]  # its first argument is the `Acting`, the rest are its own options
SHARED = (
    shared("who", Who),
    shared("as_of", AsOf, None),
    shared("plan", PlanCode, None),
    shared("dry_run", DryRun, default=False),
    shared("as_json", AsJson, default=False),
)


def acts(schema: str) -> Callable[[Act], Callable[..., None]]:
    """Make a command of a function that acts on a plan: it is given the `Acting` and says `Done`.

    The command has the options of the function and those every act has (--as, --as-of, --plan,
    --dry-run, --json); `schema` names its JSON. A trial says so, in words and in the JSON.
    """

    def made(act: Act) -> Callable[..., None]:
        def command(
            *,
            who: str,
            as_of: str | None,
            plan: str | None,
            dry_run: bool,
            as_json: bool,
            **own: Any,  # noqa: ANN401 - the options of `act`
        ) -> None:
            with acting(who=who, as_of=as_of, plan=plan, dry_run=dry_run) as under_way:
                done = act(under_way, **own)
            tell(schema, done, dry_run=dry_run, as_json=as_json)

        return as_command(command, act, SHARED)

    return made


def tell(schema: str, done: Done, *, dry_run: bool, as_json: bool) -> None:
    """Print what an act came to, or with `dry_run` what it would have come to."""
    if as_json:
        output.print_json(schema, {**done.answer, "dry_run": dry_run})
    else:
        output.show(f"{TRIAL if dry_run else ''}{done.told}")
    if done.warning:
        output.say(done.warning)
