"""Who works at the desk: accounts with passwords, log-ins that last, tokens for programs."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from sayso.errors import InputError
from sayso.model.words import Role
from sayso.store.ledger import Ledger
from sayso.store.people import Account, Pass

if TYPE_CHECKING:
    from pwdlib import PasswordHash

SHORTEST, LONGEST = 10, 1000  # characters of a password; the longest so that hashing cannot be made costly
SESSION = timedelta(hours=12)
TOKEN_DAYS = 90
_NAME = 60


def add_person(ledger: Ledger, name: str, role: Role, password: str | None) -> Account:
    """The new account; without a password nobody can log in to it. InputError where name or password will not do."""
    name = " ".join(name.split())
    if not name or len(name) > _NAME or name.casefold().startswith("sayso") or not name.isprintable():
        raise InputError(f"{name!r} is no person's name: 1 to {_NAME} characters, not beginning with 'sayso'")
    return ledger.people.add(name, role, None if password is None else hashed(password))


def change_person(ledger: Ledger, name: str, role: Role | None = None, password: str | None = None, active: bool | None = None) -> Account:
    """The account after the change. All log-ins and tokens of that person end."""
    return ledger.people.change(name, role=role, password=None if password is None else hashed(password), active=active)


def hashed(password: str) -> str:
    """The hash to keep of a password. InputError where it is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError(f"a password has {SHORTEST} to {LONGEST} characters: this one has {len(password)}")
    return _hasher().hash(password)


def logged_in(ledger: Ledger, name: str, password: str) -> str | None:
    """The secret of a new session; None where name or password is wrong, which takes as long as where they are right."""
    account = ledger.people.get(name)
    kept = account.password if account is not None and account.active else None
    right = _hasher().verify(password[:LONGEST], kept or _nobody())
    if not right or kept is None or account is None:
        return None
    return _opened(ledger, account.name, "session", "", SESSION)


def make_token(ledger: Ledger, name: str, label: str, days: int = TOKEN_DAYS) -> str:
    """The secret of a new token for a program that acts for this person; it is shown once."""
    if not 1 <= days <= 366 or not label.strip() or len(label) > _NAME:
        raise InputError(f"a token has a label of 1 to {_NAME} characters and lasts 1 to 366 days")
    return _opened(ledger, name, "token", label.strip(), timedelta(days=days))


def who(ledger: Ledger, secret: str) -> tuple[Pass, Account] | None:
    """Whose session or token a secret is."""
    return ledger.people.passed(key_of(secret)) if secret else None


def key_of(secret: str) -> str:
    """What is kept of a secret: it has 256 random bits, so that a plain hash does."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _opened(ledger: Ledger, person: str, kind: str, label: str, lasts: timedelta) -> str:
    secret, now = secrets.token_urlsafe(32), datetime.now(UTC)
    ledger.people.open(Pass(key_of(secret), person, kind, label, f"{now:%Y-%m-%dT%H:%M:%SZ}", f"{now + lasts:%Y-%m-%dT%H:%M:%SZ}"))
    return secret


@cache
def _hasher() -> "PasswordHash":
    from pwdlib import PasswordHash

    return PasswordHash.recommended()


@cache
def _nobody() -> str:
    """The hash of a password that nobody has."""
    return _hasher().hash(secrets.token_urlsafe(32))
