"""
What every generated model is built on: lazy decoding from JSON and lossless encoding back.

A model keeps the JSON object it was made from and decodes a field when it is first read, so a response costs what is
read of it, an unexpected value costs that one field, and nothing the server sent is ever dropped.
"""

from __future__ import annotations

import copy
import datetime
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any, ClassVar, cast

import attrs

from ._json import DATE, DATE_TIME, Kind, is_collection, is_mapping, is_object

if TYPE_CHECKING:
    from typing import Self


class Plain:
    """
    JSON scalars and free-form JSON: read as they came, written after turning models and dates into JSON.
    """

    def decode(self, raw: Any) -> Any:
        """
        Return the JSON value unchanged.
        """
        return raw

    def encode(self, value: Any) -> Any:
        """
        Return JSON for a value of any supported type, nested ones included.
        """
        if isinstance(value, Model):
            return value.to_dict()
        if isinstance(value, datetime.datetime):
            return DATE_TIME.encode(value)
        if isinstance(value, datetime.date):
            return value.isoformat()
        if is_mapping(value):
            return {str(key): self.encode(item) for key, item in value.items()}
        if is_collection(value):
            return [self.encode(item) for item in value]
        return value


@attrs.frozen
class Array:
    """
    JSON arrays whose items are of one kind.
    """

    item: Kind

    def decode(self, raw: Any) -> list[Any] | None:
        """
        Return a list, or None when the value is no array.
        """
        return [self.item.decode(item) for item in cast("Any", raw)] if isinstance(raw, list) else None

    def encode(self, value: Any) -> Any:
        """
        Return a list of encoded items.

        Raises:
            TypeError: The value is a single string or mapping, or cannot be iterated.
        """
        if not is_collection(value):
            raise TypeError(f"expected a list (or another collection), not {type(value).__name__}")
        return [self.item.encode(item) for item in value]


@attrs.frozen
class MapOf:
    """
    JSON objects with free keys and values of one kind.
    """

    value: Kind

    def decode(self, raw: Any) -> dict[str, Any] | None:
        """
        Return a dict, or None when the value is no object.
        """
        return {key: self.value.decode(item) for key, item in raw.items()} if is_object(raw) else None

    def encode(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """
        Return a dict of encoded values.

        Raises:
            TypeError: The value is no mapping.
        """
        if not is_mapping(value):
            raise TypeError(f"expected a mapping, not {type(value).__name__}")
        return {key: self.value.encode(item) for key, item in value.items()}


@attrs.frozen
class Reference:
    """
    A generated model, imported when it is first needed.
    """

    module: str
    name: str

    def model(self) -> type[Model]:
        """
        Return the model class.
        """
        return _model(self.module, self.name)

    def decode(self, raw: Any) -> Model | None:
        """
        Return the model, or None when the value is no object.
        """
        return _model(self.module, self.name).view(raw) if is_object(raw) else None

    def encode(self, value: Any) -> Any:
        """
        Return JSON for a model or for a mapping with Python or JSON names.
        """
        if is_mapping(value):
            return self.model().encode_mapping(value)
        return PLAIN.encode(value)


@cache
def _model(module: str, name: str) -> type[Model]:
    return cast("type[Model]", getattr(import_module(module), name))


@attrs.frozen
class OneOf:
    """
    One of several models, told apart by the value of one property; other JSON types pass through.
    """

    tag: str
    variants: Mapping[str, Reference]

    def decode(self, raw: Any) -> Any:
        """
        Return the variant named by the tag, an `UnknownModel` for a tag not known yet, or a non-object as it came.
        """
        if not is_object(raw):
            return raw
        variant = self._variant(raw)
        return UnknownModel.view(raw) if variant is None else variant.decode(raw)

    def encode(self, value: Any) -> Any:
        """
        Return JSON for a model or for a mapping that names its variant.
        """
        if is_mapping(value):
            variant = self._variant(value)
            return PLAIN.encode(value) if variant is None else variant.encode(value)
        return PLAIN.encode(value)

    def _variant(self, source: Mapping[str, Any]) -> Reference | None:
        tag = source.get(self.tag)
        return self.variants.get(tag) if isinstance(tag, str) else None


_new = object.__new__
_set = object.__setattr__

PLAIN: Kind = Plain()
_IMMUTABLE = (PLAIN, DATE_TIME, DATE)


@attrs.frozen
class Property:
    """
    One field of a model: its name in JSON and the kind of its values.
    """

    wire: str
    kind: Kind = PLAIN


class Model:
    """
    Base of every model of the API: an immutable, typed view of one JSON object.

    A field that is absent or null reads as None, as does a date, list or object that the server sent as something
    else; other values read as they came. `to_dict` gives back exactly what the server sent. Fields the document does
    not know are in `additional_properties`. Models compare by value, pickle, and are not hashable.
    """

    __slots__ = ("_raw",)

    _properties: ClassVar[Mapping[str, Property]] = {}
    _raw: dict[str, Any]
    additional_properties: Mapping[str, Any]

    def __init_subclass__(cls) -> None:
        # attrs makes a class twice; only the second one has slots.
        for name, slot in [*vars(cls).items()]:
            prop = cls._properties.get(name)
            if prop is not None and prop.kind in _IMMUTABLE and isinstance(slot, MemberDescriptorType):
                setattr(cls, name, Model._read_from_json(slot, prop))

    @staticmethod
    def _read_from_json(slot: MemberDescriptorType, prop: Property) -> property:
        # An empty slot is found by an exception, after which `__getattr__` is called: five times as slow as this.
        wire, decode = prop.wire, None if prop.kind is PLAIN else prop.kind.decode

        def read(model: Model) -> Any:
            try:
                raw = model._raw.get(wire)
            except AttributeError:  # made in Python, so the value is in the slot
                return slot.__get__(model)
            return raw if decode is None else decode(raw)

        return property(read, slot.__set__)

    @classmethod
    def from_dict(cls, source: Mapping[str, Any]) -> Self:
        """
        Build the model from a JSON object; fields are decoded when they are read.

        Args:
            source: The JSON object, with the API's own names. It is kept, not copied.

        Raises:
            TypeError: The source is no mapping.
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
        _set(self, "_raw", source)
        return self

    @classmethod
    def encode_mapping(cls, source: Mapping[str, Any]) -> dict[str, Any]:
        """
        Return JSON for a plain mapping that stands for this model.

        Args:
            source: Keys may be the model's Python names or the API's names; unknown keys are sent as they are.
        """
        wires = {prop.wire: prop for prop in cls._properties.values()}
        encoded: dict[str, Any] = {}
        for key, value in source.items():
            prop = cls._properties.get(key) or wires.get(key)
            kind = PLAIN if prop is None or value is None else prop.kind
            encoded[prop.wire if prop else key] = kind.encode(value)
        return encoded

    def to_dict(self) -> dict[str, Any]:
        """
        Return the model as a JSON object with the API's names, sharing nothing with the model.

        A model that came from the server gives back all it was sent; of one built in Python the fields that are None
        are left out.
        """
        raw = getattr(self, "_raw", None)
        if raw is not None:
            return cast("dict[str, Any]", copy.deepcopy(dict(raw)))
        given = {name: getattr(self, name) for name in self._properties}
        encoded = self.encode_mapping({name: value for name, value in given.items() if value is not None})
        return {**cast("dict[str, Any]", PLAIN.encode(self.additional_properties)), **encoded}

    def _shown(self) -> Iterator[tuple[str, Any]]:
        for field in attrs.fields(cast("Any", type(self))):
            value = getattr(self, field.name)
            if value is not None and value != {}:
                yield field.name, value if field.repr else "***"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._shown())})"

    def __reduce__(self) -> tuple[Any, ...]:
        if hasattr(self, "_raw"):
            return type(self).from_dict, (self.to_dict(),)
        fields = (*self._properties, "additional_properties")
        return object.__new__, (type(self),), {name: getattr(self, name) for name in fields}

    if not TYPE_CHECKING:  # pragma: no branch
        # Hidden from type checkers, to which it would make every misspelt name look right.

        def __getattr__(self, name: str) -> Any:
            prop = self._properties.get(name)
            if prop is not None:
                value = prop.kind.decode(self._raw.get(prop.wire))
            elif name == "additional_properties":
                known = {prop.wire for prop in self._properties.values()}
                value = {key: item for key, item in self._raw.items() if key not in known}
            else:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
            _set(self, name, value)
            return value


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
