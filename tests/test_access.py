"""Who a visitor is: what the provider says of them, and the role that the configuration gives them. In doubt, the public."""

import os
import time
from pathlib import Path

import pytest

from tallinn import access
from tallinn.audience import Audience
from tallinn.configuration import Configuration, Unusable, configuration
from tests.people import CONFIG, claims, configure

PUBLIC, STAFF = Audience("public"), Audience("staff")


@pytest.fixture(autouse=True)
def configured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(access, "_ended", {})
    return configure(monkeypatch, tmp_path)


def audience(**said: object) -> Audience | None:
    """As whom somebody is seen who is not known but for this."""
    someone = access.person(claims("unknown", **said))
    return someone.audience if someone else None


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("staff", STAFF),
        ("second", STAFF),
        ("NLD", Audience("partner", "NLD")),
        ("SWE", Audience("partner", "SWE")),
        ("partner", Audience("partner")),
        ("unknown", PUBLIC),
    ],
)
def test_an_address_or_its_domain_gives_a_role(who: str, expected: Audience):
    someone = access.person(claims(who))
    assert someone is not None and someone.audience == expected and someone.is_staff == (expected == STAFF)


def test_the_history_shows_the_address_in_small_letters():
    someone = access.person(claims("staff", email=" Olena@Office.Example "))
    assert someone is not None and someone.id == "olena@office.example" and someone.is_staff


@pytest.mark.parametrize(
    "address",
    [
        "olena@office.example.org",
        "olena@sub.office.example",
        "@office.example@elsewhere.example",
        "olena@office.example@elsewhere.example",
        "olena@office.example\n",
        "olena @office.example x",
        "stina@sweden.example.",
        "office.example",
        "",
        None,
        ["olena@office.example"],
    ],
    ids=repr,
)
def test_what_only_looks_like_a_known_address_is_the_public(address: object):
    expected = STAFF if address == "olena@office.example\n" else PUBLIC
    assert audience(email=address) == expected


@pytest.mark.parametrize("verified", [False, "false", 0, None, "no"])
def test_an_address_that_the_provider_has_not_made_sure_of_gives_no_role(verified: object):
    assert audience(email="olena@office.example", email_verified=verified) == PUBLIC
    assert audience(email="olena@office.example", email_verified=True) == STAFF


@pytest.mark.parametrize("missing", ["iss", "sub", "iat", "is_logged_in"])
def test_claims_that_lack_what_a_session_needs_are_nobodys(missing: str):
    said = claims("staff")
    del said[missing]
    assert access.person(said) is None


def test_a_session_ends_after_its_hours_and_does_not_begin_in_the_future():
    assert access.person(claims("staff", iat=int(time.time()) - 11 * 3600)) is not None
    assert access.person(claims("staff", iat=int(time.time()) - 13 * 3600)) is None
    assert access.person(claims("staff", iat=int(time.time()) + 3600)) is None


def test_a_session_that_was_ended_is_over_in_every_tab_and_a_new_one_is_not():
    said = claims("staff", iat=int(time.time()) - 10)
    access.end(said)
    assert access.person(dict(said)) is None
    assert access.person(claims("staff")) is not None
    assert access.person(claims("second", iat=said["iat"])) is not None


def test_a_role_that_is_taken_away_ends_with_the_next_question(configured: Path):
    said = claims("staff")
    assert access.person(said).audience == STAFF  # type: ignore[union-attr]
    configured.write_text(CONFIG.replace('staff = ["@office.example"]', "staff = []"), encoding="utf-8")
    os.utime(configured, ns=(1, 1))
    assert access.person(said).audience == PUBLIC  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("staff", STAFF),
        (["partner:NLD", "other"], Audience("partner", "NLD")),
        (["partner"], Audience("partner")),
        (["partner", "staff"], STAFF),
        ("partner:XXX", PUBLIC),
        ("partner:", PUBLIC),
        ("STAFF", PUBLIC),
        ({"staff": True}, PUBLIC),
        ([["staff"]], PUBLIC),
        (None, PUBLIC),
    ],
    ids=repr,
)
def test_a_claim_of_the_provider_can_name_roles(said: object, expected: Audience, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    assert audience(groups=said) == PUBLIC
    configure(monkeypatch, tmp_path, CONFIG.replace("[roles]", '[roles]\nclaim = "groups"'))
    assert audience(groups=said) == expected


def test_without_a_configuration_nobody_is_signed_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("TALLINN_CONFIG", str(tmp_path / "none.toml"))
    assert configuration() == Configuration()
    assert access.person(claims("staff")) is None


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("[roles]", "[roles", "cannot be used"),
        ('cookie_secret = "a secret of thirty-two characters or more"', "", "[auth] lacks cookie_secret"),
        ("a secret of thirty-two characters or more", "short", "fewer than 32 characters"),
        ('staff = ["@office.example"]', 'staff = "@office.example"', "staff in [roles] is no list of texts"),
        ('staff = ["@office.example"]', 'staff = ["office.example"]', "“office.example” for staff is neither an address nor a domain"),
        ('staff = ["@office.example"]', 'stuff = ["@office.example"]', "[roles] does not know stuff"),
        ("NLD =", "XQX =", "no donor XQX"),
        ('"milan@observer.example"', '"@office.example"', "gives @office.example two roles"),
        ("[roles]", "[roles]\nsession_hours = 0", "session_hours"),
        ("[roles]", "[roles]\nclaim = 3", "claim in [roles] is no text"),
    ],
)
def test_a_configuration_that_cannot_be_used_says_why_and_makes_everybody_the_public(
    before: str, after: str, told: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    file = configure(monkeypatch, tmp_path, CONFIG.replace(before, after))
    with pytest.raises(Unusable) as problem:
        configuration()
    assert told in str(problem.value) and file.name in str(problem.value)
    assert "a secret of" not in str(problem.value)
    assert access.person(claims("staff")) is None
