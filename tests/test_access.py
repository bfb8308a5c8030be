"""Who may act: until there is a sign-in, only whoever sits at the machine that serves itself alone."""

import pytest

from tallinn.access import LOCAL, Visit, is_staff

HERE = {"Host": "localhost:8501"}


@pytest.fixture(autouse=True)
def _served_by_make_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LOCAL, "1")


@pytest.mark.parametrize("host", ["localhost", "localhost:8501", "127.0.0.1:8501", "[::1]:8501"])
def test_a_visit_from_this_machine_to_a_server_for_this_machine_is_the_staffs(host: str):
    assert is_staff(Visit("127.0.0.1", {"Host": host}, None))


@pytest.mark.parametrize(
    "visit",
    [
        Visit("0.0.0.0", HERE, None),
        Visit(None, HERE, None),
        Visit("", HERE, None),
        Visit("127.0.0.1", HERE, "203.0.113.7"),
        Visit("127.0.0.1", {"Host": "dashboard.example.org"}, None),
        Visit("127.0.0.1", {"Host": "localhost.example.org:8501"}, None),
        Visit("127.0.0.1", {}, None),
        Visit("127.0.0.1", HERE | {"X-Forwarded-For": "203.0.113.7"}, None),
        Visit("127.0.0.1", HERE | {"x-real-ip": "127.0.0.1"}, None),
        Visit("127.0.0.1", HERE | {"FORWARDED": "for=127.0.0.1"}, None),
    ],
    ids=str,
)
def test_any_other_visit_is_not(visit: Visit):
    assert not is_staff(visit)


@pytest.mark.parametrize("setting", [None, "", "0"])
def test_a_server_that_was_not_started_for_the_staff_has_none(setting: str | None, monkeypatch: pytest.MonkeyPatch):
    if setting is None:
        monkeypatch.delenv(LOCAL)
    else:
        monkeypatch.setenv(LOCAL, setting)
    assert not is_staff(Visit("127.0.0.1", HERE, None))
