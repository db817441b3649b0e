"""拉取督办通知: which papers fit, put together by unit or one for each matter, and the files."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlmodel import Session

from db import notice_sheets, units, work_items
from services.notice_lists import Narrowed, Source, listed
from services.notice_pull import PulledFile, PulledNotices, bundle, pulled_of
from services.notice_sheets import DraftSheet, kind_name
from services.notice_shown import ListedNotice
from services.office import Office
from services.plans import chosen, the_office, the_plan
from supervision.errors import UsageError
from supervision.ladder import FORMAL
from supervision.vocabulary import Light, Rung


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One paper that may be pulled; `notice_id` is how pages name it."""

    notice_id: UUID
    shown: ListedNotice
    source: Source

    @property
    def kind(self) -> str:
        """What the paper is called."""
        return kind_name(self.shown.rung, self.shown.form)

    @property
    def longest(self) -> int:
        """How many days the item longest overdue is."""
        return max(matter.days_overdue for matter in self.shown.items)


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """What may be narrowed by, as pages offer it."""

    units: list[str]
    groups: list[str]
    lights: tuple[Light, ...] = (Light.RED, Light.YELLOW, Light.BLUE, Light.GREEN, Light.GREY)
    rungs: tuple[Rung, ...] = FORMAL


def choices(session: Session) -> Choices:
    """Return what the filters offer: the units that answer for items, and the working groups."""
    office = the_office(session)
    groups: dict[str, None] = {}
    for plan in chosen(session, None):
        groups |= dict.fromkeys(sorted(work_items.group_names(session, plan.id).values()))
    answering = units.answering(session, office.id)
    return Choices(units=[unit.name for unit in answering], groups=list(groups))


def to_choose(
    session: Session, office: Office, narrowed: Narrowed, *, by_matter: bool, as_of: date
) -> list[Choice]:
    """Return the papers that fit; drafts one for each matter (一事一单) when asked so.

    Whatever is signed stays the paper it was signed as.
    """
    plan = the_plan(session, None)
    found = listed(session, office, plan, narrowed, as_of=as_of)
    if by_matter:
        found = [one for pair in found for one in _apart(*pair)]
    return [
        Choice(notice_id=_notice_id(session, source), shown=shown, source=source)
        for shown, source in found
    ]


def _apart(shown: ListedNotice, source: Source) -> Iterator[tuple[ListedNotice, Source]]:
    if not isinstance(source, DraftSheet):
        yield shown, source
        return
    matters = {matter.code: matter for matter in shown.items}
    for draft in source.drafts:
        one = replace(shown, reference=draft.code, items=[matters[draft.code]])
        yield one, replace(source, drafts=(draft,))


def _notice_id(session: Session, source: Source) -> UUID:
    if isinstance(source, DraftSheet):
        return source.drafts[0].notice_id
    return notice_sheets.matters(session, source.id)[0][0].id


def pulled(
    session: Session, office: Office, found: list[Choice], only: Collection[UUID], *, as_of: date
) -> PulledFile:
    """Return the chosen papers with their list and the dispatch table as one .zip.

    `only` names the papers wanted; with none named it is all of them.
    """
    wanted = [choice for choice in found if not only or choice.notice_id in only]
    if not wanted:
        raise UsageError("没有选中任何通知", advice="请至少勾选一份。")
    pairs = [(choice.shown, choice.source) for choice in wanted]
    made: PulledNotices = pulled_of(session, office, the_plan(session, None), pairs, as_of=as_of)
    name = f"督办通知 {as_of} {len(wanted)}份.zip"
    return PulledFile(name=name, content=bundle(made.files))
