"""`duban demo` shows the main job on the real plan and leaves nothing that git sees."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.flows, pytest.mark.xdist_group("flows")]
DUBAN = str(Path(sys.executable).parent / "duban")


def test_the_demo_goes_from_the_plan_to_drafts(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if "PREFECT" not in name}

    ran = subprocess.run(
        [DUBAN, "demo"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stderr
    for told in (
        "读出事项 63 项",
        "单位名称 41 个",
        "逾期未销号 13 项，其中基线待核 5 项",
        "流程 overdue-detection 已完成",
        "生成提醒 4 份",
        "起草督办通知 8 项",
        "新增提醒 0 份、草稿 0 份，发送 0 份",
    ):
        assert told in ran.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["var"]
    assert len(list(tmp_path.rglob("*.eml"))) == 4
    assert len(list(tmp_path.rglob("*.docx"))) == 1
