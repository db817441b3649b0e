"""Rules about names: one group, one head should bear one name throughout."""

import re
from collections import defaultdict
from collections.abc import Iterator

from supervision.vocabulary import Severity
from tasks_catalog.findings.collation import Collation
from tasks_catalog.findings.printed import called, code_of, finding, joined
from tasks_catalog.model import Finding, ReadItem, ReadMeasure
from tasks_catalog.same_work import words_of

_HEAD = re.compile(
    r"(?P<body>[^，。；、]{2,30}?)由(?P<who>[^，。；]{2,30}?)担任(?P<post>组长|主任|总指挥|召集人)"
)
_GROUPS = re.compile(
    r"下设(?P<names>[^。；]{2,80}?)等?[一二两三四五六七八九十\d]+[个大](?:工作)?专班"
)


def heads(collation: Collation) -> Iterator[Finding]:
    """Find a group whose head is stated in two ways."""
    stated: dict[tuple[str, str], list[tuple[ReadMeasure | ReadItem, re.Match[str]]]]
    stated = defaultdict(list)
    for thing, text in _texts(collation):
        for found in _HEAD.finditer(text) if "担任" in text else ():
            stated[found["body"], found["post"]].append((thing, found))
    for (body, post), places in stated.items():
        ways: dict[str, tuple[ReadMeasure | ReadItem, str]] = {}
        for thing, found in places:
            ways.setdefault(found["who"], (thing, found[0]))
        if len(ways) > 1:
            said = [f"{called(thing)}为“{who}”" for who, (thing, _) in ways.items()]
            yield finding(
                f"names.head:{body}",
                Severity.WARNING,
                [code_of(thing) for thing, _ in ways.values()],
                f"{body}的{post}前后说法不一：{'，'.join(said)}。请确认由谁担任。",
                [words for _, words in ways.values()],
            )


def working_groups(collation: Collation) -> Iterator[Finding]:
    """Find working groups (专班) that the body founds under other names than the lists use."""
    grouped = [item for item in collation.plan.work_items if _is_in_a_group(item)]
    used = list(dict.fromkeys(item.working_group or "" for item in grouped))
    for measure in collation.plan.measures:
        found = _GROUPS.search(measure.text)
        if not found or not used:
            continue
        founded = re.split(r"[、，]", found["names"])
        if set(founded) != set(used):
            yield finding(
                "names.working_groups",
                Severity.NOTE,
                [measure.path, grouped[0].code],
                f"{called(measure)}设{len(founded)}个专班（{joined(founded)}），"
                f"清单按{len(used)}个领域分组（{joined(used)}），名称对不上。"
                "请办公室确定清单各组由哪个专班督导。",
                [found[0], *used],
            )
            return


def _is_in_a_group(item: ReadItem) -> bool:
    """Return whether a field is given; what the office keeps to itself has no working group."""
    return bool(item.working_group) and "办公室" not in (item.working_group or "")


def _texts(collation: Collation) -> Iterator[tuple[ReadMeasure | ReadItem, str]]:
    for measure in collation.plan.measures:
        yield measure, measure.text
    for item in collation.plan.work_items:
        yield item, words_of(item)
