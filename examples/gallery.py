"""
Every transformation that the local ImageKit applies, on one contact sheet: no account and no network needed.

Draws a scene, stores it, asks for each variant by its URL, and writes what comes back to the path that is given,
by default `local/docs/gallery.png`.
"""

from __future__ import annotations

import io
import sys
import textwrap
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import httpx
from PIL import Image, ImageDraw, ImageFont

from imagekit_async import AsyncImageKit
from imagekit_async.testing import LocalImageKit

# A heading and a file, then a transformation of that file on each line.
CATALOGUE = """
# size scene.jpg
orig-true
w-180
h-80
w-0.3
w-180,ar-16-9
w-80,dpr-2
# crop scene.jpg
w-140,h-140
w-180,h-140,c-force
w-180,h-140,c-at_max
w-140,h-60,c-at_least
# small picture badge.png
w-180,c-at_max
w-180,h-140,c-at_max_enlarge
w-180,h-60,c-maintain_ratio_no_enlarge
# cut out scene.jpg
w-140,h-100,cm-extract
w-140,h-100,cm-extract,x-20,y-10
w-140,h-100,cm-extract,xc-300,yc-200
w-140,h-100,cm-extract,fo-custom
w-140,h-100,cm-extract,fo-bottom_right
# pad scene.jpg
w-180,h-140,cm-pad_resize
w-140,h-140,cm-pad_resize,fo-top,bg-F2C14E
w-190,h-100,cm-pad_resize,fo-left,bg-teal
# pad badge.png
w-180,h-140,cm-pad_resize_no_enlarge,bg-teal
w-180,h-60,cm-pad_extract,bg-teal
w-180,h-60,cm-pad_extract_no_shrink,bg-teal
# focus scene.jpg
w-80,h-140,fo-left
w-80,h-140,fo-right
w-190,h-60,fo-top
w-190,h-60,fo-bottom
# turn scene.jpg
w-180:rt-90
w-180:rt-N90
w-150,rt-20,f-png
w-150,rt-N20,bg-F2C14E
w-180,fl-h
w-180,fl-v
# EXIF orientation lying.jpg
h-140
w-140,rt-auto
# look scene.jpg
w-180,bl-6
w-180,e-grayscale
w-180,o-50,f-png
w-180,o-50,bg-FF0000
w-170,b-6_D1495B
w-170,b-6_D1495B,r-30,f-png
# round scene.jpg
w-180,r-30,f-png
w-180,r-max,f-png
w-140,h-140,r-max,f-png
w-180,r-0_60_20_max,f-png
w-180,r-40,f-jpg
# clear badge.png
w-180
w-180,bg-F2C14E
w-180,bg-FF000050
w-180,f-jpg
# trim mounted.png
w-180
t-true:w-180
# format scene.jpg
w-180,q-5
w-180,f-auto
w-180,f-avif
w-180,f-png,lo-true
w-180,f-jpg,pr-true,dn-300
# picture on it scene.jpg
w-180,l-image,i-badge.png,w-60,l-end
w-180,l-image,i-badge.png,w-60,lx-N8,ly-N8,l-end
w-180,l-image,i-badge.png,w-bw_div_3,o-60,lfo-bottom_left,l-end
w-180,l-image,i-mounted.png,w-80,lfo-right,l-end
w-180,l-image,i-mounted.png,t-false,w-80,lfo-right,l-end
# text on it scene.jpg
w-180,l-text,i-Valley,l-end
w-180,l-text,i-Valley,fs-26,co-FFFFFF,lx-8,ly-N8,l-end
w-180,l-text,i-House%20below%20two%20mountains,fs-16,w-110,pa-8,bg-FFFFFF80,r-10,ia-left,lfo-right,l-end
w-180,l-text,i-SOLD,fs-36,co-D1495B,bg-FFFFFF,pa-6,rt-N20,l-end
w-180,l-text,ie-SGFsZiwgNTAl,fs-26,al-6,lfo-top,l-end
# color on it scene.jpg
w-180,l-image,i-ik_canvas,bg-D1495B,w-80,h-60,l-end
w-180,l-image,i-ik_canvas,bg-000000,al-5,h-40,lfo-bottom,l-end
w-180,l-image,i-ik_canvas,bg-D1495B,w-70,h-70,r-max,lfo-right,l-end
# nested scene.jpg
w-180,l-image,i-ik_canvas,bg-FFFFFF,w-150,h-70,r-10,l-image,i-badge.png,w-60,lx-8,l-end,l-text,i-Nested,fs-18,lx-N10,l-end,l-end
# chain scene.jpg
w-300:cm-extract,w-150,h-100:rt-90:r-20,f-png
# name scene.jpg
n-card
# default image missing.jpg
w-180,di-@@badge.png
# refused scene.jpg
e-bgremove
w-180,h-140,fo-face
w-20000,h-20000
f-mp4
"""
CARD = "w-180,h-120:b-6_F2C14E:l-text,i-IK,fs-30,co-FFFFFF,lx-12,ly-N12,l-end"
WIDTH, PICTURE, HEIGHT, COLUMNS, MARGIN = 204, 150, 214, 8, 12
INK, PALE, RED, PAPER, SHADE = "#202428", "#6b7480", "#b00020", "#ffffff", "#d9dde1"


def scene() -> Image.Image:
    """
    A valley, 400x300: nothing in it is symmetric, so that each turn and crop is visible.
    """
    image = Image.new("RGB", (1200, 900))
    draw = ImageDraw.Draw(image)
    for y in range(620):
        draw.line((0, y, 1200, y), fill=(90 + y // 6, 150 + y // 8, 220 - y // 30))
    draw.ellipse((90, 70, 290, 270), fill="#ffd75e")
    draw.polygon([(0, 620), (330, 240), (620, 620)], fill="#5b6f83")
    draw.polygon([(250, 332), (330, 240), (410, 345), (330, 310)], fill="white")
    draw.polygon([(380, 620), (800, 130), (1200, 560), (1200, 620)], fill="#46586b")
    draw.polygon([(700, 247), (800, 130), (905, 243), (800, 215)], fill="white")
    draw.rectangle((0, 600, 1200, 900), fill="#5d9c4b")
    draw.polygon([(420, 900), (580, 900), (860, 750), (830, 750)], fill="#d8c18f")
    draw.rectangle((790, 560, 1010, 750), fill="#f5ead0")
    draw.polygon([(750, 570), (900, 440), (1050, 570)], fill="#c0392b")
    draw.rectangle((820, 650, 880, 750), fill="#6b4226")
    draw.rectangle((920, 610, 980, 660), fill="#8fd3f4")
    draw.rectangle((140, 640, 164, 800), fill="#6b4226")
    draw.ellipse((70, 500, 234, 700), fill="#2f6b34")
    draw.text((1010, 770), "IK", fill="white", font=ImageFont.load_default(110))
    return image.resize((400, 300), Image.Resampling.LANCZOS)


def badge() -> Image.Image:
    """
    A round mark, 120x90, around which the image is clear.
    """
    image = Image.new("RGBA", (480, 360))
    draw = ImageDraw.Draw(image)
    draw.ellipse((70, 10, 410, 350), fill="#2b2d72", outline="white", width=16)
    draw.polygon([(190, 90), (350, 180), (190, 270)], fill="#ffd75e")
    return image.resize((120, 90), Image.Resampling.LANCZOS)


def encoded(image: Image.Image, format: str, **options: Any) -> bytes:
    """
    An image as the bytes of a file.
    """
    buffer = io.BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


async def store(client: AsyncImageKit) -> None:
    """
    Upload the images, and name a transformation.
    """
    orientation = Image.Exif()
    orientation[0x0112] = 6
    mounted = Image.new("RGB", (480, 360), "#f4f4f4")
    mounted.paste(scene(), (40, 30))
    pictures = {
        "scene.jpg": encoded(scene(), "JPEG", quality=92),
        "badge.png": encoded(badge(), "PNG"),
        "mounted.png": encoded(mounted, "PNG"),
        "lying.jpg": encoded(scene().rotate(90, expand=True), "JPEG", exif=orientation),
    }
    for name, content in pictures.items():
        await client.files.upload(
            file=content, file_name=name, use_unique_file_name=False, custom_coordinates="240,140,120,120"
        )
    await client.named_transformations.create(name="card", transformation=CARD)


def variants() -> Iterator[tuple[str, str, str]]:
    """
    Heading, file and transformation of each cell.
    """
    heading = file = ""
    for line in CATALOGUE.strip().splitlines():
        if line.startswith("# "):
            heading, _, file = line[2:].rpartition(" ")
        else:
            yield heading, file, line


def cell(heading: str, transformation: str, response: httpx.Response) -> Image.Image:
    """
    A variant on a chessboard, where what is clear shows, with what was asked for and what came back below it.
    """
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    if response.is_success:
        variant = Image.open(io.BytesIO(response.content))
        facts = f"{variant.width}x{variant.height} {variant.format} {len(response.content):,} bytes"
        variant.thumbnail((WIDTH - MARGIN, PICTURE - MARGIN))
        ground = chessboard(variant.size)
        ground.paste(variant, (0, 0), variant.convert("RGBA"))
        image.paste(ground, ((WIDTH - variant.width) // 2, (PICTURE - variant.height) // 2))
    else:
        facts = f"{response.status_code}, ik-error:"
        write(draw, (MARGIN, 50), response.headers["ik-error"], RED, 12, 28)
    write(draw, (6, PICTURE), heading, INK, 11, 40)
    draw.text((WIDTH - 6, PICTURE + 11), facts, fill=PALE, font=ImageFont.load_default(9), anchor="rs")
    write(draw, (6, PICTURE + 15), transformation, INK, 9, 41)
    return image


def chessboard(size: tuple[int, int]) -> Image.Image:
    """
    White and grey squares.
    """
    image = Image.new("RGB", size, PAPER)
    draw = ImageDraw.Draw(image)
    for x in range(0, size[0], 10):
        for y in range(10 * (x // 10 % 2), size[1], 20):
            draw.rectangle((x, y, x + 9, y + 9), fill=SHADE)
    return image


def write(draw: ImageDraw.ImageDraw, place: tuple[int, int], text: str, color: str, size: int, columns: int) -> None:
    """
    Write a text, so many characters on a line.
    """
    lines = textwrap.wrap(text, columns)
    draw.multiline_text(place, "\n".join(lines), fill=color, font=ImageFont.load_default(size), spacing=1)


@asynccontextmanager
async def local_imagekit() -> AsyncIterator[tuple[AsyncImageKit, httpx.AsyncClient]]:
    """
    Run a local ImageKit in the process, with a client of its API and one of its delivery URLs, whose base is set.
    """
    server = LocalImageKit(rate_limit="off")
    transport = server.transport()
    async with (
        AsyncImageKit(
            server.private_key, base_url=server.url, upload_base_url=server.url, transport=transport
        ) as client,
        httpx.AsyncClient(
            base_url=server.url_endpoint, transport=transport, headers={"accept": "image/webp"}
        ) as browser,
    ):
        yield client, browser
    server.stop()


async def main(path: str = "local/docs/gallery.png") -> None:
    """
    Make the sheet.
    """
    async with local_imagekit() as (client, browser):
        await store(client)
        cells = [
            cell(heading, transformation, await browser.get(f"{file}?tr={transformation}"))
            for heading, file, transformation in variants()
        ]
    rows = -(-len(cells) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * WIDTH + 2 * MARGIN, rows * HEIGHT + 2 * MARGIN), PAPER)
    for index, made in enumerate(cells):
        row, column = divmod(index, COLUMNS)
        sheet.paste(made, (MARGIN + column * WIDTH, MARGIN + row * HEIGHT))
    await anyio.Path(path).parent.mkdir(parents=True, exist_ok=True)
    await anyio.Path(path).write_bytes(encoded(sheet, "PNG", optimize=True))


if __name__ == "__main__":
    anyio.run(main, *sys.argv[1:])
