"""佐证材料: brought to an item as files, given back as attachments, never shown as pages."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.access import OfEvidence, OfItem
from portal.downloads import attachment
from portal.errors import NotHereError
from portal.forms import Reading
from portal.phrases import When
from portal.screens import show
from portal.visits import Visit
from services import evidence
from services.evidence import Bringing
from services.form_answers import Answer
from services.item_views import evidence_of
from services.people import names_of_people
from services.sight import seen_evidence
from services.todo import calendar_of, whom_to_ask
from supervision.errors import UsageError
from supervision.vocabulary import EvidenceKind, Permission

pages = APIRouter()
Bringer = Annotated[Visit, Depends(OfItem(permission=Permission.ADD_EVIDENCE))]
Uploader = Annotated[Visit, Depends(OfItem(permission=Permission.ADD_EVIDENCE, uploads=True))]
KINDS = tuple(kind for kind in EvidenceKind if kind is not EvidenceKind.OFFLINE)


@pages.get("/items/{item_id}/evidence")
def evidence_form(visit: Bringer) -> Response:
    """Show the form for a file, with the files there are."""
    return _screen(visit)


@pages.post("/items/{item_id}/evidence")
def bring_evidence(visit: Uploader) -> Response:
    """Keep a file and put it on record as evidence of the item."""
    try:
        return _brought(visit)
    except UsageError as error:
        return _screen(visit, error)


def _brought(visit: Visit) -> Response:
    reading = Reading(visit.form)
    upload = reading.file("file", "要上传的文件")
    kind = reading.one_of("kind", "材料种类", KINDS)
    reading.require_sound()
    bringing = Bringing(
        actor=visit.actor,
        as_of=visit.today,
        most_mb_a_year=visit.office.settings.evidence_unit_mb,
    )
    with visit.office.reading() as session:  # refused before it takes any room
        evidence.allow(session, visit.item(session), bringing, size=len(upload.data))
    kept = evidence.kept(visit.office, upload.data, kind=kind, name=upload.name)

    def work(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
        item = visit.item(session, to_act=True)
        now = visit.office.now()
        row, is_new = evidence.attach(session, item, kept, bringing, now=now)
        said = f"已上传 {row.name}。" if is_new else f"{row.name} 先前已经上传过。"
        return Answer(location=f"/items/{item.id}/evidence", message=said)

    return visit.once(work)


@pages.get("/evidence/{evidence_id}")
def download(visit: Annotated[Visit, Depends(OfEvidence())], evidence_id: UUID) -> Response:
    """Give a piece of evidence back."""
    with visit.office.reading() as session:
        found = seen_evidence(session, visit.actor, evidence_id)
        assert found is not None  # the guard made sure
        stored_as, name, media_type = found.stored_as, found.name, found.media_type
    try:
        data = visit.office.evidence.read(stored_as)
    except FileNotFoundError as error:  # `duban evidence verify` names it to the office
        raise NotHereError("文件不见了") from error
    return attachment(data, name=name, media_type=media_type)


def _screen(visit: Visit, error: UsageError | None = None) -> Response:
    with visit.office.reading() as session:
        item = visit.item(session)
        return show(
            visit,
            "evidence.html",
            f"上传佐证材料 {item.code} {item.title}",
            error=error,
            item=item,
            kinds=KINDS,
            files=evidence_of(session, item),
            called=names_of_people(session),
            most_mb=visit.office.settings.evidence_file_mb,
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )
