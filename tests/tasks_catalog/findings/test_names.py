"""What the report says about names that should be one."""

import pytest

from tests.tasks_catalog.findings.plans import a_measure, a_task, found_in


@pytest.mark.parametrize(
    ("in_body", "is_found"),
    [
        pytest.param("《青山县碳达峰城乡建设领域实施方案》", True, id="words in another order"),
        pytest.param("《青山县城乡建设领域碳达峰工作方案》", True, id="another kind of document"),
        pytest.param("《青山县城乡建设领域碳达峰实施方案》", False, id="the same"),
        pytest.param("《青山县工业领域节能降碳实施方案》", False, id="another document"),
    ],
)
def test_a_document_with_two_names_is_found(in_body: str, *, is_found: bool) -> None:
    task = a_task(1, "印发《青山县城乡建设领域碳达峰实施方案》", "明确主要目标。")

    ids = found_in(a_measure("二（一）1（1）", f"统筹双碳工作。出台{in_body}。"), task)

    assert ("names.document:T01" in ids) is is_found


@pytest.mark.parametrize(
    ("content", "is_found"),
    [
        pytest.param("制定青山县可回收物收运实施方案，明确分工。", True, id="another kind"),
        pytest.param(
            "制定青山县可回收物收运工作方案，明确分工。", False, id="only the place added"
        ),
        pytest.param(
            "参照《湖州市可回收物收运实施方案》，明确分工。", False, id="a model, not made"
        ),
    ],
)
def test_a_document_named_otherwise_in_title_and_content_is_found(
    content: str, *, is_found: bool
) -> None:
    ids = found_in(a_task(1, "制定可回收物收运工作方案", content))

    assert ("names.document:T01" in ids) is is_found


@pytest.mark.parametrize(
    ("head", "is_found"),
    [
        pytest.param("县委、县政府主要领导", True, id="two heads"),
        pytest.param("县政府主要领导", False, id="one head"),
    ],
)
def test_a_group_with_two_heads_is_found(head: str, *, is_found: bool) -> None:
    measure = a_measure("二（一）1（1）", "加强领导。领导小组由县政府主要领导担任组长。")

    ids = found_in(measure, a_task(1, "成立领导小组", f"领导小组由{head}担任组长。"))

    assert ("names.head:领导小组" in ids) is is_found


@pytest.mark.parametrize(
    ("founded", "is_found"),
    [
        pytest.param("绿色工业、绿色农业等两个工作专班", True, id="other names"),
        pytest.param("工业领域、农业领域等两个工作专班", False, id="the names of the list"),
    ],
)
def test_working_groups_with_other_names_are_found(founded: str, *, is_found: bool) -> None:
    measure = a_measure("二（一）1（1）", f"加强领导。领导小组下设{founded}。")
    tasks = [a_task(1, "节能改造", group="工业领域"), a_task(2, "秸秆还田", group="农业领域")]

    assert ("names.working_groups" in found_in(measure, *tasks)) is is_found
