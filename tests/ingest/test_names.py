"""Countries, donor organisations and currencies are known by every name that means one only; near misses are proposed, never taken."""

from typing import Any

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from tallinn.datasets import datasets
from tallinn.ingest.cells import Noted, Unclear, meanings
from tallinn.ingest.names import LANGUAGES, alpha3_codes, country_code, english_name
from tallinn.ingest.sheets import Money

DONORS = [
    "EST",
    "DEU",
    "FRA",
    "SWE",
    "NLD",
    "POL",
    "DNK",
    "NOR",
    "FIN",
    "ITA",
    "UKR",
    "CAN",
    "USA",
    "GBR",
    "LTU",
    "LVA",
    "CZE",
    "JPN",
    "CHE",
]


def read(cell: Any, field: str = "donor_id", dataset: str = "contributions", *, as_stated: bool = False) -> Any:
    """The value of a cell, or the rule of the finding it becomes, in brackets."""
    (found,) = meanings([cell], datasets()[dataset].field(field), as_stated=as_stated)
    if isinstance(found, Unclear):
        return [found.rule]
    return found.value if isinstance(found, Noted) else found


def meaning(cell: Any, **options: Any) -> Any:
    return meanings([cell], datasets()["contributions"].field("donor_id"), **options)[0]


@pytest.mark.parametrize("code", DONORS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_donor_is_known_by_its_name_in_every_language_of_the_donors(code, language):
    alpha2 = next(alpha2 for alpha2, alpha3 in alpha3_codes().items() if alpha3 == code)
    name = Locale(language).territories[alpha2]
    assert read(name) == read(name.upper()) == read(f"Government of {name}") == read(alpha2) == read(code.lower()) == code


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("est", "EST"),
        ("EE", "EST"),
        ("Эстония", "EST"),
        ("Government of Germany", "DEU"),
        ("Germany, Government of", "DEU"),
        ("United States of America, Government of", "USA"),
        ("Government of the United Kingdom", "GBR"),
        ("Kingdom of the Netherlands", "NLD"),
        ("the netherlands", "NLD"),
        ("Republic of Estonia", "EST"),
        ("UK", "GBR"),
        ("U.K.", "GBR"),
        ("USA", "USA"),
        ("US", "USA"),
        ("U.S.", "USA"),
        ("Czech Republic", "CZE"),
        ("Turkey", "TUR"),
        ("Tu\u0308rkiye", "TUR"),
        ("Republic of Korea", "KOR"),
        ("eu", "EU"),
        ("European Union", "EU"),
        ("Європейський Союз", "EU"),
        ("Euroopan unioni", "EU"),
        ("NATO", "NATO"),
        ("OTAN", "NATO"),
        ("World Bank", "WB"),
        ("Світовий банк", "WB"),
        ("NO", "NOR"),
    ],
)
def test_a_country_is_known_by_code_and_by_name(cell, code):
    assert meaning(cell) == code


def test_the_european_commission_gives_as_the_european_union_and_that_is_said():
    assert meaning("European Commission") == Noted("EU", "synonym", {"taken": "European Union"})


@pytest.mark.parametrize(
    "cell", ["Atlantis", "E", "ESTT", 5, True, "Estonia; Sweden", "no", "No", "is", "Republic of China", "Congo", "Korea", Money(5, "EUR")]
)
def test_an_unknown_country_is_asked_back(cell):
    assert read(cell) == ["unknown-country"]


@pytest.mark.parametrize(
    ("cell", "proposal"), [("Norwey", "Norway"), ("Estonai", "Estonia"), ("Німечина", "Germany"), ("Schwedn", "Sweden")]
)
def test_a_near_miss_is_proposed_and_not_taken(cell, proposal):
    found = meaning(cell)
    assert (found.rule, found.facts["proposal"]) == ("unknown-country", proposal)
    assert found.facts["hint"] == f" Did you mean {proposal}?"
    assert meaning("Atlantis").facts["hint"] == ""


@pytest.mark.parametrize("cell", ["NA", "na", "N/A", "n/a"])
def test_not_available_is_not_namibia(cell):
    assert meaning(cell) == Noted(None, "unknown-word", {})
    assert read("NAM") == read("Namibia") == "NAM"


def test_an_unknown_organisation_can_be_taken_as_stated():
    found = meaning("Open Society\u200b Foundations", as_stated=True)
    assert (found.value, found.rule) == ("Open Society Foundations", "organisation-as-stated")
    assert len(read("x" * 500, as_stated=True)) == 120
    assert read("Estonia", as_stated=True) == "EST"
    assert read("TBC", as_stated=True) is None
    assert read(5, as_stated=True) == ["unknown-country"]


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("EST; SWE", "EST; SWE"),
        ("Sweden; EST\nsweden ;; ", "SWE; EST"),
        ("EST, SWE", "EST; SWE"),
        ("Estonia/Sweden", "EST; SWE"),
        ("Estonia and Sweden", "EST; SWE"),
        ("Estonia, Sweden & Norway", "EST; SWE; NOR"),
        ("Germany, Government of", "DEU"),
        ("Government of Estonia; Germany, Government of", "EST; DEU"),
        ("Bosnia and Herzegovina", "BIH"),
        ("Trinidad and Tobago and Norway", ["unknown-country"]),
        ("Estonia, Atlantis", ["unknown-country"]),
        ("Estonia; Atlantis", ["unknown-country"]),
        ("TBC", None),
        ("EST; European Commission", "EST; EU"),
        (";", None),
    ],
)
def test_a_list_of_countries_is_taken_only_if_every_part_is_known(cell, codes):
    assert read(cell, "donor_ids", "projects") == codes


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("eur", "EUR"),
        ("€", "EUR"),
        ("Euro", "EUR"),
        ("euros", "EUR"),
        ("US Dollar", "USD"),
        ("US$", "USD"),
        ("українська гривня", "UAH"),
        ("грн.", "UAH"),
        ("₴", "UAH"),
        ("zł", "PLN"),
        ("svensk krona", "SEK"),
    ],
)
def test_a_currency_is_known_by_code_sign_and_name(cell, code):
    assert read(cell, "currency") == code


@pytest.mark.parametrize("cell", ["$", "kr", "¥", "крона", "EUR/USD", "money", "dollars", 5, "x" * 500])
def test_a_sign_of_several_currencies_is_asked_back(cell):
    assert read(cell, "currency") == ["unknown-currency"]


@given(st.sampled_from(LANGUAGES), st.sampled_from(sorted(alpha3_codes().keys() - {"EU"})))
@settings(max_examples=200, deadline=None)
def test_no_name_in_a_donors_language_is_taken_for_another_country(language, alpha2):
    name = Locale(language).territories.get(alpha2, alpha2)
    assert country_code(name) in (alpha3_codes()[alpha2], None)


@pytest.mark.parametrize(("code", "name"), [("EST", "Estonia"), ("EU", "European Union"), ("WB", "World Bank"), ("XYZ", "XYZ")])
def test_codes_have_english_names(code, name):
    assert english_name(code) == name
