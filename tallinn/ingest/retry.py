"""Two people at once: what one has prepared is prepared once more when the other was faster."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from tallinn.ingest.findings import Refused
from tallinn.lake import Moved
from tallinn.wording import _

ATTEMPTS = 20
Given = ParamSpec("Given")
Result = TypeVar("Result")


def again_if_moved(work: Callable[Given, Result], *arguments: Given.args, **options: Given.kwargs) -> Result:
    """What `work` returns, which must look at the lake anew each time it is called. Raises Refused when others are always faster."""
    for _attempt in range(ATTEMPTS):
        try:
            return work(*arguments, **options)
        except Moved:
            continue
    raise Refused(_("Nothing was changed, because others are changing the lake all the time. Try again."))
