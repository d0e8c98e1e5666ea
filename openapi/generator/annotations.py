"""
How values are typed, decoded and encoded: the parser's properties as annotations, kinds and imports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs
from openapi_python_client.parser.properties import LiteralEnumProperty, ModelProperty
from openapi_python_client.parser.properties.any import AnyProperty
from openapi_python_client.parser.properties.const import ConstProperty
from openapi_python_client.parser.properties.date import DateProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.none import NoneProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.parser.properties.union import UnionProperty

from .document import Document
from .naming import python_name

_SCALARS = {"str": "STRING", "int": "INTEGER", "float": "NUMBER", "bool": "BOOLEAN"}


@attrs.frozen
class Types:
    """
    Turns the parser's properties into annotations, kinds (how values are decoded and encoded) and imports.
    """

    document: Document
    discriminators: dict[frozenset[str], tuple[str, dict[str, str]]]
    models: Mapping[str, ModelProperty]
    requested: set[str] = attrs.field(factory=set)

    def fields(self, model: ModelProperty) -> list[PropertyProtocol]:
        """
        Return the properties of a model; of the parser's many copies of one model only the registered one has them.
        """
        known = self.models[model.class_info.name]
        return [*(known.required_properties or ()), *(known.optional_properties or ())]

    def is_free_form(self, prop: PropertyProtocol) -> bool:
        """
        Whether an object has no declared properties, so that it stays a dict.
        """
        return isinstance(prop, ModelProperty) and not self.fields(prop)

    def is_open(self, name: str) -> bool:
        """
        Whether the document says that an object may have keys that it does not list.
        """
        return self.document.schema(name).get("additionalProperties", False) is not False

    def request(self, props: Iterable[PropertyProtocol]) -> None:
        """
        Note the models that arguments consist of, nested ones included; each gets a TypedDict.
        """
        for found in [found for prop in props for found in self._classes(prop)]:
            name = str(found.class_info.name)
            if isinstance(found, ModelProperty) and name not in self.requested:
                self.requested.add(name)
                self.request(self.fields(found))

    def annotation(self, prop: PropertyProtocol, request: bool) -> str:
        """
        Return the type of a value, None included if it is nullable.

        Args:
            prop: The parsed property.
            request: True for an argument, which takes more than a response gives: mappings for models, any sequence for
                lists.
        """
        return " | ".join(dict.fromkeys(self._alternatives(prop, request)))

    def is_promised(self, prop: PropertyProtocol) -> bool:
        """
        Whether a field of a model always has a value other than null.
        """
        return prop.required and not {"None", "Any"} & {*self._alternatives(prop, False)}

    def _alternatives(self, prop: PropertyProtocol, request: bool) -> Iterator[str]:
        match prop:
            case UnionProperty():
                members = [inner for inner in prop.inner_properties if not isinstance(inner, NoneProperty)]
                models = self._modelled(members)
                told_apart = request or len(models) < 2 or self._discriminator(models) is not None
                for inner in members:
                    if told_apart or inner not in models:
                        yield from self._alternatives(inner, request)
                if not request and len(models) > 1:
                    yield "UnknownModel"
                elif len(models) > 1 and self._discriminator(models) is None:
                    yield "Mapping[str, object]"
                if len(members) < len(prop.inner_properties):
                    yield "None"
            case ListProperty():
                item = self.annotation(prop.inner_property, request)
                yield f"Sequence[{item}]" if request else f"builtins.list[{item}]"
            case ModelProperty() if self.is_free_form(prop):
                additional = self.models[prop.class_info.name].additional_properties
                item = self.annotation(additional, request) if additional else "object" if request else "Any"
                yield f"Mapping[str, {item}]" if request else f"dict[str, {item}]"
            case ModelProperty():
                yield prop.class_info.name
                if request:
                    yield f"{prop.class_info.name}Dict"
                    if self.is_open(prop.class_info.name):
                        yield "Mapping[str, object]"
            case LiteralEnumProperty():
                yield prop.class_info.name
                if not request:
                    yield "str"
            case DateTimeProperty() | DateProperty():
                yield "datetime.datetime" if isinstance(prop, DateTimeProperty) else "datetime.date"
                if request:
                    yield "str"
            case FileProperty():
                # In a response, only the JSON of a text can be meant.
                yield "FileInput" if request else "str"
            case ConstProperty() if isinstance(prop.value.raw_value, float):
                yield "float"
            case AnyProperty():
                yield "object" if request else "Any"
            case _:
                yield prop.get_type_string(no_optional=True).as_unembedded_code()

    def kind(self, prop: PropertyProtocol, *, request: bool = False) -> str:
        """
        Return the expression of the `Kind` that decodes and encodes a value, for a module that defines `MODELS`.

        Args:
            prop: The parsed property.
            request: True for an argument, whose scalars are checked; a response may hold any.
        """
        match prop:
            case DateTimeProperty():
                return "DATE_TIME"
            case DateProperty():
                return "DATE"
            case ListProperty():
                return f"Array({self.kind(prop.inner_property, request=request)})"
            case ModelProperty() if self.is_free_form(prop):
                additional = self.models[prop.class_info.name].additional_properties
                return f"MapOf({self.kind(additional, request=request) if additional else 'PLAIN'})"
            case ModelProperty():
                return f'Reference(MODELS + ".{prop.class_info.module_name}", "{prop.class_info.name}")'
            case UnionProperty():
                return self._union_kind(prop, request)
            case IntProperty():
                return "INTEGER"
            case LiteralEnumProperty() if request:
                return _SCALARS[prop.value_type.__name__]
            case ConstProperty() if request:
                return _SCALARS[type(prop.value.raw_value).__name__]
            case _ if request:
                return _SCALARS.get(prop.get_type_string(no_optional=True).as_unembedded_code(), "PLAIN")
            case _:
                return "PLAIN"

    def _union_kind(self, prop: UnionProperty, request: bool) -> str:
        members = [inner for inner in prop.inner_properties if not isinstance(inner, NoneProperty)]
        if len(members) == 1:
            return self.kind(members[0], request=request)
        models = self._modelled(members)
        kinds = [self._models_kind(models)] if models else []
        kinds += [self.kind(inner, request=request) for inner in members if inner not in models]
        if not request:
            # What has no structure reads as it came.
            plain = {"PLAIN", "INTEGER", "Array(PLAIN)", "MapOf(PLAIN)"} & {*kinds}
            kinds = [kind for kind in kinds if kind not in plain] + ["PLAIN"] * bool(plain)
        kinds = list(dict.fromkeys(kinds))
        return kinds[0] if len(kinds) == 1 else f"AnyOf([{', '.join(kinds)}])"

    def _models_kind(self, models: Sequence[ModelProperty]) -> str:
        if len(models) == 1:
            return self.kind(models[0])
        by_name = {str(model.class_info.name): model for model in models}
        tag, mapping = self._discriminator(models) or ("", {})
        variants = ", ".join(f'"{value}": {self.kind(by_name[name])}' for value, name in mapping.items())
        name = f', "{python_name(tag)}"' if tag and python_name(tag) != tag else ""
        return f'OneOf("{tag}", {{{variants}}}{name})'

    def _discriminator(self, models: Sequence[ModelProperty]) -> tuple[str, dict[str, str]] | None:
        return self.discriminators.get(frozenset(str(model.class_info.name) for model in models))

    def _modelled(self, props: Sequence[PropertyProtocol]) -> list[ModelProperty]:
        return [prop for prop in props if isinstance(prop, ModelProperty) and not self.is_free_form(prop)]

    def imports(self, props: Sequence[PropertyProtocol], prefix: str) -> list[str]:
        """
        Return the import lines for the classes that annotations name, sorted.
        """
        found = {(p.class_info.module_name, str(p.class_info.name)) for prop in props for p in self._classes(prop)}
        found |= {(module, f"{name}Dict") for module, name in found if name in self.requested}
        return [f"from {prefix}{module} import {name}" for module, name in sorted(found)]

    def _classes(self, prop: PropertyProtocol | None) -> Iterator[ModelProperty | LiteralEnumProperty]:
        match prop:
            case UnionProperty():
                for inner in prop.inner_properties:
                    yield from self._classes(inner)
            case ListProperty():
                yield from self._classes(prop.inner_property)
            case ModelProperty() if self.is_free_form(prop):
                yield from self._classes(self.models[prop.class_info.name].additional_properties)
            case ModelProperty() | LiteralEnumProperty():
                yield prop
