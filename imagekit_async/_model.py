"""
What every generated model is built on: lazy decoding from JSON and lossless encoding back.

A model keeps the JSON object it was made from and decodes a field when it is first read, so a response costs what is
read of it, an unexpected value costs that one field, and nothing the server sent is ever dropped.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from importlib import import_module
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

import attrs

from ._json import AnyOf as AnyOf
from ._json import Array as Array
from ._json import AsItCame, Kind, encoded_items, encoded_list, is_collection, is_mapping, is_object
from ._json import MapOf as MapOf
from ._limits import Limits, check
from ._migration import missing
from ._redaction import MASK, shown
from ._reflection import Attributes
from ._scalars import DATE as DATE
from ._scalars import DATE_TIME as DATE_TIME
from ._scalars import INTEGER as INTEGER
from ._scalars import STRING, Scalar, placed, scalar, wrong_type
from .errors import MissingFieldError

if TYPE_CHECKING:
    from typing import Self

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

MODELS: Final = f"{__package__}._generated.models"


class Plain(AsItCame):
    """
    Free-form JSON: read as it came, written from anything that JSON can express exactly.
    """

    def encode(self, value: Any) -> Any:
        """
        Return JSON for a value of any supported type, nested ones included.

        Raises:
            TypeError: The value, or one inside it, has no JSON equivalent.
            ValueError: The value, or one inside it, cannot be written exactly.
        """
        if isinstance(value, Model):
            value = value.to_dict()
        if is_mapping(value):
            return encoded_items(value, self)
        if is_collection(value):
            return encoded_list(value, self)
        return scalar(value)


@attrs.frozen(slots=False, eq=False, repr=False)
class Reference:
    """
    A generated model, imported when it is first needed.
    """

    module: str
    name: str

    @cached_property
    def model(self) -> type[Model]:
        """
        The model class.
        """
        return cast("type[Model]", getattr(import_module(self.module), self.name))

    def decode(self, raw: Any) -> Model | None:
        """
        Return the model, or None when the value is not an object.
        """
        return self.model.view(cast("Any", raw)) if isinstance(raw, dict) else None

    def encode(self, value: Any) -> Any:
        """
        Return JSON for a model or for a mapping with Python or JSON names.

        Raises:
            TypeError: The value is neither, or has a key that the model does not have.
        """
        if is_mapping(value):
            self.model.refuse_unknown_keys(value)
            return self.model.encode_mapping(value)
        if not isinstance(value, Model):
            raise wrong_type(f"a mapping or models.{self.name}", value)
        return PLAIN.encode(value)


@attrs.frozen(eq=False, repr=False)
class OneOf:
    """
    One of several models, distinguished by the value of one property; other JSON types pass through.

    Attributes:
        tag: JSON name of the property; empty if nothing distinguishes the models.
        variants: The models by its value.
        name: Its Python name, if that is another one.
    """

    tag: str
    variants: Mapping[str, Reference]
    name: str = ""

    def decode(self, raw: Any) -> Any:
        """
        Return the variant named by the tag, an `UnknownModel` for a tag not known yet, or a non-object as it came.
        """
        if not is_object(raw):
            return raw
        variant = self._variant(raw)
        return (UnknownModel if variant is None else variant.model).view(raw)

    def encode(self, value: Any) -> Any:
        """
        Return JSON for a model or for a mapping that names its variant; one that is not known yet is sent as it is.

        Raises:
            TypeError: The value is neither, or has a key that its variant does not have.
        """
        if is_mapping(value):
            variant = self._variant(value)
            if self.tag and not {self.tag, self.name} & value.keys():
                accepted = ", ".join(map(repr, self.variants))
                keys = ", ".join(map(repr, value)) or "none"
                raise TypeError(f"must have the key {self.name or self.tag!r}, one of {accepted}; got the keys {keys}")
            return PLAIN.encode(value) if variant is None else variant.encode(value)
        if not isinstance(value, Model):
            raise wrong_type("a model or a mapping", value)
        return PLAIN.encode(value)

    def _variant(self, source: Mapping[str, Any]) -> Reference | None:
        tag = source.get(self.tag, source.get(self.name))
        return self.variants.get(tag) if isinstance(tag, str) else None


_new = object.__new__
_set = object.__setattr__

PLAIN: Kind = Plain()


@attrs.frozen(eq=False, repr=False)
class Property:
    """
    One field of a model: its name in JSON, the kind of its values, what requests limit them to, and whether it always
    has one.
    """

    wire: str
    kind: Kind = PLAIN
    limits: Limits | None = None
    required: bool = False


class Model:
    """
    Base of every model of the API: an immutable, typed view of one JSON object.

    A field that is absent or null reads as None, as does a date, list or object that the server sent as something
    else; other values read as they came. A field that is documented as always present raises a MissingFieldError
    instead. `to_dict` returns exactly what the server sent. Fields the document does not know are in
    `additional_properties`. Models compare by value, pickle, and are not hashable.
    """

    __slots__ = ("_decoded", "_raw")

    _properties: ClassVar[Mapping[str, Property]] = {}
    _attributes: ClassVar[tuple[Any, ...]] = ()
    _open: ClassVar[bool] = False
    _raw: dict[str, Any]
    _decoded: dict[str, Any]
    additional_properties: Mapping[str, Any]

    def __init_subclass__(cls) -> None:
        Attributes.take_over(cls)
        # attrs makes a class twice; only the second one has slots.
        for name, slot in [*vars(cls).items()]:
            prop = cls._properties.get(name)
            if prop is not None and isinstance(slot, MemberDescriptorType):
                read = Model._read_plain if prop.kind is PLAIN else Model._read_decoded
                setattr(cls, name, property(read(slot, prop), slot.__set__))

    # Only a model made in Python has values in its slots. JSON is tried first, because the exception of an empty slot
    # takes five times as long. After an AttributeError of a property, Python calls `__getattr__`, which explains it.

    @staticmethod
    def _read_plain(slot: MemberDescriptorType, prop: Property) -> Callable[[Model], Any]:
        wire, required = prop.wire, prop.required

        def read(model: Model) -> Any:
            try:
                value = model._raw.get(wire)
            except AttributeError:
                value = slot.__get__(model)
            if value is None and required:
                raise AttributeError
            return value

        return read

    @staticmethod
    def _read_decoded(slot: MemberDescriptorType, prop: Property) -> Callable[[Model], Any]:
        wire, decode, required = prop.wire, prop.kind.decode, prop.required
        # Of this type, a value is read as it came, which takes 93 ns instead of 290.
        settled = prop.kind.types[0] if isinstance(prop.kind, Scalar) else None

        def read(model: Model) -> Any:
            try:
                raw = model._raw.get(wire)
            except AttributeError:
                value = slot.__get__(model)
                if value is None and required:
                    raise
                return value
            if raw is None and required:
                raise AttributeError
            if raw is None or type(raw) is settled:
                return raw
            value = model._decoded.get(wire)
            if value is None:
                value = model._decoded[wire] = decode(raw)
                if value is None and required:
                    raise AttributeError
            return value

        return read

    @classmethod
    def from_dict(cls, source: Mapping[str, Any]) -> Self:
        """
        Build the model from a JSON object; fields are decoded when they are read.

        Args:
            source: The JSON object, with the API's own names. It is kept, not copied.

        Raises:
            TypeError: The source is not a mapping.
        """
        if not is_mapping(source):
            raise TypeError(f"{cls.__name__}.from_dict takes a JSON object (a mapping), not {type(source).__name__}")
        return cls.view(source)

    @classmethod
    def view(cls, source: Mapping[str, Any]) -> Self:
        """
        Do the same without checking the source.
        """
        self = _new(cls)
        _set_raw(self, source)
        _set_decoded(self, {})
        return self

    @classmethod
    def encode_mapping(cls, source: Mapping[str, Any]) -> dict[str, Any]:
        """
        Return JSON for a plain mapping that stands for this model.

        Args:
            source: Keys may be the model's Python names or the API's names; unknown keys are sent as they are.

        Raises:
            TypeError: A value has no JSON equivalent.
            ValueError: A value cannot be written exactly or is outside its limits, or a field is given twice.
        """
        wires = {prop.wire: prop for prop in cls._properties.values()}
        encoded: dict[str, Any] = {}
        for key, value in source.items():
            prop = cls._properties.get(key) or wires.get(key) or Property(key)
            try:
                wire = STRING.encode(prop.wire)
                if wire in encoded:
                    raise ValueError("must be given only once")
                encoded[wire] = None if value is None else prop.kind.encode(value)
                check(encoded[wire], prop.limits)
            except (TypeError, ValueError) as error:
                raise placed(error, f"[{key!r}]") from None
        return encoded

    @classmethod
    def refuse_unknown_keys(cls, source: Mapping[str, Any]) -> None:
        """
        Check a mapping that stands for this model in an argument, so that a misspelt key never reaches the server.

        Raises:
            TypeError: It has a key that is not a field; the API may know more, which a model's `additional_properties`
                holds.
        """
        known = {*cls._properties, *(prop.wire for prop in cls._properties.values())}
        unknown = [] if cls._open else [key for key in source if key not in known]
        if unknown:
            accepted = ", ".join(cls._properties)
            raise TypeError(
                f"has no key {unknown[0]!r}; accepted are {accepted}. "
                f"For a newer one, pass models.{cls.__name__}(..., additional_properties={{...}})"
            )

    def to_dict(self) -> dict[str, Any]:
        """
        Return the model as a JSON object with the API's names, sharing nothing with the model.

        A model from a response returns everything that the server sent. A model built in Python leaves out the fields
        that are None.
        """
        raw = getattr(self, "_raw", None)
        if raw is not None:
            return cast("dict[str, Any]", copy.deepcopy(dict(raw)))
        given = {name: getattr(self, name, None) for name in self._properties}
        encoded = self.encode_mapping({name: value for name, value in given.items() if value is not None})
        return {**cast("dict[str, Any]", PLAIN.encode(self.additional_properties)), **encoded}

    def _shown(self) -> Iterator[tuple[str, Any]]:
        for field in self._attributes:
            value = getattr(self, field.name, None)
            if value is not None and value != {}:
                yield field.name, shown(value) if field.repr else MASK

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        names = (*self._properties, "additional_properties")
        return all(getattr(self, name, None) == getattr(other, name, None) for name in names)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._shown())})"

    def __rich_repr__(self) -> Iterator[tuple[str, Any]]:
        return self._shown()

    def _repr_html_(self) -> str | None:
        from ._notebook import html

        return html(self)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from ._pydantic import core_schema

        return core_schema(cls, handler)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        from ._pydantic import json_schema

        return json_schema(cls, schema, handler)

    def __reduce__(self) -> tuple[Any, ...]:
        if hasattr(self, "_raw"):
            return type(self).from_dict, (self.to_dict(),)
        fields = (*self._properties, "additional_properties")
        return object.__new__, (type(self),), {name: getattr(self, name, None) for name in fields}

    if not TYPE_CHECKING:  # pragma: no branch
        # Hidden from type checkers, to which `__getattr__` would make every misspelt name look right.

        __attrs_attrs__ = Attributes()

        @property
        def __dict__(self) -> dict[str, Any]:
            # What `vars` returns, and what FastAPI and `json.dumps(..., default=vars)` read of an unknown object.
            return self.to_dict()

        def __dir__(self) -> list[str]:
            return dir(type(self))

        def __getattr__(self, name: str) -> Any:
            if name in self._properties:
                raise MissingFieldError(
                    f"{type(self).__name__}.{name} is missing: it is documented as always present, but here "
                    f"{self._properties[name].wire!r} is absent, null or unreadable; to_dict() returns what there is"
                )
            if name != "additional_properties":
                raise missing("model", self, name)
            known = {prop.wire for prop in self._properties.values()}
            value = {key: item for key, item in self._raw.items() if key not in known}
            _set(self, name, value)
            return value


# Faster than `_set`, which looks the slot up.
_set_raw, _set_decoded = (vars(Model)[name].__set__ for name in ("_raw", "_decoded"))


@attrs.frozen(repr=False, eq=False)
class UnknownModel(Model):
    """
    An object of a type that this version does not know: every field can be read by its Python or its JSON name.
    """

    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, UnknownModel):
            return NotImplemented
        return self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.to_dict())))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name == "additional_properties":
            return dict(self._raw)
        source = self.to_dict()
        folded = {key.replace("_", "").lower(): value for key, value in source.items()}
        return source.get(name, folded.get(name.replace("_", "").lower()))
