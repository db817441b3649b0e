"""Help in Chinese: usage lines, headings, and the options that Typer adds by itself."""

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

PIECES = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]…"}
HELPS = {
    "help": "显示这份说明。",
    "install_completion": "为当前的命令行程序装上命令补全。",
    "show_completion": "显示命令补全的脚本，可复制或自行调整后安装。",
}


class _InChinese:
    """What a command and a group of them say of themselves."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ANN401 - Typer's own class
        return [PIECES.get(piece, piece) for piece in super().collect_usage_pieces(ctx)]  # type: ignore[misc]

    def format_usage(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="用法：")

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401
        found: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for parameter in found:
            if parameter.name in HELPS:
                parameter.help = HELPS[parameter.name]
        return found


class ChineseCommand(_InChinese, TyperCommand):
    """A command whose help is Chinese throughout."""


class ChineseGroup(_InChinese, TyperGroup):
    """A group of commands whose help is Chinese throughout."""


def speak_chinese(app: typer.Typer) -> None:
    """Have every command and group of a program, and those within them, help in Chinese."""
    app.info.cls = ChineseGroup
    for command in app.registered_commands:
        command.cls = ChineseCommand
    for group in app.registered_groups:
        group.cls = ChineseGroup
        if group.typer_instance is not None:
            speak_chinese(group.typer_instance)


def head_help() -> None:
    """Give help its Chinese headings; a quarter of a second that only help needs."""
    from typer import rich_utils

    rich_utils.COMMANDS_PANEL_TITLE = "命令"
    rich_utils.OPTIONS_PANEL_TITLE = "选项"
    rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
    rich_utils.REQUIRED_LONG_STRING = "[必填]"
    rich_utils.DEFAULT_STRING = "[默认：{}]"
