"""
Runs openapi-python-client on the document with our configuration and templates.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.schema import OpenAPI
from openapi_python_client.strings import PythonIdentifier
from pydantic import ValidationError

from .annotations import Types
from .calls import Method, Resource
from .docstrings import described, prose, quoted
from .document import Document, walk
from .extensions import Pagination, Waiting
from .fingerprint import fingerprint
from .keys import unknown_keys
from .limits import limits
from .naming import class_name, python_name, resource_class
from .normalization import EVENT, normalize
from .problems import DocumentError, Problem, report, step
from .reading import Place, operations, read, rename
from .refusals import refusals
from .shapes import misshapen

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "openapi" / "imagekit-v1.yaml"
PACKAGE = ROOT / "imagekit_async" / "_generated"


class Generator(Project):
    """
    openapi-python-client with a resource tree in the place of a module of functions a tag.
    """

    def __init__(self, *, openapi: GeneratorData, config: Config, document: Document, inside: bool) -> None:
        super().__init__(openapi=openapi, config=config, custom_template_path=ROOT / "openapi" / "templates")
        self.document = document
        models = {str(model.class_info.name): model for model in openapi.models}
        self.types = Types(document, document.discriminators(), models)
        # Free-form objects stay dicts, and request bodies are flattened into arguments: no class stands for them.
        classless = self._bodies() | {name for name, model in models.items() if self.types.is_free_form(model)}
        # A component that only refers to another one has that one's class.
        schemas = document.data["components"]["schemas"]
        classless |= {class_name(name) for name, schema in schemas.items() if "$ref" in schema}
        openapi.models = [model for name, model in models.items() if name not in classless]
        self.types.request(prop for call in self.calls() for argument in call.arguments for prop in argument.props)
        self.env.filters.update(python_name=python_name, prose=prose, described=described, quoted=quoted)
        self.env.globals.update(document=document, types=self.types, resource_class=resource_class)
        self.env.globals.update(pagination=Pagination.of, waiting=Waiting.of)
        self.env.globals.update(limits=limits)
        # A tree that is generated elsewhere finds the SDK by its name.
        self.env.globals.update(inside=inside, source=_shown(Path(str(config.document_source))))
        self.env.globals.update(sdk=lambda dots: "." * dots if inside else "imagekit_async.")

    def _bodies(self) -> set[str]:
        bodies = [node["requestBody"] for _, _, node in operations(self.document.data) if "requestBody" in node]
        schemas = [media["schema"] for body in bodies for media in body["content"].values()]
        variants = [part for schema in schemas for part in self.document.resolve(schema).get("oneOf", ())]
        bodies_only = {part["$ref"] for part in schemas + variants if "$ref" in part}
        here = {id(part) for part in schemas + variants}
        elsewhere = {node.get("$ref") for node in walk(self.document.data) if id(node) not in here}
        return {class_name(name) for name in bodies_only - elsewhere}

    def calls(self) -> list[Method]:
        """
        Return all operations, in the document's order.
        """
        found = {
            PythonIdentifier(node["operationId"], self.config.field_prefix): (path, node)
            for path, _, node in operations(self.document.data)
        }
        return [
            Method(endpoint, operation, path, self.document, self.types)
            for collection in self.openapi.endpoint_collections_by_tag.values()
            for endpoint in collection.endpoints
            for path, operation in [found[endpoint.name]]
        ]

    def resources(self) -> list[Resource]:
        """
        Return the resource tree, parents first; the root has the path ``.
        """
        calls = self.calls()
        descriptions = {tag["name"]: tag.get("description", "") for tag in self.document.data["tags"]}
        paths = {""}
        for call in calls:
            steps = call.resource.split(".")
            paths |= {".".join(steps[: depth + 1]) for depth in range(len(steps))}
        return [
            Resource(
                path,
                descriptions.get(path, ""),
                [call for call in calls if call.resource == path],
                sorted(child for child in paths if child and child.rpartition(".")[0] == path),
            )
            for path in sorted(paths)
        ]

    def _create_package(self) -> None:
        self._write("package_init.py.jinja", self.package_dir / "__init__.py")
        self._write("fingerprint.py.jinja", self.package_dir / "fingerprint.py")
        if EVENT in self.document.data["components"]["schemas"]:
            self._write("webhooks.py.jinja", self.package_dir / "webhooks.py")

    def _build_api(self) -> None:
        api = self.package_dir / "api"
        shutil.rmtree(api, ignore_errors=True)
        api.mkdir()
        self._write("api_init.py.jinja", api / "__init__.py")
        for resource in self.resources():
            folder = api / resource.module
            folder.mkdir()
            self._write("endpoint_init.py.jinja", folder / "__init__.py", resource=resource)
            self._write("resource.py.jinja", folder / "resource.py", resource=resource)
            self._write("views.py.jinja", folder / "views.py", resource=resource)
            for call in resource.calls:
                self._write("endpoint_module.py.jinja", folder / f"{call.method_name}.py", call=call)

    def _write(self, template: str, path: Path, **values: Any) -> None:
        path.write_text(self.env.get_template(template).render(**values), encoding="utf-8")


def load(path: Path, names: Path | None = None) -> Document:
    """
    Read a document, name its operations and normalize it.

    Args:
        path: The document.
        names: File with names for its operations; None if they have theirs.

    Raises:
        DocumentError: It has parts that cannot be generated; the error lists them all.
    """
    data = read(path)
    problems = [*misshapen(data)]
    if problems:
        # What is misshapen cannot be checked further, save for the keys.
        raise DocumentError([*problems, *unknown_keys(data)])
    shown = fingerprint(data)
    if names is not None:
        rename(data, names)
    problems = [*unknown_keys(data)]
    document = Document(data, shown)
    problems += normalize(document)
    # What is not normalized cannot be checked further, save for the keys.
    problems += refusals(document)
    if problems:
        raise DocumentError(problems)
    return document


def generate(document: Document, path: Path, output: Path) -> None:
    """
    Generate beside a folder, and put the result in its place if all of it succeeded.

    Args:
        document: The normalized document.
        path: Where it was read.
        output: The folder, which becomes a Python package.

    Raises:
        DocumentError: The parser or a template cannot express a part of the document.
    """
    # The generator's hooks call ruff by name.
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.parent, prefix=f".{output.name}-") as beside:
        fresh = Path(beside) / output.name
        errors = generator(document, path, fresh, inside=output.parent.name == "imagekit_async").build()
        if errors:
            raise DocumentError(_parser_problems(errors))
        if output.exists():
            output.rename(Path(beside) / "replaced")
        fresh.rename(output)


def generator(document: Document, path: Path, output: Path, *, inside: bool = True) -> Generator:
    """
    Return what reads a document's operations and writes a folder.

    Args:
        document: The normalized document.
        path: Where it was read.
        output: The folder.
        inside: Whether the folder is in the SDK, which is imported relatively then.

    Raises:
        DocumentError: The parser cannot express a part of the document.
    """
    config = Config.from_sources(
        config_file=ConfigFile.load_from_path(ROOT / "generator-config.yaml"),
        meta_type=MetaType.NONE,
        document_source=path,
        file_encoding="utf-8",
        overwrite=True,
        output_path=output,
    )
    data = GeneratorData.from_dict(_for_parser(document.data), config=config)
    if isinstance(data, GeneratorError):
        raise DocumentError(_invalid(document) or [_parser_problem(data)])
    return Generator(openapi=data, config=config, document=document, inside=inside)


def _invalid(document: Document) -> list[Problem]:
    """
    Return what the parser's own model of a document does not allow.
    """
    try:
        OpenAPI.model_validate(_for_parser(document.data))
    except ValidationError as error:
        found: dict[str, Problem] = {}
        for each in error.errors(include_url=False):
            pointer = _pointer(document.data, each["loc"])
            found.setdefault(pointer, Problem(pointer, f"{each['msg']}.", "What OpenAPI allows here."))
        return list(found.values())
    return []


def _pointer(node: Any, location: Sequence[int | str]) -> str:
    pointer = ""
    for key in location:
        # Among the keys are names of the parser's classes.
        if isinstance(node, list) if isinstance(key, int) else isinstance(node, dict) and key in node:
            node = node[key]
        else:
            continue
        pointer = node.pointer if isinstance(node, Place) else pointer + step(key)
    return pointer


def _for_parser(data: dict[str, Any]) -> dict[str, Any]:
    """
    Return what the parser needs of a normalized document: references are followed, and defaults are only documented.
    """
    schemas = {"schemas": data["components"]["schemas"]}
    return {**_without_defaults(data), "components": _without_defaults(schemas), "webhooks": {}}


def _without_defaults(node: Any, *, names: bool = False) -> Any:
    if isinstance(node, list):
        return [_without_defaults(item) for item in node]
    if not isinstance(node, dict):
        return node
    dropped = () if names else ("default", "example", "examples", "discriminator")
    return {
        key: _without_defaults(value, names=not names and key in ("properties", "responses", "schemas"))
        for key, value in node.items()
        if key not in dropped
    }


def _parser_problems(errors: Sequence[GeneratorError]) -> list[Problem]:
    # What the parser leaves out is missing in the code, on which ruff fails then.
    causes = [error for error in errors if not error.header.startswith("ruff")]
    return [_parser_problem(error) for error in causes or errors]


def _parser_problem(error: GeneratorError) -> Problem:
    text = " ".join(f"{error.header} {error.detail or ''}".split())
    text = re.sub(r"<openapi_python_client\S+ object at \w+>", "...", text)
    place = re.search(r"parsing (\w+) (/\S*) within", text)
    schema = re.search(r"/components/schemas/[^\s:]+", text)
    pointer = f"/paths{step(place[2])}/{place[1].lower()}" if place else schema[0] if schema else ""
    return Problem(pointer, text, "A schema that openapi-python-client reads.")


def _shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


def main(output: Path, path: Path = DOCUMENT, names: Path | None = None) -> int:
    """
    Generate into a folder; print what the generator refuses and return the exit status.
    """
    try:
        generate(load(path, names), path, output)
    except DocumentError as error:
        print(report(error.problems, path), file=sys.stderr)
        count = len(error.problems)
        print(f"{count} problem{'s' if count > 1 else ''}; nothing was written.", file=sys.stderr)
        return 1
    return 0
