"""Numbers of papers (发文字号): given one after the other in a series and year, without gaps."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col

from db.bulk import insert_new
from db.notice_tables import NumberCounter
from services.office import Office
from supervision.errors import NotConfiguredError
from supervision.keys import document_number
from supervision.vocabulary import NumberSeries


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """A number that was given, and how a paper prints it: 章无废办督〔2025〕3号."""

    year: int
    number: int
    text: str


def give(
    session: Session, office_id: UUID, series: NumberSeries, *, year: int, word: str
) -> Number:
    """Give the next number of a series and year; the first of a year is 1.

    It is taken in the caller's transaction: rolled back, it is given again, so there is no gap; and
    whoever asks meanwhile waits for that transaction, so there is no double (EX12).
    """
    start = {"office_id": office_id, "series": series, "year": year, "last": 0}
    insert_new(session, NumberCounter, [start])
    taken = (
        update(NumberCounter)
        .where(
            col(NumberCounter.office_id) == office_id,
            col(NumberCounter.series) == series,
            col(NumberCounter.year) == year,
        )
        .values(last=col(NumberCounter.last) + 1)
        .returning(col(NumberCounter.last))
    )
    number: int = session.connection().execute(taken).scalar_one()
    return Number(year=year, number=number, text=document_number(word, year, number))


def word_for(office: Office, series: NumberSeries) -> str:
    """Return the office's word for a series: its setting, else the plan's policy (R34).

    NotConfiguredError when neither says one: an official number is never made up.
    """
    setting = f"{series.value}_word"
    word: str | None = getattr(office.settings, setting)
    rule = office.policy.document_words
    if word is None and rule is not None:
        word = getattr(rule.value, series.value)
    if not word:
        raise NotConfiguredError(
            f"还没有设置{series.label}的机关代字，不能编号",
            advice=f'请在 duban.toml 中写明 {setting}，如 {setting} = "章无废办督"。',
        )
    return word
