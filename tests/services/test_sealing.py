"""Secrets of channels: unreadable in a stolen database, readable through a rotation that dies."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from db.plan_tables import ChannelAddress
from db.plan_tables import Office as OfficeRow
from services import channel_keeping, key_rotation, sealing
from services.channel_keeping import Keeping, NewWay
from services.office import Office
from services.settings import Settings, read_settings
from supervision.errors import DubanError, NotConfiguredError, StorageError, UsageError
from supervision.rights import NotAllowedError
from supervision.vocabulary import ChannelKind, Role
from tests.people import person

CANARY = "jinsique-7f3a"
ROBOT = f"zwwecom://{CANARY}/"
UNIT = "章贡生态环境局"


@pytest.fixture
def confirmed(zhanggong: Office) -> Office:
    """An office whose baseline is confirmed."""
    with zhanggong.transaction() as session:
        session.exec(select(OfficeRow)).one().baseline_confirmed_on = zhanggong.today()
    return zhanggong


def keeping(session: Session, office: Office, role: Role = Role.ADMINISTRATOR) -> Keeping:
    return Keeping(actor=person(session, "admin", role), now=office.now())


def with_robots(office: Office, count: int = 1) -> None:
    with office.transaction() as session:
        for number in range(count):
            new = NewWay(
                unit=UNIT, kind=ChannelKind.WECOM_ROBOT, address=f"zwwecom://{CANARY}{number}/"
            )
            channel_keeping.add_way(session, office, new, keeping(session, office))


def secrets(office: Office) -> list[str]:
    """Return every robot's URL as it is unsealed now."""
    with office.reading() as session:
        rows = session.exec(select(ChannelAddress)).all()
        return sorted(sealing.opened(office.settings, row.sealed) for row in rows if row.sealed)


def test_what_is_sealed_can_be_opened_and_looks_different_each_time(tmp_path: Path) -> None:
    settings = read_settings(data_dir=tmp_path)

    first, second = (sealing.sealed(settings, ROBOT) for _ in range(2))

    assert first != second
    assert CANARY not in first
    assert {sealing.opened(settings, each) for each in (first, second)} == {ROBOT}


def test_an_altered_or_foreign_secret_is_refused(tmp_path: Path) -> None:
    settings = read_settings(data_dir=tmp_path)
    sealed = sealing.sealed(settings, ROBOT)
    other = read_settings(data_dir=tmp_path / "other")

    with pytest.raises(StorageError, match="改动"):
        sealing.opened(settings, f"{sealed[:-6]}AAAA==")
    with pytest.raises(NotConfiguredError, match="密钥"):
        sealing.opened(other, sealed)


def test_the_key_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    settings = read_settings(data_dir=tmp_path)
    sealing.keys(settings)

    assert sealing.key_file(settings).stat().st_mode & 0o077 == 0


def test_a_stolen_database_holds_no_secret(confirmed: Office) -> None:
    with_robots(confirmed)
    with confirmed.transaction() as session:
        url = f"smtp://user:{CANARY}@127.0.0.1/?from=duban@office.test"
        keep = keeping(session, confirmed)
        channel_keeping.set_office_channel(session, confirmed, ChannelKind.MAIL, url, keep)

    with confirmed.reading() as session:
        for table in ("channeladdress", "officechannel", "event"):
            rows = session.connection().execute(text(f"SELECT * FROM {table}"))
            assert not any(CANARY in str(row) for row in rows)
        listed = list(channel_keeping.listed(session, confirmed))
    assert len(listed) == 2
    assert CANARY not in str(listed)


def test_two_robots_of_a_unit_are_told_apart_and_one_is_kept_once(confirmed: Office) -> None:
    with_robots(confirmed, 2)
    with_robots(confirmed, 2)

    assert secrets(confirmed) == [f"zwwecom://{CANARY}0/", f"zwwecom://{CANARY}1/"]


def test_a_rotation_changes_the_key_and_keeps_every_secret(confirmed: Office) -> None:
    with_robots(confirmed, 3)
    before, old = secrets(confirmed), sealing.keys(confirmed.settings)

    with confirmed.reading() as session:
        keep = keeping(session, confirmed)
    count = key_rotation.rotate(confirmed, keep)

    assert (count, secrets(confirmed)) == (3, before)
    assert len(sealing.keys(confirmed.settings)) == 1
    assert not old.keys() & sealing.keys(confirmed.settings).keys()


class Killed(Exception):  # noqa: N818 - what stands for a kill is no refusal
    """The process ends here."""


@pytest.mark.parametrize("step", ["add_key", "seal_anew", "forget_unused"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_rotation_that_dies_anywhere_leaves_every_secret_readable(
    confirmed: Office, monkeypatch: pytest.MonkeyPatch, step: str, *, after: bool
) -> None:
    with_robots(confirmed, 3)
    before = secrets(confirmed)
    whole = getattr(key_rotation, step)

    def dying(*arguments: object) -> None:
        if after:
            whole(*arguments)
        raise Killed

    monkeypatch.setattr(key_rotation, step, dying)
    with confirmed.reading() as session:
        keep = keeping(session, confirmed)

    with pytest.raises(Killed):
        key_rotation.rotate(confirmed, keep)

    assert secrets(confirmed) == before
    monkeypatch.undo()
    key_rotation.rotate(confirmed, keep)
    assert secrets(confirmed) == before


@pytest.mark.parametrize("role", [Role.OFFICE, Role.LIAISON, Role.SUPERVISOR])
def test_only_the_administrator_keeps_channels(confirmed: Office, role: Role) -> None:
    with confirmed.transaction() as session:
        new = NewWay(unit=UNIT, kind=ChannelKind.WECOM_ROBOT, address=ROBOT)
        keep = keeping(session, confirmed, role)
        with pytest.raises(NotAllowedError):
            channel_keeping.add_way(session, confirmed, new, keep)


@pytest.mark.parametrize(
    ("kind", "address", "error"),
    [
        pytest.param(ChannelKind.WECOM_ROBOT, f"json://{CANARY}@h/", UsageError, id="scheme"),
        pytest.param(
            ChannelKind.WECOM_ROBOT, f"zwwecom://{CANARY}@10.0.0.8/", NotConfiguredError, id="host"
        ),
        pytest.param(ChannelKind.OTHER, f"json://{CANARY}@h/", UsageError, id="not added"),
        pytest.param(ChannelKind.MAIL, "a@b.test", UsageError, id="mail comes by workbook"),
        pytest.param(ChannelKind.SMS, "1\n2", UsageError, id="line break"),
    ],
)
def test_a_way_that_could_not_be_used_is_refused_without_its_secret(
    confirmed: Office, kind: ChannelKind, address: str, error: type[DubanError]
) -> None:
    with confirmed.transaction() as session:
        keep = keeping(session, confirmed)
        with pytest.raises(error) as refusal:
            channel_keeping.add_way(
                session, confirmed, NewWay(unit=UNIT, kind=kind, address=address), keep
            )

    assert CANARY not in str(refusal.value) + refusal.value.advice


def test_no_setting_prints_its_secret(tmp_path: Path) -> None:
    urls = dict.fromkeys(
        ("smtp_url", "gateway_url", "sms_url", "wecom_app_url", "alarm_url"), f"gzt://{CANARY}@h/"
    )
    settings: Settings = read_settings(data_dir=tmp_path, **urls)

    assert CANARY not in repr(settings) + str(settings.model_dump())
