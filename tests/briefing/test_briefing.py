"""A briefing: always two pages, with the figures that the pages have, in the reader's language, and nothing that its reader may not see."""

import io
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tallinn import ask as questions
from tallinn.ask import Answer
from tallinn.audience import PUBLIC, Audience
from tallinn.briefing import briefing
from tallinn.briefing.contents import of_donor, of_mechanism
from tallinn.cli import main
from tallinn.ingest.invented import MARK
from tallinn.lake import Lake
from tallinn.languages import language
from tallinn.provenance import Ask
from tallinn.releases import published, working
from tallinn.store import Store, open_store
from tallinn.summary import figures
from tallinn.told import told
from tests.pages.leftover import phrases

WHERE = "https://dashboard.example.org/donor?donor=EST"


def asking(store: Store) -> Ask:
    def asked(name: str, **parameters: Any) -> Answer:
        return told(questions.ask(store, name, **parameters))

    return asked


def of_lake(directory: Path, audience: Audience = PUBLIC) -> Ask:
    with Lake(directory) as lake:
        return asking(open_store(lake, audience, working(lake) if audience.role == "staff" else published(lake)))


@pytest.fixture(scope="module")
def demonstrated(demonstration_directory) -> Ask:
    return of_lake(demonstration_directory)


def pages(made: bytes) -> list[str]:
    return [" ".join(page.extract_text().replace("-\n", "").split()) for page in PdfReader(io.BytesIO(made)).pages]


@pytest.mark.parametrize("code", ["en", "uk"])
def test_the_briefing_of_the_mechanism_holds_its_figures(code, demonstrated):
    with language.spoken(code):
        first, second = pages(briefing(demonstrated, changes=["Sweden has committed more."], address=WHERE))
        named = figures(demonstrated("headline"))
    for figure in named:
        assert figure.value.replace("\xa0", " ") in first
    assert MARK in first and "Sweden has committed more." in second and "release=DEMONSTRATION" in second.replace(" ", "")


@pytest.mark.parametrize("code", ["en", "uk"])
def test_every_donor_has_a_briefing_of_two_pages(code, demonstrated):
    donors = demonstrated("donor_figures").rows[["donor_id", "donor"]].itertuples(index=False)
    with language.spoken(code):
        for donor_id, _ in donors:
            first, _second = pages(briefing(demonstrated, donor_id=donor_id, address=WHERE))
            assert demonstrated("donor_figures", donors=[donor_id]).rows["donor"].iloc[0] in first


@pytest.mark.parametrize("much", [1, 40])
def test_it_has_two_pages_however_much_there_is_to_say(much, demonstrated):
    changes = [f"Sweden: EUR 1 million committed more, and this is a rather long sentence about it, number {n}." * 2 for n in range(much)]
    assert len(pages(briefing(demonstrated, changes=changes, address=WHERE))) == 2


def test_what_is_not_on_file_is_said(founded_directory, empty_directory):
    first, _second = pages(briefing(of_lake(founded_directory), donor_id="FIN"))
    assert "Nothing of Finland has been published" in first
    with Lake(empty_directory) as lake:
        nothing = asking(open_store(lake, PUBLIC, working(lake)))
    first, _second = pages(briefing(nothing))
    assert "No commitment to the Tallinn Mechanism is on file." in first


def test_no_english_is_left_in_ukrainian(demonstrated):
    with language.spoken("uk"):
        said = [of_mechanism(demonstrated), of_donor(demonstrated, "EST")]
        data = "\n".join(
            str(cell) for name in ("projects", "contributions") for row in demonstrated(name).rows.itertuples() for cell in row
        )
        texts = [
            text
            for one in said
            for text in (
                *one.sentences,
                *one.late,
                *one.gaps,
                *(f"{each.label} {each.value}" for each in one.figures),
                *(f"{each.title} {each.alt} {' '.join(each.notes)}" for each in one.charts),
            )
        ]
    assert {phrase for text in texts for phrase in phrases(text) if phrase not in data} == set()


def test_it_says_whom_its_label_admits(founded_directory):
    asked = of_lake(founded_directory, Audience("staff"))
    marking = asked("release_facts").release.marking
    first, _second = pages(briefing(asked))
    assert not marking or marking in first


def test_the_same_is_the_same_file(founded_directory):
    assert briefing(of_lake(founded_directory)) == briefing(of_lake(founded_directory))


def test_the_command_line_writes_it(founded_directory, tmp_path, capsys):
    target = tmp_path / "briefing.pdf"
    assert main(["briefing", "--lake", str(founded_directory), "--donor", "Estonia", "--lang", "uk", "--out", str(target)]) == 0
    first, second = pages(target.read_bytes())
    assert "Естонія" in first and "Попереднього випуску немає." in second
    assert main(["briefing", "--lake", str(founded_directory), "--donor", "Nowhere", "--out", str(target)]) == 2
    assert "Nowhere" in capsys.readouterr().err
