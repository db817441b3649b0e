"""手工起草督办通知 in the browser: the rung chosen, the reason, and what stands against it."""

from services.office import Office
from supervision.vocabulary import Role
from tests.people import is_record_whole
from tests.portal.conftest import SignedIn


def test_an_urgent_matter_is_drafted_on_a_higher_rung_with_its_reason(
    reporting: Office, signed_in: SignedIn
) -> None:
    clerk = signed_in(Role.OFFICE, unit=None, name="diaoduyuan")
    clerk.get("/notices/pull")
    assert 'href="/notices/draft"' in clerk.page
    clerk.get("/notices/draft")
    bare = clerk.submit("/notices/draft", code="T01")
    assert bare.status_code == 422
    assert "请填写理由" in clerk.page

    clerk.submit("/notices/draft", code="t01", rung="yellow", reason="区政府专题会议交办")
    drafted = clerk.page
    clerk.get("/notices/draft")
    clerk.submit("/notices/draft", code="T01", reason="再催一次")

    assert "T01已起草黄色督办通知，待签发" in drafted
    assert "区政府专题会议交办" in drafted
    assert "请先办完这一份" in clerk.page
    assert is_record_whole(reporting)
