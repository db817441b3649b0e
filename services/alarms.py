"""Calling for help on a second channel, from a process that is not the sweep (V11)."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from notifications.message import Outcome, OutgoingMessage, Verdict
from services.channels import open_at
from services.check_words import Check, Health
from services.office import Office
from supervision.errors import NotConfiguredError

FOLDER = "alarms"
SMTP = ("smtp", "smtps")


@dataclass(frozen=True, kw_only=True, slots=True)
class Alarm:
    """What calling for help came to; `outcome` is None where there was nothing to tell anew."""

    told: tuple[str, ...]
    outcome: Outcome | None

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left untold."""
        return self.outcome is None or self.outcome.verdict in (
            Verdict.ACCEPTED,
            Verdict.HANDED_OVER,
        )


def alarm(office: Office, checks: list[Check]) -> Alarm:
    """Tell what has failed by DUBAN_ALARM_URL, each thing once a day; return what came of it.

    Nothing of it needs the database. NotConfiguredError when something is to be told and no
    address is set.
    """
    failed = [check for check in checks if check.state is Health.FAILED]
    fresh = [check for check in failed if not _mark(office, check).exists()]
    if not fresh:
        return Alarm(told=(), outcome=None)
    outcome = _send(office, fresh)
    if outcome.verdict in (Verdict.ACCEPTED, Verdict.HANDED_OVER):
        for check in fresh:
            _keep_mark(_mark(office, check))
    return Alarm(told=tuple(check.name for check in fresh), outcome=outcome)


def _mark(office: Office, check: Check) -> Path:
    """Return the file that says a thing was told today; the database may be what has failed."""
    return office.settings.data_dir / FOLDER / f"{office.today()}-{check.name}"


def _keep_mark(mark: Path) -> None:
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()


def _send(office: Office, checks: list[Check]) -> Outcome:
    if office.settings.alarm_url is None:
        raise NotConfiguredError(
            "有故障要告警，但没有设置告警渠道",
            advice="请设置 DUBAN_ALARM_URL，如 zwwecom://机器人key/ 或 smtp://主机/收件邮箱?from=…。",
        )
    url = office.settings.alarm_url.get_secret_value()
    message = _message(office, checks, address=_recipient(url))
    channel = open_at(office, url)
    try:
        return channel.deliver(message)
    finally:
        channel.close()


def _message(office: Office, checks: list[Check], *, address: str) -> OutgoingMessage:
    lines = [f"- {check.name}：{check.why}。{check.fix}" for check in checks]
    subject = f"【督办告警】{'、'.join(check.name for check in checks)}"
    name = f"{office.today()}{subject}"
    return OutgoingMessage(
        message_id=f"<{uuid5(NAMESPACE_URL, name)}@alarm.duban>",
        dated_at=office.now(),
        recipient_name="值守人员",
        subject=subject,
        text="督办系统发现以下故障：\n" + "\n".join(lines) + "\n",
        sender_name="督办",
        address=address,
    )


def _recipient(url: str) -> str:
    """Return to whom an alarm's URL goes: the path of a relay's, `to=` of a gateway's."""
    parts = urlsplit(url)
    if parts.scheme in SMTP:
        return unquote(parts.path.strip("/"))
    return parse_qs(parts.query).get("to", [""])[0]
