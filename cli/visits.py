"""`duban meeting` and `duban inspection`: meetings with attendance, site checks with findings."""

from typing import Annotated

import typer

from cli import output
from cli.acting import Acting, Done, acts
from cli.options import AsJson, ItemCode, PlanCode, UnitName, day, with_examples
from supervision.vocabulary import MeetingKind, Presence, word_named

Kind = Annotated[
    str, typer.Option("--kind", metavar="类别", help="push 推进会议、joint 联席会议等")
]
On = Annotated[str, typer.Option("--on", metavar="日期", help="哪一天")]
Subject = Annotated[str, typer.Option("--subject", metavar="议题", help="会议议题")]
Units = list[str]
Present = Annotated[Units, typer.Option("--present", metavar="单位", help="到会单位，可多次")]
OnLeave = Annotated[Units, typer.Option("--on-leave", metavar="单位", help="请假单位，可多次")]
Absent = Annotated[Units, typer.Option("--absent", metavar="单位", help="缺席单位，可多次")]
Codes = Annotated[list[str], typer.Option("--item", metavar="编号", help="议到的事项，可多次")]
Minutes = Annotated[str, typer.Option("--minutes", metavar="纪要", help="纪要要点或文号")]
By = Annotated[str, typer.Option("--by", metavar="检查人", help="谁去检查")]
Findings = Annotated[str, typer.Option("--findings", metavar="情况", help="发现的情况和问题")]
PutRightBy = Annotated[
    str | None, typer.Option("--put-right-by", metavar="日期", help="整改期限；无须整改的不填")
]

MEETING_ADD = with_examples(
    "登记一次会议：到会、请假、缺席单位和议到的事项。",
    "duban meeting add --kind push --on 2024-06-12 --subject 二季度推进会"
    " --present 区工信局 --absent 区住建局 --item T07 --as lisi",
)
MEETING_LIST = with_examples("列出会议和到会情况。", "duban meeting list --json")
INSPECTION_ADD = with_examples(
    "登记一次督导检查：检查人、情况、整改期限。",
    "duban inspection add P04 --on 2024-07-02 --by 区政府督查室 --findings 未开工"
    " --put-right-by 2024-08-01 --as duc",
)
INSPECTION_LIST = with_examples(
    "列出督导检查。", "duban inspection list", "duban inspection list --unit 区工信局 --json"
)
PUT_RIGHT = with_examples("登记检查发现的问题已整改。", "duban inspection put-right P04 --as duc")


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    meeting = typer.Typer(help="会议。", no_args_is_help=True)
    meeting.command("add", help=MEETING_ADD)(add_meeting)
    meeting.command("list", help=MEETING_LIST)(list_meetings)
    app.add_typer(meeting, name="meeting")
    inspection = typer.Typer(help="督导检查。", no_args_is_help=True)
    inspection.command("add", help=INSPECTION_ADD)(add_inspection)
    inspection.command("list", help=INSPECTION_LIST)(list_inspections)
    inspection.command("put-right", help=PUT_RIGHT)(put_right)
    app.add_typer(inspection, name="inspection")


@acts("meeting")
def add_meeting(
    act: Acting,
    *,
    kind: Kind,
    on: On,
    subject: Subject,
    present: Present = [],  # noqa: B006 - Typer copies it
    on_leave: OnLeave = [],  # noqa: B006
    absent: Absent = [],  # noqa: B006
    item: Codes = [],  # noqa: B006
    minutes: Minutes = "",
) -> Done:
    """Put a meeting on record."""
    from services import meetings

    held = meetings.Held(
        kind=word_named(MeetingKind, kind),
        held_on=day(on),
        subject=subject,
        presence=meetings.presence_of(present, on_leave, absent),
        items=tuple(act.item(code) for code in sorted(item)),
        minutes=minutes,
    )
    is_new = meetings.record(act.session, act.plan, held, act.actor, as_of=act.as_of, now=act.now)
    return Done(
        told=f"{subject}（{on}）{_whether_new(is_new=is_new)}",
        answer={"kind": held.kind, "held_on": held.held_on, "subject": subject, "is_new": is_new},
    )


def _whether_new(*, is_new: bool) -> str:
    return "已登记。" if is_new else "登记过，未作改动。"


def list_meetings(*, plan: PlanCode = None, as_json: AsJson = False) -> None:
    """Print a plan's meetings."""
    from services.meetings import listed
    from services.office import open_office
    from services.plans import the_plan

    with open_office().reading() as session:
        found = listed(session, the_plan(session, plan))
    if as_json:
        output.print_json("meetings", {"total": len(found), "meetings": found})
        return
    columns = ("日期", "类别", "议题", "到会", "请假", "缺席", "议到事项")
    rows = (
        (
            row["held_on"],
            row["kind"].label,
            row["subject"],
            *("、".join(name for name, came in row["attendance"].items() if came is presence)
              for presence in Presence),
            "、".join(row["items"]),
        )
        for row in found
    )  # fmt: skip
    output.show_table(f"会议 {len(found)} 次", columns, rows)


@acts("inspection")
def add_inspection(
    act: Acting,
    code: ItemCode,
    *,
    on: On,
    by: By,
    findings: Findings,
    put_right_by: PutRightBy = None,
) -> Done:
    """Put an inspection on record."""
    from services import inspections

    seen = inspections.Inspected(
        inspected_on=day(on),
        inspected_by=by,
        findings=findings,
        put_right_by=day(put_right_by) if put_right_by else None,
    )
    item = act.item(code)
    row, is_new = inspections.record(
        act.session, item, seen, act.actor, as_of=act.as_of, now=act.now
    )
    return Done(
        told=f"{item.code} 的督导检查{_whether_new(is_new=is_new)}",
        answer={"inspection": row.model_dump() | {"code": item.code, "is_new": is_new}},
    )


def list_inspections(
    *, unit: UnitName = None, plan: PlanCode = None, as_json: AsJson = False
) -> None:
    """Print a plan's inspections, of the items one unit answers for if it is named."""
    from db import inspections
    from services.office import open_office
    from services.plans import the_plan, unit_named

    with open_office().reading() as session:
        row = the_plan(session, plan)
        unit_id = unit_named(session, row.office_id, unit) if unit else None
        pairs = inspections.of_plan(session, row.id, unit_id=unit_id)
        found = [seen.model_dump() | {"code": item.code} for item, seen in pairs]
    if as_json:
        output.print_json("inspections", {"total": len(found), "inspections": found})
        return
    names = ("code", "inspected_on", "inspected_by", "findings", "put_right_by", "put_right_on")
    columns = ("编号", "日期", "检查人", "情况", "整改期限", "整改完成")
    rows = ([row[name] for name in names] for row in found)
    output.show_table(f"督导检查 {len(found)} 次", columns, rows)


@acts("put-right")
def put_right(act: Acting, code: ItemCode) -> Done:
    """Put on record that an item's findings are put right."""
    from services import inspections

    item = act.item(code)
    settled = inspections.put_right(act.session, item, act.actor, as_of=act.as_of, now=act.now)
    told = f"{item.code} 已登记整改 {settled} 件。"
    return Done(told=told, answer={"code": item.code, "settled": settled})
