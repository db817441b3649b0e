"""What a flow run leaves behind: one artifact with what it did, when it runs under Prefect."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from prefect.artifacts import create_markdown_artifact
from prefect.context import FlowRunContext

from services.office import open_office
from services.tick import FLOW_PARTS, tick


def sweep(name: str, as_of: Any) -> dict[str, Any]:  # noqa: ANN401 - a date or None, as Prefect gives it
    """Do a flow's parts of the sweep for a day and return the counts; again adds nothing."""
    office = open_office()
    swept = tick(office, today=as_of or office.today(), parts=FLOW_PARTS[name])
    return leave(name, asdict(swept))


def leave(name: str, counts: Mapping[str, Any]) -> dict[str, Any]:
    """Write the counts as an artifact when Prefect runs the flow; return them as plain values."""
    plain = {key: value if isinstance(value, int) else str(value) for key, value in counts.items()}
    if FlowRunContext.get() is not None:
        rows = "\n".join(f"| {key} | {value} |" for key, value in plain.items())
        create_markdown_artifact(key=name, markdown=f"| 项目 | 结果 |\n|---|---|\n{rows}\n")
    return plain
