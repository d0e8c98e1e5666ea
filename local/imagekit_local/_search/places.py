"""
Areas on the globe, and the SQL that finds places in them.
"""

from __future__ import annotations

import math
import re

import attrs

from imagekit_local._store import Condition
from imagekit_local._store.indexing import Point, parse_point, unit_vector

_EARTH_RADIUS_KM = 6371.0088
_CIRCLE = re.compile(r"(.+?) +([0-9]+(?:\.[0-9]+)?) *km", re.IGNORECASE)
_POLYGON_CORNERS = 4


@attrs.frozen
class Area:
    """
    A circle if there is a radius, or else a box between two points, or a polygon.

    Boxes and polygons have straight sides on a map of degrees, and do not cross the date line.
    """

    points: tuple[Point, ...]
    radius_km: float | None = None

    def condition(self) -> Condition:
        """
        Return the condition for rows of the table `place` within the area.
        """
        if self.radius_km is not None:
            return _circle(self.points[0], self.radius_km)
        return _polygon(self.points) if len(self.points) == _POLYGON_CORNERS else _box(*self.points)


def parse_area(text: str) -> Area | None:
    """
    Return the area that a text describes, or None.
    """
    circle = _CIRCLE.fullmatch(text.strip())
    if circle is not None:
        center = parse_point(circle[1])
        return None if center is None else Area((center,), float(circle[2]))
    points = [parse_point(part) for part in text.split("|")]
    known = tuple(point for point in points if point is not None)
    return Area(known) if len(known) == len(points) and len(known) in {2, _POLYGON_CORNERS} else None


def _circle(center: Point, radius_km: float) -> Condition:
    angle = min(radius_km / _EARTH_RADIUS_KM, math.pi)
    x, y, z = unit_vector(center)
    # The straight line through the globe needs no trigonometry, which some builds of SQLite lack.
    chord = 2 * math.sin(angle / 2)
    degrees = math.degrees(angle)
    return Condition(
        "latitude BETWEEN ? AND ? AND (x - ?) * (x - ?) + (y - ?) * (y - ?) + (z - ?) * (z - ?) <= ?",
        (center.latitude - degrees, center.latitude + degrees, x, x, y, y, z, z, chord * chord),
    )


def _box(a: Point, b: Point) -> Condition:
    latitudes, longitudes = sorted((a.latitude, b.latitude)), sorted((a.longitude, b.longitude))
    return Condition("latitude BETWEEN ? AND ? AND longitude BETWEEN ? AND ?", (*latitudes, *longitudes))


def _polygon(corners: tuple[Point, ...]) -> Condition:
    # A place is inside if a line from it to the east crosses an odd number of sides.
    crossings = ["0"]
    parameters: list[object] = []
    for a, b in zip(corners, (*corners[1:], corners[0]), strict=True):
        if a.latitude != b.latitude:
            slope = (b.longitude - a.longitude) / (b.latitude - a.latitude)
            crossings.append("((latitude < ?) <> (latitude < ?) AND longitude < ? + ? * (latitude - ?))")
            parameters += [a.latitude, b.latitude, a.longitude, slope, a.latitude]
    latitudes = [corner.latitude for corner in corners]
    return Condition(
        f"latitude BETWEEN ? AND ? AND ({' + '.join(crossings)}) % 2 = 1",
        (min(latitudes), max(latitudes), *parameters),
    )
