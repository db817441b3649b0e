"""The floor: a plain script with sqlite3 and smtplib that mails each unit its overdue items.

It keeps no ledger, no outbox and no record, sends everything again when it is run again, and names
every item in the mail. Run as `python -m bench.floor DATABASE PORT`.
"""

import smtplib
import sqlite3
import sys
from email.message import EmailMessage
from itertools import groupby

from bench.items import TODAY
from bench.meter import Meter

OVERDUE = """
    SELECT unit.name, unit.mail, item.code, item.title, item.due_on
    FROM item JOIN unit ON unit.id = item.unit_id
    WHERE item.state = 'open' AND item.due_on < ?
    ORDER BY unit.id, item.due_on, item.code
"""


def run(database: str, port: int) -> int:
    """Mail every unit its overdue items; return how many mails went out."""
    sent = 0
    with (
        sqlite3.connect(database) as connection,
        smtplib.SMTP("127.0.0.1", port, local_hostname="bench.test") as smtp,
    ):
        rows = connection.execute(OVERDUE, [TODAY.isoformat()])
        for (name, address), theirs in groupby(rows, key=lambda row: row[:2]):
            smtp.send_message(_mail(name, address, [row[2:] for row in theirs]))
            sent += 1
    return sent


def _mail(name: str, address: str, overdue: list[tuple[str, str, str]]) -> EmailMessage:
    lines = [f"{code} {title}（时限 {due_on}）" for code, title, due_on in overdue]
    mail = EmailMessage()
    mail["From"] = "duban@office.test"
    mail["To"] = address
    mail["Subject"] = f"【督办提醒】{name}：逾期{len(lines)}项"
    mail.set_content("\n".join([f"{name}：", "", "以下事项已逾期，请尽快办结：", "", *lines]))
    return mail


if __name__ == "__main__":
    meter = Meter()
    sent = run(sys.argv[1], int(sys.argv[2]))
    meter.lap("work")
    meter.report(sent=sent)
