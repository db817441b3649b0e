"""The `duban` command: its parts, and what a person sees when something is refused."""

import difflib
import errno
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import typer
from typer._click import exceptions as click  # Typer 0.29 has no public name for these
from typer.main import get_command

from cli import (
    api,
    audit,
    burden,
    calendars,
    channels,
    chinese,
    circulars,
    close_outs,
    evidence,
    explaining,
    extensions,
    forecasting,
    item,
    lights,
    links,
    lists,
    notice_lists,
    outbox,
    output,
    papers,
    people,
    plans,
    reports,
    rounds,
    running,
    setup,
    simulating,
    templates,
    tokens,
    users,
    visits,
)
from supervision.errors import DubanError, NotConfiguredError, UsageError

EXIT_CODES = ((UsageError, output.WRONG_USAGE), (NotConfiguredError, output.NOT_CONFIGURED))

CHECK_THE_DISK = "请检查磁盘空间与文件权限后重试。"
OF_THE_SYSTEM = {
    errno.ENOENT: ("没有这个文件或目录", "请核对名称和所在目录。"),
    errno.EISDIR: ("是目录，不是文件", "请写出文件名。"),
    errno.ENOTDIR: ("路径中有一段是文件，不是目录", "请核对路径。"),
    errno.EEXIST: ("已有同名的文件或目录", "请换一个名称。"),
    errno.EACCES: ("没有权限读写", "请检查文件和目录的权限。"),
    errno.EPERM: ("没有权限读写", "请检查文件和目录的权限。"),
    errno.EROFS: ("磁盘是只读的", "请换一个能写入的目录。"),
    errno.ENOSPC: ("磁盘已满", "请清理磁盘后重试。"),
    errno.EDQUOT: ("磁盘配额已用完", "请清理磁盘后重试。"),
    errno.ENAMETOOLONG: ("名称太长", "请换一个短些的名称。"),
}
# Typer's words for a value that is no number, and ours.
NUMBERS = {
    "valid integer": "整数",
    "valid number": "数字",
    "valid decimal": "数字",
}

HELP = {"-h", "--help"}
FEWEST_WORDS = 2  # a group alone shows its help

app = typer.Typer(
    name="duban",
    help="督办：把公开计划变成有人盯、按时催、可追溯的事项。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for part in (
    setup,
    plans,
    explaining,
    lists,
    papers,
    templates,
    notice_lists,
    circulars,
    running,
    simulating,
    forecasting,
    people,
    channels,
    outbox,
    links,
    calendars,
    users,
    tokens,
    api,
    audit,
    burden,
    evidence,
    close_outs,
    item,
    lights,
    extensions,
    visits,
    rounds,
    reports,
):
    part.add_to(app)
chinese.speak_chinese(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with the exit code of `docs/cli.md`; never with a traceback."""
    asked = sys.argv[1:] if arguments is None else arguments
    if len(asked) < FEWEST_WORDS or HELP & set(asked):
        chinese.head_help()
    try:
        code = _commands()(args=arguments, prog_name="duban", standalone_mode=False)
    except Exception as error:  # noqa: BLE001 - the outermost: told to the person, kept for us
        code = _told(error)
    sys.exit(code if isinstance(code, int) else output.OK)


@cache
def _commands() -> Any:  # noqa: ANN401 - Typer's own class, which has no public name
    """Return the whole of the commands; a process that runs several makes them once."""
    return get_command(app)


def _told(error: Exception) -> int:
    """Tell a person what happened, in one line, and return the exit code that goes with it."""
    tell = next((tell for kind, tell in TOLD if isinstance(error, kind)), _fault)
    return tell(error)


def _help(error: click.NoArgsIsHelpError) -> int:
    output.show(error.format_message())
    return output.OK


def _wrong_usage(error: click.UsageError) -> int:
    return _refuse(_in_chinese(error), _advice(error), output.WRONG_USAGE)


def _interrupted(_error: typer.Abort) -> int:
    return _refuse("已中断", "没有完成的动作不会留下痕迹，可以重新运行。", output.FAILED)


def _refused(error: DubanError) -> int:
    return _refuse(str(error), error.advice, _exit_code(error))


def _nobody_reads(_error: BrokenPipeError) -> int:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return output.OK


def _system(error: OSError) -> int:
    why, advice = OF_THE_SYSTEM.get(error.errno or 0, (f"系统报错（{error}）", CHECK_THE_DISK))
    named = f"“{error.filename}”：" if error.filename and error.errno in OF_THE_SYSTEM else ""
    return _refuse(f"{named}{why}", advice, output.FAILED)


def _no_text(_error: UnicodeEncodeError) -> int:
    return _refuse("参数中有不是文字的内容", "请改用 UTF-8 文字重试。", output.WRONG_USAGE)


def _fault(error: Exception) -> int:
    what = f"程序内部出错（{type(error).__name__}），本次操作未生效"
    return _refuse(what, f"详情已写入 {_kept(error)}，请把它交给维护人员。", output.FAILED)


# The first kind that fits is told; anything else is a fault of ours.
TOLD: tuple[tuple[type[Exception], Callable[[Any], int]], ...] = (
    (click.NoArgsIsHelpError, _help),
    (click.UsageError, _wrong_usage),
    (typer.Abort, _interrupted),
    (DubanError, _refused),
    (BrokenPipeError, _nobody_reads),
    (OSError, _system),
    (UnicodeEncodeError, _no_text),
)


def _kept(error: Exception) -> str:
    """Write a fault of ours to a file of its own and return where."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="duban-error-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        traceback.print_exception(error, file=file)
    return file.name


def _exit_code(error: DubanError) -> int:
    return next((code for kind, code in EXIT_CODES if isinstance(error, kind)), output.FAILED)


def _refuse(what: str, advice: str, code: int) -> int:
    output.say(f"错误：{what}。{advice}".replace("。。", "。").replace("？。", "？"))
    return code


def _in_chinese(error: click.UsageError) -> str:
    """Return what Typer refuses, in words for people who read Chinese."""
    quoted = _quoted(error.message)
    if isinstance(error, click.NoSuchOption):
        return f"没有选项 {error.option_name}"
    if isinstance(error, click.MissingParameter):
        return f"缺少 {_named(error.param)}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 后面要写上它的值"
    if isinstance(error, click.BadParameter):
        return _bad_value(error, quoted)
    if error.message.startswith("No such command"):
        return f"没有命令“{quoted}”"
    return f"用法有误（{error.message}）"


def _bad_value(error: click.BadParameter, quoted: str) -> str:
    """Return what is wrong with a value; Typer does not quote one that is no number."""
    for words, number in NUMBERS.items():
        if words in error.message:
            return f"{_named(error.param)} 应为{number}"
    return f"{_named(error.param)} 的值“{quoted}”无效"


def _quoted(message: str) -> str:
    """Return what a message quotes: the word at fault."""
    return message.split("'")[1] if message.count("'") > 1 else ""


def _named(parameter: Any) -> str:  # noqa: ANN401 - Typer's own class, which has no public name
    """Return a parameter as help shows it: an option by its flag, an argument by its metavar."""
    if parameter is None:
        return "参数"
    flag = next((flag for flag in parameter.opts if flag.startswith("-")), None)
    return str(flag or parameter.metavar or parameter.name)


def _advice(error: click.UsageError) -> str:
    """Return what to type instead: the nearest word there is, else where help stands."""
    path = "duban" if error.ctx is None else error.ctx.command_path
    near = _nearest(error)
    proposed = f"是不是想用：{'、'.join(near)}？" if near else ""
    return f"{proposed}运行 {path} --help 查看用法。"


def _nearest(error: click.UsageError) -> list[str]:
    if isinstance(error, click.NoSuchOption):
        return list(error.possibilities or [])
    context: Any = error.ctx
    names = list(getattr(context.command, "commands", {})) if context is not None else []
    return difflib.get_close_matches(_quoted(error.message), names, n=3, cutoff=0.5)
