"""文书: the papers a person signs, drawn up from what is on record and downloaded as Word files."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.downloads import attachment
from portal.errors import FormError, NotHereError
from portal.oversight import SeesAll
from portal.screens import show
from portal.visits import Visit
from services import circular_desk
from services.drafting import shelf
from services.drafting.shelf import SORTS, Sort, Wish
from services.todo import whom_to_ask
from supervision.errors import UsageError

pages = APIRouter()
Overseer = Annotated[Visit, Depends(SeesAll())]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LABELS = {"period": "季度", "unit": "单位", "code": "事项编号", "span": "期间"}


@pages.get("/papers")
def papers(visit: Overseer) -> Response:
    """Show the papers that can be drawn up."""
    return _shelf(visit)


@pages.get("/papers/{kind}")
def paper_file(visit: Overseer, kind: str) -> Response:
    """Give a paper drawn up as asked; a draft without a number, and nothing is written."""
    sort = SORTS.get(kind)
    if sort is None:
        raise NotHereError("没有这种文书")
    given = {name: text.strip() for name, text in visit.request.query_params.items()}
    try:
        wish = _wish(sort, given)
        with visit.office.reading() as session:
            drawn = shelf.draw(session, visit.office, sort, wish, as_of=visit.today)
    except UsageError as error:
        return _shelf(visit, error, kind, given)
    return attachment(drawn.content, name=f"{drawn.stem}.docx", media_type=WORD)


def _wish(sort: Sort, given: dict[str, str]) -> Wish:
    missing = {
        f"{sort.name}-{need}": f"{sort.label}：请填写{LABELS[need]}"
        for need in sort.needs
        if not given.get(need)
    }
    if missing:
        raise FormError(missing)
    words = {name: given.get(name, "") for name in (*sort.needs, "number")}
    return Wish(plan=given.get("plan") or None, **words)


def _shelf(
    visit: Visit,
    error: UsageError | None = None,
    kind: str = "",
    given: dict[str, str] | None = None,
) -> Response:
    with visit.office.reading() as session:
        rounds = circular_desk.lines(session)
        return show(
            visit,
            "papers.html",
            "拟制文书",
            error=error,
            sorts=SORTS.values(),
            labels=LABELS,
            kind=kind,
            given=given or {},
            unit_choices=[(name, name) for name in shelf.unit_names(session)],
            plans=shelf.plan_names(session),
            periods={line.round.period: line.quarter for line in rounds},
            whom=whom_to_ask(session),
        )
