"""审计 in words: whatever is on record after two quarters is called as people call it."""

import re

from sqlmodel import select

from db.record_tables import Event
from services.office import Office
from services.record_words import act_in_words, fact_in_words, kind_in_words

STORED = re.compile(r"[a-z]{3,}")


def test_every_act_object_and_particular_on_record_has_a_word(walked: Office) -> None:
    with walked.reading() as session:
        entries = session.exec(select(Event)).all()
        told = {act_in_words(entry.act) for entry in entries}
        told |= {kind_in_words(entry.about_kind) for entry in entries}
        told |= {fact_in_words(name) for entry in entries for name in entry.facts}

    assert {word for word in told if STORED.search(word)} == set()
