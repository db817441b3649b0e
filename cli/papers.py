"""`duban paper`: drawing up the papers a person signs (拟稿), as Word files and as PDF."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import output
from cli.options import AsJson, AsOf, Folder, ItemCode, PlanCode, Quarter, day, with_examples
from cli.shared_options import Shared, as_command, shared

if TYPE_CHECKING:
    from services.drafting.desk import Desk
    from templates.words import PaperWords

Number = Annotated[
    str,
    typer.Option(
        "--number", metavar="文号", help="本单位发文登记的文号；不写则为草稿，不带文号日期"
    ),
]
AsPdf = Annotated[bool, typer.Option("--pdf", help="另出一份 PDF（须装有 LibreOffice）")]
OfUnit = Annotated[str, typer.Argument(metavar="单位", help="单位名称或简称")]
Within = Annotated[
    int | None,
    typer.Option("--days", min=0, metavar="天数", help="多少天内到期；默认按提醒规则的最远一步"),
]
OfSpan = Annotated[
    str, typer.Argument(metavar="期间", help="2024H1 上半年、2024H2 下半年、2024 全年")
]

DISPATCH = with_examples(
    "季度调度通知：各单位本季应报什么、何时报。", "duban paper dispatch 2024Q1 --out 文书"
)
DUTIES = with_examples(
    "单位责任清单：一个单位牵头、配合的事项，指标和举措。", "duban paper duties 区城管局 --out 文书"
)
RECEIPT = with_examples(
    "报送回执：一个单位本轮报了什么、还差什么。", "duban paper receipt 2024Q1 区城管局 --out 文书"
)
EXTENSION = with_examples(
    "延期批复：对一项延期申请的答复。",
    "duban paper extension T33 --number 章无废办复〔2025〕1号 --out 文书",
)
REMINDER = with_examples(
    "提醒函：一个单位临近到期的事项。", "duban paper reminder 区城管局 --days 30 --out 文书"
)
SUMMARY = with_examples(
    "半年、年度总结：办理、调度、督办情况和下步打算。", "duban paper summary 2024H1 --out 文书"
)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    group = typer.Typer(help="拟制文书，供签发。", no_args_is_help=True)
    group.command("dispatch", help=DISPATCH)(dispatch)
    group.command("duties", help=DUTIES)(duties)
    group.command("receipt", help=RECEIPT)(receipt)
    group.command("extension", help=EXTENSION)(extension)
    group.command("reminder", help=REMINDER)(reminder)
    group.command("summary", help=SUMMARY)(summary)
    app.add_typer(group, name="paper")


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """How a paper is wanted: of which plan, for which day, with what number, where and as what."""

    out: Path
    pdf: bool
    plan: str | None
    as_of: str | None
    as_json: bool
    number: str | None = None  # None: a list or a receipt, which bears none

    @property
    def is_official(self) -> bool:
        """Whether the paper is one that is numbered."""
        return self.number is not None


SHARED = (
    shared("out", Folder),
    shared("pdf", AsPdf, default=False),
    shared("plan", PlanCode, None),
    shared("as_of", AsOf, None),
    shared("as_json", AsJson, default=False),
)
NUMBERED = (*SHARED, shared("number", Number, ""))
WISHED = {option.name for option in NUMBERED}
Draw = Callable[..., tuple["PaperWords", str]]  # the words of the paper, and what it is about


def draws(options: Shared) -> Callable[[Draw], Callable[..., None]]:
    """Make a command of a function that finds a paper's words at a `Desk` and says what about."""

    def made(draw: Draw) -> Callable[..., None]:
        def command(**typed: Any) -> None:  # noqa: ANN401 - options by their names
            wish = Wish(**{name: value for name, value in typed.items() if name in WISHED})
            own = {name: value for name, value in typed.items() if name not in WISHED}
            _draw_up(lambda desk: draw(desk, **own), wish)

        return as_command(command, draw, options)

    return made


@draws(NUMBERED)
def dispatch(desk: "Desk", quarter: Quarter) -> tuple["PaperWords", str]:
    """Draw up the notice that opens a round."""
    from services.drafting.dispatch_notices import dispatch_notice
    from services.round_status import round_of

    return dispatch_notice(desk, round_of(desk.session, desk.plan, quarter)), quarter


@draws(SHARED)
def duties(desk: "Desk", unit: OfUnit) -> tuple["PaperWords", str]:
    """Draw up what the plan asks of a unit."""
    from services.drafting.duty_lists import duty_list

    return duty_list(desk, unit), unit


@draws(SHARED)
def receipt(desk: "Desk", quarter: Quarter, unit: OfUnit) -> tuple["PaperWords", str]:
    """Draw up what a unit has in hand for its reports."""
    from services.drafting.receipts import receipt as receipt_of
    from services.round_status import round_of

    words = receipt_of(desk, round_of(desk.session, desk.plan, quarter), unit)
    return words, f"{quarter} {unit}"


@draws(NUMBERED)
def extension(desk: "Desk", code: ItemCode) -> tuple["PaperWords", str]:
    """Draw up the answer to a request for a later date."""
    from services.drafting.extension_replies import extension_reply
    from services.moves import item_shown

    return extension_reply(desk, item_shown(desk.session, desk.plan, code)), code.upper()


@draws(NUMBERED)
def reminder(desk: "Desk", unit: OfUnit, *, days: Within = None) -> tuple["PaperWords", str]:
    """Draw up a letter on what of a unit comes near its date."""
    from services.drafting.reminder_letters import reminder_letter

    return reminder_letter(desk, unit, days=days), unit


@draws(NUMBERED)
def summary(desk: "Desk", span: OfSpan) -> tuple["PaperWords", str]:
    """Draw up the summary of a half-year or a year."""
    from services.drafting.summaries import summary as summary_of
    from supervision.halves import span_named

    return summary_of(desk, span_named(span)), span.upper()


def _draw_up(draw: "Callable[[Desk], tuple[PaperWords, str]]", wish: Wish) -> None:
    """Write a paper to the wished folder and say where it is."""
    from services.drafting.desk import Desk
    from services.drafting.papers import drawn
    from services.office import open_office
    from services.plans import the_plan

    office = open_office()
    as_of = day(wish.as_of) if wish.as_of else office.today()
    with office.reading() as session:
        desk = Desk(
            session=session,
            plan=the_plan(session, wish.plan),
            policy=office.policy,
            as_of=as_of,
            number=wish.number or "",
        )
        words, about = draw(desk)
        paper = drawn(office, desk, words, about=about)
    files = [_written(wish.out, f"{paper.stem}.docx", paper.content)]
    if wish.pdf:
        files.append(_as_pdf(wish.out, paper.stem, paper.content))
    if wish.as_json:
        output.print_json("paper", {"files": files, "number": wish.number, "as_of": as_of})
        return
    for file in files:
        output.show(f"已写出 {file}。")
    if wish.is_official and not wish.number:
        output.say("未写文号的公文为草稿；签发登记后用 --number 出正式稿。")


def _as_pdf(folder: Path, stem: str, content: bytes) -> Path:
    from services.pdf import pdf_of

    made = pdf_of(content)
    if made.remark:
        output.say(made.remark)
    return _written(folder, f"{stem}.pdf", made.content)


def _written(folder: Path, name: str, content: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_bytes(content)
    return file
