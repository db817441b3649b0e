"""文书模板: which kinds of paper the office's own templates make, and what is wrong with them."""

from pathlib import Path

import pytest
from starlette.types import ASGIApp

from services.office import Office
from services.own_templates import export
from supervision.vocabulary import PaperKind, Role
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn


@pytest.fixture
def officer(signed_in: SignedIn) -> Browser:
    return signed_in(Role.OFFICE, unit=None, name="diaoduyuan")


def test_every_kind_of_paper_is_on_the_page_and_usable(officer: Browser, site: ASGIApp) -> None:
    del site

    page = officer.get("/rules/templates").text

    assert [kind.label for kind in PaperKind if kind.label not in page] == []
    assert page.count(">可以使用</span>") == len(PaperKind)
    assert f"{len(PaperKind)} 种文书，0 种使用本单位的模板" in page


def test_an_own_template_that_is_no_word_file_is_named_with_what_is_wrong(
    officer: Browser, reporting: Office
) -> None:
    own = _place_of(reporting, PaperKind.SUPERVISION)
    own.parent.mkdir(parents=True)
    own.write_bytes(b"no word file")

    page = officer.get("/rules/templates").text

    assert "改正 1 个不能使用的模板" in page
    assert "1 种使用本单位的模板" in page
    assert "不能作为模板" in page


def test_an_own_template_that_is_sound_is_called_the_units_own(
    officer: Browser, reporting: Office
) -> None:
    export(PaperKind.SUPERVISION, _place_of(reporting, PaperKind.SUPERVISION))

    page = officer.get("/rules/templates").text

    assert "<td>本单位</td>" in page
    assert "无须办理" in page


def _place_of(office: Office, kind: PaperKind) -> Path:
    return office.settings.templates / kind.value / "document.docx"
