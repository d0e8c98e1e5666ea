"""
Runs openapi-python-client on the document with our configuration and templates.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any

from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from ruamel.yaml import YAML

from .annotations import Types
from .calls import Method, Resource
from .docstrings import described, prose, quoted
from .document import Document, walk
from .extensions import Pagination, Waiting
from .fingerprint import fingerprint
from .naming import class_name, python_name, resource_class

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "openapi" / "imagekit-v1.yaml"


class Generator(Project):
    """
    openapi-python-client with a resource tree in the place of a module of functions a tag.
    """

    def __init__(self, *, openapi: GeneratorData, config: Config) -> None:
        super().__init__(openapi=openapi, config=config, custom_template_path=ROOT / "openapi" / "templates")
        self.document = Document(YAML(typ="safe").load(DOCUMENT))
        models = {str(model.class_info.name): model for model in openapi.models}
        self.types = Types(self.document.discriminators(), models)
        # Free-form objects stay dicts, and request bodies are flattened into arguments: no class stands for them.
        classless = self._bodies() | {name for name, model in models.items() if self.types.is_free_form(model)}
        openapi.models = [model for name, model in models.items() if name not in classless]
        self.env.filters.update(python_name=python_name, prose=prose, described=described, quoted=quoted)
        self.env.globals.update(document=self.document, types=self.types, resource_class=resource_class)
        self.env.globals.update(fingerprint=fingerprint)
        self.env.globals.update(pagination=Pagination.of, waiting=Waiting.of)

    def _bodies(self) -> set[str]:
        bodies = [node["requestBody"] for node in walk(self.document.data["paths"]) if "requestBody" in node]
        schemas = [media["schema"] for body in bodies for media in self.document.resolve(body)["content"].values()]
        variants = [part for schema in schemas for part in self.document.resolve(schema).get("oneOf", ())]
        return {class_name(schema["$ref"]) for schema in schemas + variants}

    def calls(self) -> list[Method]:
        """
        Return all operations, in the document's order.
        """
        operations = {
            python_name(node["operationId"]): (path, node)
            for path, item in self.document.data["paths"].items()
            for node in item.values()
            if isinstance(node, dict) and "operationId" in node
        }
        return [
            Method(endpoint, operation, path, self.document, self.types)
            for collection in self.openapi.endpoint_collections_by_tag.values()
            for endpoint in collection.endpoints
            for path, operation in [operations[python_name(endpoint.name)]]
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


def main(output: Path) -> int:
    """
    Generate into a folder; print what the generator could not do and return the exit status.
    """
    # The generator's hooks call ruff by name.
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    config = Config.from_sources(
        config_file=ConfigFile.load_from_path(ROOT / "generator-config.yaml"),
        meta_type=MetaType.NONE,
        document_source=DOCUMENT,
        file_encoding="utf-8",
        overwrite=True,
        output_path=output,
    )
    data = GeneratorData.from_dict(YAML(typ="safe").load(DOCUMENT), config=config)
    errors = [data] if isinstance(data, GeneratorError) else Generator(openapi=data, config=config).build()
    for error in errors:
        print(f"{error.header}\n{error.detail or ''}", file=sys.stderr)
    return 1 if errors else 0
