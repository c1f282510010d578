"""robots.txt: what a site asks machines to leave alone, kept for a day."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sayso.errors import NotFetched

ROBOTS_LIMIT = 500 * 1024  # bytes that are read, as RFC 9309 says
_DAY, _SOON = 86_400.0, 600.0  # seconds for which an answer, and a failure, are kept
_SITES = 2_000  # kept at a time
_LONGEST_DELAY = 60.0
_LINE = 2_000
_MOST_RULES = 100_000  # each agent of a group has its own copy of the group's rules: thousands of both would cost gigabytes

Ask = Callable[[str], tuple[int, bytes]]


@dataclass(frozen=True, slots=True)
class _Rules:
    """What one site said: its rules, or why nothing of it is fetched for now."""

    until: float
    rules: Any = None
    refusal: str | None = None


class Robots:
    """Asks each site once for its robots.txt."""

    def __init__(self, agent: str, ask: Ask, now: Callable[[], float]) -> None:
        self._agent, self._ask, self._now = agent, ask, now
        self._sites: dict[str, _Rules] = {}

    def refusal(self, url: str) -> str | None:
        """Why the site does not want this URL fetched, or None."""
        rules = self._rules(url)
        if rules.refusal:
            return rules.refusal
        if rules.rules is None or rules.rules.can_fetch(url, self._agent):
            return None
        return f"robots.txt of {urlsplit(url).netloc} asks not to fetch it"

    def delay(self, url: str) -> float:
        """The seconds between two requests that the site asks for, at most a minute; 0 where it does not."""
        rules = self._rules(url).rules
        return min(_LONGEST_DELAY, (rules.crawl_delay(self._agent) or 0.0) if rules is not None else 0.0)

    def _rules(self, url: str) -> _Rules:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        kept = self._sites.get(site)
        if kept is None or kept.until < self._now():
            if len(self._sites) >= _SITES:
                self._sites.pop(next(iter(self._sites)))
            kept = self._sites[site] = self._asked(site)
        return kept

    def _asked(self, site: str) -> _Rules:
        try:
            status, body = self._ask(f"{site}/robots.txt")
        except NotFetched as wrong:
            return _Rules(self._now() + _SOON, refusal=f"its robots.txt could not be fetched, so nothing is for now: {wrong}")
        if status >= 500 or status == 429:
            return _Rules(self._now() + _SOON, refusal=f"its robots.txt answered {status}, so nothing is fetched for now: try again later")
        if status != 200:
            return _Rules(self._now() + _DAY)  # there is none: all may be fetched
        return _Rules(self._now() + _DAY, parsed(body))


def parsed(body: bytes) -> Any:
    """The rules of a robots.txt."""
    from protego import Protego

    lines, agents, rules, cost = [], 0, True, 0
    for line in body[:ROBOTS_LIMIT].decode("utf-8", "replace").removeprefix("\ufeff").splitlines():
        if len(line) > _LINE:
            continue
        names_agent = line.lstrip().lower().startswith("user")
        agents = (1 if rules else agents + 1) if names_agent else agents
        rules = not names_agent
        cost += agents if rules else 1
        if cost > _MOST_RULES:
            break
        lines.append(line)
    return Protego.parse("\n".join(lines))
