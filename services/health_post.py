"""How the post and the sweeps do: channels set up, lines that answer, messages that wait."""

from datetime import timedelta

from sqlmodel import Session

from db import lines, outbox, plans, sweeps, units
from services import sound_clock
from services.check_words import Check, Health
from services.office import SHANGHAI, Office
from services.office_channels import SETTING_OF, is_set_up
from supervision.vocabulary import ChannelKind

CLOCK = "时钟与时区"
SILENT_AFTER = timedelta(hours=26)  # no good sweep for so long is an alarm (V11)


def clock(office: Office, session: Session) -> Check:
    """Look whether the system clock has gone back behind the last sweep (REL6)."""
    behind = sound_clock.behind(session, office.now())
    if behind is not None:
        return Check(
            name=CLOCK,
            state=Health.FAILED,
            why=f"系统时钟比上次处理早{_span(behind)}，已停止处理和发送",
            fix="请校正系统时钟（NTP），再运行 duban doctor。",
        )
    return shown_clock(office)


def shown_clock(office: Office) -> Check:
    """Say what time it is held to be, where nothing tells whether that is right."""
    now = office.now().astimezone(SHANGHAI)
    return Check(name=CLOCK, state=Health.OK, why=f"现在是{SHANGHAI} {now:%Y-%m-%d %H:%M}")


def channels(office: Office, session: Session) -> Check:
    """Look whether every channel that a unit is reached by is set up; nothing is sent."""
    row = plans.the_office(session)
    ways = {} if row is None else units.ways_by_unit(session, row.id)
    used: dict[ChannelKind, int] = dict.fromkeys(ChannelKind, 0)
    del used[ChannelKind.FILE]
    for found in ways.values():
        for kind in {way.kind for way in found} & used.keys():
            used[kind] += 1
    for kind, count in used.items():
        if count and not is_set_up(session, office, kind):
            return Check(
                name="渠道",
                state=Health.FAILED,
                why=f"{count}个单位用{kind.label}，但未设置",
                fix=f"设置 DUBAN_{SETTING_OF[kind].upper()}，再用 duban channel test 试发。",
            )
    told = "、".join(f"{kind.label} {count} 个单位" for kind, count in used.items() if count)
    why = f"{told}，其余写成文件（未试发）" if told else "全部写成文件"
    return Check(name="渠道", state=Health.OK, why=why)


def lines_up(office: Office, session: Session) -> Check:
    """Look whether any relay, gateway or robot does not answer."""
    name = "线路"
    row = plans.the_office(session)
    down = [] if row is None else lines.down(session, row.id)
    if not down:
        return Check(name=name, state=Health.OK, why="没有中断")
    now = office.now()
    why = "；".join(
        f"{line.kind.label}{line.label}中断{_span(now - (line.down_since or now))}：{line.reason}"
        for line in down
    )
    return Check(
        name=name,
        state=Health.FAILED,
        why=why,
        fix="排除原因后运行 duban deliver；急件可用 duban outbox resend 改用其他渠道。",
    )


def undelivered(office: Office, session: Session) -> Check:
    """Look whether messages wait for a person: refused by all ways, or parked."""
    del office
    name = "未送达"
    row = plans.the_office(session)
    count = 0 if row is None else outbox.waiting_for_a_person(session, row.id)
    if not count:
        return Check(name=name, state=Health.OK, why="没有")
    return Check(
        name=name,
        state=Health.WARNING,
        why=f"{count}条消息未送达，须人工处理",
        fix="查看：duban outbox list",
    )


def last_sweep(office: Office, session: Session) -> Check:
    """Look when every part of a sweep was last done: one that fails each day is no good sweep."""
    name = "最近一次处理"
    swept_at = sweeps.latest_whole_moment(session)
    row = plans.the_office(session)
    adopted = [] if row is None else plans.of_office(session, row.id)
    if swept_at is None:
        since = min((plan.adopted_at for plan in adopted), default=office.now())
        return _silence(name, office.now() - since, "还没有运行过", Health.WARNING)
    beyond = sweeps.swept_beyond(session, office.today())
    if beyond is not None:
        return Check(
            name=name,
            state=Health.FAILED,
            why=f"已处理到 {beyond}，在那之前不会再有提醒",
            fix="这是试用库；正式启用请换新的数据目录。",
        )
    silent = office.now() - swept_at
    missed = sweeps.latest_gap(session)
    made_up = f"；{missed[0]} 起漏处理的各日已于 {missed[1]} 一并补上" if missed else ""
    return _silence(name, silent, f"{_span(silent)}前{made_up}", Health.OK)


def _silence(name: str, silent: timedelta, why: str, otherwise: Health) -> Check:
    """Return what a silence means: longer than 26 hours it is an alarm."""
    if silent > SILENT_AFTER:
        fix = "检查 duban up 或定时任务是否仍在运行。"
        return Check(name=name, state=Health.FAILED, why=why, fix=fix)
    fix = "" if otherwise is Health.OK else "运行 duban tick 或 duban up。"
    return Check(name=name, state=otherwise, why=why, fix=fix)


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    return f"{minutes // 60}小时" if minutes >= 60 else f"{minutes}分钟"  # noqa: PLR2004
