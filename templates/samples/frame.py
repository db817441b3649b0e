"""What the sample papers have in common: an office, its plan, a day, a number."""

from datetime import date
from typing import NotRequired, TypedDict

MARK = "章贡区“无废城市”建设工作领导小组办公室"
PLAN = "赣州市章贡区“无废城市”建设实施方案（2023-2025年）"
PLAN_NUMBER = "区府办字〔2024〕11号"
COPIED = ("区委办公室", "区人大常委会办公室", "区政协办公室")


class Frame(TypedDict):
    """The words of `OfficialWords` that a sample shares with the others."""

    mark: str
    number: str
    is_draft: bool
    issued_on: date | None
    contact_name: str
    contact_phone: str
    copied_to: tuple[str, ...]
    printed_on: NotRequired[date | None]


def issued(number: str, day: date, *, copied_to: tuple[str, ...] = ()) -> Frame:
    """Return the frame of a paper that was signed, numbered and printed."""
    return Frame(
        mark=MARK,
        number=number,
        is_draft=False,
        issued_on=day,
        contact_name="王某某",
        contact_phone="0797-0000000",
        copied_to=copied_to,
        printed_on=day,
    )


def letter(number: str, day: date, *, copied_to: tuple[str, ...] = ()) -> Frame:
    """Return the frame of a 函, which does not say when it was printed."""
    frame = issued(number, day, copied_to=copied_to)
    frame["printed_on"] = None
    return frame
