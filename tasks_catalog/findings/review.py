"""清单核对报告: every rule applied to a plan that was read."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from supervision.vocabulary import Severity
from tasks_catalog.findings import (
    coverage,
    dates,
    documents,
    figures,
    money,
    names,
    order,
    overlaps,
    owners,
    owners_differ,
    recurrent,
    wanting_measure,
)
from tasks_catalog.findings.collation import Collation
from tasks_catalog.model import Finding, ReadPlan

Rule = Callable[[Collation], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    dates.before_issue,
    dates.after_period,
    order.facility_before_rule,
    order.rule_before_plan,
    figures.differ_from_body,
    figures.looser_than_present,
    figures.measured_otherwise,
    figures.unit_cut_off,
    money.investment,
    owners.without_members,
    owners.founds_itself,
    owners.only_companies,
    owners_differ.owners_differ,
    documents.documents,
    names.heads,
    coverage.without_project,
    owners.company_beside,
    overlaps.named_twice,
    overlaps.company_in_two_items,
    coverage.more_facilities,
    coverage.without_indicator,
    figures.every_year,
    wanting_measure.qualitative_indicators,
    wanting_measure.vague_promises,
    dates.without_rhythm,
    dates.lasting_but_dated,
    dates.period_before_issue,
    names.working_groups,
    recurrent.recurrent_duties,
)
_GRAVEST_FIRST = {severity: at for at, severity in enumerate(Severity)}


def review(plan: ReadPlan) -> list[Finding]:
    """Return the findings of all rules, the gravest first, then in the order of the rules."""
    collation = Collation(plan)
    found = [finding for rule in RULES for finding in rule(collation)]
    return sorted(found, key=lambda finding: _GRAVEST_FIRST[finding.severity])


def summary(findings: Iterable[Finding]) -> Mapping[Severity, int]:
    """Return how many findings there are of each severity, zeros included."""
    counts = Counter(finding.severity for finding in findings)
    return {severity: counts[severity] for severity in Severity}
