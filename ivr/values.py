"""Values of the environment, a function for each kind.

Each takes the environment, the setting's name and a list, to which it adds what is wrong and what would be right.
"""

import re
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

E164 = re.compile(r"\+[1-9][0-9]{6,14}")
E164_FORM = "a plus, the country code and the number, digits only"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
HOST = re.compile(r"[A-Za-z0-9.:-]+")


def read_whole_number(
    environ: Mapping[str, str], name: str, usual: int, most: int, what: str, wrong: list[str], *, least: int = 1
) -> int:
    """A whole number from `least` to `most`, or `usual` if none is given. `what` names it in the message."""
    text = environ.get(name) or str(usual)
    if text.isascii() and text.isdigit() and len(text) < 9 and least <= int(text) <= most:
        return int(text)
    wrong.append(f'{name}: "{text}" is not a {what}; right would be a whole number from {least} to {most}')
    return usual


def read_yes_or_no(environ: Mapping[str, str], name: str, wrong: list[str]) -> bool:
    """Whether the setting is "yes"; an empty one is no."""
    text = environ.get(name, "").lower()
    if text not in ("", "yes", "no"):
        wrong.append(f"{name}: right would be yes or no")
    return text == "yes"


def read_url(environ: Mapping[str, str], name: str, wrong: list[str]) -> str:
    """An address without a slash at its end; empty if the setting is. A wrong one is returned as it stands."""
    url = environ.get(name, "").rstrip("/")
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
        usable = (
            secure
            and HOST.fullmatch(parts.hostname or "")
            and not (parts.query or parts.fragment or parts.username)
            and (parts.port or True)
        )
    except ValueError:
        usable = False
    if not usable:
        shown = "what stands there" if set("@?#") & set(url) else f'"{url}"'  # there may be a password in it
        wrong.append(
            f"{name}: {shown} is not usable; right would be https://host or https://host/path (http for loopback only)"
        )
    return url


def read_address(environ: Mapping[str, str], name: str, wrong: list[str]) -> str:
    """An IP address without brackets, or an empty text."""
    text = environ.get(name, "").removeprefix("[").removesuffix("]")
    try:
        return str(ip_address(text)) if text else ""
    except ValueError:
        wrong.append(f'{name}: "{text}" is not an IP address; right would be 127.0.0.1, 0.0.0.0, ::1, :: or nothing')
        return ""


def is_loopback(url: str) -> bool:
    """Whether an address can be reached from this machine only."""
    return urlsplit(url).hostname in LOOPBACK


def is_private(url: str) -> bool:
    """Whether an address is one of a local network: a private IP address, or a name that no public DNS has."""
    host = urlsplit(url).hostname or ""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith((".local", ".internal", ".lan", ".localdomain"))
