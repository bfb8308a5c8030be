"""Nothing that an audience may not see reaches it: not by a page, table, chart, file, filter's choice, answer, error or line in the log.

Every page is visited by everybody in one process, one after the other in random order, so that what is kept for one must not reach another.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial, partialmethod
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pytest
from google.protobuf.message import Message
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.testing.v1 import AppTest, app_test, local_script_runner
from streamlit.util import calc_hash

from tallinn.ask import ask, names, question
from tallinn.audience import Audience
from tallinn.lake import Lake
from tallinn.page import visit as asking
from tallinn.releases import dossiers, published, working
from tallinn.settings import ROOT
from tallinn.store import Store, open_store
from tests.audience.planted import AUDIENCES, STAFF, Planted, found_in, plant
from tests.pages.conftest import NavigatedPages, open_page
from tests.people import somebody
from tests.samples import copied

PAGES = sorted(path.name for path in (ROOT / "pages").glob("*.py"))
SEEDS = [1]
LOG = ("log", "")
PARSE, KEEP = local_script_runner.parse_tree_from_messages, MemoryMediaFileStorage.load_and_get_id
NOT_ON_ANY_PAGE = {f"capabilities.{name}" for name in ("organisation", "description", "available_from", "available_until", "note")} | {
    # What happened is shown before what is not said to be planned or to have happened; here everything is said.
    "projects.start",
    "projects.end",
    "who approved",
    "who published",
    "who dropped",
    "why dropped",
    "note of a dropped release",
}
everybody = pytest.mark.parametrize("who", AUDIENCES)
every_page = pytest.mark.parametrize("script", PAGES)


@contextmanager
def visited_by(audience: Audience) -> Iterator[None]:
    """Pages are asked for by somebody of this audience."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asking, "person", lambda: somebody(audience))
        yield


@pytest.fixture(scope="module", params=SEEDS, ids="seed {}".format)
def seed(request) -> int:
    return request.param


@pytest.fixture(scope="module")
def planted_lake(seed, empty_directory, tmp_path_factory) -> tuple[Path, list[Planted]]:
    directory = copied(empty_directory, tmp_path_factory.mktemp("planted") / "lake")
    return directory, plant(directory, seed)


@pytest.fixture(scope="module")
def told(seed, planted_lake) -> dict[tuple[str, str], set[str]]:
    """What was planted or looks like it in all that each audience was sent by each page, every panel of proof open, and in the log."""
    directory, _ = planted_lake
    draw, sessions, everything = Random(seed), {}, {}
    with logged() as lines:
        for script, who in [(script, who) for script in PAGES for who in draw.sample(sorted(AUDIENCES), k=len(AUDIENCES))]:
            with visited_by(AUDIENCES[who]), everything_sent(directory) as sent:
                sessions[who] = visit(script, sessions.get(who))
            everything[script, who] = found_in("\n".join(sent))
    return {**everything, LOG: found_in("\n".join(lines))}


@contextmanager
def logged() -> Iterator[list[str]]:
    """What is logged, with tracebacks, as fully as a server is ever told to."""
    handler, root = Lines(), logging.getLogger()
    usual = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield handler.said
    finally:
        root.setLevel(usual)
        root.removeHandler(handler)


class Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(self.format(record))


def visit(script: str, session: AppTest | None = None, **query: str) -> AppTest:
    """The page by the navigation, with every proof open; where it is not listed, as a browser can ask for it all the same."""
    page = session or open_page("1_summary.py", **query)
    for name, value in query.items():
        page.query_params[name] = value
    try:
        page.switch_page(f"pages/{script}")
    except ValueError:
        page._page_hash = calc_hash(script.partition("_")[2].removesuffix(".py").replace("_", "-"))
    page.run()
    for key in [key for key in page.session_state if str(key).startswith("made_")]:
        page.session_state[key] = True
    page.run()
    assert not page.exception
    return page


@contextmanager
def everything_sent(directory: Path) -> Iterator[list[str]]:
    """What browsers get of this lake: messages, tables, figures and files, as texts."""
    sent: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TALLINN_LAKE", str(directory))
        patch.setattr(app_test, "PagesManager", NavigatedPages)
        patch.setattr(local_script_runner, "parse_tree_from_messages", partial(messages_heard, sent))
        patch.setattr(MemoryMediaFileStorage, "load_and_get_id", partialmethod(file_heard, sent))
        yield sent


def messages_heard(sent: list[str], messages: list[Any]) -> Any:
    sent.extend(text for message in messages for text in texts_of(message))
    return PARSE(messages)


def file_heard(storage: MemoryMediaFileStorage, sent: list[str], content: Any, *more: Any, **named: Any) -> str:
    sent.append(str(content))
    return KEEP(storage, content, *more, **named)


def texts_of(message: Message) -> Iterator[str]:
    """A message of the protocol as text: tables as their rows, figures as their numbers."""
    yield str(message)
    yield from (
        str(pa.ipc.open_stream(value).read_all().to_pylist()) for value in bytes_in(message) if value.startswith(b"\xff\xff\xff\xff")
    )


def bytes_in(message: Message) -> Iterator[bytes]:
    for of, value in message.ListFields():
        for each in value if of.is_repeated else [value]:
            if isinstance(each, Message):
                yield from bytes_in(each)
            elif isinstance(each, bytes):
                yield each


def leaks(found: set[str], audience: Audience, planted: list[Planted]) -> list[Planted]:
    return [each for each in planted if not each.may_be_read_by(audience) and found & each.forms]


@everybody
@every_page
def test_no_page_sends_what_its_reader_may_not_see(script, who, told, planted_lake):
    assert leaks(told[script, who], AUDIENCES[who], planted_lake[1]) == []


@everybody
def test_pages_send_what_their_reader_may_see(who, told, planted_lake):
    """Else the test above would find nothing, whatever the pages did."""
    found = set().union(*(told[script, who] for script in PAGES))
    readable = [each for each in planted_lake[1] if each.may_be_read_by(AUDIENCES[who])]
    shown = {each.where for each in readable if each.forms & found}
    assert {each.where for each in readable} - shown <= NOT_ON_ANY_PAGE
    keys = [each for each in readable if each.where.endswith("_id") and not each.forms & found]
    assert readable and not keys


def test_the_log_tells_nothing_of_any_row(told, planted_lake):
    assert [each for each in planted_lake[1] if told[LOG] & each.forms] == []


@pytest.mark.parametrize("who", [who for who, audience in AUDIENCES.items() if audience != STAFF])
def test_what_is_guessed_in_an_address_finds_nothing(who, planted_lake):
    """Neither a donor with hidden rows alone, nor a word of a hidden row, nor a release that waits for its approval."""
    directory, planted = planted_lake
    hidden = next(each for each in planted if each.where == "projects.title" and each.label == "TLP:AMBER+STRICT")
    with Lake(directory) as lake:
        waiting = next(each.id for each in dossiers(lake) if each.state == "prepared")
    (word,) = hidden.forms
    with visited_by(AUDIENCES[who]), everything_sent(directory) as sent:
        page = visit("3_projects.py", donor="Latvia", search=word, release=waiting)
    assert "No project on file fits" in "".join(sent)
    assert page.query_params.get("release") is None
    assert [each for each in leaks(found_in("\n".join(sent)), AUDIENCES[who], planted) if not each.forms <= {word, "Latvia", "LVA"}] == []


@everybody
def test_a_page_about_one_thing_tells_who_names_it_nothing_that_they_may_not_see(who, planted_lake):
    """Donors and projects are asked for by their codes, those too that this reader does not see."""
    directory, planted = planted_lake
    projects = [word for each in planted if each.where == "projects.project_id" for word in each.forms]
    for script, key, named in (("13_donor.py", "donor", ["NLD", "SWE", "LVA"]), ("15_project.py", "project", projects[::4])):
        session = None
        for word in named:
            with visited_by(AUDIENCES[who]), everything_sent(directory) as sent:
                session = visit(script, session, **{key: word})
            told = leaks(found_in("\n".join(sent)), AUDIENCES[who], planted)
            assert [each for each in told if not each.forms & {word}] == [], (script, word)


# Answers


@pytest.fixture(scope="module")
def stores(planted_lake) -> dict[str, Store]:
    with Lake(planted_lake[0]) as lake:
        return {
            who: open_store(lake, audience, working(lake) if audience == STAFF else published(lake)) for who, audience in AUDIENCES.items()
        }


def asked(store: Store, guesses: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Every question with its default, and with a guess for each of its parameters; and its answer with all that proves it."""
    for name in names():
        query = question(name)
        guessed = {key: guesses.get(key, guesses["otherwise"]) for key in query.defaults}
        for choice in [{}, *({key: [guess] if key in query.lists else guess} for key, guess in guessed.items())]:
            answer = ask(store, name, **choice)
            yield f"{name} {[*choice]}", f"{answer.question} {answer.sql} {answer.release} {answer.rows.to_csv()}"


@pytest.mark.parametrize("who", ["the public", "the Netherlands"])
def test_no_answer_holds_what_its_reader_may_not_see_whatever_is_guessed(who, stores, planted_lake):
    """Who guesses what stands in hidden rows gets the same answer as who asks for nonsense."""
    _, planted = planted_lake
    hidden = {each.where: word for each in planted if each.label == "TLP:AMBER+STRICT" and each.owner == "SWE" for word in each.forms}
    words = {"search": hidden["projects.title"], "types": hidden["incidents.type"], "sectors": hidden["incidents.sector"]}
    nonsense = dict(asked(stores[who], {"otherwise": "nonsense"}))
    for name, answer in asked(stores[who], {**words, "otherwise": "LVA"}):
        assert leaks(found_in(answer), AUDIENCES[who], planted) == [], name
        assert answer == nonsense[name], name
