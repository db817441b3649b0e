import errno
import smtplib
import socket
import ssl

import pytest

from notifications.message import Verdict
from notifications.smtp_replies import Stage, failure_text, outcome_of, reply_text

OVERLONG = b"x" * 5000


@pytest.mark.parametrize(
    ("code", "stage", "verdict"),
    [
        pytest.param(550, Stage.RECIPIENT, Verdict.REFUSED, id="no such recipient"),
        pytest.param(552, Stage.RECIPIENT, Verdict.REFUSED, id="mailbox full for good"),
        pytest.param(450, Stage.RECIPIENT, Verdict.DEFERRED, id="greylisted"),
        pytest.param(421, Stage.RECIPIENT, Verdict.UNAVAILABLE, id="relay closes"),
        pytest.param(530, Stage.RECIPIENT, Verdict.UNAVAILABLE, id="relay wants a login"),
        pytest.param(550, Stage.SENDER, Verdict.UNAVAILABLE, id="our sender is not liked"),
        pytest.param(452, Stage.SENDER, Verdict.UNAVAILABLE, id="relay has no room"),
        pytest.param(552, Stage.SENDER, Verdict.REFUSED, id="message too large"),
        pytest.param(554, Stage.DATA, Verdict.REFUSED, id="no at DATA"),
        pytest.param(451, Stage.DATA, Verdict.DEFERRED, id="later at DATA"),
        pytest.param(250, Stage.DATA, Verdict.UNAVAILABLE, id="250 where 354 was due"),
        pytest.param(250, Stage.FINAL_DOT, Verdict.ACCEPTED, id="accepted"),
        pytest.param(451, Stage.FINAL_DOT, Verdict.DEFERRED, id="later after all"),
        pytest.param(554, Stage.FINAL_DOT, Verdict.REFUSED, id="content refused"),
        pytest.param(421, Stage.FINAL_DOT, Verdict.UNAVAILABLE, id="relay closes, not accepted"),
        pytest.param(-1, Stage.FINAL_DOT, Verdict.IN_DOUBT, id="an answer that is none"),
        pytest.param(354, Stage.FINAL_DOT, Verdict.IN_DOUBT, id="go ahead, after the end"),
        pytest.param(-1, Stage.RECIPIENT, Verdict.UNAVAILABLE, id="no SMTP server"),
    ],
)
def test_a_reply_means_this_at_that_stage(code: int, stage: Stage, verdict: Verdict) -> None:
    assert outcome_of((code, b"text"), stage).verdict is verdict


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param(b"5.1.1 no such user", "550 5.1.1 no such user", id="as it came"),
        pytest.param(b"5.1.1 no\nsuch\x1b[31m user", "550 5.1.1 no such [31m user", id="one line"),
        pytest.param("用户不存在".encode(), "550 用户不存在", id="UTF-8"),
        pytest.param("用户".encode("gb18030"), "550 用户", id="GB18030"),
    ],
)
def test_a_reply_is_shown_on_one_plain_line(text: bytes, shown: str) -> None:
    assert reply_text((550, text)) == shown


def test_an_endless_reply_is_cut() -> None:
    assert len(reply_text((550, OVERLONG))) == 500


@pytest.mark.parametrize(
    ("error", "words"),
    [
        pytest.param(ConnectionRefusedError(errno.ECONNREFUSED, "x"), "连接被拒绝", id="refused"),
        pytest.param(ConnectionResetError(errno.ECONNRESET, "x"), "被对方中断", id="reset"),
        pytest.param(TimeoutError("timed out"), "超时", id="timeout"),
        pytest.param(socket.gaierror(-2, "x"), "主机名无法解析", id="name"),
        pytest.param(ssl.SSLCertVerificationError(1, "x"), "证书不可信", id="certificate"),
        pytest.param(ssl.SSLError(1, "x"), "加密连接失败", id="TLS"),
        pytest.param(smtplib.SMTPNotSupportedError("STARTTLS"), "不支持", id="not offered"),
        pytest.param(smtplib.SMTPAuthenticationError(535, b"bad"), "535 bad", id="login"),
        pytest.param(smtplib.SMTPConnectError(554, "no service"), "554 no service", id="banner"),
        pytest.param(smtplib.SMTPServerDisconnected("gone"), "连接出错（gone）", id="gone"),
        pytest.param(OSError(errno.ENETUNREACH, "x"), "连接出错", id="anything else"),
    ],
)
def test_a_failure_is_told_in_chinese(error: OSError, words: str) -> None:
    assert words in failure_text(error)
