"""People of a desk, their sessions and tokens, and the audit log: tables beside the ledger, in the same store, and no part of its chain."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Engine, delete, func, insert, select, update

from sayso.errors import InputError
from sayso.model.words import Role
from sayso.store.opening import reading, writing
from sayso.store.tables import audit, head, people, sessions


@dataclass(frozen=True, slots=True)
class Account:
    """Who may work at the desk, and as what."""

    name: str
    role: Role
    made: str
    active: bool
    password: str | None = None  # a hash, never the words


@dataclass(frozen=True, slots=True)
class Pass:
    """A log-in that lasts, or a program's token, known by the hash of its secret."""

    key: str
    person: str
    kind: str  # session, token
    label: str
    made: str
    expires: str


@dataclass(frozen=True, slots=True)
class Audited:
    """One deed at the desk."""

    seq: int
    at: str
    person: str
    role: str
    what: str
    detail: Mapping[str, Any]
    head: str


class People:
    """The accounts, passes and audit log of one store."""

    def __init__(self, engine: Engine, where: str, clock: Callable[[], str]) -> None:
        self._engine, self._where, self._clock = engine, where, clock

    def all(self) -> tuple[Account, ...]:
        """Every account, by name."""
        with reading(self._engine, self._where) as connection:
            return tuple(_account(row) for row in connection.execute(select(people).order_by(people.c.name)))

    def get(self, name: str) -> Account | None:
        """The account of that name."""
        with reading(self._engine, self._where) as connection:
            row = connection.execute(select(people).where(people.c.name == name)).first()
        return _account(row) if row else None

    def add(self, name: str, role: Role, password: str | None) -> Account:
        """The new account. InputError where the name is taken."""
        made = Account(name, role, self._clock(), True, password)
        with writing(self._engine, self._where) as connection:
            if connection.execute(select(people.c.name).where(func.lower(people.c.name) == name.lower())).first():
                raise InputError(f"there is a person {name!r} already: choose another name, or change that one's role or password")
            connection.execute(insert(people).values(name=name, role=role.value, password=password, made=made.made, active=True))
        return made

    def change(self, name: str, *, role: Role | None = None, password: str | None = None, active: bool | None = None) -> Account:
        """The account as it is after the change; its sessions and tokens end. InputError where there is none, or where no active owner would be left."""
        given = {"role": role.value if role else None, "password": password, "active": active}
        with writing(self._engine, self._where) as connection:
            if connection.execute(select(people.c.name).where(people.c.name == name)).first() is None:
                raise InputError(f"there is no person {name!r}: `sayso people` lists them")
            connection.execute(update(people).where(people.c.name == name).values({key: value for key, value in given.items() if value is not None}))
            owners = select(func.count()).where(people.c.role == Role.OWNER.value, people.c.active.is_(True))
            if (role is not None or active is not None) and not connection.execute(owners).scalar():
                raise InputError(f"{name!r} is the last active owner: make another one first")
            connection.execute(delete(sessions).where(sessions.c.person == name))
            return _account(connection.execute(select(people).where(people.c.name == name)).one())

    def open(self, made: Pass) -> None:
        """Keep a pass; those that have run out are cleared away."""
        with writing(self._engine, self._where) as connection:
            connection.execute(delete(sessions).where(sessions.c.expires <= self._clock()))
            connection.execute(insert(sessions).values(asdict(made)))

    def passed(self, key: str) -> tuple[Pass, Account] | None:
        """The pass of that key and whose it is; None where there is none, it has run out, or its person is no longer active."""
        joined = select(sessions, people.c.role, people.c.active).join(people, people.c.name == sessions.c.person).where(sessions.c.key == key)
        with reading(self._engine, self._where) as connection:
            row = connection.execute(joined).first()
        if row is None or not row.active or row.expires <= self._clock():
            return None
        return Pass(row.key, row.person, row.kind, row.label, row.made, row.expires), Account(row.person, Role(row.role), row.made, True)

    def passes(self, person: str, kind: str) -> tuple[Pass, ...]:
        """Someone's passes of one kind, the newest first."""
        chosen = select(sessions).where(sessions.c.person == person, sessions.c.kind == kind).order_by(sessions.c.made.desc(), sessions.c.key)
        with reading(self._engine, self._where) as connection:
            return tuple(Pass(row.key, row.person, row.kind, row.label, row.made, row.expires) for row in connection.execute(chosen))

    def close(self, key: str, person: str) -> bool:
        """Whether there was such a pass of that person; now there is none."""
        with writing(self._engine, self._where) as connection:
            return connection.execute(delete(sessions).where(sessions.c.key == key, sessions.c.person == person)).rowcount > 0

    def note(self, person: str, role: Role, what: str, detail: Mapping[str, Any]) -> None:
        """Add to the audit log, with the ledger's head at this moment."""
        with writing(self._engine, self._where) as connection:
            now = connection.execute(select(head.c.seq, head.c.hash)).first()
            told = json.dumps(detail, ensure_ascii=False, sort_keys=True)
            values = {"at": self._clock(), "person": person, "role": role.value, "what": what, "detail": told, "head": f"{now.seq} {now.hash}" if now else ""}
            connection.execute(insert(audit).values(values))

    def noted(self, *, person: str | None = None, below: int | None = None, limit: int = 100) -> tuple[Audited, ...]:
        """The audit log, the newest first: of all or of one person, below a number."""
        chosen = select(audit).order_by(audit.c.seq.desc()).limit(limit)
        if person is not None:
            chosen = chosen.where(audit.c.person == person)
        if below is not None:
            chosen = chosen.where(audit.c.seq < below)
        with reading(self._engine, self._where) as connection:
            rows = connection.execute(chosen).all()
        return tuple(Audited(row.seq, row.at, row.person, row.role, row.what, json.loads(row.detail), row.head) for row in rows)


def _account(row: Any) -> Account:
    return Account(row.name, Role(row.role), row.made, bool(row.active), row.password)
