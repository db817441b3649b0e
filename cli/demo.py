"""`duban demo`: the main job on the real plan, on a database of its own, from plan to drafts."""

import shutil
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from cli import output
from cli.lists import show_items
from cli.scheduler import run_flow
from db.work_items import Wanted
from services.channels import open_channel
from services.delivery import deliver
from services.items import listed
from services.notice_papers import preview
from services.notice_sheets import drafted
from services.office import Office, open_office
from services.plans import chosen
from services.settings import BUNDLED_PLAN, read_settings
from services.start import start
from services.tick import tick
from tasks_catalog.extract import read_plan

DAY = date(2025, 1, 2)  # the first working day after New Year: 13 items are overdue
FLOW = "overdue-detection"


def run_demo() -> None:
    """Show every step with its result; raise where one does not come out."""
    folder = read_settings().data_dir / "demo"
    shutil.rmtree(folder, ignore_errors=True)
    _step("一、读计划")
    _read()
    office = open_office(
        must_exist=False,
        data_dir=folder,
        database_url=_database_of(folder),
        plan_dir=BUNDLED_PLAN,
    )
    start(office)
    _step(f"二、看逾期（选定 {DAY}）")
    _overdue(office)
    _step("三、经 Prefect 运行一个流程")
    _flow(folder)
    _step("四、汇总提醒、起草通知，并投递（写成文件）")
    _sweep(office)
    _step("五、打开一份督办通知草稿")
    _notice(office, folder)
    _step("六、再运行一次：不重复")
    again = tick(office, today=DAY)
    sent = deliver(office, lambda kind: open_channel(office, kind)).sent
    output.show(
        f"新增提醒 {again.messages_queued} 份、草稿 {again.notices_drafted} 份，发送 {sent} 份。"
    )
    _step("接下来可以试")
    for command in ("duban init", "duban overdue --as-of 2026-01-01", "duban doctor"):
        output.show(f"  .venv/bin/{command}")


def _database_of(folder: Path) -> str:
    return f"sqlite:///{folder / 'duban.db'}"


def _step(title: str) -> None:
    Console().rule(f"[bold]{title}", align="left")


def _read() -> None:
    read = read_plan(BUNDLED_PLAN / "plan.txt")
    output.show(f"《{read.plan.title}》")
    output.show(
        f"读出事项 {len(read.work_items)} 项（任务、项目），指标 {len(read.indicators)} 项，"
        f"举措 {len(read.measures)} 条，单位名称 {len(read.units)} 个，"
        f"存疑 {len(read.findings)} 处，未读懂 {len(read.unread)} 行。"
    )


def _overdue(office: Office) -> None:
    with office.reading() as session:
        plan_ids = tuple(plan.id for plan in chosen(session, None))
        wanted = Wanted(plan_ids=plan_ids, as_of=DAY, overdue_only=True)
        found = listed(session, wanted, office.policy)
    historic = sum(item.historic for item in found)
    show_items(f"逾期未销号 {len(found)} 项，其中基线待核 {historic} 项", found)


def _flow(folder: Path) -> None:
    bar = Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    settings = {
        "DUBAN_DATA_DIR": str(folder),
        "DUBAN_DATABASE_URL": f"sqlite:///{folder / 'duban.db'}",
    }
    with bar:
        bar.add_task(f"流程 {FLOW} 运行中（首次要建立调度服务的数据库）", total=None)
        code = run_flow(FLOW, as_of=DAY, settings=settings)
    if code:
        raise RuntimeError(f"flow {FLOW} ended with {code}")
    output.show(f"流程 {FLOW} 已完成：逾期判定已入台账。")


def _sweep(office: Office) -> None:
    swept = tick(office, today=DAY)
    done = deliver(office, lambda kind: open_channel(office, kind))
    output.show(f"生成提醒 {swept.messages_queued} 份（每个相关单位一份），写出 {done.sent} 份：")
    for file in sorted(office.settings.outbox.rglob("*.md")):
        output.show(f"  {file}")
    output.show(
        f"起草督办通知 {swept.notices_drafted} 项（基线待核的不发），待人签发，不自动外发。"
    )


def _notice(office: Office, folder: Path) -> None:
    with office.reading() as session:
        plan = chosen(session, None)[0]
        waiting = drafted(session, plan)
        file = folder / "notices" / f"{waiting[0].lead_unit}-督办通知草稿.docx"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(preview(session, office, plan, waiting[0], today=DAY))
    output.show(
        f"共 {len(waiting)} 个牵头单位的草稿，其中一份：{file}（{file.stat().st_size} 字节）"
    )
    for line in text_of(file):
        output.show(f"  | {line}")


def text_of(file: Path) -> list[str]:
    """Return the first lines of a Word file, as it opens."""
    from docx import Document

    document = Document(str(file))
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text.strip()][:8]
