"""SEC19: every command by which somebody acts leaves an entry on the record, each driven once here.

SEC21: the auditor and the administrator try each of them first, and are let in to their own only.

The story runs line by line in one office on the issued plan. A line that begins with `-` only
prepares the next; every other one must come out and make the record longer. A command that acts
and has no line fails the test.
"""

import re
import shlex
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
import typer.main
from openpyxl import Workbook, load_workbook

from cli.main import app
from services.settings import BUNDLED_PLAN
from tests.commands import Duban, Ran

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
STORY = """
user add admin --name 张三 --role administrator
user add sj --name 冯九 --role auditor --as admin
user add bgs --name 周五 --role office --as admin
user add dcs --name 钱七 --role reviewer --as admin
user add fgld --name 吴七 --role approver --as admin
user add hbj --name 李四 --role head --unit 章贡生态环境局 --as admin
user add gxj --name 王六 --role liaison --unit 区工信局 --as admin
user add former --name 郑八 --role supervisor --as admin
user grant dcs supervisor --as admin
user revoke dcs supervisor --as admin
user disable former --as admin
plan confirm-baseline --as bgs
contact import 联系人.xlsx --as bgs
calendar add 2027 --off 2027-01-01 --source 国办发明电〔2026〕0号 --as bgs
item acknowledge T07 --as hbj --as-of 2024-03-05
item acknowledge T05 --as hbj --as-of 2024-03-05
item restart T01 --reason 资料已无从查起 --as bgs --as-of 2024-03-05
item settle T06 T39 --how done --reason 已印发 --as bgs --as-of 2024-03-05
item dispute T18 --reason 不属本单位职责 --as hbj --as-of 2024-03-06
item answer T18 --reason 经研究仍由贵单位牵头 --as bgs --as-of 2024-03-07
item suspend T14 --reason 等待上级规划 --review-on 2024-06-01 --as bgs --as-of 2024-03-07
item resume T14 --reason 规划已批 --as bgs --as-of 2024-06-01
item cancel T31 --reason 上级取消 --document 章无废办〔2024〕1号 --as fgld --as-of 2024-06-03
item archive T31 --as bgs --as-of 2024-06-04
item merge T24 --into T25 --reason 重复 --document 章无废办〔2024〕2号 --as fgld --as-of 2024-06-04
item judge-unable T20 --reason 用地未批 --as bgs --as-of 2024-06-05
item revoke-unable T20 --reason 用地已批 --as bgs --as-of 2024-06-06
light set T17 yellow --reason 设备未到货 --as bgs --as-of 2024-06-05
light clear T17 --reason 设备已到货 --as bgs --as-of 2024-06-06
meeting add --kind push --on 2024-06-12 --subject 推进会 --present 区工信局 --as bgs
inspection add T07 --on 2024-07-02 --by 督查室 --findings 偏慢 --put-right-by 2024-08-01 --as bgs
inspection put-right T07 --as bgs --as-of 2024-07-20
round open 2024Q4 --as bgs --as-of 2024-12-10
round milestones set T07 2024Q4 --percent 90 --as bgs
round milestones import 年度计划.yaml --as bgs
round remind 2024Q4 --as bgs --as-of 2024-12-11
report hand-in T07 --progress 已送审 --percent 80 --as hbj --as-of 2024-12-11
report send-back T07 --reason 缺佐证 --as bgs --as-of 2024-12-12
- report hand-in T07 --progress 已送审，附件已补 --percent 80 --as hbj --as-of 2024-12-13
report accept T07 --as dcs --as-of 2024-12-16
report contribute T05 --text 已提供名单 --as gxj --as-of 2024-12-13
- round workbook export --unit 章贡生态环境局 --round 2024Q4 --out 表 --as-of 2024-12-13
round workbook import {workbook} --as hbj --as-of 2024-12-16
- tick --as-of 2024-12-16
- deliver
notice draft T15 --rung blue --reason 进展迟缓 --as bgs --as-of 2024-12-17
notice sign T15 --as fgld --as-of 2024-12-17
notice issue T15 --as bgs --as-of 2024-12-17
notice deliver 2024-1 --how 专人送达，李四收 --as bgs --as-of 2024-12-17
notice acknowledge 2024-1 --as hbj --as-of 2024-12-18
notice answer 2024-1 --text 已过半 --reason 到货晚 --promise 2025-01-10 --as hbj --as-of 2024-12-18
notice review 2024-1 --as bgs --as-of 2024-12-19
- notice draft T19 --rung blue --reason 进展迟缓 --as bgs --as-of 2024-12-17
- notice sign T19 --as fgld --as-of 2024-12-17
notice void T19 --reason 主送单位有误 --as fgld --as-of 2024-12-18
item conclude T05 --reason 全年公布两批 --as hbj --as-of 2024-12-16
extension ask T17 --until 2026-03-31 --reason 平台推迟 --progress 六成 --as hbj --as-of 2024-12-16
extension review T17 --opinion 属实 --as bgs --as-of 2024-12-17
extension decide T17 --document 章无废办〔2024〕3号 --as fgld --as-of 2024-12-18
evidence add T07 办法.pdf --kind issued_document --as hbj --as-of 2024-12-18
close-out ask T07 --summary 已印发 --as hbj --as-of 2024-12-20
close-out review T07 --opinion 齐全 --as bgs --as-of 2024-12-23
close-out decide T07 --grade good --as fgld --as-of 2024-12-24
item reopen T07 --reason 抽查发现未执行 --as bgs --as-of 2024-12-27
round close 2024Q4 --as bgs --as-of 2024-12-30
circular draft --round 2024Q4 --as bgs --as-of 2024-12-30
circular sign --round 2024Q4 --as fgld --as-of 2024-12-31
circular publish --round 2024Q4 --as bgs --as-of 2025-01-02
channel add 区工信局 sms --address 13800000000 --as admin
channel remove {channel} --as admin
channel set mail --url smtp://127.0.0.1:2525/?from=duban@office.test --as admin
channel rotate-key --as admin
token add 考核系统 --scope export_results --as admin
token revoke 考核系统 --as admin
- tick --as-of 2025-03-10
outbox park {message} --reason 号码有误 --as bgs
outbox call {message} --spoke-to 王主任 --answer 今日报送 --as bgs
outbox resend {message} --as bgs
link revoke --unit 区工信局 --as bgs
plan import 清单.yaml --plan another --accept-findings --as bgs
plan draft start 方案.txt --plan third --as bgs
plan draft settle third 核对.yaml --as bgs
plan draft adopt third --as bgs
- plan draft start 方案.txt --plan fourth --as bgs
plan draft drop fourth --reason 传错文件 --as bgs
"""
A_DOCUMENT = """\
安全生产治本攻坚方案（2024-2026年）

附件1
重点任务清单

序号|重点任务|完成时限|牵头单位|配合单位
1|完善消防设施|2026年6月底前|区应急管理局|区住建局
"""
LATER = datetime(2031, 1, 2, tzinfo=UTC)  # when nothing of the story need be kept any more
APART = ("sj", "admin")  # auditor and administrator
REFUSED = 4
TEXT = "已完成前期调研"
ARCHIVING = "audit archive --before 2027-06-01 --as admin"


def workbook_filled_in() -> str:
    """Fill the first cell that is to be filled in the exported workbook; return its name."""
    (file,) = Path("表").rglob("*.xlsx")
    book = load_workbook(file)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    cell = next(cell for cell in cells if not cell.protection.locked and cell.value in (None, TEXT))
    cell.value = TEXT
    book.save(file)
    return str(file)


def looked_up(duban: Duban, name: str) -> str:
    """Return what a line can only know once the lines before it were run."""
    if name == "workbook":
        return workbook_filled_in()
    command, group = {"channel": ("channel", "channels"), "message": ("outbox", "messages")}[name]
    return str(duban(command, "list", "--json").answer[group][0]["id"])


def lines() -> Iterator[str]:
    yield from STORY.strip().splitlines()
    yield ARCHIVING


def acting_commands(group: Any = None, path: str = "") -> Iterator[str]:  # noqa: ANN401 - Typer's
    """Give every command that names who acts."""
    group = group or typer.main.get_command(app)
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from acting_commands(command, f"{path}{name} ")
        elif any("--as" in parameter.opts for parameter in command.params):
            yield f"{path}{name}"


ACTING = sorted(acting_commands())


def command_of(line: str) -> str:
    """Return the acting command a line runs: the longest one it begins with."""
    fitting = [name for name in ACTING if f"{line} ".startswith(f"{name} ")]
    return max(fitting, key=len, default=line)


def arguments_of(duban: Duban, line: str) -> list[str]:
    """Return a line's words, with what it has to look up."""
    wanted = re.findall(r"\{(\w+)\}", line)
    return shlex.split(line.format(**{name: looked_up(duban, name) for name in wanted}))


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """Give the files that the story brings."""
    (tmp_path / "办法.pdf").write_bytes(PDF)
    shutil.copyfile(BUNDLED_PLAN / "catalogue.yaml", tmp_path / "清单.yaml")
    (tmp_path / "方案.txt").write_text(A_DOCUMENT, "utf-8")
    (tmp_path / "核对.yaml").write_text("items: {T01: {due_on: 2026-06-15}}\n", "utf-8")
    (tmp_path / "年度计划.yaml").write_text("T08: {2025Q1: {percent: 40, stage: 完成招标}}\n")
    contacts = Workbook()
    contacts.active.append(["单位", "姓名"])  # type: ignore[union-attr]
    contacts.active.append(["区工信局", "王六"])  # type: ignore[union-attr]
    contacts.save(tmp_path / "联系人.xlsx")
    return tmp_path


def entries(folder: Path) -> int:
    """Return the number of the last entry: archiving takes away, and adds one all the same."""
    with sqlite3.connect(folder / "var" / "duban.db") as connection:
        return int(connection.execute("SELECT sequence FROM eventhead").fetchone()[0])


def test_every_command_that_acts_has_a_line() -> None:
    told = {command_of(line) for line in lines() if not line.startswith("-")}

    assert sorted(set(ACTING) - told) == []


def outsiders(line: str) -> Iterator[str]:
    """Give the line as the auditor and the administrator would try it, unless it is theirs."""
    for name in APART:
        if " --as " in line and f" {name}" not in line:
            yield re.sub(r" --as \w+", f" --as {name}", line)


def test_every_act_is_on_record_and_none_on_content_is_the_auditors_or_the_administrators(
    started: Duban, papers: Path
) -> None:
    failed, silent, let_in = [], [], []
    for told in lines():
        line, is_act = told.removeprefix("- "), not told.startswith("-")
        before = entries(papers)
        tries = list(outsiders(line)) if is_act else []
        let_in += [tried for tried in tries if run(started, tried).code != REFUSED]
        assert entries(papers) == before

        ran = run(started, line)

        if ran.code != 0:
            failed.append(f"{line}: {ran.err or ran.out}")
        elif is_act and entries(papers) == before:
            silent.append(line)
    assert "\n".join(failed) == ""
    assert silent == []
    assert let_in == []
    assert started("audit", "verify", "--json").answer["whole"] is True


def run(duban: Duban, line: str) -> Ran:
    """Run a line, the last ones years later."""
    with time_machine.travel(LATER) if line.startswith("audit archive") else nullcontext():
        return duban(*arguments_of(duban, line))
