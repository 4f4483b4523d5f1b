"""The command in both languages: by an option before or after the command, a variable, or the locale."""

from __future__ import annotations

import pytest

from game.cli import main
from game.words import language


@pytest.mark.parametrize(
    "argv",
    [
        ["--language", "zh", "solve", "first_fork", "--samples", "0"],
        ["solve", "first_fork", "--language", "zh", "--samples", "0"],
        ["solve", "--language=zh_CN", "first_fork", "--samples", "0"],
    ],
)
def test_an_option_chooses_the_language(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Before the command and after it, the option has everything said in Chinese, level and all."""
    assert main(argv) == 0
    told = capsys.readouterr().out
    assert "第一个岔口" in told
    assert "只登一步" in told
    assert "顺磨坊河而下" in told


def test_variable_and_locale_choose_and_the_option_counts_first(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The game's variable counts before the locale, and the option before both."""
    for variable in ("WATER_LANES_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value, spoken in (("LANG", "zh_CN.UTF-8", "zh"), ("WATER_LANES_LANGUAGE", "en", "en")):
        monkeypatch.setenv(variable, value)
        assert main(["check", "no_such_file.toml"]) == 2
        assert language() == spoken
        told = "".join(capsys.readouterr())
        assert ("nothing there" in told, "那里什么也没有" in told) == (spoken == "en", spoken == "zh")
    assert main(["--language", "zh", "solve", "no_such_level"]) == 2
    assert "没有叫" in capsys.readouterr().err


def test_a_command_of_the_workshop_takes_it_too(capsys: pytest.CaptureFixture[str]) -> None:
    """Before and after what the workshop is asked for, the list of exercises is told in Chinese."""
    told = []
    for argv in (["--language", "zh", "workshop", "list"], ["workshop", "list", "--language", "zh"]):
        assert main(argv) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in told[0])


def test_an_unknown_language_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A language that the program does not speak is told with those that it does."""
    assert main(["--language", "tlh", "check", "x.toml"]) == 2
    assert "'tlh' is not a language of this program; it speaks en, zh" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["solve"], "缺少这些参数：LEVEL"),
        (["dance"], "没有 'dance' 这个选择"),
        (["solve", "first_fork", "--samples", "many"], "参数 --samples：'many' 不是"),
        (["solve", "first_fork", "--samples"], "需要一个值"),
        (["solve", "first_fork", "extra"], "不认识的参数：extra"),
        (["solve", "first_fork", "--as", "a", "--weights", "b=1"], "不能和参数 --as 一起用"),
        (["export", "first_fork"], "缺少这些参数：--to"),
    ],
)
def test_the_parser_speaks_chinese_too(argv: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong with the arguments is told in Chinese, in one line after the usage, without English in it."""
    assert main(["--language", "zh", *argv]) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.startswith("用法：water-lanes")
    assert not [word for word in ("usage", "error", "argument", "required", "invalid") if word in error]


def test_every_help_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    """The help of every command has no English heading left."""
    assert main(["--language", "zh", "--help"]) == 0
    whole = capsys.readouterr().out
    commands = ["play", "solve", "check", "replay", "demo", "prove", "verify", "export", "new", "sweep"]
    assert all(command in whole for command in commands)
    for command in commands:
        assert main(["--language", "zh", command, "--help"]) == 0
        told = capsys.readouterr().out
        assert "用法：" in told
        assert "例如：" in told
        assert not [word for word in ("usage:", "options:", "positional", "show this help", "Example") if word in told]
