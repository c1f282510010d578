"""The routes of the workbench: one file a part; pages and the API that they use side by side."""

from sayso.web.routes import audit, codebooks, doubling, entering, exports, incidents, people, reports, reviewing

ROUTERS = (entering.router, incidents.router, exports.router, reports.router, reviewing.router, doubling.router, codebooks.router, people.router, audit.router)
