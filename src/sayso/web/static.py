"""Static: the built files of the front end, sent packed where they lie packed beside."""

import mimetypes
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

_TYPES = {".mjs": "text/javascript", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml", ".txt": "text/plain"}


class Static:
    """An ASGI application that sends the files of one folder. Names come from a list made once: no path is ever put together from a request."""

    def __init__(self, folder: Path) -> None:
        self._files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()} if folder.is_dir() else {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        name = scope["path"].removeprefix(scope.get("root_path", "")).lstrip("/")
        path = self._files.get(name)
        if path is None or scope["method"] not in ("GET", "HEAD"):
            await Response("there is nothing here", 404, media_type="text/plain")(scope, receive, send)
            return
        headers = {"cache-control": "public, max-age=31536000, immutable" if _is_hashed(name) else "no-cache", "vary": "accept-encoding"}
        packed = self._files.get(f"{name}.gz")
        kind = _TYPES.get(path.suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        if packed is not None and "gzip" in Headers(scope=scope).get("accept-encoding", ""):
            path, headers = packed, headers | {"content-encoding": "gzip"}
        await FileResponse(path, media_type=kind, headers=headers)(scope, receive, send)


def _is_hashed(name: str) -> bool:
    """Whether the name changes when the file does: `assets/map-Bx3kd9Qa.js`."""
    stem = name.rsplit("/", 1)[-1].split(".")[0]
    return name.startswith("assets/") and "-" in stem and len(stem.rsplit("-", 1)[-1]) >= 8
