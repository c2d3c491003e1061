"""What an endpoint of the API is: its path, what it accepts, what it gives, and how."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from starlette.requests import Request
from starlette.responses import Response

from dashboard.api.query import Accepted, Query
from data.load import Dataset

ROOT = "/api/v1"
CSV, ATOM, HTML = "text/csv", "application/atom+xml", "text/html"
NO_KEYS = Accepted(keys=())

_PARAMETER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that was understood.

    Attributes:
        request: The request itself.
        dataset: The whole dataset.
        query: What is asked for.
        names: Values of the parameters of the path.
        endpoints: All endpoints, for those that describe the API.
    """

    request: Request
    dataset: Dataset
    query: Query
    names: Mapping[str, str]
    endpoints: tuple["Endpoint", ...]


@dataclass(frozen=True, eq=False)
class Endpoint:
    """One path of the API.

    Attributes:
        path: Its path below `ROOT`, with parameters in braces.
        title: What it gives, as a sentence.
        accepted: What its query may hold.
        gives: Name of the schema of each media type that it answers with; "" for text.
        serve: Makes the answer.
        group: Heading under which it is described.
    """

    path: str
    title: str
    accepted: Accepted
    gives: Mapping[str, str]
    serve: Callable[[Asked], Response]
    group: str = field(default="Tables")

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the parameters of its path."""
        return tuple(_PARAMETER.findall(self.path))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts = _PARAMETER.split(self.path)
        # Names stand between the fixed parts; a segment doesn't span a slash.
        return re.compile(
            "".join(
                f"(?P<{part}>[^/]+)" if number % 2 else re.escape(part)
                for number, part in enumerate(parts)
            ),
            re.DOTALL,
        )

    def match(self, path: str) -> dict[str, str] | None:
        """Values of its parameters, if a path below `ROOT` is one of its own."""
        found = self._pattern.fullmatch(path)
        return found.groupdict() if found else None
