import json
import re
from enum import EnumType

import pytest

from supervision import vocabulary
from supervision.vocabulary import DayKind, Word

COLUMN_LENGTH = 24  # db.base.word_type
VOCABULARIES = [
    words
    for words in vars(vocabulary).values()
    if isinstance(words, EnumType) and issubclass(words, Word) and words is not Word
]


def test_there_are_vocabularies_to_look_at() -> None:
    assert len(VOCABULARIES) > 10


@pytest.mark.parametrize("words", VOCABULARIES, ids=lambda words: words.__name__)
def test_every_word_has_a_chinese_label_of_its_own(words: type[Word]) -> None:
    labels = [word.label for word in words]

    assert all(re.search(r"[一-鿿]", label) for label in labels)
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("words", VOCABULARIES, ids=lambda words: words.__name__)
def test_every_word_is_stored_under_a_plain_value_of_its_own(words: type[Word]) -> None:
    values = [word.value for word in words]

    assert len(set(values)) == len(words.__members__)  # no member is another one's alias
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", value) for value in values)
    assert max(map(len, values)) <= COLUMN_LENGTH


def test_a_word_without_a_label_cannot_be_written() -> None:
    with pytest.raises(TypeError, match="label"):

        class Unlabelled(Word):
            BARE = "bare"


def test_a_word_is_its_value_wherever_it_is_stored_or_sent() -> None:
    assert DayKind("makeup") is DayKind.MAKEUP  # type: ignore[call-arg]
    assert f"{DayKind.MAKEUP}" == "makeup"
    assert json.dumps({"kind": DayKind.MAKEUP}) == '{"kind": "makeup"}'


@pytest.mark.parametrize(
    ("kind", "worked"),
    [
        (DayKind.WORKDAY, True),
        (DayKind.MAKEUP, True),
        (DayKind.WEEKEND, False),
        (DayKind.HOLIDAY, False),
    ],
    ids=str,
)
def test_offices_work_on_workdays_and_on_days_made_up_for(kind: DayKind, *, worked: bool) -> None:
    assert kind.is_worked is worked
