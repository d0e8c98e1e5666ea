"""
Compares the public Python surface with that of the last release, and holds breaking changes to their rule.

Usage: `python -m openapi.check_api [BASE]`, where BASE is a git ref, by default the newest tag of a release. A breaking
change needs a new major version (before 1.0, a new minor one) and its name in the changelog. Exits with 0 if the rule
is kept or nothing is released yet, 1 if it is broken, 2 if the last release cannot be read.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import attrs
import griffe
from packaging.version import Version

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGE: Final = "imagekit_async"
#: Values are not part of the surface, and types are compared by `type_changes`.
_NOT_COUNTED: Final = {
    griffe.BreakageKind.ATTRIBUTE_CHANGED_VALUE,
    griffe.BreakageKind.ATTRIBUTE_CHANGED_TYPE,
    griffe.BreakageKind.RETURN_CHANGED_TYPE,
}


@attrs.frozen(order=True)
class Change:
    """
    One change of the public surface.

    Attributes:
        is_breaking: Whether code that ran before may no longer run.
        place: Dotted path of what changed.
        text: What changed.
        name: Name that the changelog must mention if the change is breaking.
    """

    is_breaking: bool
    place: str
    text: str
    name: str

    def __str__(self) -> str:
        return f"{'breaking' if self.is_breaking else 'addition'}  {self.place}: {self.text}"


def surface(package: griffe.Object | griffe.Alias) -> dict[str, griffe.Object | griffe.Alias]:
    """
    Return what is public: the package, and the generated classes that it leads to.
    """
    found = {PACKAGE: package}
    for section, wanted in (("models", None), ("api", "resource")):
        for module in package["_generated"][section].modules.values():
            for name, each in (module.modules[wanted] if wanted else module).classes.items():
                if not each.is_alias and not name.startswith("_"):
                    found[f"{PACKAGE}._generated.{section}.{name}"] = each
    return found


def changes(old: griffe.Object | griffe.Alias, new: griffe.Object | griffe.Alias) -> list[Change]:
    """
    Return the changes from one version of the package to another, breaking ones first.
    """
    before, after = surface(old), surface(new)
    found = {Change(True, place, "removed", place.rpartition(".")[2]) for place in before.keys() - after.keys()}
    found |= {Change(False, place, "added", place.rpartition(".")[2]) for place in after.keys() - before.keys()}
    for place in before.keys() & after.keys():
        found.update(_breakages(before[place], after[place]))
        found.update(_grown(before[place], after[place], place))
    return sorted(found, key=lambda change: (not change.is_breaking, change.place, change.text))


def _breakages(old: griffe.Object | griffe.Alias, new: griffe.Object | griffe.Alias) -> Iterator[Change]:
    for each in griffe.find_breaking_changes(old, new):
        if each.kind in _NOT_COUNTED:
            continue
        values = (each.old_value, each.new_value)
        parameter = next((value for value in values if isinstance(value, griffe.Parameter)), None)
        name = parameter.name if parameter else each.obj.name
        place = f"{each.obj.path}({name})" if parameter else each.obj.path
        yield Change(True, place, each.kind.value.lower(), name)


def _grown(old: griffe.Object | griffe.Alias, new: griffe.Object | griffe.Alias, place: str) -> Iterator[Change]:
    """
    Yield what was added below an object, and types that changed.
    """
    for name, member in new.members.items():
        if not member.is_public or (member.is_alias and not member.is_exported):
            continue
        path = f"{place}.{name}"
        if name not in old.members:
            yield Change(False, path, "added", name)
            continue
        before, member = _target(old.members[name]), _target(member)
        if isinstance(member, (griffe.Class, griffe.Module)) and isinstance(before, (griffe.Class, griffe.Module)):
            yield from _grown(before, member, path)
        elif isinstance(member, griffe.Function) and isinstance(before, griffe.Function):
            yield from _signature(before, member, path)
        elif isinstance(member, griffe.Attribute) and isinstance(before, griffe.Attribute):
            yield from _type(before.annotation, member.annotation, path, name, is_input=False)


def _target(member: griffe.Object | griffe.Alias) -> griffe.Object | griffe.Alias:
    """
    Return what a name stands for, or the name itself if that is in another package.
    """
    try:
        return member.final_target if isinstance(member, griffe.Alias) else member
    except griffe.AliasResolutionError:
        return member


def _signature(old: griffe.Function, new: griffe.Function, place: str) -> Iterator[Change]:
    yield from _type(old.returns, new.returns, place, new.name, is_input=False)
    known = {parameter.name: parameter for parameter in old.parameters}
    for parameter in new.parameters:
        path = f"{place}({parameter.name})"
        if parameter.name in known:
            before = known[parameter.name].annotation
            yield from _type(before, parameter.annotation, path, parameter.name, is_input=True)
        elif not parameter.required:
            yield Change(False, path, "added", parameter.name)


def _type(
    old: str | griffe.Expr | None, new: str | griffe.Expr | None, place: str, name: str, *, is_input: bool
) -> Iterator[Change]:
    """
    Compare two annotations: inputs may accept more and outputs may promise more without breaking code.
    """
    # A class may be named through its module.
    texts = [re.sub(r"\b\w+\.", "", str(each)) for each in (old, new)]
    before, after = ({part.strip() for part in _members(text)} for text in texts)
    fits = before <= after or after <= {"Any", "object"} if is_input else after <= before
    if before != after:
        yield Change(not fits, place, f"type {old} -> {new}", name)


def _members(annotation: str) -> list[str]:
    """
    Return the members of a union, which brackets may hold unions in.
    """
    parts, depth = [""], 0
    for character in annotation:
        depth += (character in "[(") - (character in "])")
        if character == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def last_release(root: Path) -> str | None:
    """
    Return the newest tag of a release before HEAD; None if nothing is released.

    Raises:
        OSError: The clone is shallow, so that tags may be missing.
    """
    found = _git(root, "describe", "--tags", "--abbrev=0", "--match", "v[0-9]*", check=False)
    if not found and _git(root, "rev-parse", "--is-shallow-repository") != "false":
        raise OSError("the clone is shallow: fetch the tags, as with `git fetch --unshallow --tags`")
    return found or None


def _git(root: Path, *arguments: str, check: bool = True) -> str:
    done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False)
    if check and done.returncode:
        raise OSError(done.stderr.strip())
    return done.stdout.strip()


def objections(found: list[Change], old: Version, new: Version, changelog: str) -> list[str]:
    """
    Return what breaks the rule for breaking changes.

    Args:
        found: The changes since the last release.
        old: Version of the last release.
        new: Version of the package.
        changelog: Entries since the last release.
    """
    breaking = [change for change in found if change.is_breaking]
    if not breaking:
        return []
    mentioned = set(re.findall(r"\w+", changelog))
    silent = [f"CHANGELOG.md does not mention {change.name}" for change in breaking if change.name not in mentioned]
    is_bumped = new.major > old.major or (old.major == 0 == new.major and new.minor > old.minor)
    part = "minor" if old.major == 0 else "major"
    return [*dict.fromkeys(silent), *([] if is_bumped else [f"the {part} version must rise above {old}"])]


def main(base: str | None = None, root: Path = ROOT) -> int:
    """
    Print the changes since a release and return the exit status.
    """
    try:
        ref = base or last_release(root)
        if ref is None:
            print("nothing is released yet")
            return 0
        old = griffe.load_git(PACKAGE, ref=ref, repo=root)
        version = _version(_git(root, "show", f"{ref}:{PACKAGE}/_version.py"))
    except (OSError, RuntimeError, ImportError) as error:
        print(error, file=sys.stderr)
        return 2
    new = griffe.load(PACKAGE, search_paths=[root], try_relative_path=False)
    found = changes(old, new)
    print(*found, f"{len(found)} changes since {ref}", sep="\n")
    current = _version((root / PACKAGE / "_version.py").read_text(encoding="utf-8"))
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8").partition(f"## [{version}]")[0]
    wrong = objections(found, version, current, changelog)
    print(*wrong, sep="\n", file=sys.stderr, end="\n" if wrong else "")
    return 1 if wrong else 0


def _version(text: str) -> Version:
    match = re.search(r'^__version__ = "(.+)"$', text, re.MULTILINE)
    if match is None:
        raise OSError("_version.py states no version")
    return Version(match[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else None))
