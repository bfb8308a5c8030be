"""Work done once for an answer and then kept for every visitor who gets the same answer."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, Generic, TypeVar

from tallinn.ask import Answer
from tallinn.languages import language

Result = TypeVar("Result")


MOST_CELLS = 2_000_000
"""Cells of the answers that are kept in one place: about 200 MB."""


class Kept(Generic[Result]):
    """Results by the answers they were made from, the further choices and the reader's language; those unused longest go first."""

    def __init__(self, make: Callable[..., Result], most: int = 500) -> None:
        self._make = make
        self._most = most
        self._cells = 0
        self._lock = Lock()
        # The answers stay beside their result, so that no other answer can get their identity.
        self._results: OrderedDict[tuple[Any, ...], tuple[tuple[Answer, ...], Result]] = OrderedDict()

    def of(self, *answers: Answer, **choices: Any) -> Result:
        """What `make(*answers, **choices)` gives. Choices can be hashed; two threads at once may both make it."""
        key = (*map(id, answers), *sorted(choices.items()), language.get())
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
                return self._results[key][1]
        result = self._make(*answers, **choices)
        with self._lock:
            if key not in self._results:
                self._results[key] = (answers, result)
                self._cells += _cells(answers)
            while len(self._results) > 1 and (len(self._results) > self._most or self._cells > MOST_CELLS):
                _key, (gone, _result) = self._results.popitem(last=False)
                self._cells -= _cells(gone)
        return result


def _cells(answers: tuple[Answer, ...]) -> int:
    return sum(answer.rows.size for answer in answers)


class KeptAnswers:
    """Answers by what was asked; those unused longest go first, once they are many or hold many cells."""

    def __init__(self, ask: Callable[..., Answer], most: int) -> None:
        self._ask = ask
        self._most = most
        self._cells = 0
        self._lock = Lock()
        self._answers: OrderedDict[tuple[Any, ...], Answer] = OrderedDict()

    def __call__(self, *asked: Any, **parameters: Any) -> Answer:
        """What `ask(*asked, **parameters)` gives; all of it can be hashed. Two threads at once may both ask."""
        key = (*asked, *sorted(parameters.items()))
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        answer = self._ask(*asked, **parameters)
        with self._lock:
            answer = self._answers.setdefault(key, answer)
            self._cells = sum(each.rows.size for each in self._answers.values())
            while len(self._answers) > 1 and (len(self._answers) > self._most or self._cells > MOST_CELLS):
                _key, gone = self._answers.popitem(last=False)
                self._cells -= gone.rows.size
        return answer
