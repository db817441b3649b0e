"""Contacts by workbook over the portal: what each row would change or why not, then all at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook
from sqlmodel import Session

from db import contact_book, units
from db.plan_tables import Unit
from services import contacts, uploads
from services.contacts import COLUMNS, Imported, Line
from services.office import Office
from services.outbox_views import masked
from services.plans import the_office, unit_named
from services.tokens import opened, signed
from supervision.errors import DubanError, UsageError
from supervision.rights import Actor, require
from supervision.vocabulary import Permission

PURPOSE = "contacts-workbook"
FORM_NAME = "联系人登记表.xlsx"
UPLOADED = "上传的联系人表.xlsx"
WIDTHS = {"A": 32, "B": 14, "C": 12, "D": 18, "E": 30, "F": 32}


@dataclass(frozen=True, kw_only=True, slots=True)
class SeenRow:
    """A row as looked at: what it would change, or why it cannot be taken."""

    row: int
    unit: str
    person: str
    changes: tuple[str, ...] = ()
    fault: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """A workbook that was looked at, and a token for its content."""

    name: str
    token: str
    rows: tuple[SeenRow, ...]

    @property
    def faults(self) -> int:
        """How many rows are at fault: any one refuses all of them."""
        return sum(bool(row.fault) for row in self.rows)

    @property
    def changing(self) -> int:
        """How many rows change anything."""
        return sum(bool(row.changes) for row in self.rows)


def look_at(session: Session, office: Office, actor: Actor, content: bytes, *, name: str) -> Seen:
    """Return what taking a workbook in would do, row by row, and keep it for that.

    UsageError and UnreadableDocumentError where it is no such workbook at all.
    """
    require(Permission.MANAGE_CONTACTS, actor)
    with _as_file(content) as file:
        rows = tuple(_looked(session, file))
    stored_as = uploads.keep(office, content)
    token = signed(office.settings, PURPOSE, [stored_as, name, actor.name])
    return Seen(name=name, token=token, rows=rows)


def take_in(session: Session, office: Office, actor: Actor, token: str) -> Imported:
    """Keep what a workbook that was looked at says; any row at fault refuses all of it."""
    require(Permission.MANAGE_CONTACTS, actor)
    stored_as, name, whose = opened(office.settings, PURPOSE, token)
    if whose != actor.name:
        raise UsageError("这份表不是您上传的", advice="请重新上传。")
    with _as_file(uploads.taken(office, stored_as)) as file:
        lines = list(contacts.read_lines(file))
    done = contacts.take_in(session, office, lines, by=actor.name, document=name)
    uploads.forget(office, stored_as)  # it names people and their telephones
    return done


def empty_form(session: Session) -> bytes:
    """Return the workbook to fill in: the units that have nobody stand there already."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "联系人"
    sheet.append(list(COLUMNS))
    for unit in units.without_contact(session, the_office(session).id):
        sheet.append([unit.name])
    for column, width in WIDTHS.items():
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
    written = BytesIO()
    book.save(written)
    return written.getvalue()


class _as_file:  # noqa: N801 - used as a function
    """The content as a file of its own, gone at the end."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._folder = TemporaryDirectory(prefix="duban-contacts-")

    def __enter__(self) -> Path:
        file = Path(self._folder.name) / UPLOADED
        file.write_bytes(self._content)
        return file

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()


def _looked(session: Session, file: Path) -> Iterator[SeenRow]:
    """Give each row as looked at; one that cannot be read at all ends it."""
    row = the_office(session)
    may_mail = row.baseline_confirmed_on is not None
    for number, values in contacts.rows_of(file):
        unit, person = values["单位"], values["姓名"]
        try:
            line = contacts.line_of(number, values)
            changes = _changes(session, line, _named(session, line), may_mail=may_mail)
            yield SeenRow(row=number, unit=unit, person=person, changes=tuple(changes))
        except DubanError as error:
            fault = f"{error}。{error.advice}".replace(f"联系人表第{number}行", "")
            yield SeenRow(row=number, unit=unit, person=person, fault=fault)


def _named(session: Session, line: Line) -> Mapping[str, Unit]:
    office_id = the_office(session).id
    names = filter(None, (line.unit, line.sponsor))
    return {name: session.get_one(Unit, unit_named(session, office_id, name)) for name in names}


def _changes(
    session: Session, line: Line, named: Mapping[str, Unit], *, may_mail: bool
) -> Iterator[str]:
    """Give what a row would change, each in a few words."""
    if line.mail and not may_mail:
        raise UsageError("基线尚未确认，不能启用电子邮件", advice="请先核定基线日前已到期的事项。")
    unit, post = named[line.unit], line.post.label
    contact = contact_book.person(session, unit.id, line.person, line.post)
    if contact is None:
        yield f"新增{post}{line.person}"
    elif contact.left_on is not None:
        yield f"{post}{line.person}重新任职"
    if contact is not None and (contact.phone or "") != line.phone:
        yield f"电话：{masked(contact.phone or '') or '无'} 改为 {masked(line.phone) or '无'}"
    before = "" if contact is None else contact_book.mail_of(session, contact.id)
    if line.mail and line.mail != before:
        yield f"邮箱：{masked(before) or '无'} 改为 {masked(line.mail)}"
    if line.sponsor:
        yield from _new_sponsor(session, unit, named[line.sponsor])


def _new_sponsor(session: Session, unit: Unit, sponsor: Unit) -> Iterator[str]:
    if unit.id == sponsor.id:
        raise UsageError("单位不能督导自己", advice="请更正后重新导入。")
    if unit.sponsor_unit_id != sponsor.id:
        before = session.get(Unit, unit.sponsor_unit_id) if unit.sponsor_unit_id else None
        yield f"督导单位：{before.name if before else '无'} 改为 {sponsor.name}"
