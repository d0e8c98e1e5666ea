"""
Interactive reference of the document at `/docs`, drawn by Swagger UI from the extra `docs`.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from imagekit_local._document.document import METHODS, Document, base_path, resolve
from imagekit_local._errors import ApiError

PREFIX = "/docs"
_FORM = "multipart/form-data"
_STYLE = "swagger-ui.css"
_SCRIPT = "swagger-ui-bundle.js"
_HEADERS = {
    # The page and the requests that it sends stay on the server. Swagger UI sets styles and draws icons inline.
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
}
_PAGE = f"""\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API reference</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{PREFIX}/{_STYLE}">
<div id="reference"></div>
<script src="{PREFIX}/{_SCRIPT}"></script>
<script src="{PREFIX}/start.js"></script>
</html>
"""
# Without the plugin, optional fields of a form that are left empty are sent as empty texts.
_START = f"""\
const LeaveOutEmptyFields = ({{ React }}) => ({{
  wrapComponents: {{
    ParameterIncludeEmpty: (Original) => (props) =>
      React.createElement(Original, {{
        ...props,
        isIncludedOptions: {{ ...props.isIncludedOptions, defaultValue: false }},
      }}),
  }},
}});
SwaggerUIBundle({{
  url: "{PREFIX}/openapi.json",
  dom_id: "#reference",
  docExpansion: "none",
  filter: true,
  plugins: [LeaveOutEmptyFields],
  tryItOutEnabled: true,
  validatorUrl: null,
}});
"""


def reference_routes(document: Document) -> list[Route]:
    """
    Return the routes of the reference and of what it loads. They need no credentials.
    """

    async def page(request: Request) -> Response:
        _assets()
        return HTMLResponse(_PAGE, headers=_HEADERS)

    async def start(request: Request) -> Response:
        return Response(_START, headers=_HEADERS, media_type="text/javascript")

    async def asset(request: Request) -> Response:
        return FileResponse(_assets() / Path(request.url.path).name, headers=_HEADERS)

    async def json(request: Request) -> Response:
        return JSONResponse(_for_trying(document.content), headers=_HEADERS)

    return [
        Route(PREFIX, page),
        Route(f"{PREFIX}/start.js", start),
        Route(f"{PREFIX}/{_STYLE}", asset),
        Route(f"{PREFIX}/{_SCRIPT}", asset),
        Route(f"{PREFIX}/openapi.json", json),
    ]


def _assets() -> Path:
    # Found without an import, because the package imports Flask.
    spec = importlib.util.find_spec("flask_swagger_ui")
    if spec is None or spec.origin is None:
        raise ApiError(501, "The reference needs Swagger UI. Install it with: pip install 'imagekit-local[docs]'")
    return Path(spec.origin).with_name("dist")


def _for_trying(content: Mapping[str, Any]) -> dict[str, Any]:
    # Without hosts in the servers, the page sends requests to where it came from.
    def local(node: Mapping[str, Any]) -> dict[str, Any]:
        return {**node, "servers": [{"url": base_path(node) or "/"}]} if node.get("servers") else {**node}

    def operation(node: Mapping[str, Any]) -> dict[str, Any]:
        body = resolve(content, node.get("requestBody", {}))
        form = body.get("content", {}).get(_FORM)
        if form is None:
            return local(node)
        media_type = {**form, "schema": _empty_at_first(content, form.get("schema", {}))}
        return {**local(node), "requestBody": {**body, "content": {**body["content"], _FORM: media_type}}}

    def item(node: Mapping[str, Any]) -> dict[str, Any]:
        methods = [method for method in METHODS if method in node]
        return local({**node, **{method: operation(resolve(content, node[method])) for method in methods}})

    paths = content["paths"]
    return local({**content, "paths": {path: item(resolve(content, paths[path])) for path in paths}})


def _empty_at_first(content: Mapping[str, Any], schema: Any) -> dict[str, Any]:
    # Swagger UI would fill in every field of a form with something made up, and send it.
    resolved = resolve(content, schema)

    def field(name: str, node: Mapping[str, Any]) -> Mapping[str, Any]:
        if name in resolved.get("required", ()) or "default" in node:
            return node
        return {**node, "example": [] if "array" in node.get("type", ()) else ""}

    properties = resolved.get("properties", {})
    return {**resolved, "properties": {name: field(name, resolve(content, properties[name])) for name in properties}}
