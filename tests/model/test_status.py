"""How the commands of training/ and eval/ end."""

import os
import sys
from collections.abc import Callable

import pytest

from tolltale.errors import TolltaleError
from tolltale.status import run_command


def failing(error: BaseException) -> Callable[[], None]:
    def command() -> None:
        raise error

    return command


@pytest.mark.parametrize(("returned", "status"), [(None, 0), (0, 0), (1, 1)])
def test_what_a_command_returns_is_its_status(returned: int | None, status: int) -> None:
    assert run_command(lambda: returned) == status


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (TolltaleError("a.txt: is bad"), 2, "error: a.txt: is bad\n"),
        (
            FileNotFoundError(2, "No such file or directory", "a"),
            2,
            "error: [Errno 2] No such file or directory: 'a'\n",
        ),
        (KeyboardInterrupt(), 130, "error: stopped\n"),
        (BrokenPipeError(), 141, ""),
    ],
)
def test_what_a_user_can_mend_is_told_in_one_line(
    error: BaseException, status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(failing(error)) == status
    assert capsys.readouterr().err == said


def test_an_error_of_ours_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        run_command(failing(ZeroDivisionError()))


def test_a_process_that_does_not_speak_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(failing(TolltaleError("bad")), speaks=lambda: False) == 2
    assert capsys.readouterr().err == ""


def test_a_reader_that_has_gone_is_met_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as gone:
        monkeypatch.setattr(sys, "stdout", gone)
        assert run_command(lambda: print("a row")) == 141
