"""Which IATI activities are parts of which: commitments may stand in a programme and the payments in its projects."""

from collections.abc import Iterable, Iterator, Mapping

GENERATIONS = 4
"""Publishers use two or three levels; whoever names more goes round in circles."""


class Kinship:
    """The parents and children that activities name, each of them from either side."""

    def __init__(self) -> None:
        self._parents: dict[str, list[str]] = {}
        self._children: dict[str, list[str]] = {}
        self._known: dict[str, list[str]] = {}

    def add(self, activity: str, parents: Iterable[str], children: Iterable[str]) -> None:
        for parent, child in [*((parent, activity) for parent in parents), *((activity, child) for child in children)]:
            self._parents.setdefault(child, []).append(parent)
            self._children.setdefault(parent, []).append(child)

    def parents(self, activity: str) -> list[str]:
        return self._parents.get(activity, [])

    def of(self, activity: str) -> list[str]:
        """An activity, those that it is a part of (the nearest first), then its own parts. Its siblings are none of these."""
        if activity not in self._known:
            above, below = _steps(activity, self._parents), _steps(activity, self._children)
            self._known[activity] = list(dict.fromkeys([activity, *above, *below]))
        return self._known[activity]


def _steps(activity: str, further: Mapping[str, list[str]]) -> Iterator[str]:
    """Everything within so many generations in one direction, the nearest first."""
    seen, reached = {activity}, [activity]
    for _generation in range(GENERATIONS):
        reached = list(dict.fromkeys(each for one in reached for each in further.get(one, ()) if each not in seen))
        seen.update(reached)
        yield from reached
