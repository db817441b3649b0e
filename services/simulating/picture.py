"""A replay's picture: its lights and messages counted by the week, for the template to draw."""

from collections import Counter
from datetime import timedelta

from services.simulating.replay import A_WEEK, Replayed
from services.simulating.results import Results
from templates.pictures.replay import ReplayPicture, drawn


def picture_of(done: Replayed, found: Results) -> str:
    """Return the SVG of a replay that was played with its lights."""
    first, last = done.span.first, done.span.last
    weeks = (last - first).days // A_WEEK + 1
    by_unit: dict[str, Counter[int]] = {}
    for message in found.messages:
        week = (message.date - first).days // A_WEEK
        by_unit.setdefault(message.unit, Counter())[week] += 1
    sent = sum(day.messages for day in done.days)
    return drawn(
        ReplayPicture(
            title=f"推演：{done.script.title}",
            subtitle=f"《{done.plan.title}》 {first} 至 {last}，消息{sent}份",
            weeks=[first + timedelta(days=A_WEEK * number) for number in range(weeks)],
            lights=[counts for _, counts in done.lights[:weeks]],
            units=[
                (unit, [counts[week] for week in range(weeks)])
                for unit, counts in sorted(by_unit.items(), key=lambda one: -one[1].total())
            ],
        )
    )
