"""拟制文书: papers drawn up from the record are downloaded, and what is missing is told."""

from io import BytesIO

import pytest
from docx import Document

from supervision.vocabulary import Role
from tests.builders import FINANCE
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn
from tests.reporting import PERIOD


@pytest.fixture
def officer(signed_in: SignedIn) -> Browser:
    return signed_in(Role.OFFICE, unit=None, name="diaoduyuan")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (f"dispatch?period={PERIOD}", "2025年第一季度"),
        (f"duties?unit={FINANCE}", FINANCE),
        ("summary?span=2025H1", "2025年上半年"),
    ],
    ids=["dispatch notice", "list of duties", "summary"],
)
def test_a_paper_is_drawn_up_as_asked(officer: Browser, asked: str, said: str) -> None:
    answer = officer.get(f"/papers/{asked}")

    document = Document(BytesIO(answer.content))
    assert said in "".join(line.text for line in document.paragraphs).replace("\n", "")
    assert answer.headers["content-disposition"].startswith("attachment")


def test_a_number_makes_a_draft_a_paper(officer: Browser) -> None:
    number = "章无废办〔2025〕5号"

    files = [
        officer.get(f"/papers/dispatch?period={PERIOD}&number={given}").content
        for given in ("", number)
    ]

    texts = ["".join(line.text for line in Document(BytesIO(file)).paragraphs) for file in files]
    assert [number in text for text in texts] == [False, True]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("duties", "单位责任清单：请填写单位"),
        (f"receipt?period={PERIOD}&unit={FINANCE}", "尚未报送，没有回执"),
        ("extension?code=T01", "没有已审批的延期申请"),
        ("summary?span=quannian", "不是半年或年度"),
    ],
    ids=["no unit", "nothing reported", "nothing asked", "no span"],
)
def test_what_cannot_be_drawn_up_is_told_on_the_page(
    officer: Browser, asked: str, told: str
) -> None:
    answer = officer.get(f"/papers/{asked}")

    assert answer.status_code == 422
    assert told in answer.text
    assert "duban " not in answer.text.replace("duban 办", "")


def test_a_sort_there_is_none_of_is_not_there(officer: Browser) -> None:
    assert officer.get("/papers/novel").status_code == 404
