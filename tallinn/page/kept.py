"""Work done once for an answer and then kept for every visitor who gets the same answer."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, Generic, TypeVar

from tallinn.ask import Answer
from tallinn.languages import language

Result = TypeVar("Result")


class Kept(Generic[Result]):
    """Results by the answers they were made from, the further choices and the reader's language; those unused longest go first."""

    def __init__(self, make: Callable[..., Result], most: int = 500) -> None:
        self._make = make
        self._most = most
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
            self._results[key] = (answers, result)
            if len(self._results) > self._most:
                self._results.popitem(last=False)
        return result
