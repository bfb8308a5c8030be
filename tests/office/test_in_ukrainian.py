"""The office's way with a file, in Ukrainian: nothing of it is in English, also when somebody changes the language on the way."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tallinn.lake import Lake
from tests.office.conftest import Visit
from tests.office.test_upload import NORWEGIAN, press, uploaded, widget, words
from tests.pages.leftover import left, of_data


@pytest.fixture
def norwegian(visit: Visit) -> AppTest:
    page = uploaded(visit("6_upload.py", lang="uk"), ("norge.csv", NORWEGIAN.encode("cp1252")))
    widget(page, "Хто надсилає").set_value("NOR")
    return page.run()


def english(page: AppTest) -> set[str]:
    """What is English and stands neither in the data nor in the file."""
    return left(page, "\n".join([of_data(), NORWEGIAN, "norge", "NOK"]))


def decided(page: AppTest) -> AppTest:
    widget(page, "У межах Механізму").set_value("yes")
    widget(page, "Мітка TLP").set_value("TLP:CLEAR")
    return press(page, "Ігнорувати всі")


def test_a_file_is_understood_taken_in_and_undone_in_ukrainian(norwegian: AppTest, own_lake: Path):
    assert english(norwegian) == set()
    page = decided(norwegian)
    assert english(page) == set()
    assert "Норвегія: зобов’язання зростуть на" in words(page)
    page = press(page, "Прийняти 2 рядки і відкласти 1")
    assert english(page) == set()
    page.switch_page("pages/7_submissions.py").run()
    assert english(page) == set()
    widget(page, "Чому скасовано").set_value("Помилка")
    page = press(page, "Скасувати це подання")
    assert english(page) == set()
    assert page.success[0].value.startswith("Подання")
    with Lake(own_lake) as lake:
        assert lake.history()[0]["undone_reason"] == "Помилка"


def test_what_was_decided_in_one_language_holds_in_another(norwegian: AppTest):
    page = norwegian.button(key="language_en").click().run()
    assert page.exception == []
    assert widget(page, "Who sends this file?").value == "NOR"
    widget(page, "Within the Mechanism").set_value("yes")
    widget(page, "TLP label").set_value("TLP:CLEAR")
    page = press(page, "Ignore all undecided columns")
    page = page.button(key="language_uk").click().run()
    assert page.exception == []
    assert any("Прийняти 2 рядки" in button.label for button in page.button)
    assert english(page) == set()


def test_a_refusal_is_in_ukrainian(visit: Visit):
    page = uploaded(visit("6_upload.py", lang="uk"), ("broken.xlsx", b"PK\x03\x04 no workbook"))
    assert [error.value.replace("\\", "") for error in page.error] == [
        "broken.xlsx не прочитано: це не робоча книга xlsx, або її пошкоджено."
    ]
