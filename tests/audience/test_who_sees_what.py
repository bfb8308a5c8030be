"""What an audience may not see never enters its database: not in a table, not in a view, not in an answer."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallinn.ask import ask, names, question
from tallinn.audience import Audience
from tallinn.datasets import code_lists, datasets
from tallinn.releases import working
from tallinn.store import Store, open_store
from tests.samples import csv_file, store, taken, workbook

LABELS = [row["code"] for row in code_lists()["tlp"].rows if row["accepted"] == "yes"]
OWNERS = ["EST", "SWE", None]
AUDIENCES = {
    "public": Audience("public"),
    "a partner of no donor": Audience("partner"),
    "Estonia": Audience("partner", "EST"),
    "Sweden": Audience("partner", "SWE"),
    "staff": Audience("staff"),
}


def may_see(audience: Audience, label: str | None, owner: str | None) -> bool:
    """The rule in the words of the design: default closed."""
    if audience.role == "staff":
        return True
    if label == "TLP:CLEAR":
        return True
    if label == "TLP:GREEN":
        return audience.role == "partner"
    if label in (None, "TLP:AMBER"):
        return audience.role == "partner" and owner is not None and owner == audience.donor_id
    return False


def planted(label: str | None, owner: str | None) -> str:
    """A text that stands nowhere but in the rows of this label and owner."""
    return f"PLANTED {label or 'no label'} of {owner or 'the office'};"


def rows_of_every_kind(labels: list[str | None], owners: list[str | None]) -> dict[str, list[dict[str, Any]]]:
    """For each dataset a row for each label and owner, with its planted text in every column that takes one."""
    return {name: [marked(name, label, owner) for label in labels for owner in owners] for name in datasets()}


def marked(dataset: str, label: str | None, owner: str | None) -> dict[str, Any]:
    free = [
        field
        for field in datasets()[dataset].fields
        if field.type == "string" and field.kind in (None, "text", "list") and not field.code_list
    ]
    row: dict[str, Any] = {field.name: planted(label, owner) for field in free if not field.references and field.of != "country"}
    if "donor_id" in datasets()[dataset].names:
        row["donor_id"] = owner
    return {**row, "tlp": label, "sender": owner}


def everything_in(seen: Store) -> Iterator[tuple[str, str]]:
    """Every table and view of a database, and all that it holds as one text."""
    with seen.cursor() as cursor:
        tables = [
            name
            for (name,) in cursor.execute(
                "SELECT table_name FROM duckdb_tables() UNION SELECT view_name FROM duckdb_views() WHERE NOT internal"
            ).fetchall()
        ]
        for table in tables:
            yield table, str(cursor.execute(f'SELECT * FROM "{table}"').fetchall())


@pytest.fixture(scope="module", params=AUDIENCES)
def seen(request) -> Store:
    """What each audience sees of rows of every kind."""
    return store(AUDIENCES[request.param], **rows_of_every_kind([None, *LABELS], OWNERS))


def test_every_table_holds_what_the_audience_may_see_and_nothing_else(seen):
    texts = dict(everything_in(seen))
    assert set(datasets()) <= set(texts)
    for label in [None, *LABELS]:
        for owner in OWNERS:
            holding = {table for table, text in texts.items() if planted(label, owner) in text}
            assert holding >= set(datasets()) if may_see(seen.audience, label, owner) else not holding


@pytest.mark.parametrize("name", names())
def test_no_answer_holds_what_the_audience_may_not_see(seen, name):
    text = ask(seen, name, **{key: "related" for key in question(name).defaults if key == "scope"}).rows.to_csv()
    for label in [None, *LABELS]:
        for owner in OWNERS:
            if not may_see(seen.audience, label, owner):
                assert planted(label, owner) not in text


KINDS = st.tuples(st.sampled_from(sorted(datasets())), st.sampled_from([None, *LABELS, "TLP:RED", "", "clear"]), st.sampled_from(OWNERS))


@given(st.lists(KINDS, max_size=25), st.sampled_from(sorted(AUDIENCES)))
@settings(max_examples=8, deadline=None)
def test_nothing_restricted_is_seen_whatever_the_labels(kinds, who):
    audience = AUDIENCES[who]
    rows: dict[str, list[dict[str, Any]]] = {}
    for number, (dataset, label, owner) in enumerate(kinds):
        rows.setdefault(dataset, []).append({**marked(dataset, label, owner), datasets()[dataset].key: f"KEY{number}KEY"})
    text = " ".join(text for _table, text in everything_in(store(audience, **rows)))
    for number, (_dataset, label, owner) in enumerate(kinds):
        unknown = label not in (None, *LABELS)
        assert (f"KEY{number}KEY" in text) == (not unknown and may_see(audience, label, owner))


def test_a_partner_s_own_amber_contribution_is_the_one_it_gives_whoever_sent_it():
    given_by_estonia = {"donor_id": "EST", "sender": None, "tlp": "TLP:AMBER"}
    for donor, rows in (("EST", 1), ("SWE", 0)):
        assert count(store(Audience("partner", donor), contributions=[given_by_estonia]), "contributions") == rows


def test_the_public_cannot_tell_that_a_hidden_pledge_exists():
    hidden = {"contribution_id": "secret", "stage": "pledge", "amount": 900, "tlp": "TLP:AMBER"}
    shown = {"contribution_id": "open", "amount": 100}
    knowing, unknowing = (store(Audience("public"), contributions=rows) for rows in ([shown, hidden], [shown]))
    for name in names():
        assert ask(knowing, name).rows.to_csv() == ask(unknowing, name).rows.to_csv()


def test_the_files_of_hidden_rows_and_the_names_of_those_who_sent_files_stay_in_the_office(lake):
    taken(csv_file("needs", [{"tlp": "TLP:AMBER"}]), lake, name="hidden.csv", author="Secret Agent", message="hush")
    taken(
        workbook(needs=[{"need_id": "open"}, {"need_id": "held", "tlp": "lots"}]),
        lake,
        name="open.xlsx",
        author="Secret Agent",
        message="hush",
    )
    texts = dict(everything_in(open_store(lake, Audience("public"), working(lake))))
    assert "open.xlsx" in texts["submissions"]
    assert "hidden.csv" not in str(texts)
    assert "Secret Agent" not in str(texts) and "hush" not in str(texts)
    assert not {"files", "held_rows", "findings", "founding"} & set(texts)


def test_an_older_release_shows_what_was_known_then(lake):
    taken(workbook(needs=[{"need": "old"}]), lake)
    then = working(lake)
    taken(workbook(needs=[{"need": "new"}]), lake)
    old, new = open_store(lake, Audience("public"), then), open_store(lake, Audience("public"), working(lake))
    assert ask(old, "needs").rows["need"].tolist() == ["old"]
    assert ask(new, "needs").rows["need"].tolist() == ["new"]
    assert ask(old, "needs").release == then


def count(seen: Store, table: str) -> int:
    with seen.cursor() as cursor:
        ((rows,),) = cursor.execute(f'SELECT count(*) FROM "{table}"').fetchall()
    return rows
