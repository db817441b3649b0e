"""A new key for the secrets of channels: killed at any moment, every one of them stays readable.

The new key joins the old ones in the file before anything is sealed with it, all secrets are sealed
anew in one transaction, and the old keys leave the file only after that.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session, col, select

from db import events
from db.plan_tables import ChannelAddress
from db.plan_tables import Office as OfficeRow
from db.post_tables import OfficeChannel
from services import sealing
from services.channel_keeping import Keeping
from services.office import Office
from services.plans import the_office
from supervision.rights import require
from supervision.vocabulary import Permission


def rotate(office: Office, keeping: Keeping) -> int:
    """Seal every secret with a new key and forget the old ones; return how many there are."""
    require(Permission.MANAGE_CHANNELS, keeping.actor)
    with _alone(office) as session:
        add_key(office)
        count = seal_anew(session, office)
        entry = events.Entry(
            actor=keeping.actor.name,
            act="rotate_keys",
            about_kind="office",
            about_id=the_office(session).id,
            as_of=keeping.today,
            facts={"secrets": count},
        )
        events.append(session, the_office(session).id, [entry], at=keeping.now)
    with _alone(office) as session:
        forget_unused(session, office)
    return count


@contextmanager
def _alone(office: Office) -> Iterator[Session]:
    """Give a transaction beside which no other rotation touches the file."""
    with office.transaction() as session:
        session.exec(select(OfficeRow).with_for_update()).all()
        yield session


def add_key(office: Office) -> None:
    """Put a new key before the old ones: from now on it is the one that seals."""
    key_id, key = sealing.new_key()
    sealing.keep_keys(office.settings, {key_id: key} | sealing.keys(office.settings))


def seal_anew(session: Session, office: Office) -> int:
    """Seal every secret with the first key; return how many there are."""
    rows = _sealed_rows(session)
    for row in rows:
        secret = sealing.opened(office.settings, row.sealed or "")
        row.sealed = sealing.sealed(office.settings, secret)
        session.add(row)
    return len(rows)


def forget_unused(session: Session, office: Office) -> None:
    """Leave the first key in the file, and those that something is still sealed with."""
    in_use = {sealing.key_of(row.sealed or "") for row in _sealed_rows(session)}
    keys = sealing.keys(office.settings)
    first = next(iter(keys))
    kept = {key_id: key for key_id, key in keys.items() if key_id == first or key_id in in_use}
    sealing.keep_keys(office.settings, kept)


def _sealed_rows(session: Session) -> list[ChannelAddress | OfficeChannel]:
    ways = select(ChannelAddress).where(col(ChannelAddress.sealed).is_not(None))
    return [
        *session.exec(ways.with_for_update()),
        *session.exec(select(OfficeChannel).with_for_update()),
    ]
