# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..._model import INTEGER, Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class ExifDetails(Model):
    """
    Exif data about the exposure and the lens.

    Attributes:
        exposure_time: Exposure time in seconds.
        f_number: F-number of the aperture.
        exposure_program: Exposure program, as Exif code.
        iso: ISO sensitivity.
        exif_version: Version of the Exif standard.
        date_time_original: When the photo was taken, as `YYYY:MM:DD HH:MM:SS`.
        create_date: When the photo was digitized, as `YYYY:MM:DD HH:MM:SS`.
        shutter_speed_value: Shutter speed in APEX units.
        aperture_value: Aperture in APEX units.
        brightness_value: Brightness in APEX units.
        exposure_compensation: Exposure compensation in EV.
        max_aperture_value: Widest aperture of the lens in APEX units.
        metering_mode: Metering mode, as Exif code.
        light_source: Kind of light, as Exif code.
        flash: State of the flash, as Exif code.
        focal_length: Focal length in millimeters.
        sub_sec_time: Fraction of a second that belongs to the time of change.
        flashpix_version: Version of the Flashpix format.
        color_space: Color space, as Exif code; 1 for sRGB.
        exif_image_width: Width in pixels.
        exif_image_height: Height in pixels.
        interop_offset: Position of the interoperability section in bytes.
        focal_plane_x_resolution: Sensor pixels per `FocalPlaneResolutionUnit` across.
        focal_plane_y_resolution: Sensor pixels per `FocalPlaneResolutionUnit` down.
        focal_plane_resolution_unit: Unit of the sensor resolution, as Exif code.
        sensing_method: Kind of sensor, as Exif code.
        scene_type: How the image was made.
        custom_rendered: Whether special processing was applied, as Exif code.
        exposure_mode: Exposure mode, as Exif code.
        white_balance: White balance: 0 automatic, 1 manual.
        focal_length_in35mm_format: Focal length in millimeters that gives the same view on 35 mm film.
        scene_capture_type: Kind of scene, as Exif code.
        lens_model: Model of the lens.
        user_comment: Remark of the user.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    exposure_time: float | None = None
    f_number: float | None = None
    exposure_program: int | None = None
    iso: int | None = None
    exif_version: str | None = None
    date_time_original: str | None = None
    create_date: str | None = None
    shutter_speed_value: float | None = None
    aperture_value: float | None = None
    brightness_value: float | None = None
    exposure_compensation: float | None = None
    max_aperture_value: float | None = None
    metering_mode: int | None = None
    light_source: int | None = None
    flash: int | None = None
    focal_length: float | None = None
    sub_sec_time: str | None = None
    flashpix_version: str | None = None
    color_space: int | None = None
    exif_image_width: int | None = None
    exif_image_height: int | None = None
    interop_offset: int | None = None
    focal_plane_x_resolution: float | None = None
    focal_plane_y_resolution: float | None = None
    focal_plane_resolution_unit: int | None = None
    sensing_method: int | None = None
    scene_type: str | None = None
    custom_rendered: int | None = None
    exposure_mode: int | None = None
    white_balance: int | None = None
    focal_length_in35mm_format: int | None = None
    scene_capture_type: int | None = None
    lens_model: str | None = None
    user_comment: str | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "exposure_time": Property("ExposureTime"),
        "f_number": Property("FNumber"),
        "exposure_program": Property("ExposureProgram", INTEGER),
        "iso": Property("ISO", INTEGER),
        "exif_version": Property("ExifVersion"),
        "date_time_original": Property("DateTimeOriginal"),
        "create_date": Property("CreateDate"),
        "shutter_speed_value": Property("ShutterSpeedValue"),
        "aperture_value": Property("ApertureValue"),
        "brightness_value": Property("BrightnessValue"),
        "exposure_compensation": Property("ExposureCompensation"),
        "max_aperture_value": Property("MaxApertureValue"),
        "metering_mode": Property("MeteringMode", INTEGER),
        "light_source": Property("LightSource", INTEGER),
        "flash": Property("Flash", INTEGER),
        "focal_length": Property("FocalLength"),
        "sub_sec_time": Property("SubSecTime"),
        "flashpix_version": Property("FlashpixVersion"),
        "color_space": Property("ColorSpace", INTEGER),
        "exif_image_width": Property("ExifImageWidth", INTEGER),
        "exif_image_height": Property("ExifImageHeight", INTEGER),
        "interop_offset": Property("InteropOffset", INTEGER),
        "focal_plane_x_resolution": Property("FocalPlaneXResolution"),
        "focal_plane_y_resolution": Property("FocalPlaneYResolution"),
        "focal_plane_resolution_unit": Property("FocalPlaneResolutionUnit", INTEGER),
        "sensing_method": Property("SensingMethod", INTEGER),
        "scene_type": Property("SceneType"),
        "custom_rendered": Property("CustomRendered", INTEGER),
        "exposure_mode": Property("ExposureMode", INTEGER),
        "white_balance": Property("WhiteBalance", INTEGER),
        "focal_length_in35mm_format": Property("FocalLengthIn35mmFormat", INTEGER),
        "scene_capture_type": Property("SceneCaptureType", INTEGER),
        "lens_model": Property("LensModel"),
        "user_comment": Property("UserComment"),
    }
