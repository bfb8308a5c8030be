"""An IATI activity file is one more form: its activities in Ukraine are projects, what was paid there are contributions."""

from decimal import Decimal
from typing import Any

import pytest

from tallinn.ingest import read as reading
from tallinn.ingest.decisions import Decisions
from tallinn.ingest.findings import Refused
from tallinn.ingest.names import country_code, english_name
from tallinn.ingest.read import read
from tallinn.ingest.submission import Submission
from tallinn.ingest.words import words
from tests.ingest.iati_files import activity, budget, dated, element, file, narrated, transaction
from tests.samples import errors, remarks, the_finding, understood

DECIDED = Decisions(constants={"within_mechanism": "related", "tlp": "TLP:CLEAR"})


@pytest.fixture
def submission(empty_lake):
    """What is understood of a file of these activities."""
    return lambda *activities, **options: understood(file(*activities, **options), empty_lake, name="sida.xml", decisions=DECIDED)


def rows(submission: Submission, dataset: str = "contributions") -> list[dict[str, Any]]:
    """The rows that can be taken."""
    return next(each.accepted for each in submission.checked if each.dataset.name == dataset).to_pylist()


def one(submission: Submission, dataset: str = "contributions") -> dict[str, Any]:
    (row,) = rows(submission, dataset)
    return row


def project(submission: Submission) -> dict[str, Any]:
    return one(submission, "projects")


# A whole activity

WHOLE = activity(
    narrated("description", "General.", type=1),
    narrated("description", "Civil servants", type=3),
    narrated("participating-org", "e-Governance Academy", role=4, ref="EE-ARIURIKOOD-90007000"),
    narrated("participating-org", "ref only", role=2),
    dated(1, "2024-01-01"),
    dated(2, "2024-02-01"),
    dated(3, "2026-12-31"),
    budget(100, 2024),
    budget("50.5", 2025),
    element("contact-info", element("email", "someone@example.org")),
    element("location", element("point", element("pos", "50.45 30.52"))),
    element("document-link", element("category", code="A01"), url="https://example.org/report.pdf"),
    element("document-link", element("category", code="A12"), url="https://example.org/project"),
    transaction(
        3,
        "1000.50",
        "2024-03-01",
        narrated("description", "First instalment"),
        narrated("provider-org", "Sida", ref="SE-6"),
        narrated("receiver-org", "ESTDEV"),
        ref="T1",
        value_date="2024-02-28",
        humanitarian=1,
    ),
    identifier=" SE-0-1\n",
    title="uk: Кіберщит",
)


def test_an_activity_becomes_a_project(submission):
    found = project(submission(WHOLE))
    assert {name: value for name, value in found.items() if value is not None} == {
        "project_id": "SE-0-1",
        "title": "Кіберщит",
        "description": "General.",
        "donor_ids": "SWE",
        "implementers": "e-Governance Academy",
        "beneficiary": "Civil servants",
        "status": "2",
        "planned_start": "2024-01-01",
        "planned_end": "2026-12-31",
        "actual_start": "2024-02-01",
        "budget": Decimal("150.50"),
        "currency": "EUR",
        "within_mechanism": "related",
        "source_url": "https://example.org/project",
        "source_publisher": "Sweden",
        "note": "IATI activity SE-0-1.",
        "tlp": "TLP:CLEAR",
        "sheet": "Activities",
        "row_number": 2,
    }


def test_a_transaction_becomes_a_contribution_at_its_value_date(submission):
    found = one(submission(WHOLE))
    assert {name: value for name, value in found.items() if value is not None} == {
        "contribution_id": "SE-0-1/T1",
        "donor_id": "SWE",
        "stage": "disbursement",
        "amount": Decimal("1000.50"),
        "currency": "EUR",
        "value_date": "2024-02-28",
        "channel": "ESTDEV",
        "purpose": "First instalment",
        "project_ids": "SE-0-1",
        "within_mechanism": "related",
        "source_url": "https://example.org/project",
        "source_publisher": "Sweden",
        "note": "IATI activity SE-0-1, reference T1.",
        "tlp": "TLP:CLEAR",
        "sheet": "Transactions",
        "row_number": 2,
    }


def test_such_a_file_has_no_errors_and_nothing_of_persons_or_places_is_read(submission):
    found = submission(WHOLE)
    assert (found.rows_accepted, found.rows_held, found.findings) == (2, 0, ())
    assert not any("someone" in str(row) or "50.45" in str(row) for row in [*rows(found), project(found)])


def test_what_the_file_cannot_say_is_asked(empty_lake):
    found = understood(file(WHOLE), empty_lake, name="sida.xml")
    assert errors(found) == [("missing-column", "A1")]
    assert the_finding(found, "missing-column").column == "Within the Mechanism"
    assert "no-label" in remarks(found)


# Texts


@pytest.mark.parametrize(
    ("texts", "language", "taken"),
    [
        (["fr: Bouclier", "en: Shield"], "fr", "Shield"),
        (["fr: Bouclier", "en-GB: Shield"], "fr", "Shield"),
        (["fr: Bouclier", "sv: Sköld"], "sv", "Sköld"),
        (["fr: Bouclier", "Sköld"], "sv", "Sköld"),
        (["fr: Bouclier", "uk: Щит"], "sv", "Bouclier"),
        (["fr: Bouclier", "Shield"], "en", "Shield"),
        (["en:  ", "fr: Bouclier"], "en", "Bouclier"),
        (["en: Two\n   lines & <signs> &amp;"], "en", "Two lines & <signs> &amp;"),
        (["uk: Щит"], None, "Щит"),
    ],
)
def test_of_several_languages_english_is_taken_then_the_activity_s_own_then_the_first(submission, texts, language, taken):
    shown = activity(identifier="X", lang=language).replace("<title><narrative>Cyber Shield</narrative></title>", narrated("title", *texts))
    assert project(submission(shown))["title"] == taken


@pytest.mark.parametrize("title", ["Total defence", "Sum of parts", "Total", "Source: resilience", "12"])
def test_no_title_makes_an_activity_a_total_or_a_footnote(submission, title):
    found = submission(*(activity(identifier=f"SE-0-{n}", title=title) for n in range(3)))
    assert [row["title"] for row in rows(found, "projects")] == [title] * 3
    assert not remarks(found) & {"subtotal-row", "footer-row", "title-row"}


def test_an_activity_that_quotes_a_web_page_is_no_web_page(empty_lake):
    quoting = file(activity()).replace(b"Cyber Shield", b"<![CDATA[<table> of tools]]>")
    assert project(understood(quoting, empty_lake, name="sida.xml", decisions=DECIDED))["title"] == "<table> of tools"


def test_text_that_looks_like_a_formula_or_markup_stays_text(submission):
    assert project(submission(activity(title='=HYPERLINK("http://x")')))["title"] == '=HYPERLINK("http://x")'


# Status and dates


@pytest.mark.parametrize("code", ["1", "2", "3", "4", "5", "6"])
def test_the_status_is_the_standard_s_own(submission, code):
    shown = activity().replace('<activity-status code="2">', f'<activity-status code="{code}">')
    assert project(submission(shown))["status"] == code


def test_a_status_of_no_list_is_asked_back(submission):
    assert errors(submission(activity().replace('<activity-status code="2">', '<activity-status code="9">'))) == [("unknown-code", "G2")]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([(1, "2024-01-01"), (3, "2025-01-01")], ("2024-01-01", "2025-01-01", None, None)),
        (
            [(2, "2024-01-02"), (4, "2025-01-02"), (1, "2024-01-01"), (3, "2025-01-01")],
            ("2024-01-01", "2025-01-01", "2024-01-02", "2025-01-02"),
        ),
        ([(2, "2024-01-02Z"), (4, "2025-01-02T00:00:00+02:00")], (None, None, "2024-01-02", "2025-01-02")),
        ([], (None, None, None, None)),
    ],
)
def test_planned_and_actual_dates_stay_apart(submission, days, said):
    found = project(submission(activity(*(dated(*each) for each in days))))
    assert tuple(found[name] for name in ("planned_start", "planned_end", "actual_start", "actual_end")) == said
    assert (found["start"], found["end"]) == (None, None)


def test_a_day_that_is_none_is_asked_back(submission):
    assert errors(submission(activity(dated(2, "31/12/2024x")))) == [("not-a-date", "J2")]


# Money


@pytest.mark.parametrize(
    ("value", "amount"),
    [("1000", "1000"), ("-250.25", "-250.25"), ("1.234", "1.23"), (" 10.0 ", "10"), (".5", "0.50"), ("+7", "7"), ("0", "0")],
)
def test_values_are_decimal_numbers_and_a_dot_is_never_for_thousands(submission, value, amount):
    assert one(submission(activity(transaction(2, value, ref="T"))))["amount"] == Decimal(amount)


@pytest.mark.parametrize("value", ["lots", "1e5", "1234567890123456", "1" * 30_000, "1.2.3"])
def test_a_value_that_is_no_amount_is_held_and_says_so(submission, value):
    found = submission(activity(transaction(2, value, ref="T")))
    assert [cell for _rule, cell in errors(found)] == ["D2"]


def test_a_missing_value_is_unknown_and_not_zero(submission):
    assert one(submission(activity(transaction(2, None, ref="T"))))["amount"] is None


@pytest.mark.parametrize(("currency", "default", "taken"), [("USD", "EUR", "USD"), (None, "EUR", "EUR"), ("SEK", None, "SEK")])
def test_a_currency_is_the_value_s_own_or_the_activity_s(submission, currency, default, taken):
    assert one(submission(activity(transaction(2, 1, currency=currency, ref="T"), default_currency=default)))["currency"] == taken


def test_a_value_without_any_currency_is_held(submission):
    assert errors(submission(activity(transaction(2, 1, ref="T"), default_currency=None))) == [("amount-without-currency", "E2")]


@pytest.mark.parametrize(("code", "stage"), [(12, "pledge"), (2, "commitment"), (3, "disbursement"), (4, "expenditure")])
def test_the_types_of_money_given_are_our_stages(submission, code, stage):
    assert one(submission(activity(transaction(code, 1, ref="T"))))["stage"] == stage


def test_the_other_types_are_left_out_and_counted_each_by_its_name(submission):
    others = [1, 5, 6, 7, 8, 9, 10, 11, 13, 13, "D"]
    found = submission(activity(transaction(2, 1, ref="T"), *(transaction(code, 1000) for code in others)))
    assert one(found)["amount"] == 1
    said = {each.value: each.rows for each in found.findings if each.rule == "iati-other-type"}
    assert said["Incoming funds (1)"] == said["Incoming commitment (11)"] == said["D"] == 1
    assert said["Incoming pledge (13)"] == 2
    assert sum(said.values()) == len(others)


@pytest.mark.parametrize(
    ("budgets", "total", "said"),
    [
        ([budget(1, 2024), budget(2, 2025)], "3", ""),
        ([budget(1, 2024), budget(5, 2024, 2), budget(2, 2025)], "7", ""),
        ([budget(1, 2024), budget(2, 2025, currency="USD")], None, "The budgets are in several currencies"),
        ([budget(1, 2024), budget("lots", 2025)], None, "A budget has no amount that can be read"),
        ([budget(1, 2024), budget(1, 2024).replace("2024-01-01", "2023-06-01")], None, "The budgets are for times that overlap"),
        ([], None, ""),
    ],
    ids=["years", "one revised", "two currencies", "no amount", "overlap", "none"],
)
def test_budgets_are_added_up_only_where_that_means_something(submission, budgets, total, said):
    found = project(submission(activity(*budgets)))
    assert found["budget"] == (None if total is None else Decimal(total))
    assert found["note"].startswith(f"IATI activity SE-0-1. {said}".strip())


# Who gives


@pytest.mark.parametrize(
    ("reference", "name", "code"),
    [
        ("SE-0", "Sida", "SWE"),
        ("SE-6", "Sida", "SWE"),
        ("GB-GOV-1", "UK - Foreign, Commonwealth and Development Office", "GBR"),
        ("US-GOV-11", "Department of State", "USA"),
        ("US-USAGOV", "United States", "USA"),
        ("XM-DAC-10", "", "SWE"),
        ("XM-DAC-5-2", "BMZ", "DEU"),
        ("XM-DAC-82", "", "EST"),
        ("XM-DAC-918-3", "", "EU"),
        ("EU-1", "", "EU"),
        ("XI-IATI-EC_NEAR", "", "EU"),
        ("XM-DAC-44002", "", "WB"),
        ("NO-BRC-971277882", "Norad", "NOR"),
        ("", "Norway", "NOR"),
        ("XX-UNKNOWN-1", "Government of Canada", "CAN"),
    ],
)
def test_a_donor_is_known_by_its_identifier_or_by_its_name(submission, reference, name, code):
    provider = narrated("provider-org", *filter(None, [name]), ref=reference or None)
    assert one(submission(activity(transaction(2, 1, "2024-03-01", provider, ref="T"))))["donor_id"] == code


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("NL-KVK-27378529", "SNV"),
        ("SE-ON-802004-7467", "Civil Rights Defenders"),
        ("XM-DAC-41114", "United Nations Development Programme"),
        ("XM-DAC-928", "World Health Organization"),
        ("DAC-1601", "A foundation"),
        (None, "Ministry of Foreign Affairs"),
    ],
)
def test_who_is_registered_in_a_state_is_not_that_state_and_a_person_is_asked(submission, reference, name):
    found = submission(activity(transaction(2, 1, "2024-03-01", narrated("provider-org", name, ref=reference), ref="T")))
    assert errors(found) == [("unknown-country", "B2")]
    assert the_finding(found, "unknown-country").value == name


def test_every_identifier_of_the_list_leads_to_a_donor_that_is_known_here():
    for row in words("iati_donors"):
        assert country_code(row["code"]) == row["code"], row
        if row["identifier"].startswith("XM-DAC-") and row["code"] != "WB":
            assert row["name"] == english_name(row["code"])


def test_without_a_provider_the_donor_is_who_funds_the_activity_and_else_who_reports_it(submission):
    paid = transaction(2, 1, ref="T")
    norwegian = activity(paid).replace('role="1" ref="SE-0" type="10"><narrative>Sweden', 'role="1" ref="XM-DAC-8"><narrative>Norway')
    assert one(submission(norwegian))["donor_id"] == "NOR"
    assert project(submission(norwegian))["donor_ids"] == "NOR"
    nobody = activity(paid).replace('role="1"', 'role="2"')
    assert (one(submission(nobody))["donor_id"], project(submission(nobody))["donor_ids"]) == ("SWE", "SWE")


def test_which_of_several_funders_has_paid_is_not_guessed(submission):
    found = submission(activity(transaction(2, 1, ref="T"), narrated("participating-org", "Norway", role=1, ref="XM-DAC-8")))
    assert errors(found) == [("unknown-country", "B2")]
    assert project(found)["donor_ids"] == "SWE; NOR"


# For which country


def places(*each: tuple[str, Any]) -> str:
    """Recipient countries with their percentages; a number stands for a region."""
    return "".join(
        element("recipient-region" if code.isdigit() else "recipient-country", code=code, percentage=share) for code, share in each
    )


PAID = transaction(2, 1000, ref="T")
SHARED = [("UA", 40), ("PL", 60)]


@pytest.mark.parametrize(
    ("where", "amount"),
    [
        ([("UA", None)], "1000"),
        ([("ua", "100.0")], "1000"),
        ([("UA", 60)], "600"),
        ([("UA", 40), ("PL", 60)], "400"),
        ([("UA", "33.33"), ("PL", 60)], "333.30"),
        ([("UA", 25), ("89", 75)], "250"),
        ([("UA", 100), ("89", None)], "1000"),
        ([("UA", 20), ("UA", 30), ("PL", 50)], "500"),
    ],
)
def test_of_an_activity_in_several_countries_ukraine_s_published_share_is_taken(submission, where, amount):
    found = submission(activity(PAID, where=places(*where)))
    assert one(found)["amount"] == Decimal(amount)
    assert ("iati-share" in remarks(found)) == (amount != "1000")


def test_a_share_is_told_at_its_row_with_the_whole_amount(submission):
    found = submission(activity(PAID, budget(500), where=places(*SHARED)))
    said = the_finding(found, "iati-share")
    assert (said.level, said.sheet, said.cell, said.column) == ("warning", "Transactions", "D2", "Amount")
    assert "400.00 is 40 % of 1,000.00 EUR" in said.message
    assert one(found)["note"] == "IATI activity SE-0-1, reference T. Ukraine's published share, 40 % of 1,000.00 EUR."
    assert project(found)["budget"] == 200
    assert project(found)["note"].endswith("The budget is Ukraine's published share, 40 % of 500.00 EUR.")


@pytest.mark.parametrize(
    "where",
    [
        [("UA", None), ("PL", None)],
        [("UA", None), ("PL", 60)],
        [("UA", None), ("89", None)],
        [("UA", "about half"), ("PL", 50)],
        [("UA", 140), ("PL", 60)],
        [("UA", -40), ("PL", 140)],
        [("UA", 20), ("UA", None), ("PL", 50)],
    ],
)
def test_an_amount_for_several_countries_without_a_share_is_not_guessed(submission, where):
    found = submission(activity(PAID, budget(500), transaction(3, 10, ref="U"), where=places(*where)))
    assert rows(found) == []
    assert (project(found)["budget"], project(found)["title"]) == (None, "Cyber Shield")
    assert project(found)["note"].endswith("The budget of 500.00 EUR is for several countries, without a share for Ukraine.")
    said = the_finding(found, "iati-share-unknown")
    assert (said.level, said.value, said.rows) == ("warning", "SE-0-1", 2)


def test_a_share_of_a_value_that_is_no_number_is_not_read_as_the_whole(submission):
    found = submission(activity(transaction(2, "1,000.00", ref="T"), where=places(*SHARED)))
    assert [cell for _rule, cell in errors(found)] == ["D2"]


def test_what_a_transaction_says_of_its_country_goes_before_its_activity(submission):
    own = [
        transaction(2, 1, "2024-03-01", places(("UA", None)), ref="UA"),
        transaction(2, 2, "2024-03-01", places(("PL", None)), ref="PL"),
        transaction(2, 4, "2024-03-01", places(("89", None)), ref="region"),
        transaction(2, 10, ref="none"),
    ]
    found = submission(activity(*own, where=places(*SHARED)))
    assert {row["contribution_id"]: row["amount"] for row in rows(found)} == {"SE-0-1/UA": 1, "SE-0-1/none": 4}
    assert the_finding(found, "iati-transaction-elsewhere").rows == 2


def test_an_activity_is_in_ukraine_by_a_transaction_alone(submission):
    only = transaction(2, 1, "2024-03-01", places(("UA", None)), ref="UA")
    for where in ("", places(("PL", 100))):
        found = submission(activity(only, transaction(2, 5, ref="other"), where=where))
        assert (one(found)["amount"], project(found)["project_id"]) == (1, "SE-0-1")


def test_activities_elsewhere_are_left_out_and_counted(submission):
    elsewhere = [activity(PAID, identifier=f"SE-0-PL-{n}", where=places(("PL", 100), ("UA", 0))) for n in range(3)]
    nowhere = [activity(PAID, identifier=f"SE-0-NO-{n}", where="") for n in range(2)]
    found = submission(*elsewhere, activity(PAID), *nowhere)
    assert [row["project_id"] for row in rows(found, "projects")] == ["SE-0-1"]
    assert (the_finding(found, "iati-elsewhere").rows, the_finding(found, "iati-without-country").rows) == (3, 2)
    assert "SE-0-NO-0" in the_finding(found, "iati-without-country").message


# Names of rows


def test_a_transaction_is_named_by_its_own_reference_or_else_by_type_and_date(submission):
    several = [
        transaction(2, 1, "2024-03-01", ref="A"),
        transaction(2, 2, "2024-03-02", ref="A"),
        transaction(2, 3, "2024-03-02"),
        transaction(3, 1, None),
    ]
    found = submission(activity(*several))
    assert [row["contribution_id"] for row in rows(found)] == [
        "SE-0-1/A",
        "SE-0-1/commitment/2024-03-02",
        "SE-0-1/commitment/2024-03-02/2",
        "SE-0-1/disbursement/undated",
    ]
    assert the_finding(found, "iati-without-reference").rows == 3


def test_an_activity_without_an_identifier_is_held_and_not_lost(submission):
    found = submission(activity(PAID, identifier=None))
    assert errors(found) == [("missing-value", "A2"), ("missing-value", "A2")]
    assert found.rows_held == 2


def test_an_activity_that_stands_twice_in_a_file_is_held(submission):
    found = submission(activity(PAID), activity(PAID))
    assert {rule for rule, _cell in errors(found)} == {"duplicate-key"}
    assert found.rows_accepted == 0


# What is refused


@pytest.mark.parametrize("version", ["2.01", "2.02", "2.03", " 2.03 "])
def test_the_versions_since_2_01_are_read(submission, version):
    assert submission(activity(PAID), version=version).rows_accepted == 2


def test_a_file_put_together_from_others_says_its_version_at_each_activity(submission):
    mixed = [activity(PAID, version="2.02"), activity(PAID, identifier="SE-0-2", version="2.03")]
    assert submission(*mixed, version=None).rows_accepted == 4
    with pytest.raises(Refused, match=r"it follows version 1\.05"):
        submission(*mixed, activity(PAID, identifier="SE-0-3", version="1.05"))


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
GOOD = file(activity(PAID))


def hidden(encoding: str) -> bytes:
    """A document type that the bytes show only to whoever knows the encoding that the first line names."""
    first = f'<?xml version="1.0" encoding="{encoding}"?>'.encode("ascii")
    return first + BOMB.encode(encoding) + b"".join(each.encode(encoding) for each in ("<iati-activities ", 'version="2.03"/>'))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (file(activity(PAID), version="1.05"), "it follows version 1.05 of the IATI standard; 2.01, 2.02 and 2.03 are read"),
        (file(activity(PAID), version="3.00"), "it follows version 3.00"),
        (file(activity(PAID), version=None), "does not say which version"),
        (file(root="iati-organisations"), "an IATI organisation file; send the publisher's activity file"),
        (file(root="rss"), "no IATI activity file; if it is a spreadsheet, save it as xlsx"),
        (file(), "it has no activity"),
        (file(activity(PAID, where=places(("PL", None)))), "none of its 1 activities names Ukraine"),
        (file(activity(PAID), before=BOMB), "forbidden XML entities"),
        (file(activity(PAID), before=OUTSIDE), "forbidden XML entities"),
        (file(activity(PAID), before="<!DOCTYPE iati-activities>"), "forbidden XML entities"),
        (file(activity(PAID), before=BOMB).decode().replace("UTF-8", "UTF-16").encode("utf-16"), "forbidden XML entities"),
        (hidden("cp037"), "damaged|forbidden"),
        (file(activity(PAID, title="&undefined;")).replace(b"&amp;", b"&"), "its XML is damaged in line 2: undefined entity"),
        (GOOD[: len(GOOD) // 2], "its XML is damaged in line 2"),
        (GOOD[:-30], "its XML is damaged in line 2"),
        (GOOD.replace(b"Cyber", b"\xff\xfe"), "its XML is damaged"),
        (GOOD + GOOD, "its XML is damaged"),
        (file("<a>" * 200_000), "nested deeper"),
        (file(activity("<title>" * 200_000)), "nested deeper"),
        (file(activity(title="a" * 100_000)), "a cell holds more than 32,767 characters"),
    ],
    ids=[
        "1.05", "3.00", "no version", "organisations", "other XML", "empty", "elsewhere", "bomb", "entity from outside", "document type",
        "bomb in UTF-16", "bomb in EBCDIC", "unknown entity", "half", "last bytes missing", "not UTF-8", "two files", "deep", "deep inside",
        "long title",
    ],
)  # fmt: skip
def test_what_is_no_activity_file_is_refused_in_one_sentence(content, reason):
    with pytest.raises(Refused, match=rf"^sent\.xml was not read: .*(?:{reason}).*\.$"):
        read("sent.xml", content)


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig"])
def test_the_file_says_in_which_encoding_it_is(empty_lake, encoding):
    declared = encoding.removesuffix("-sig")
    content = GOOD.decode().replace("UTF-8", declared).replace("Cyber Shield", "Sköld").encode(encoding)
    assert project(understood(content, empty_lake, name="sida.xml", decisions=DECIDED))["title"] == "Sköld"


def test_it_is_known_by_what_it_holds_and_not_by_its_name(empty_lake):
    assert understood(GOOD, empty_lake, name="sida.csv", decisions=DECIDED).rows_accepted == 2
    assert read("odd.xml", b"need_id,need\nN-1,Training\n").sheets[0].row(2) == ["N-1", "Training"]


@pytest.mark.child
def test_a_large_file_of_many_activities_is_read_in_little_memory(monkeypatch):
    monkeypatch.setattr(reading, "READER_MEMORY_BYTES", 256 * 2**20)
    left_out = element("result", "<indicator/>" * 500)
    found = read("sent.xml", file(*(activity(PAID, left_out, identifier=f"SE-0-{n}") for n in range(4_000))))
    assert [(sheet.name, sheet.height) for sheet in found.sheets] == [("Activities", 4_001), ("Transactions", 4_001)]


def test_of_a_thousand_and_more_remarks_of_one_kind_the_rest_is_counted(empty_lake):
    many = [activity(PAID, identifier=f"SE-0-{n}", where=places(*SHARED)) for n in range(1_100)]
    found = understood(file(*many), empty_lake, name="sida.xml", decisions=DECIDED)
    assert len([each for each in found.findings if each.rule == "iati-share"]) == 1_000
    assert [(each.column, each.rows) for each in found.findings if each.rule == "more-of-the-same" and each.column == "Amount"] == [
        ("Amount", 100)
    ]
