"""
Reading transformations.
"""

from __future__ import annotations

import pytest

from imagekit_local._transformations import Step, TransformationError, expand, has_only_names, parse, paths
from imagekit_local._transformations.expressions import Expression, Scope, parse_expression
from imagekit_local._transformations.options import Layer
from imagekit_local._transformations.values import Border, Offset

NUMBER = Expression((7.0,))


def test_steps() -> None:
    """Colons part steps, commas part options, and what is empty leaves no trace."""
    steps = parse("w-7,,fl-h::rt-N90:")

    assert (Step(width=NUMBER, flip="h"), Step(rotation=-90.0)) == steps
    assert () == parse("")


@pytest.mark.parametrize(
    ("encoded", "text"),
    [
        ("h-30%2Cw-40%3Art-90", "h-30,w-40:rt-90"),
        ("h-30%2cw-40%3art-90", "h-30,w-40:rt-90"),
        ("w-40%3Art-90", "w-40:rt-90"),
        ("h-30,w-40%3Art-90", "h-30,w-40:rt-90"),
        ("h-30%2Cw-40:rt-90", "h-30,w-40:rt-90"),
        ("h-30%2Cw-40,l-text,i-a%2Cw-9,l-end", "h-30,w-40,l-text,i-a%2Cw-9,l-end"),
        ("di-cat.jpg%2Cw-40", "di-cat.jpg,w-40"),
        ("ar-4%3A3%2Cw-40", "ar-4:3,w-40"),
        ("l-text%2Ci-a%252Cb%2Cl-end", "l-text,i-a%2Cb,l-end"),
        ("l-text%2Cie-YSxi%2Cl-end%3Aw-40", "l-text,ie-YSxi,l-end:w-40"),
    ],
)
def test_encoded_as_a_whole(encoded: str, text: str) -> None:
    """A transformation that a client encoded as a whole, or in part, means what it meant before."""
    assert parse(text) == parse(encoded)


def test_encoded_values() -> None:
    """An encoded comma in a text separates nothing, nor does one in a single value that makes no options."""
    ((layer,),) = (step.layers for step in parse("l-text,i-a%2Cw-40%3Ab,l-end"))
    (step,) = parse("di-a%2Cb.jpg")

    assert "a,w-40:b" == layer.content
    assert "/a,b.jpg" == step.default_image


@pytest.mark.parametrize("text", ["h-30%2Cw-4x0", "h-30%252Cw-40", "l-text%2Ci-a%2Cb%2Cl-end", "h-30,w-4x0%3Art-90"])
def test_badly_encoded(text: str) -> None:
    """What is wrong or encoded twice is refused."""
    with pytest.raises(TransformationError):
        parse(text)


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("w-auto", "width", "auto"),
        ("h-.5", "height", Expression((0.5,))),
        ("w-iw_mul_N2_add_7", "width", Expression(("iw", -2.0, 7.0), ("mul", "add"))),
        ("w-7,ar-4-3", "aspect_ratio", Expression((4.0, 3.0), ("div",))),
        ("w-7,ar-4_3", "aspect_ratio", Expression((4.0, 3.0), ("div",))),
        ("w-7,ar-4:3", "aspect_ratio", Expression((4.0, 3.0), ("div",))),
        ("w-7,ar-iar_mul_7", "aspect_ratio", Expression(("iar", 7.0), ("mul",))),
        ("w-7,ar-7", "aspect_ratio", NUMBER),
        ("bg-FF00aa", "background", (255, 0, 170, 255)),
        ("bg-FF00aa50", "background", (255, 0, 170, 128)),
        ("bg-FF00aa00", "background", (255, 0, 170, 0)),
        ("bg-red", "background", (255, 0, 0, 255)),
        ("rt-auto", "rotation", "auto"),
        ("t-true", "trim", 10),
        ("t-false", "trim", 0),
        ("t-7", "trim", 7.0),
        ("r-max", "radius", ("max",) * 4),
        ("r-7", "radius", (NUMBER,) * 4),
        ("r-7_max_7_max", "radius", (NUMBER, "max", NUMBER, "max")),
        ("r-iw_div_7", "radius", (Expression(("iw", 7.0), ("div",)),) * 4),
        ("b-7_red", "border", Border(NUMBER, (255, 0, 0, 255))),
        ("b-ih_div_20_FF00FF", "border", Border(Expression(("ih", 20.0), ("div",)), (255, 0, 255, 255))),
        ("e-grayscale", "grayscale", True),
        ("lo-true", "lossless", True),
        ("di-@@f@@a%2Cb.png", "default_image", "/f/a,b.png"),
        ("n-thumb_1", "named", "thumb_1"),
    ],
)
def test_values(text: str, field: str, value: object) -> None:
    """Each kind of value is read as the service reads it."""
    (step,) = parse(text)

    assert value == getattr(step, field)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("l-text,i-Hello%2C%20world-wide%3A,l-end", "Hello, world-wide:"),
        ("l-text,ie-SGVsbG8%3D,l-end", "Hello"),
        ("l-text,ie-Pz8%2FPj4%2B,l-end", "???>>>"),
        (f"l-text,i-{'x' * 2001},l-end", "x" * 2000),
        ("l-image,i-@@f@@a b.png,l-end", "/f/a b.png"),
        ("l-image,ie-L2YvYS5wbmc%3D,l-end", "/f/a.png"),
        ("l-image,i-ik_canvas,bg-red,l-end", "ik_canvas"),
    ],
)
def test_layer_contents(text: str, content: str) -> None:
    """What a layer holds is decoded after it was split off, and cut where the service cuts it."""
    (step,) = parse(text)

    assert content == step.layers[0].content


def test_layer() -> None:
    """What stands inside a layer belongs to it, wherever it stands."""
    (step,) = parse("w-7,l-image,w-7,i-a,lx-N0,lyc-7,lap-top,h-7:rt-90,l-text,i-b,lfo-left,l-end,l-end,fl-h")
    inner = Layer(kind="text", content="b", steps=(), focus="left")
    outer = Layer(
        kind="image",
        content="/a",
        steps=(Step(width=NUMBER, height=NUMBER), Step(rotation=90.0, layers=(inner,))),
        x=Offset(Expression((0.0,)), from_end=True),
        y_center=Offset(NUMBER),
        anchor="top",
    )

    assert Step(width=NUMBER, flip="h", layers=(outer,)) == step


@pytest.mark.parametrize("kind", ["l-text,i-a", "l-image,i-ik_canvas"])
def test_unchained_layers(kind: str) -> None:
    """A text or a box of color is made at once, so colons part nothing in it."""
    (step,) = parse(f"{kind},w-7:r-7,l-end")

    assert (Step(width=NUMBER, radius=(NUMBER,) * 4),) == step.layers[0].steps


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("w_7", "w_7: the option is unknown"),
        ("width-7", "width: the option is unknown"),
        ("oi-a.png", "oi: the option is unknown"),
        ("e-bgremove", "e-bgremove: the local ImageKit has no AI"),
        ("e-changebg-prompt-a", "e-changebg: the local ImageKit has no AI"),
        ("so-7", "so: the local ImageKit does not transform videos"),
        ("f-mp4", "f: the local ImageKit does not transform videos"),
        ("l-video,i-a,l-end", "l-video: the local ImageKit has no layers of this kind"),
        ("l-shape,i-a,l-end", "l-shape: no such layer"),
        ("e-shadow-bl-7", "e-shadow: the local ImageKit does not apply this option"),
        ("if-w_gt_7,bl-3,if-end", "if: the local ImageKit does not apply this option"),
        ("l-text,i-a,ff-Lato,l-end", "ff: the local ImageKit does not apply this option"),
        ("fo-auto", "fo: the local ImageKit cannot do 'auto'"),
        ("fo-face", "fo: the local ImageKit cannot do 'face'"),
        ("bg-blurred_7", "bg: the local ImageKit cannot do 'blurred_7'"),
        ("bg-Red", "bg: 'Red' is not a color that the local ImageKit knows"),
        ("bg-FF00aaFF", "bg: 'FF00aaFF' is not a color that the local ImageKit knows"),
        ("w-0", "w: '0' is not above 0"),
        ("w--7", "w: '-7' is neither a number nor a variable"),
        ("w-iw_7", "w: 'iw_7' is neither a number nor an expression"),
        ("w-iw_div", "w: 'iw_div' is neither a number nor an expression"),
        ("q-101", "q: '101' is not a number from 1 to 100"),
        ("q-iw", "q: 'iw' is not a number from 1 to 100"),
        ("lo-yes", "lo: 'yes' is neither true nor false"),
        ("e-grayscale-true", "e-grayscale: it takes no value, but has 'true'"),
        ("fl-x", "fl: 'x' is not one of h, v, h_v, v_h"),
        ("r-7_7", "r: '7_7' is neither one radius nor four"),
        ("l-text,i-a,pa-1_2_3_4_5,l-end", "pa: '1_2_3_4_5' has more than four sides"),
        ("n-a.b", "n: 'a.b' is not a name"),
        ("di-@@", "di: it names no file"),
        ("di-https:@@@@example.com@@a.png", "di: 'https://example.com/a.png' is outside the local ImageKit"),
        ("l-text,ie-!,l-end", "ie: it is not base64 of UTF-8 text"),
        ("l-text,l-end", "i: the layer has no content"),
        ("l-text,i-a", "l: the layer has no l-end"),
        ("l-end", "l-end: no such layer"),
        ("l-text,i-a,ie-YQ==,l-end", "ie: the option appears twice in one step"),
        ("w-1,w-2", "w: the option appears twice in one step"),
        ("fs-7", "fs: the option does not belong here"),
        ("lx-7", "lx: the option does not belong here"),
        ("l-image,i-a,q-7,l-end", "q: the option does not belong here"),
        ("l-text,i-a,h-7,l-end", "h: the option does not belong here"),
        ("l-image,i-a,lx-1,lxc-1,l-end", "lx: it excludes lxc"),
        ("c-force,cm-extract", "cm: it excludes c"),
        ("ar-1", "ar: it needs w or h"),
        ("x-1,cm-pad_extract", "x: it needs cm-extract"),
        ("yc-1", "yc: it needs cm-extract"),
        ("cm-extract,y-1,yc-1", "y: it excludes yc"),
    ],
)
def test_refusals(text: str, reason: str) -> None:
    """What cannot be done is refused with the name of the option."""
    with pytest.raises(TransformationError) as caught:
        parse(text)

    assert reason == str(caught.value)


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("w-" + "7" * 10_000, "tr"),
        (":".join(["fl-h"] * 26), "tr"),
        (",".join(["l-text,i-a,l-end"] * 26), "tr"),
        ("l-image,i-a," * 4 + "l-end," * 4, "l"),
    ],
)
def test_limits(text: str, option: str) -> None:
    """Length, number of steps and layers, and depth are limited before any work is done."""
    with pytest.raises(TransformationError) as caught:
        parse(text)

    assert ("ELIMIT", option) == (caught.value.code, caught.value.option)


def test_named() -> None:
    """A name is replaced by what it stands for, in layers as well; other options of its step come after it."""
    named = {"a": "tr:fl-h:fl-v", "b": "n-a", "c": ""}
    steps = expand(parse("n-b,rt-90:n-c,l-image,i-x,n-a,l-end"), named.get)
    layer = Layer(kind="image", content="/x", steps=(Step(flip="h"), Step(flip="v")))

    assert (Step(flip="h"), Step(flip="v"), Step(rotation=90.0), Step(layers=(layer,))) == steps


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("n-x", "n: there is no named transformation 'x'"),
        ("n-bad", "foo: the option is unknown"),
        ("n-loop", "ELIMIT - n: 'loop' is too deep in other named transformations"),
        (":".join(["n-many"] * 3), "ELIMIT - n: a transformation has at most 25 steps and layers"),
    ],
)
def test_named_refusals(text: str, reason: str) -> None:
    """A name that is unknown, leads nowhere or to too much is refused."""
    named = {"bad": "foo-1", "loop": "n-loop", "many": ":".join(["fl-h"] * 10)}
    with pytest.raises(TransformationError) as caught:
        expand(parse(text), named.get)

    assert reason == str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"), [("n-a", True), ("n-a:n-b", True), ("", False), ("n-a,w-1", False), ("n-a:w-1", False)]
)
def test_only_names(text: str, expected: bool) -> None:
    """Only a transformation of nothing but names needs no signature."""
    assert expected == has_only_names(parse(text))


def test_paths() -> None:
    """All stored files that are needed are known beforehand, at any depth."""
    steps = parse("di-d:l-image,i-a,di-e,l-image,i-b,l-end,l-text,i-t,l-end,l-end,l-image,i-ik_canvas,l-end")

    assert ["/d", "/a", "/e", "/b"] == list(paths(steps))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("2_add_3_mul_4", 14),
        ("8_sub_2_sub_1", 5),
        ("2_pow_1_add_2", 8),
        ("7_mod_2_add_3", 2),
        ("7_div_2", 3.5),
        ("iw", 100),
    ],
)
def test_expressions(text: str, value: float) -> None:
    """Products come first, then sums, remainders and powers, each from left to right."""
    expression = parse_expression(text)

    assert value == Scope({"iw": 100}).value("w", expression)


@pytest.mark.parametrize("text", ["1_div_0", "9_pow_9999", "N8_pow_.5", "7_mod_0", "9" * 400])
def test_expressions_without_value(text: str) -> None:
    """What has no finite value is refused."""
    with pytest.raises(TransformationError, match="w: the expression has no finite value"):
        Scope({}).value("w", parse_expression(text))


def test_unknown_variable() -> None:
    """A variable that means nothing where it stands is refused by name."""
    with pytest.raises(TransformationError, match="lx: bw has no value here"):
        Scope({}).value("lx", parse_expression("bw"))
