"""Contacts by workbook: units get their people, their mail addresses and their sponsor unit."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from sqlmodel import Session, col, select

from db import events, units
from db.plan_tables import ChannelAddress, Contact, Unit
from services.first_acts import name_on_record
from services.office import Office
from services.plans import the_office, unit_named
from supervision.errors import DubanError, NotConfiguredError, UnreadableDocumentError, UsageError
from supervision.vocabulary import ChannelKind, ContactPost, Permission

COLUMNS = ("单位", "姓名", "职务", "电话", "邮箱", "督导单位")
MAIL = re.compile(r"[^@\s<>,;]{1,64}@[^@\s<>,;]{1,190}")
MOST_BYTES = 5_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One row of the workbook: whom a unit names, and where its sponsor is given, which one."""

    row: int
    unit: str
    person: str
    post: ContactPost
    phone: str
    mail: str
    sponsor: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """How many people, mail addresses and sponsor units an import wrote or changed."""

    people: int
    addresses: int
    sponsors: int


def import_contacts(
    office: Office, file: Path, *, by: str | None = None, is_trial: bool = False
) -> Imported:
    """Take a workbook of contacts in, in one act: any row at fault refuses all of it by name.

    Mail addresses are refused until the baseline is confirmed (NotConfiguredError). The same
    workbook again changes nothing. `by` is the account that acts; none while none may.
    """
    lines = list(read_lines(file))
    with office.trial() if is_trial else office.transaction() as session:
        name = name_on_record(session, by, Permission.MANAGE_CONTACTS, now=office.now())
        return take_in(session, office, lines, by=name, document=file.name)


def take_in(
    session: Session, office: Office, lines: Sequence[Line], *, by: str, document: str
) -> Imported:
    """Keep what the rows of a workbook say, in the name of who brought it."""
    row = the_office(session)
    if row.baseline_confirmed_on is None and any(line.mail for line in lines):
        raise NotConfiguredError(
            "基线尚未确认，不能启用电子邮件",
            advice="请核定基线日前已到期的事项，再运行 duban plan confirm-baseline。",
        )
    named = _units_named(session, row.id, lines)
    imported = Imported(
        people=sum(_keep_person(session, line, named) for line in lines),
        addresses=sum(_keep_address(session, line, named) for line in lines),
        sponsors=sum(_keep_sponsor(session, line, named) for line in lines),
    )
    if imported != Imported(people=0, addresses=0, sponsors=0):
        entry = events.Entry(
            actor=by,
            act="import_contacts",
            about_kind="office",
            about_id=row.id,
            as_of=office.today(),
            document=document,
            facts=asdict(imported),
        )
        events.append(session, row.id, [entry], at=office.now())
    return imported


def read_lines(file: Path) -> Iterator[Line]:
    """Give the rows of a contacts workbook; UsageError names the row and the cell at fault."""
    for number, values in rows_of(file):
        yield line_of(number, values)


def rows_of(file: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Give the rows that say anything, by their number and column, as they stand."""
    rows = _cells(file)
    heading = [text.strip() for text in next(rows, ())]
    missing = [name for name in COLUMNS[:2] if name not in heading]
    if missing:
        raise UsageError(
            f"联系人表缺少“{'”“'.join(missing)}”列", advice=f"首行应为：{'、'.join(COLUMNS)}。"
        )
    for number, cells in enumerate(rows, start=2):
        values = dict(zip(heading, cells, strict=False))
        if any(values.get(name, "").strip() for name in COLUMNS):
            yield number, {name: values.get(name, "").strip() for name in COLUMNS}


def _cells(file: Path) -> Iterator[list[str]]:
    """Give a workbook's first sheet as text, row by row; formulas are refused, never evaluated."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise UsageError(f"“{file.name}”过大", advice="联系人表不应超过 5 MB，请检查文件。")
        sheet = load_workbook(file).worksheets[0]
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError, IndexError) as error:
        raise UnreadableDocumentError(
            f"无法读取联系人表“{file.name}”", advice="请确认是未加密的 .xlsx 文件后重试。"
        ) from error
    for row in sheet.iter_rows():
        formula = next((cell for cell in row if cell.data_type == "f"), None)
        if formula is not None:
            raise UsageError(
                f"联系人表 {formula.coordinate} 是公式", advice="请改为直接填写的文字后重新导入。"
            )
        yield ["" if cell.value is None else str(cell.value) for cell in row]


def line_of(row: int, values: Mapping[str, str]) -> Line:
    """Return what a row says; UsageError says what is wrong with it."""
    if not values["单位"]:
        raise UsageError(f"联系人表第{row}行没有填写单位", advice="请补填后重新导入。")
    if not values["姓名"]:
        raise UsageError(f"联系人表第{row}行没有填写姓名", advice="请补填后重新导入。")
    if values["邮箱"] and not MAIL.fullmatch(values["邮箱"]):
        raise UsageError(
            f"联系人表第{row}行的邮箱“{values['邮箱']}”不是有效地址", advice="请更正后重新导入。"
        )
    posts = {post.label: post for post in ContactPost}
    post = posts.get(values["职务"] or ContactPost.LIAISON.label)
    if post is None:
        raise UsageError(
            f"联系人表第{row}行的职务“{values['职务']}”不在可选范围内",
            advice=f"可选：{'、'.join(posts)}；不填即为联络员。",
        )
    return Line(
        row=row,
        unit=values["单位"],
        person=values["姓名"],
        post=post,
        phone=values["电话"],
        mail=values["邮箱"],
        sponsor=values["督导单位"],
    )


def _units_named(session: Session, office_id: UUID, lines: Sequence[Line]) -> dict[str, UUID]:
    """Return the unit behind every name of the workbook, or refuse the first unknown one."""
    named = {}
    for line in lines:
        for name in filter(None, (line.unit, line.sponsor)):
            try:
                named[name] = unit_named(session, office_id, name)
            except DubanError as error:
                raise UsageError(f"联系人表第{line.row}行：{error}", advice=error.advice) from error
    return named


def _keep_person(session: Session, line: Line, named: Mapping[str, UUID]) -> int:
    contact = _contact(session, line, named)
    if contact is not None and contact.phone == (line.phone or None) and not contact.left_on:
        return 0
    if contact is None:
        contact = Contact(unit_id=named[line.unit], post=line.post, name=line.person)
    contact.phone, contact.left_on = line.phone or None, None
    session.add(contact)
    session.flush()
    return 1


def _contact(session: Session, line: Line, named: Mapping[str, UUID]) -> Contact | None:
    return session.exec(
        select(Contact).where(
            Contact.unit_id == named[line.unit],
            Contact.name == line.person,
            col(Contact.post) == line.post,
        )
    ).one_or_none()


def _keep_address(session: Session, line: Line, named: Mapping[str, UUID]) -> int:
    """Keep one mail address per person: a new one takes the place of the old."""
    contact = _contact(session, line, named)
    if not line.mail or contact is None:
        return 0
    query = select(ChannelAddress).where(
        ChannelAddress.contact_id == contact.id, col(ChannelAddress.kind) == ChannelKind.MAIL
    )
    address = session.exec(query).one_or_none()
    if address is not None and address.address == line.mail:
        return 0
    address = address or ChannelAddress(
        unit_id=contact.unit_id,
        contact_id=contact.id,
        kind=ChannelKind.MAIL,
        address="",
        position=list(ContactPost).index(line.post),
    )
    address.address = line.mail
    session.add(address)
    session.flush()
    return 1


def _keep_sponsor(session: Session, line: Line, named: Mapping[str, UUID]) -> int:
    if not line.sponsor:
        return 0
    unit = session.get(Unit, named[line.unit])
    if unit is None or unit.sponsor_unit_id == named[line.sponsor]:
        return 0
    if unit.id == named[line.sponsor]:
        raise UsageError(f"联系人表第{line.row}行：单位不能督导自己", advice="请更正后重新导入。")
    unit.sponsor_unit_id = named[line.sponsor]
    session.add(unit)
    session.flush()
    return 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Reachable:
    """A unit and the first way to it, as a list of contacts shows it."""

    unit: str
    kind: str
    person: str | None
    post: str | None
    channel: str
    address: str


def reachable(session: Session, office_id: UUID) -> list[Reachable]:
    """Return every unit with the way that is tried first."""
    ways = units.ways_by_unit(session, office_id)
    return [
        Reachable(
            unit=unit.name,
            kind=unit.kind.label,
            person=way.person,
            post=None if way.post is None else way.post.label,
            channel=way.kind.label,
            address=way.address,
        )
        for unit in units.of_office(session, office_id)
        for way in ways.get(unit.id, [])[:1]
    ]
