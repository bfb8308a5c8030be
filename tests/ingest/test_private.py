"""What people write without thinking of readers, such as telephone numbers, is found in texts; figures, dates and versions are not it."""

import pytest

from tests.samples import remarks, the_finding, understood, workbook

PRIVATE = {
    "e-mail-address": ["write to olena.kovalenko@mil.gov.ua", "o'neil+cyber@example.co.uk", "<mari@ria.ee>"],
    "phone-number": ["+380 44 123 45 67", "call +3725551234.", "tel. 0044 20 7946 0000", "(044) 123-45-67", "(+372) 555 1234"],
    "coordinates": ["at 50.4501, 30.5234", "50.4501 N 30.5234 E", "48.8566/2.3522", "50° 27' N"],
    "ip-address": ["host 192.168.17.4 is open", "10.0.0.0/8", "on 8.8.8.8.", "2001:0db8:85a3:0000:0000:8a2e:0370:7334"],
}
HARMLESS = [
    "EUR 12,500,000.50 in 2025",
    "12 500 000",
    "1.250.000,00 kr",
    "2025-07-02 to 2026-12-31",
    "02.07.2025",
    "2022/2024",
    "version 2.0.1.3.7",
    "section 4.2.1.1.5 of the decision",
    "Decision 2024/1234 of 12 May 2024",
    "Ref. 07-1234-56789",
    "ISO 27001 and ISO/IEC 27032",
    "from 0.5 to 1.5",
    "12:30:00",
    "@CERT_UA on X",
    "100% of 40 000 users",
    "reg. no. 70006317",
    "Cisco ASA 5506-X",
    "5.4 million, 12.25 million",
    "MAC and IP addresses are blocked",
]


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in PRIVATE.items() for text in texts])
@pytest.mark.parametrize("field", ["purpose", "note"])
def test_what_should_not_be_published_is_found(empty_lake, rule, text, field):
    submission = understood(workbook(contributions=[{field: text}]), empty_lake)
    assert remarks(submission) == {rule}
    assert submission.rows_accepted == 1


@pytest.mark.parametrize("text", HARMLESS)
def test_figures_dates_versions_and_numbers_of_sections_are_not_it(empty_lake, text):
    assert remarks(understood(workbook(contributions=[{"note": text}]), empty_lake)) == set()


def test_the_finding_quotes_only_what_is_private(empty_lake):
    submission = understood(workbook(contributions=[{"note": "Ask Olena (olena@mil.gov.ua) first."}]), empty_lake)
    assert the_finding(submission, "e-mail-address").value == "olena@mil.gov.ua"


def test_names_keys_and_web_addresses_are_not_searched(empty_lake):
    row = {"contribution_id": "10.0.0.1", "source_url": "https://example.org/50.4501,30.5234", "source_publisher": "press@example.org"}
    assert remarks(understood(workbook(contributions=[row]), empty_lake)) == set()
