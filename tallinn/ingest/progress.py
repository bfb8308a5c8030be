"""How far a long piece of work has come: told often enough for a bar to move, and for a person to stop it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
STEP = 5_000
"""Items that are gone through in a moment."""
Progress = Callable[[float], None]
"""Told how much is done (0..1); whoever wants to stop raises an exception of their own."""


def unheard(_done: float) -> None:
    """Nobody asked."""


@dataclass(frozen=True)
class Stretch:
    """A part of the work, itself told from 0 to 1, that leads from one point of the whole to another."""

    whole: Progress
    first: float
    last: float

    def __call__(self, done: float) -> None:
        self.whole(self.first + done * (self.last - self.first))


def stretches(whole: Progress, count: int) -> list[Stretch]:
    """The work divided into so many parts of one length."""
    return [Stretch(whole, number / count, (number + 1) / count) for number in range(count)]


class Told(list[T]):
    """Items that take long to go through, perhaps more than once: every so many of them it is told."""

    def __init__(self, items: Iterable[T], progress: Progress) -> None:
        super().__init__(items)
        self._progress = progress
        self._steps = 0

    def __iter__(self) -> Iterator[T]:
        for number, item in enumerate(super().__iter__(), start=1):
            if number % STEP == 0:
                self._steps += 1
                self._progress(self._steps * STEP / (self._steps * STEP + len(self)))
            yield item
