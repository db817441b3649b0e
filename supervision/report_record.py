"""What came in on an item, round by round, told as of a day: its percent, returns and silences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from supervision.standing import Reported
from supervision.vocabulary import Decision, ObligationState


@dataclass(frozen=True, kw_only=True, slots=True)
class LastVersion:
    """The last version of a report that had come in by a day, and what was decided of it since."""

    as_of: date
    percent: int | None
    verdict: Decision
    reviewed_on: date | None = None
    review_reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundRecord:
    """What one round asked of an item and what came in, None for nothing."""

    period: str
    state: ObligationState
    closed_on: date | None
    version: LastVersion | None


def reported(rounds: Iterable[RoundRecord], *, as_of: date) -> Reported:
    """Return what had come in by a day, from the rounds of an item, the last one first.

    A round that was still open counts as missed by nobody; one in which a report came in ends the
    silence, even if that report was sent back.
    """
    told = sorted(rounds, key=lambda record: record.period, reverse=True)
    last, silent = _last_told(told, as_of)
    returned = last if last is not None and _is_returned(last, as_of) else None
    with_percent = _last_with_percent(told, as_of)
    return Reported(
        percent=None if with_percent is None else with_percent.percent,
        reported_on=None if with_percent is None else with_percent.as_of,
        is_on_record=last is not None and returned is None and not silent,
        returned_on=None if returned is None else returned.reviewed_on,
        returned_for=None if returned is None else returned.review_reason or "未写明原因",
        missed=tuple(record.period for record in silent),
        missed_since=tuple(record.closed_on for record in silent if record.closed_on is not None),
    )


def _last_told(
    told: Sequence[RoundRecord], as_of: date
) -> tuple[LastVersion | None, list[RoundRecord]]:
    """Return the last report, and the rounds after it that ended without one, the last first."""
    silent: list[RoundRecord] = []
    for record in told:
        if record.version is not None:
            return record.version, silent
        ended = record.closed_on is not None and record.closed_on <= as_of
        if ended and record.state is ObligationState.MISSED:
            silent.append(record)
    return None, silent


def _last_with_percent(told: Sequence[RoundRecord], as_of: date) -> LastVersion | None:
    versions = (record.version for record in told)
    standing = (
        version
        for version in versions
        if version is not None and version.percent is not None and not _is_returned(version, as_of)
    )
    return next(standing, None)


def _is_returned(version: LastVersion, as_of: date) -> bool:
    if version.verdict is not Decision.REFUSED:
        return False
    return version.reviewed_on is None or version.reviewed_on <= as_of
