"""核定、异议、暂缓、恢复、撤项、重新办理: what the office decides of an item's course."""

from portal.decision_sheets import Act, Blank, Facts, Sheet, Taking
from portal.phrases import When
from services import item_events, reassignment
from services.decisions import Situation
from services.moves import Wanted, move_item
from services.reassignment import NewUnits
from supervision.vocabulary import Move, Permission

REASON = Blank(name="reason", label="理由", required=True)
DOCUMENT = Blank(
    name="document",
    label="签发文号",
    kind="line",
    required=True,
    hint="如 章无废办〔2025〕3号",
)
REVIEW_ON = Blank(
    name="review_on", label="哪一天复核", kind="day", required=True, hint="到这一天再定是否恢复。"
)
SEPARATORS = str.maketrans(dict.fromkeys("，,;； \n", "、"))


def _moved(taking: Taking, move: Move) -> None:
    wanted = Wanted(
        move=move,
        actor=taking.visit.actor,
        as_of=taking.visit.today,
        reason=taking.said["reason"],
        document=taking.said.get("document", ""),
        review_on=taking.day("review_on") if "review_on" in taking.said else None,
    )
    move_item(taking.session, taking.item, wanted, now=taking.visit.office.now())


def _suspend(taking: Taking) -> str:
    _moved(taking, Move.SUSPEND)
    return f"已暂缓，{taking.said['review_on']}复核。"


def _resume(taking: Taking) -> str:
    _moved(taking, Move.RESUME)
    return "已恢复办理。"


def _cancel(taking: Taking) -> str:
    _moved(taking, Move.CANCEL)
    return "已撤项。"


def _reopen(taking: Taking) -> str:
    _moved(taking, Move.REOPEN)
    return "已重新办理，此前的督办不再计算。"


def _restart(taking: Taking) -> str:
    _moved(taking, Move.RESTART)
    return "已核定为未完成，从今天起重新起算提醒和督办，期限不变。"


def _answer(taking: Taking) -> str:
    item_events.answer_dispute(taking.session, taking.item, taking.on_record("opinion"))
    return "的异议已答复，仍由原单位办理。"


def _reassign(taking: Taking) -> str:
    said = taking.said
    names = [name for name in said["supporting"].translate(SEPARATORS).split("、") if name]
    to = NewUnits(lead=said["lead"], supporting=names or None)
    reassignment.answer_by_reassigning(taking.session, taking.item, taking.on_record(), to)
    return f"已改由{said['lead']}牵头，须重新签收。"


def _disputed(situation: Situation, when: When) -> Facts:
    event = situation.dispute
    if event is None:
        return []
    return [
        ("提出人", f"{event.actor}，{when.day(event.as_of)}"),
        ("异议", event.why or "未写明"),
    ]


def _historic(situation: Situation, when: When) -> Facts:
    del when
    asked = situation.close_out is not None
    return [
        ("为什么要核定", "计划印发前已到期，系统不知道是否已经完成；核定以前不提醒、不督办。"),
        (
            "已经完成的",
            "请到销号初审办理" if asked else "由牵头单位上传佐证并申请销号，再按销号办理",
        ),
        ("没有完成的", "在下面核定为未完成，重新起算"),
    ]


def _suspended(situation: Situation, when: When) -> Facts:
    day = situation.item.review_on
    return [("复核日期", when.day(day))] if day else []


SHEETS = (
    Sheet(
        path="dispute/answer",
        title="异议答复",
        label="答复异议",
        permission=Permission.ANSWER_DISPUTE,
        is_open=lambda it: it.dispute is not None,
        over="没有待答复的异议。",
        facts=_disputed,
        acts=(
            Act(
                name="",
                permission=Permission.ANSWER_DISPUTE,
                title="维持原交办",
                button="答复，仍由原单位办理",
                take=_answer,
                blanks=(Blank(name="opinion", label="答复内容", required=True),),
            ),
            Act(
                name="reassign",
                permission=Permission.ANSWER_DISPUTE,
                title="改派其他单位",
                button="答复并改派",
                take=_reassign,
                note="改派后由新的牵头单位重新签收，本季应报由其报送；原单位待定的延期申请随即撤回。",
                is_open=lambda it: it.allows(Move.REASSIGN),
                blanks=(
                    Blank(
                        name="lead",
                        label="改由哪个单位牵头",
                        kind="line",
                        required=True,
                        hint="写单位名称或简称。",
                    ),
                    Blank(
                        name="supporting",
                        label="配合单位",
                        kind="line",
                        hint="用顿号隔开；不填则配合单位不变。",
                    ),
                    Blank(name="reason", label="改派理由", required=True),
                ),
            ),
        ),
    ),
    Sheet(
        path="settlement",
        title="历史事项核定",
        label="核定历史事项",
        permission=Permission.SETTLE_HISTORIC,
        is_open=lambda it: it.item.historic and it.allows(Move.RESTART),
        over="不是待核定的历史事项，无须核定。",
        facts=_historic,
        shows_proof=True,
        acts=(
            Act(
                name="",
                permission=Permission.SETTLE_HISTORIC,
                title="核定为未完成，重新起算",
                button="核定为未完成，重新起算",
                take=_restart,
                blanks=(REASON,),
            ),
        ),
    ),
    Sheet(
        path="suspension",
        title="暂缓与恢复",
        label="暂缓或恢复",
        permission=Permission.SUSPEND,
        is_open=lambda it: it.allows(Move.SUSPEND) or it.allows(Move.RESUME),
        over="现在的状态不能暂缓，也没有可恢复的暂缓。",
        facts=_suspended,
        acts=(
            Act(
                name="",
                permission=Permission.SUSPEND,
                title="暂缓办理",
                button="暂缓办理",
                take=_suspend,
                note="暂缓期间不提醒、不督办，也不列为逾期。",
                is_open=lambda it: it.allows(Move.SUSPEND),
                blanks=(REASON, REVIEW_ON),
            ),
            Act(
                name="resume",
                permission=Permission.SUSPEND,
                title="恢复办理",
                button="恢复办理",
                take=_resume,
                is_open=lambda it: it.allows(Move.RESUME),
                blanks=(REASON,),
            ),
        ),
    ),
    Sheet(
        path="cancellation",
        title="撤项",
        label="撤项",
        permission=Permission.CANCEL,
        is_open=lambda it: it.allows(Move.CANCEL),
        over="现在的状态不能撤项。",
        leads_to_queue=False,
        acts=(
            Act(
                name="",
                permission=Permission.CANCEL,
                title="撤项",
                button="确认撤项",
                take=_cancel,
                note="撤项后不再督办，不能恢复；须有签发的文号。",
                blanks=(REASON, DOCUMENT),
            ),
        ),
    ),
    Sheet(
        path="reopening",
        title="重新办理",
        label="重新办理",
        permission=Permission.REOPEN,
        is_open=lambda it: it.allows(Move.REOPEN),
        over="只有已销号的事项才能重新办理。",
        leads_to_queue=False,
        acts=(
            Act(
                name="",
                permission=Permission.REOPEN,
                title="重新办理",
                button="重新办理",
                take=_reopen,
                note="用于销号后问题反弹；原来的等次取消。",
                blanks=(REASON,),
            ),
        ),
    ),
)
