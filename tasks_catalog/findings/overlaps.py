"""Rules about what the lists count twice: one name in two lists, one company in two items."""

import re
from collections import Counter
from collections.abc import Iterator

from supervision.vocabulary import Severity, UnitKind
from tasks_catalog.findings.collation import Collation
from tasks_catalog.findings.printed import called, finding, joined, owners_of
from tasks_catalog.model import Finding
from tasks_catalog.same_work import words_of
from tasks_catalog.wording import clauses

_EXAMPLES = re.compile(
    r"(?P<names>[^，。；]{3,300}?)等\d*[个家]?(?:重点|重大)?(?:项目|企业|公司|单位)"
)
_SHORTEST = 3  # characters of a name


def named_twice(collation: Collation) -> Iterator[Finding]:
    """Find items that list one name in two lists (A、B等项目…，B、C等项目…)."""
    for item in collation.plan.work_items:
        lists = [found["names"].split("、") for found in _EXAMPLES.finditer(item.content)]
        counts = Counter(name for names in lists for name in set(names))
        twice = [name for name, count in counts.items() if count > 1 and len(name) >= _SHORTEST]
        if twice:
            yield finding(
                f"overlaps.named_twice:{item.code}",
                Severity.NOTE,
                [item.code],
                f"{called(item)}的内容里“{joined(twice)}”在两处列出。"
                "请确认是两件事还是重复，以免重复统计。",
                [clause for clause in clauses(item.content) if twice[0] in clause],
            )


def company_in_two_items(collation: Collation) -> Iterator[Finding]:
    """Find a project whose company another item names among its own works."""
    for project in collation.projects:
        for name in project.responsible_units:
            if collation.unit_kinds.get(name) is not UnitKind.COMPANY:
                continue
            for other in collation.plan.work_items:
                if other is project or name not in other.content:
                    continue
                if name in other.responsible_units:
                    continue
                yield finding(
                    f"overlaps.company:{other.code}/{project.code}",
                    Severity.NOTE,
                    [other.code, project.code],
                    f"{called(other)}的内容点到“{name}”，{called(project)}又由它负责，可能是同一件事。"
                    "请明确由哪一项督办，另一项只作参照，避免一事两报。",
                    [
                        next(c for c in clauses(words_of(other)) if name in c),
                        project.title,
                        owners_of(project),
                    ],
                )
