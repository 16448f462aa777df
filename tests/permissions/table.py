"""The permission matrix: what a row says, and how to add one.

Every URL of the program has a row in `matrix_<app>.py`; a URL without one fails the suite. A row
names the URL, the object it is tried on, the method, and what each role gets, in this order:

    system_admin commission_officer commission_leader commune_officer
    attendee branch_secretary authority_officer viewer

`inside` is a user of that role to whose unit (or branch, agency, assignment) the object belongs,
`outside` a user of the same role who belongs elsewhere: the neighbour commune for the roles of a
commune, a branch or an agency, another province for the roles of a province.

    Row("roster:unit_detail", the("branch"),
        inside="200 200 200 200 200 200 404 200", outside="404 404 404 404 404 404 404 404")
    Row("roster:unit_edit", the("branch"), method="post", data={"name": "Chi bộ xóm 2"},
        inside="302 302 403 302 404 403 404 403", outside="404")

One word stands for all eight. What may stand there:

    200 302 403 404 405 409 422    the answer's status (302: the change was made, one is sent on)
    sign-in                        sent to the sign-in page

`stranger` (nobody signed in) is `sign-in` unless the row says otherwise. The object is a function
of the world (see world.py) that gives the URL's arguments; `the("branch")` is short for
`lambda world: [world.branch.pk]`, and a URL without arguments needs none. What is missing in the
world is made with factories or actions in a function of the matrix file itself. Each user's
request runs in a savepoint that is rolled back, so a change by one is not seen by the next.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from roster.states import Role
from tests.permissions.world import World

STRANGER = "stranger"
SIGN_IN = "sign-in"


def nothing(world: World) -> list[Any]:
    return []


def the(name: str) -> Callable[[World], list[Any]]:
    """The primary key of one object of the world as the URL's only argument."""
    return lambda world: [getattr(world, name).pk]


@dataclass(frozen=True)
class Row:
    """What everybody gets at one URL; see this module's docstring."""

    url: str
    on: Callable[[World], list[Any]] = nothing
    inside: str = ""
    outside: str = ""
    method: str = "get"
    data: Mapping[str, Any] | Callable[[World], Mapping[str, Any]] = field(default_factory=dict)
    query: str = ""
    stranger: str = SIGN_IN

    def __str__(self) -> str:
        return f"{self.method} {self.url}{self.query}"

    def payload(self, world: World) -> Mapping[str, Any]:
        return self.data(world) if callable(self.data) else self.data

    def expected(self) -> dict[tuple[str, str], str]:
        """(side, role) → answer."""
        answers = {("", STRANGER): self.stranger}
        for side in ("inside", "outside"):
            for role, answer in zip(Role, self._answers(side), strict=True):
                answers[side, role.value] = answer
        return answers

    def _answers(self, side: str) -> list[str]:
        words = str(getattr(self, side)).split()
        return words * len(Role) if len(words) == 1 else words
