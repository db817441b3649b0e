"""What duban leans on, examined one by one: its state, why, and what to do about it."""

import importlib.util
import os
from collections.abc import Callable, Iterator
from importlib.metadata import version
from threading import Thread

from sqlmodel import Session

from db import plans, units
from db.plan_tables import Unit
from db.schema import require_current
from services import calendars, health_post
from services.check_words import Check, Health
from services.office import Office
from services.pdf import missing_fonts, office_program
from services.waiting import waiting
from supervision.errors import DubanError

DATABASE_SECONDS = 4.0  # whoever asks how things are is told within five


def examine(office: Office) -> list[Check]:
    """Return a check for everything duban leans on; sends nothing and changes nothing."""
    checks = [_within(DATABASE_SECONDS, office), _outbox_folder(office)]
    if checks[0].state is Health.OK:
        checks.extend(check for look in LOOKS for check in _looked(office, look))
    else:
        checks.append(health_post.shown_clock(office))
    return [*checks, _prefect(), _libre_office(), _fonts()]


def worst_of(checks: list[Check]) -> Health:
    """Return the worst state among checks."""
    order = (Health.FAILED, Health.WARNING)
    return next((state for state in order if any(c.state is state for c in checks)), Health.OK)


def _looked(office: Office, look: Callable[[Office, Session], Check]) -> Iterator[Check]:
    with office.reading() as session:
        yield look(office, session)


def _within(seconds: float, office: Office) -> Check:
    """Look at the database, and no longer than that: a server that is gone may never answer."""
    found: list[Check] = []
    asking = Thread(target=lambda: found.append(_database(office)), daemon=True)
    asking.start()
    asking.join(seconds)
    late = Check(
        name="数据库",
        state=Health.FAILED,
        why=f"{seconds:.0f}秒内没有答复",
        fix="请检查 DUBAN_DATABASE_URL 与数据库服务。",
    )
    return found[0] if found else late


def _database(office: Office) -> Check:
    name = "数据库"
    try:
        require_current(office.engine)
    except DubanError as error:
        return Check(name=name, state=Health.FAILED, why=str(error), fix=error.advice)
    return Check(name=name, state=Health.OK, why="可读，版本与程序一致")


def _outbox_folder(office: Office) -> Check:
    folder = office.settings.outbox
    if not os.access(folder if folder.exists() else ".", os.W_OK):
        return Check(
            name="文件渠道", state=Health.FAILED, why=f"{folder} 不可写", fix="请检查目录权限。"
        )
    return Check(name="文件渠道", state=Health.OK, why=f"写入 {folder}")


def _prefect() -> Check:
    if importlib.util.find_spec("prefect") is None:
        return Check(
            name="Prefect",
            state=Health.WARNING,
            why="未安装；可用 cron 定时运行 duban tick && duban deliver",
            fix="运行 make setup。",
        )
    return Check(name="Prefect", state=Health.OK, why=f"{version('prefect')}，已关闭外发统计")


def _libre_office() -> Check:
    if office_program() is None:
        return Check(
            name="LibreOffice",
            state=Health.WARNING,
            why="未安装，不能读 .doc、不能出 PDF",
            fix="需要时安装 libreoffice-writer。",
        )
    return Check(name="LibreOffice", state=Health.OK, why="已安装")


def _fonts() -> Check:
    name = "公文字体"
    missing = missing_fonts()
    if missing:
        return Check(
            name=name,
            state=Health.WARNING,
            why=f"本机没有{'、'.join(missing)}，Word 文件不受影响，PDF 会用替代字体",
            fix="需要在本机出 PDF 时安装公文字体。",
        )
    return Check(name=name, state=Health.OK, why="齐全")


def _adopted(_office: Office, session: Session) -> Check:
    row = plans.the_office(session)
    adopted = [] if row is None else plans.of_office(session, row.id)
    if not adopted:
        return Check(
            name="计划", state=Health.FAILED, why="还没有采纳任何计划", fix="运行 duban init。"
        )
    titles = "、".join(f"{plan.code}（基线 {plan.baseline_on}）" for plan in adopted)
    return Check(name="计划", state=Health.OK, why=titles)


def _calendar(office: Office, session: Session) -> Check:
    missing = calendars.missing_years(session, today=office.today())
    if missing:
        years = "、".join(map(str, missing))
        return Check(
            name="工作日历",
            state=Health.WARNING,
            why=f"{years}年放假安排尚未登记，按周一至周五推定，不起草督办通知",
            fix="国务院办公厅公布后运行 duban calendar add 登记。",
        )
    years = "、".join(str(found.year) for found in calendars.years_on_record(session))
    return Check(name="工作日历", state=Health.OK, why=f"已登记{years}年")


def _contacts(_office: Office, session: Session) -> Check:
    row = plans.the_office(session)
    without = [] if row is None else units.without_contact(session, row.id)
    return _listed("联络员", without, "尚无联络员", "用 duban contact import 导入联系人表。")


def _sponsors(_office: Office, session: Session) -> Check:
    row = plans.the_office(session)
    without = [] if row is None else units.without_sponsor(session, row.id)
    return _listed(
        "督导单位",
        without,
        "尚无督导单位，提醒暂送办公室",
        "在联系人表的“督导单位”一栏填写后导入。",
    )


def _listed(name: str, without: list[Unit], lack: str, fix: str) -> Check:
    if not without:
        return Check(name=name, state=Health.OK, why="齐全")
    names = "、".join(unit.name for unit in without)
    return Check(
        name=name, state=Health.WARNING, why=f"{len(without)}个单位{lack}：{names}", fix=fix
    )


def _waiting(office: Office, session: Session) -> Check:
    name = "办公室待办"
    found = (
        []
        if plans.the_office(session) is None
        else waiting(session, office.policy, today=office.today())
    )
    if not found:
        return Check(name=name, state=Health.OK, why="没有待办")
    why = "；".join(f"{each.what}{len(each.codes)}项（{'、'.join(each.codes)}）" for each in found)
    fix = "查看：" + "、".join(each.shown_by for each in found)
    return Check(name=name, state=Health.WARNING, why=why, fix=fix)


LOOKS = (
    health_post.clock,
    _adopted,
    _calendar,
    _contacts,
    _sponsors,
    health_post.channels,
    health_post.lines_up,
    health_post.undelivered,
    health_post.last_sweep,
    _waiting,
)
