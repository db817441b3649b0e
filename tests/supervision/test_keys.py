from datetime import date
from uuid import UUID

from supervision.keys import act_key, digest_key, notice_key, round_key
from supervision.vocabulary import Rung

ITEM = UUID("11111111-1111-4111-8111-111111111111")
UNIT = UUID("22222222-2222-4222-8222-222222222222")


def test_the_key_of_an_act_never_changes_its_form() -> None:
    """Keys are stored: another form would have every act of a living database done again."""
    key = act_key(ITEM.hex, "R10", "-60d", "2025-12-31", UNIT.hex)

    expected = (
        "22222222222242228222222222222222/2025-12-31/R10/-60d/11111111111141118111111111111111"
    )
    assert key == expected


def test_acts_that_differ_in_one_respect_have_different_keys() -> None:
    keys = [
        act_key(ITEM.hex, "R10", "-60d", "2025-12-31", UNIT.hex),
        act_key(UNIT.hex, "R10", "-60d", "2025-12-31", UNIT.hex),
        act_key(ITEM.hex, "R28", "-60d", "2025-12-31", UNIT.hex),
        act_key(ITEM.hex, "R10", "-30d", "2025-12-31", UNIT.hex),
        act_key(ITEM.hex, "R10", "-60d", "2026-12-31", UNIT.hex),
        act_key(ITEM.hex, "R10", "-60d", "2025-12-31", ITEM.hex),
    ]

    assert len(set(keys)) == len(keys)


def test_the_other_keys_never_change_their_form() -> None:
    assert digest_key(ITEM, UNIT, date(2025, 1, 2)) == (
        "digest/11111111111141118111111111111111/22222222222242228222222222222222/2025-01-02"
    )
    assert notice_key(ITEM.hex, Rung.BLUE, 1) == "11111111111141118111111111111111/blue/1"
    assert round_key(ITEM, "2025Q1") == "11111111111141118111111111111111/2025Q1"
