"""
Named profiles: keys and addresses in a file that only its owner can read.
"""

from __future__ import annotations

import os
import stat
from configparser import ConfigParser, Error
from pathlib import Path
from typing import Final

from platformdirs import user_config_path

FIELDS: Final = ("private_key", "public_key", "url_endpoint", "base_url")
_VARIABLES: Final = {name: f"IMAGEKIT_{name.upper()}" for name in FIELDS}


class ProfileError(Exception):
    """
    The file of profiles, or one in it, cannot be used.
    """


def profiles_file() -> Path:
    """
    Return the path of the file in the user's configuration directory.
    """
    return user_config_path("imagekit", appauthor=False) / "profiles.ini"


def settings(profile: str | None) -> dict[str, str]:
    """
    Return the settings that a profile and the environment give.

    A profile that is named, as an argument or by IMAGEKIT_PROFILE, comes before the environment. The profile `default`
    comes after it, and is not used at all if the environment has a private key: a key never goes to an address that is
    meant for another.

    Raises:
        ProfileError: The profile does not exist, or others can read the file.
    """
    profile = profile or os.environ.get("IMAGEKIT_PROFILE")
    environment = {name: os.environ[variable] for name, variable in _VARIABLES.items() if os.environ.get(variable)}
    if profile is None:
        stored = {} if "private_key" in environment else _read().get("default", {})
        return stored | environment
    profiles = _read()
    if profile not in profiles:
        raise ProfileError(f"no profile {profile!r} in {profiles_file()}; run `imagekit --profile {profile} configure`")
    return environment | profiles[profile]


def save(profile: str, values: dict[str, str]) -> Path:
    """
    Store a profile, and return the file's path.

    Raises:
        ProfileError: Others can read the file, it is broken, or it cannot hold the profile.
    """
    for value in (profile, *values.values()):
        if not value.isprintable():
            raise ProfileError("the name and the values of a profile must be printable")
    path, profiles = profiles_file(), _read() | {profile: values}
    parser = _parser()
    parser.read_dict(profiles)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    # The mode is set before the first byte is written.
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            parser.write(file)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return path


def _parser() -> ConfigParser:
    # No section gives its values to the others.
    return ConfigParser(interpolation=None, default_section="")


def _read() -> dict[str, dict[str, str]]:
    path, parser = profiles_file(), _parser()
    try:
        with open(path, encoding="utf-8") as file:
            if os.name == "posix" and stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                raise ProfileError(f"{path} can be read by other users; run `chmod 600 {path}`")
            parser.read_file(file)
    except FileNotFoundError:
        return {}
    except Error:
        # The message of the parser shows lines of the file.
        raise ProfileError(f"{path} is not a valid file of profiles") from None
    return {name: {key: parser[name][key] for key in FIELDS if key in parser[name]} for name in parser.sections()}
