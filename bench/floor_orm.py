"""The floor as it is usually written: SQLAlchemy's ORM, one mail per unit in text and HTML.

It does no more than bench/floor.py. Run as `python -m bench.floor_orm DATABASE PORT`.
"""

import smtplib
import sys
from datetime import date
from email.message import EmailMessage
from html import escape

from sqlalchemy import ForeignKey, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

from bench.items import TODAY
from bench.meter import Meter


class Base(DeclarativeBase):
    """What the two tables share."""


class Unit(Base):
    """A unit with its address."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    mail: Mapped[str]


class Item(Base):
    """An item with the unit that answers for it."""

    __tablename__ = "item"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    title: Mapped[str]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    due_on: Mapped[date]
    state: Mapped[str]
    unit: Mapped[Unit] = relationship()


def run(database: str, port: int) -> int:
    """Mail every unit its overdue items; return how many mails went out."""
    overdue = (
        select(Item)
        .where(Item.state == "open", Item.due_on < TODAY)
        .order_by(Item.due_on, Item.code)
    )
    by_unit: dict[Unit, list[Item]] = {}
    with (
        Session(create_engine(f"sqlite:///{database}")) as session,
        smtplib.SMTP("127.0.0.1", port, local_hostname="bench.test") as smtp,
    ):
        for item in session.scalars(overdue):
            by_unit.setdefault(item.unit, []).append(item)
        for unit, theirs in by_unit.items():
            smtp.send_message(_mail(unit, theirs))
    return len(by_unit)


def _mail(unit: Unit, overdue: list[Item]) -> EmailMessage:
    lines = [f"{item.code} {item.title}（时限 {item.due_on}）" for item in overdue]
    listed = "".join(f"<li>{escape(line)}</li>" for line in lines)
    mail = EmailMessage()
    mail["From"] = "duban@office.test"
    mail["To"] = unit.mail
    mail["Subject"] = f"【督办提醒】{unit.name}：逾期{len(lines)}项"
    mail.set_content("\n".join([f"{unit.name}：", "", "以下事项已逾期，请尽快办结：", "", *lines]))
    mail.add_alternative(
        f"<p>{escape(unit.name)}：</p><p>以下事项已逾期，请尽快办结：</p><ol>{listed}</ol>",
        subtype="html",
    )
    return mail


if __name__ == "__main__":
    meter = Meter()
    sent = run(sys.argv[1], int(sys.argv[2]))
    meter.lap("work")
    meter.report(sent=sent)
