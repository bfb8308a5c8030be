"""The catalogues are those of the code as it is; the Ukrainian one is complete, and each translation fits its source."""

import re
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tallinn import messages
from tallinn.datasets import datasets
from tallinn.languages import CATALOGUE, LOCALES, SOURCE, catalogue, language, languages
from tallinn.wording import _, ngettext

TRANSLATED = [code for code in languages() if code != SOURCE]
COMPLETE = ["uk"]
"""Languages of which nothing may be left in English; others may come bit by bit."""
MARKS = ("**", "<br>", "<b>", "</b>", "\n", "`")
SAME = re.compile(r"[^A-Za-z]*|DDoS|SHA-256|\W*UTC\W*|\(Frictionless Data Package\)")
"""What is the same in each language: names, and signs around placeholders."""


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    return messages.messages()


def read(code: str) -> Catalog:
    with (LOCALES / code / CATALOGUE).open("rb") as file:
        return read_po(file, locale=code)


def both(code: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Each message with its translations, as many as there are forms."""
    return [(as_tuple(each.id), as_tuple(each.string)) for each in read(code) if each.id]


def as_tuple(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def fields(text: str) -> set[str]:
    return {name for _text, name, _form, _conversion in Formatter().parse(text) if name}


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalogue_holds_what_there_is_to_translate_and_nothing_else(code: str, wanted: Catalog):
    found = read(code)
    missing = [each.id for each in wanted if each.id and found.get(first(each)) is None]
    stale = [each.id for each in found if each.id and wanted.get(first(each)) is None]
    assert (missing, stale, list(found.obsolete)) == ([], [], []), "make messages"
    assert [each.id for each in found if each.id and each.fuzzy] == []


def first(message: Message) -> str:
    return as_tuple(message.id)[0]


@pytest.mark.parametrize("code", COMPLETE)
def test_every_message_is_translated(code: str):
    assert [source for source, texts in both(code) if not all(texts)] == []


@pytest.mark.parametrize("code", COMPLETE)
def test_no_translation_is_the_english_text(code: str):
    assert [source for source, texts in both(code) if texts[0] == source[0] and not SAME.fullmatch(without_fields(source[0]))] == []


def without_fields(text: str) -> str:
    return re.sub(r"\{.*?\}|<.*?>", "", text)


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_has_the_placeholders_and_marks_of_its_source(code: str):
    wrong = [(source, text) for source, texts in both(code) for text in texts if text and not fits(source, text)]
    assert wrong == []


def fits(source: tuple[str, ...], text: str) -> bool:
    """All placeholders and no other; a number may be said in words in one of several forms."""
    full = source[-1]
    optional = {"n"} if len(source) > 1 else set()
    right = fields(full) - optional <= fields(text) <= fields(full) | fields(source[0])
    marks = all(text.count(mark) == full.count(mark) for mark in MARKS)
    edges = (text[0].isspace(), text[-1].isspace()) == (full[0].isspace(), full[-1].isspace())
    return right and marks and edges


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_number_has_as_many_forms_as_the_language(code: str):
    found = read(code)
    assert [each.id for each in found if each.pluralizable and len(each.string) != found.num_plurals] == []


def test_ukrainian_is_written_with_its_own_letters_and_signs():
    wrong = re.compile(r"[ыэъёЫЭЪЁ]|\w['`ʼ]\w|“|”|\.\.|(?<=\S)  (?=\w)")
    assert [text for _source, texts in both("uk") for text in texts if wrong.search(text)] == []


def test_the_number_decides_the_form():
    with language.spoken("uk"):
        said = [ngettext("{n} row", "{n} rows", n).format(n=n) for n in (1, 3, 5, 11, 21, 22)]
    assert said == ["1 рядок", "3 рядки", "5 рядків", "11 рядків", "21 рядок", "22 рядки"]


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_two_columns_of_a_dataset_have_the_same_title(code: str):
    """A template in this language would come back with a column that means two things."""
    with language.spoken(code):
        for dataset in datasets().values():
            titles = [_(field.title) for field in dataset.fields]
            assert len(set(titles)) == len(titles), dataset.name


def test_a_language_that_nobody_has_is_english():
    assert catalogue("../uk").gettext("Projects") == "Projects"
    with language.spoken("xx"):
        assert _("Projects") == "Projects"


def test_nothing_is_not_translated_into_the_head_of_the_catalogue():
    with language.spoken("uk"):
        assert _("") == ""
