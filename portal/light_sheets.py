"""人工定灯、判定难以按期: what a person says of an item's light, the rules' own beside it."""

from portal.decision_sheets import Act, Blank, Facts, Sheet, Taking
from portal.phrases import When
from services import light_overrides
from services.decisions import Situation
from supervision.vocabulary import Light, Permission, word_named

LIGHTS = tuple(light for light in Light if light is not Light.GREY)


def _set(taking: Taking) -> str:
    light: Light = word_named(Light, taking.said["light"])
    policy = taking.visit.office.policy
    row = light_overrides.set_light(taking.session, taking.item, light, taking.on_record(), policy)
    return f"已人工定为{light.label}灯，到{row.expires_on}下一轮调度开启时失效。"


def _clear(taking: Taking) -> str:
    light_overrides.clear_light(taking.session, taking.item, taking.on_record("clear_reason"))
    return "的人工定灯已撤销，恢复按规则判定。"


def _judge(taking: Taking) -> str:
    light_overrides.judge_unable(taking.session, taking.item, taking.on_record())
    return "已判定难以按期完成，亮红灯。"


def _revoke(taking: Taking) -> str:
    light_overrides.revoke_unable(taking.session, taking.item, taking.on_record("revoke_reason"))
    return "的难以按期判定已撤销。"


def _facts(situation: Situation, when: When) -> Facts:
    row = situation.override
    if row is None:
        return [("人工定灯", "没有，按规则判定")]
    return [
        ("人工定灯", f"{row.light.label}灯，{row.reason}——{row.set_by}，{when.day(row.set_on)}"),
        ("失效日期", when.day(row.expires_on)),
    ]


def _unable(situation: Situation, when: When) -> Facts:
    row = situation.unable
    said = f"{row.reason}——{row.judged_by}，{when.day(row.judged_on)}" if row else "没有"
    return [("难以按期的判定", said)]


SHEETS = (
    Sheet(
        path="light",
        title="人工定灯",
        label="人工定灯",
        permission=Permission.OVERRIDE_LIGHT,
        is_open=lambda it: it.has_a_light,
        over="现在的状态不亮灯，无须定灯。",
        facts=_facts,
        shows_proof=True,
        leads_to_queue=False,
        acts=(
            Act(
                name="",
                permission=Permission.OVERRIDE_LIGHT,
                title="定灯",
                button="定灯",
                take=_set,
                note="到下一轮调度开启时失效；规则判定的灯仍一并显示。",
                blanks=(
                    Blank(name="light", label="定为", kind="choice", required=True, words=LIGHTS),
                    Blank(name="reason", label="理由", required=True),
                ),
            ),
            Act(
                name="clear",
                permission=Permission.OVERRIDE_LIGHT,
                title="撤销人工定灯",
                button="撤销人工定灯",
                take=_clear,
                is_open=lambda it: it.override is not None,
                blanks=(Blank(name="clear_reason", label="撤销理由", required=True),),
            ),
        ),
    ),
    Sheet(
        path="unable",
        title="判定难以按期",
        label="判定难以按期",
        permission=Permission.JUDGE_UNABLE,
        is_open=lambda it: it.has_a_light,
        over="现在的状态不亮灯，无须判定。",
        facts=_unable,
        shows_proof=True,
        leads_to_queue=False,
        acts=(
            Act(
                name="",
                permission=Permission.JUDGE_UNABLE,
                title="判定难以按期完成",
                button="判定难以按期",
                take=_judge,
                note="判定后亮红灯；时限顺延后自动失效。",
                is_open=lambda it: it.unable is None,
                blanks=(Blank(name="reason", label="理由", required=True),),
            ),
            Act(
                name="revoke",
                permission=Permission.JUDGE_UNABLE,
                title="撤销判定",
                button="撤销判定",
                take=_revoke,
                is_open=lambda it: it.unable is not None,
                blanks=(Blank(name="revoke_reason", label="撤销理由", required=True),),
            ),
        ),
    ),
)
