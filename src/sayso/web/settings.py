"""WebSettings: how a workbench is served."""

from dataclasses import dataclass

from sayso.errors import InputError
from sayso.model.words import Role

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Which ledger, for whom, and at which names the workbench answers.

    Without `auth` everybody who reaches it is `by`, the owner: so it is served to this machine alone.
    """

    store: str
    auth: bool = False
    by: str = "desk"
    hosts: tuple[str, ...] = LOOPBACK  # names that a request may ask for: another one may be a page that had its name pointed here
    https: bool = False  # whether people reach it by https: cookies are then sent no other way
    largest: int = 20_000_000  # bytes of one request
    attempts: int = 10  # wrong passwords of one name or address in five minutes
    writes: int = 600  # changes of one person in a minute

    def __post_init__(self) -> None:
        if not self.auth and (not self.by.strip() or self.by.startswith("sayso ")):
            raise InputError(f"{self.by!r} is no person's name to decide under: give your own with --by")


@dataclass(frozen=True, slots=True)
class Asker:
    """Who makes a request, and what that person may do."""

    name: str
    role: Role
    csrf: str  # what a change that comes with a cookie has to repeat in a header
    token: bool = False  # asked by a program

    def may(self, role: Role) -> bool:
        """Whether the person has at least that role."""
        return self.role.rank >= role.rank
