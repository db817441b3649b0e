"""What the portal shows to whoever pokes at it: no traces, plain words (SEC23, REL15)."""

import errno
import random
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import event

from portal.app import create_app
from portal.envelope import Envelope
from services.office import Office
from services.settings import read_settings
from supervision.errors import NotConfiguredError, StorageError
from supervision.vocabulary import Role
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn

GIVEAWAYS = ("Traceback", 'File "', "sqlalchemy", "fastapi", "starlette", "uvicorn", "Python/",
             "jinja2", str(Path.cwd()), "site-packages", "psycopg")  # fmt: skip
FUZZED = 400
KINDS = ("multipart/form-data; boundary=x", "multipart/form-data", "application/json", "é",
         "application/x-www-form-urlencoded")  # fmt: skip


def tells_too_much(text: str) -> list[str]:
    return [sign for sign in GIVEAWAYS if sign.lower() in text.lower()]


def broken(office: Office, fault: Callable[[], Exception]) -> Browser:
    """Return a browser on a portal one page of which fails in that way."""
    app = create_app(office)

    def fail() -> None:
        raise fault()

    app.router.add_api_route("/broken", fail)
    return Browser(Envelope(app, is_public=True))


def test_a_fault_is_told_by_its_number_and_nothing_else(
    reporting: Office, caplog: pytest.LogCaptureFixture
) -> None:
    answer = broken(reporting, lambda: RuntimeError("secret detail")).get("/broken")

    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert tells_too_much(answer.text) == []
    (line,) = [line for line in caplog.records if line.name == "duban.portal"]
    number = line.getMessage().rpartition(" ")[2]
    assert number in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(lambda: OSError(errno.ENOSPC, "No space left on device"), id="files"),
        pytest.param(lambda: OSError(errno.EDQUOT, "Disk quota exceeded"), id="quota"),
    ],
)
def test_a_full_disk_is_told_in_plain_text(
    reporting: Office, fault: Callable[[], Exception]
) -> None:
    answer = broken(reporting, fault).get("/broken")

    assert answer.status_code == 507
    assert answer.headers["content-type"].startswith("text/plain")
    assert "磁盘已满" in answer.text


def test_a_full_database_is_told_in_plain_text_and_keeps_what_there_was(
    signed_in: SignedIn, reporting: Office
) -> None:
    browser = signed_in(Role.LIAISON, Role.HEAD)
    browser.get("/account")
    marks = browser.form("/sign-out")
    with reporting.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    def limited(connection: object, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")  # type: ignore[attr-defined]

    reporting.engine.dispose()
    event.listen(reporting.engine, "connect", limited)
    answers = [
        browser.post("/sign-in", marks | {"name": f"n{n}" * 200, "password": "x"})
        for n in range(60)
    ]
    event.remove(reporting.engine, "connect", limited)
    reporting.engine.dispose()

    full = [answer for answer in answers if answer.status_code == 507]
    assert full
    assert "磁盘已满" in full[0].text
    assert browser.get("/todo").status_code == 200


def test_a_database_that_is_busy_is_told_in_plain_text(reporting: Office) -> None:
    answer = broken(reporting, lambda: StorageError("数据库正被另一个程序占用（/srv/x.db）")).get(
        "/broken"
    )

    assert answer.status_code == 503
    assert "/srv" not in answer.text


def test_no_answer_to_anything_tells_too_much(signed_in: SignedIn) -> None:
    browser = signed_in(Role.LIAISON, Role.HEAD)
    rng = random.Random(7)
    letters = "abcABC019/%._-~:?#[]@!$&'()*+,;=\\\"<>^`{|}\x00é中"
    statuses: set[int] = set()

    for _ in range(FUZZED):
        path = "/" + "".join(rng.choices(letters, k=rng.randint(0, 40)))
        method = rng.choice(["GET", "POST", "HEAD"])
        body = bytes(rng.randbytes(rng.randint(0, 200)))
        kind = rng.choice(KINDS)
        target = rng.choice(
            [path, "/sign-in", "/todo/part/" + path, "/items/" + path, "/static/" + path]
        )
        answer = browser.send(
            method, _fit(target), follow=False, content=body,
            headers={"Content-Type": kind.encode(), "Origin": "http://127.0.0.1:8000"},
        )  # fmt: skip
        statuses.add(answer.status_code)
        assert tells_too_much(answer.text) == []
        assert answer.status_code != 500, (method, target, kind, body)
    assert statuses >= {200, 400, 403, 404}


def _fit(path: str) -> str:
    """Return a path that a client can send at all."""
    return quote(path, safe="/%?=&:@!$'()*+,;~")


@pytest.mark.parametrize(
    "url",
    ["http://duban.example.gov.cn", "http://10.0.0.5:8000", "ftp://127.0.0.1", "duban", "https://"],
)
def test_the_portal_is_public_under_tls_only(settings_folder: Path, url: str) -> None:
    with pytest.raises(NotConfiguredError, match="https"):
        read_settings(data_dir=settings_folder, portal_url=url)
