"""The shipped templates are what their builders make, and every kind of paper has one."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from supervision.vocabulary import PaperKind
from templates.defaults.all import BUILDERS, content_of
from templates.lint import WORDS
from templates.packing import LONG_AGO
from templates.render import template_of
from templates.samples.papers import BY_KIND

KINDS = pytest.mark.parametrize("kind", list(PaperKind), ids=lambda kind: kind.value)


@KINDS
def test_every_kind_of_paper_has_a_builder_words_and_a_sample(kind: PaperKind) -> None:
    assert kind in BUILDERS
    assert isinstance(BY_KIND[kind], WORDS[kind])


@KINDS
def test_the_shipped_template_is_what_its_builder_makes(kind: PaperKind) -> None:
    shipped = ZipFile(BytesIO(template_of(kind).read_bytes()))
    built = ZipFile(BytesIO(content_of(kind)))

    assert shipped.namelist() == built.namelist()
    differing = [name for name in built.namelist() if shipped.read(name) != built.read(name)]
    assert differing == [], "run `python -m templates.defaults`"


@KINDS
def test_a_template_tells_neither_when_nor_by_whom_it_was_packed(kind: PaperKind) -> None:
    shipped = ZipFile(BytesIO(template_of(kind).read_bytes()))

    assert {part.date_time for part in shipped.infolist()} == {LONG_AGO}
    assert b"python-docx" not in shipped.read("docProps/core.xml")
