"""Pages: templates filled with words of the interface and data; all text is escaped, and characters that steer are shown, not obeyed."""

import tomllib
from functools import cache
from importlib.resources import files
from types import SimpleNamespace
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sayso import __version__
from sayso.export.marked import shown
from sayso.export.wording import visible
from sayso.model.words import Role
from sayso.web.settings import Asker


def page(request: Request, template: str, asker: Asker | None, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The page of a template. `asker` decides what its navigation offers; None shows none."""
    common = {
        "asker": asker,
        "roles": [role.value for role in Role if asker is not None and asker.may(role)],
        "auth": request.app.state.desk.settings.auth,
        "navigation": NAVIGATION,
        "path": request.url.path,
        "version": __version__,
        "t": strings(),
    }
    return HTMLResponse(environment().get_template(template).render(common | values), status)


# Address, the words for it, and the role that it needs.
NAVIGATION = (
    ("/", "incidents", Role.VIEWER),
    ("/toll", "toll", Role.VIEWER),
    ("/network", "network", Role.VIEWER),
    ("/reports", "reports", Role.VIEWER),
    ("/queue", "queue", Role.CODER),
    ("/assignments", "assignments", Role.CODER),
    ("/codebooks", "codebooks", Role.VIEWER),
    ("/people", "account", Role.VIEWER),
    ("/audit", "audit", Role.CODER),
)


@cache
def environment() -> Environment:
    """The templates, with the filter `shown` for text of reports."""
    made = Environment(loader=PackageLoader("sayso.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["shown"] = lambda text: Markup(shown(str(text)))  # noqa: S704 `shown` escapes
    made.filters["visible"] = lambda text: visible(str(text))
    return made


@cache
def strings(language: str = "en") -> SimpleNamespace:
    """The words of the interface: one file a language, the same keys in each."""
    return SimpleNamespace(**tomllib.loads(files("sayso.web").joinpath("strings", f"{language}.toml").read_text(encoding="utf-8")))
