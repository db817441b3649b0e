"""What an administrator does about channels: set the office's, add and remove those of units."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from db import events, office_channels, units
from db.plan_tables import ChannelAddress, Contact, Unit
from db.post_tables import OfficeChannel
from services import sealing
from services.channels import open_at
from services.contacts import MAIL
from services.office import SHANGHAI, Office
from services.office_channels import SETTING_OF
from services.plans import the_office, unit_named
from supervision.errors import NotConfiguredError, UsageError
from supervision.rights import Actor, require
from supervision.vocabulary import ChannelKind, ContactPost, Permission

SCHEMES_OF = {
    ChannelKind.MAIL: ("smtp", "smtps"),
    ChannelKind.GATEWAY: ("gzt",),
    ChannelKind.SMS: ("gzt",),
    ChannelKind.WECOM_APP: ("wechat",),
    ChannelKind.WECOM_ROBOT: ("zwwecom",),
    ChannelKind.DINGTALK_ROBOT: ("zwding",),
}
AFTER_MAIL = 10  # a unit's further ways come after its people's mail, and before files


@dataclass(frozen=True, kw_only=True, slots=True)
class Keeping:
    """Who keeps channels, and when."""

    actor: Actor
    now: datetime

    @property
    def today(self) -> date:
        """The day in Shanghai."""
        return self.now.astimezone(SHANGHAI).date()


@dataclass(frozen=True, kw_only=True, slots=True)
class NewWay:
    """One more way to a unit: an address, or a robot's URL, of a person where it is one's own."""

    unit: str
    kind: ChannelKind
    address: str
    post: ContactPost | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A channel as a list shows it: its secrets stay where they are."""

    id: UUID | None
    unit: str | None  # None for the office's own
    kind: ChannelKind
    shown: str
    person: str | None
    origin: str


def set_office_channel(
    session: Session, office: Office, kind: ChannelKind, url: str, keeping: Keeping
) -> str:
    """Set the office's channel of that kind, sealed; return how it is shown.

    NotConfiguredError for a scheme or host that is not allowed: nothing is connected.
    """
    require(Permission.MANAGE_CHANNELS, keeping.actor)
    if kind not in SETTING_OF:
        raise UsageError(f"{kind.label}不是全办共用的渠道", advice="请用 duban channel add。")
    shown = _shown(office, kind, url)
    row_office = the_office(session)
    row = office_channels.of_kind(session, row_office.id, kind)
    row = row or OfficeChannel(
        office_id=row_office.id, kind=kind, sealed="", shown="", set_by="", set_at=keeping.now
    )
    row.sealed, row.shown = sealing.sealed(office.settings, url), shown
    row.set_by, row.set_at = keeping.actor.name, keeping.now
    session.add(row)
    _put_on_record(session, row_office.id, keeping, "set_channel", {"kind": kind, "shown": shown})
    return shown


def add_way(session: Session, office: Office, new: NewWay, keeping: Keeping) -> str:
    """Add a way to a unit, behind its mail and before files; return how it is shown."""
    require(Permission.MANAGE_CHANNELS, keeping.actor)
    row_office = the_office(session)
    if row_office.baseline_confirmed_on is None:
        raise NotConfiguredError(
            "基线尚未确认，不能启用对外渠道",
            advice="请核定基线日前已到期的事项，再运行 duban plan confirm-baseline。",
        )
    unit_id = unit_named(session, row_office.id, new.unit)
    is_secret = new.kind in sealing.SECRET_ADDRESSES
    shown = _shown_address(office, new)
    row = _there(session, unit_id, new.kind, shown) or ChannelAddress(
        unit_id=unit_id, kind=new.kind, address=shown, position=AFTER_MAIL
    )
    row.contact_id = _person(session, unit_id, new.post)
    row.sealed = sealing.sealed(office.settings, new.address) if is_secret else None
    row.removed_on = None
    session.add(row)
    facts = {"unit": new.unit, "kind": new.kind, "shown": shown}
    _put_on_record(session, row_office.id, keeping, "add_channel", facts)
    return shown


def remove_way(session: Session, way_id: UUID, keeping: Keeping) -> None:
    """Stop using a way to a unit; its row stays, as messages name it. Files cannot be removed."""
    require(Permission.MANAGE_CHANNELS, keeping.actor)
    row = session.get(ChannelAddress, way_id)
    if row is None or row.removed_on is not None:
        raise UsageError("没有这个渠道", advice="用 duban channel list 查看编号。")
    if row.kind is ChannelKind.FILE:
        raise UsageError("文件渠道不能停用", advice="它是最后的去处。")
    row.removed_on, row.sealed = keeping.today, None
    session.add(row)
    facts = {"kind": row.kind, "shown": row.address}
    _put_on_record(session, the_office(session).id, keeping, "remove_channel", facts)


def listed(session: Session, office: Office) -> Iterator[Listed]:
    """Give the office's channels, then the ways to each unit but files, in their order."""
    row_office = the_office(session)
    in_database = {row.kind: row for row in office_channels.of_office(session, row_office.id)}
    for kind, setting in SETTING_OF.items():
        given = getattr(office.settings, setting)
        if given is not None:
            shown = _shown(office, kind, given.get_secret_value())
            yield _office_wide(kind, shown, f"DUBAN_{setting.upper()}")
        elif kind in in_database:
            yield _office_wide(kind, in_database[kind].shown, in_database[kind].set_by)
    ways = units.ways_by_unit(session, row_office.id)
    for unit in units.of_office(session, row_office.id):
        for way in ways.get(unit.id, []):
            if way.kind is not ChannelKind.FILE:
                yield Listed(
                    id=way.id,
                    unit=unit.name,
                    kind=way.kind,
                    shown=way.address,
                    person=way.person,
                    origin="联系人" if way.kind is ChannelKind.MAIL else "管理员",
                )


def _office_wide(kind: ChannelKind, shown: str, origin: str) -> Listed:
    return Listed(id=None, unit=None, kind=kind, shown=shown, person=None, origin=origin)


def _shown(office: Office, kind: ChannelKind, url: str) -> str:
    """Return how a channel's URL is shown; refuse one that could not be opened as that kind."""
    allowed = SCHEMES_OF.get(kind, office.settings.extra_schemes)
    if url.partition("://")[0].lower() not in allowed:
        there = "、".join(f"{scheme}://" for scheme in allowed) or "（管理员尚未增加）"
        raise UsageError(f"{kind.label}的地址类型不对", advice=f"可用：{there}。")
    channel = open_at(office, url)
    channel.close()
    return channel.describe()


def _shown_address(office: Office, new: NewWay) -> str:
    """Return what stands in the books of an address: of a robot, which one it is."""
    if new.kind in (ChannelKind.FILE, ChannelKind.MAIL):
        raise UsageError(f"{new.kind.label}不在这里登记", advice="邮箱请用 duban contact import。")
    if new.kind in sealing.SECRET_ADDRESSES:
        shown = _shown(office, new.kind, new.address)
        return f"{shown}#{sealing.fingerprint(office.settings, new.address)}"
    if not new.address.strip() or not new.address.isprintable() or MAIL.fullmatch(new.address):
        raise UsageError("地址不对", advice="短信写手机号码，政务平台和企业微信应用写用户编号。")
    return new.address.strip()


def _there(session: Session, unit_id: UUID, kind: ChannelKind, shown: str) -> ChannelAddress | None:
    query = select(ChannelAddress).where(
        ChannelAddress.unit_id == unit_id,
        col(ChannelAddress.kind) == kind,
        ChannelAddress.address == shown,
    )
    return session.exec(query).one_or_none()


def _person(session: Session, unit_id: UUID, post: ContactPost | None) -> UUID | None:
    """Return the unit's person in that post, whose own the way is."""
    if post is None:
        return None
    query = select(Contact).where(
        Contact.unit_id == unit_id, col(Contact.post) == post, col(Contact.left_on).is_(None)
    )
    found = session.exec(query).first()
    if found is None:
        unit = session.get_one(Unit, unit_id)
        raise UsageError(f"{unit.name}没有登记{post.label}", advice="请先导入联系人。")
    return found.id


def _put_on_record(
    session: Session, office_id: UUID, keeping: Keeping, act: str, facts: dict[str, Any]
) -> None:
    entry = events.Entry(
        actor=keeping.actor.name,
        act=act,
        about_kind="office",
        about_id=office_id,
        as_of=keeping.today,
        facts=facts,
    )
    events.append(session, office_id, [entry], at=keeping.now)
