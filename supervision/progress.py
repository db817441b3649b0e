"""How far an item should be by a day (应达进度, R16): by milestones, or straight on a project."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from supervision.periods import Quarter, quarter_of
from supervision.vocabulary import ItemKind

ALL_OF_IT = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """What an item's progress is measured by; milestones are percent to be reached by quarter."""

    kind: ItemKind
    starts_on: date
    due_on: date | None
    milestones: Mapping[Quarter, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Expectation:
    """The percent an item should have reached, None without a basis; always with its reason.

    `milestone` is the quarter whose milestone says so, None where none has come due.
    """

    percent: int | None
    reason: str
    milestone: Quarter | None = None


def measured_on(today: date) -> date:
    """Return the day that progress is measured for today: the end of the last quarter that is over.

    Units report by the quarter, so that nobody falls behind merely because weeks pass between two
    reports, and a quarter's last day is still in time for its milestone.
    """
    return quarter_of(today).first_day - timedelta(days=1)


def expected(course: Course, *, on: date) -> Expectation:
    """Return how far an item should be on a day (R16).

    A milestone is to be reached by the last day of its quarter: until then the one before it holds,
    and nobody is behind earlier. Without milestones only a project is expected to go straight from
    its start to its due date; a task has no such course, and none is invented.
    """
    if course.milestones:
        return _by_milestone(course.milestones, on)
    if course.kind is not ItemKind.PROJECT:
        return Expectation(percent=None, reason="未报序时进度（年度节点）")
    if course.due_on is None:
        return Expectation(percent=None, reason="没有到期日，也未报序时进度")
    return _straight(course.starts_on, course.due_on, on)


def _by_milestone(milestones: Mapping[Quarter, int], on: date) -> Expectation:
    passed = [quarter for quarter in milestones if quarter.last_day <= on]
    if not passed:
        return Expectation(percent=0, reason=f"首个节点为{min(milestones).label}末")
    latest = max(passed)
    return Expectation(percent=milestones[latest], reason=f"{latest.label}节点", milestone=latest)


def _straight(starts_on: date, due_on: date, on: date) -> Expectation:
    reason = f"未报节点，按{starts_on}至{due_on}匀速推算"
    if on >= due_on:
        return Expectation(percent=ALL_OF_IT, reason=reason)
    if on <= starts_on:
        return Expectation(percent=0, reason=reason)
    share = (on - starts_on) / (due_on - starts_on)
    return Expectation(percent=int(ALL_OF_IT * share), reason=reason)
