"""
The pages of names, errors, settings, search fields and transformation options: they leave nothing out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import imagekit_async
from docs.site import options, python_api, tables, transformations
from docs.site.pages import Site
from imagekit_async import errors, models, search
from imagekit_async.urls._options import LAYERS, POSITION, TOP

PACKAGE = Path(imagekit_async.__file__).parent


def public_modules() -> Iterator[str]:
    """
    Yield the modules of the SDK whose names have no underscore, down to those of libraries.
    """
    yield "imagekit_async"
    for folder in (PACKAGE, PACKAGE / "integrations"):
        for path in folder.iterdir():
            is_module = path.suffix == ".py" or (path / "__init__.py").is_file()
            if is_module and not path.stem.startswith("_") and path.stem != "integrations":
                yield ".".join(["imagekit_async", *path.relative_to(PACKAGE).with_suffix("").parts])


def test_every_public_name_has_a_page(content: Site) -> None:
    """Each name that a public module exports is listed, and is described on the page that the list leads to."""
    modules = {*public_modules(), "imagekit_local"}
    exported = {f"{module}.{name}" for module in modules for name in import_module(module).__all__}

    assert exported == content.names.keys()
    for name, place in content.names.items():
        page, _, anchor = place.partition("#")
        text = content.pages[page]

        assert f"[`{name}`](../{place})" in content.pages["reference/names.md"]
        assert f"::: {anchor}\n" in text or f"#{anchor} }}" in text, name


def test_undocumented_names_are_found() -> None:
    """All public names have docstrings, and one without would be found."""
    code = python_api.Code()

    assert [] == [*code.undocumented()]
    code.find("imagekit_async.ImageKit").docstring = None
    assert ["imagekit_async.ImageKit"] == [*code.undocumented()]


def test_errors_are_a_tree(content: Site) -> None:
    """Each error is in the tree once, below the class that it derives from."""
    tree = content.pages["reference/errors.md"].partition("## Tree")[2].partition("## Each error")[0]
    depths = {name: len(indent) // 4 for indent, name in re.findall(r"^( *)- \[`(\w+)`\]", tree, re.MULTILINE)}
    parents = {name: getattr(errors, name).__bases__[0].__name__ for name in errors.__all__ if name != "ImageKitError"}

    assert set(errors.__all__) == depths.keys()
    assert all(depths[name] == depths[parent] + 1 for name, parent in parents.items())


def test_every_variable_is_documented() -> None:
    """The variables of the SDK that the source reads are those that the page lists."""
    source = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    read = set(re.findall(r"\bIMAGEKIT_[A-Z_]+[A-Z]\b", source))

    assert read == {name for name in tables.VARIABLES if name.startswith("IMAGEKIT_")}


def test_search_fields_are_listed(content: Site) -> None:
    """All fields of a search are in the table, and all of their operators are explained."""
    page = content.pages["reference/search.md"]
    fields = {name: field for name, field in vars(search.Asset).items() if hasattr(field, "_operators")}

    assert all(f"| `Asset.{name}` |" in page for name in [*fields, "custom(name)"])
    assert {operator for field in fields.values() for operator in field._operators} <= tables.OPERATORS.keys()


def test_every_option_is_described() -> None:
    """The tables have all options of steps, layers and positions, and no others."""
    of_layers = {name for place in LAYERS.values() for name in place.options} - TOP.options.keys()

    assert TOP.options.keys() == options.OPTIONS.keys()
    assert of_layers == options.LAYER_OPTIONS.keys()
    assert POSITION.keys() == options.POSITIONS.keys()


def test_options_are_shown(content: Site) -> None:
    """Every option has a row with its code, and an image if there is a step that shows it."""
    page = content.pages[transformations.PAGE]
    for place, (known, described) in transformations.TABLES.items():
        for name, shown in described.items():
            path = transformations.image_path(place, name)

            assert f"**`{name}`**, in the URL `{known[name].code}`" in page
            assert (shown.step is not None) is (path in content.files) is (path.removeprefix("reference/") in page)


def test_images_show_their_options(content: Site) -> None:
    """No image is the same as that of another option, but where an option changes the file only."""
    invisible = {"color_profile", "metadata", "density", "progressive", "lossless", "format"}
    images = [
        content.files[transformations.image_path(place, name)]
        for place, (_, described) in transformations.TABLES.items()
        for name, shown in described.items()
        if shown.step is not None and name not in invisible
    ]

    assert len(images) == len(set(images))


@pytest.mark.parametrize("name", sorted(set(models.__all__) - {"Model", "UnknownModel"}))
def test_models_are_on_one_page(content: Site, name: str) -> None:
    """Each model is on one page of models."""
    pages = [path for path, text in content.pages.items() if f"[](){{ #imagekit_async.models.{name} }}" in text]

    assert [content.names[f"imagekit_async.models.{name}"].partition("#")[0]] == pages
