"""Work done once and then kept: answers, and what is made of an answer for every visitor who gets the same one."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, Generic, TypeVar

from tallinn.ask import Answer
from tallinn.languages import language

Result = TypeVar("Result")

MOST_CELLS = 2_000_000
"""Cells of the answers that are kept in one place: about 200 MB."""


class _Recent(Generic[Result]):
    """Values by key, each with the cells that it holds; those unused longest go first, once they are many or hold many cells."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._cells = 0
        self._lock = Lock()
        self._values: OrderedDict[tuple[Any, ...], tuple[Result, int]] = OrderedDict()

    def get(self, key: tuple[Any, ...]) -> Result | None:
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key][0]

    def put(self, key: tuple[Any, ...], value: Result, cells: int) -> Result:
        """The value that is kept: of two threads that made the same at once, that of the first."""
        with self._lock:
            if key in self._values:
                return self._values[key][0]
            self._values[key] = value, cells
            self._cells += cells
            while len(self._values) > 1 and (len(self._values) > self._most or self._cells > MOST_CELLS):
                _key, (_value, gone) = self._values.popitem(last=False)
                self._cells -= gone
        return value


class Kept(Generic[Result]):
    """Results by the answers they were made from, the further choices and the reader's language."""

    def __init__(self, make: Callable[..., Result], most: int = 500) -> None:
        self._make = make
        # The answers stay beside their result, so that no other answer can get their identity.
        self._results: _Recent[tuple[tuple[Answer, ...], Result]] = _Recent(most)

    def of(self, *answers: Answer, **choices: Any) -> Result:
        """What `make(*answers, **choices)` gives. Choices can be hashed; two threads at once may both make it."""
        key = (*map(id, answers), *sorted(choices.items()), language.get())
        found = self._results.get(key)
        if found is None:
            made = answers, self._make(*answers, **choices)
            found = self._results.put(key, made, sum(answer.rows.size for answer in answers))
        return found[1]


class KeptAnswers:
    """Answers by what was asked."""

    def __init__(self, ask: Callable[..., Answer], most: int) -> None:
        self._ask = ask
        self._answers: _Recent[Answer] = _Recent(most)

    def __call__(self, *asked: Any, **parameters: Any) -> Answer:
        """What `ask(*asked, **parameters)` gives; all of it can be hashed. Two threads at once may both ask."""
        key = (*asked, *sorted(parameters.items()))
        found = self._answers.get(key)
        if found is None:
            answer = self._ask(*asked, **parameters)
            found = self._answers.put(key, answer, answer.rows.size)
        return found
