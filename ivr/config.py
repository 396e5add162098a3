"""Settings: read once from the environment, checked, frozen. If any is wrong, the start stops and all are named."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit

from ivr.environ import cleaned, visible
from ivr.errors import HelplineError
from ivr.numbers import DEMO_NUMBER, read_desk_numbers, read_line_languages, read_number
from ivr.values import E164_FORM, is_loopback, read_address, read_url, read_whole_number, read_yes_or_no

ACCOUNT_SID = re.compile(r"AC[0-9a-fA-F]{32}")
OWN_FALLBACK = "/voice/fallback"

DEMO_TOKEN = "demo"  # noqa: S105 - known to everybody, and good for a demo only

# Where counts and overrides of the helpline `prompts` are kept; the file is made where the line is started.
DATABASE_FILE = Path("ivr.db")
DATABASES = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg", "sqlite": "sqlite"}

TWILIO, SIGNALWIRE = CARRIERS = ("twilio", "signalwire")

SHORTEST_SECRET, SHORTEST_PASSWORD = 32, 12
RIGHT_KEY = "right would be what this prints: python3 -c 'import secrets; print(secrets.token_hex())'"

# In the WSGI environment of a webhook that the line's own pages send without leaving the process. No request from
# outside can set it: what a client sends is there under other names.
OWN_CALL = "ivr.own_call"


class SettingsError(HelplineError):
    """Settings that are missing or wrong: a line for each, with its name and what would be right."""

    def __init__(self, message: str) -> None:
        super().__init__(visible(message))


@dataclass(frozen=True)
class Settings:
    """`tokens` sign webhooks: Twilio's auth tokens or the signing keys of another `carrier`; `shared_keys` are Twilio's
    SharedKeys, which sign in their own way. More than one while rotating. `public_url` has no slash at its end.

    `desk_numbers` are E.164 in dialling order, some with an extension (`split_extension` in numbers.py). If `caller_id`
    is empty, desks see the number that was called. `line_number` is what people dial, or empty if it isn't known;
    whoever dials a number of `line_languages` has chosen its language. The server listens on the IP address `host`, or
    on all of this machine's if it is empty. Clips are fetched from `audio_url`, which has no slash at its end. Twilio
    asks `fallback_url` when the line fails. If `database_url` is empty, nothing is counted.
    `secret_key` signs what travels with pages. Without a `console_password` only a demo has pages for staff.
    `trusted_proxies` is how many of our own proxies add an address to X-Forwarded-For. With `log_webhooks` each
    webhook is logged. `ivr twilio` asks about the account `account_sid`.
    """

    tokens: tuple[str, ...] = field(repr=False)
    public_url: str
    audio_url: str
    fallback_url: str
    desk_numbers: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    line_languages: Mapping[str, str] = field(default_factory=dict, repr=False)
    caller_id: str = ""
    line_number: str = ""
    host: str = ""
    port: int = 8000
    workers: int = 2
    database_url: str = field(default="", repr=False)
    counts_kept_days: int = 800
    trusted_proxies: int = 0
    log_webhooks: bool = False
    carrier: str = TWILIO
    shared_keys: tuple[str, ...] = field(default=(), repr=False)
    account_sid: str = ""
    demo: bool = False
    secret_key: str = field(default="", repr=False)
    console_password: str = field(default="", repr=False)

    @property
    def has_other_fallback(self) -> bool:
        """Whether Twilio asks another host than the line itself when the line fails."""
        return self.fallback_url != f"{self.public_url}{OWN_FALLBACK}"

    @property
    def is_public(self) -> bool:
        return not is_loopback(self.public_url)

    @property
    def is_https(self) -> bool:
        return urlsplit(self.public_url).scheme == "https"

    @property
    def public_path(self) -> str:
        """The path of the public address, such as ``/line``, or nothing."""
        return urlsplit(self.public_url).path


def read_settings(
    environ: Mapping[str, str],
    desks: Iterable[str],
    languages: Collection[str] = (),
    database_file: Path = DATABASE_FILE,
    *,
    demo: bool = False,
) -> Settings:
    """The settings of a helpline with these desks and languages, and the file that is its database if no other is set;
    raises SettingsError, which names all that are missing or wrong.
    """
    wrong: list[str] = []
    environ = cleaned(environ)
    port = read_whole_number(environ, "PORT", 8000, 65535, "port", wrong)
    public_url = _public_url(environ, port, demo, wrong)
    caller_id = read_number(environ, "CALLER_ID", wrong)
    line_number = _line_number(environ, demo, wrong)
    line_languages = read_line_languages(environ, "LINE_LANGUAGES", languages, wrong)
    own = (caller_id, line_number, *line_languages)
    carrier, tokens, shared_keys = _signing(environ, demo, wrong)
    settings = Settings(
        carrier=carrier,
        tokens=tokens,
        shared_keys=shared_keys,
        public_url=public_url,
        audio_url=_url_of_ours(environ, "AUDIO_URL", public_url, "/audio", wrong),
        fallback_url=_url_of_ours(environ, "FALLBACK_URL", public_url, OWN_FALLBACK, wrong),
        desk_numbers=read_desk_numbers(environ, desks, own, demo, wrong),
        line_languages=line_languages,
        caller_id=caller_id,
        line_number=line_number,
        host="127.0.0.1" if demo else read_address(environ, "HOST", wrong),
        port=port,
        workers=1 if demo else read_whole_number(environ, "WEB_CONCURRENCY", 2, 64, "number of processes", wrong),
        database_url=_database_url(environ, "" if demo else f"sqlite:///{database_file}", wrong),
        counts_kept_days=read_whole_number(environ, "COUNTS_KEPT_DAYS", 800, 3660, "number of days", wrong),
        trusted_proxies=read_whole_number(environ, "TRUSTED_PROXIES", 0, 9, "number of proxies", wrong, least=0),
        log_webhooks=read_yes_or_no(environ, "LOG_WEBHOOKS", wrong),
        account_sid=_account_sid(environ, wrong),
        demo=demo,
        secret_key=_secret_key(environ, demo, wrong),
        console_password=_console_password(environ, demo, wrong),
    )
    if wrong:
        raise SettingsError("\n".join(wrong))
    return settings


def read_line_numbers(
    environ: Mapping[str, str], languages: Collection[str], *, demo: bool = False
) -> tuple[str, dict[str, str]]:
    """Only the number that people dial, and those that choose a language; raises SettingsError if it is missing, or one
    is wrong.
    """
    wrong: list[str] = []
    environ = cleaned(environ)
    number = _line_number(environ, demo, wrong)
    line_languages = read_line_languages(environ, "LINE_LANGUAGES", languages, wrong)
    if not (number or wrong):
        wrong.append(f"LINE_NUMBER is missing: the number that people dial ({E164_FORM})")
    if wrong:
        raise SettingsError("\n".join(wrong))
    return number, line_languages


def read_database_url(environ: Mapping[str, str], database_file: Path = DATABASE_FILE) -> str:
    """Only the database, for commands that answer no calls; raises SettingsError."""
    wrong: list[str] = []
    url = _database_url(cleaned(environ), f"sqlite:///{database_file}", wrong)
    if wrong:
        raise SettingsError("\n".join(wrong))
    return url


def usable_url(name: str, url: str) -> str:
    """The address that a command was given as `name`, without a slash at its end; raises SettingsError."""
    wrong: list[str] = []
    usable = read_url({name: url}, name, wrong)
    if wrong or not usable:
        raise SettingsError("\n".join(wrong) or f"{name} is empty; right would be https://host or https://host/path")
    return usable


def _signing(environ: Mapping[str, str], demo: bool, wrong: list[str]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Who carries the calls, with which tokens or keys they sign, and Twilio's SharedKeys."""
    carrier = environ.get("CARRIER", "").lower() or TWILIO
    tokens, keys = (_secrets(environ, name, wrong) for name in ("TWILIO_AUTH_TOKEN", "SIGNING_KEY"))
    if carrier not in CARRIERS:
        wrong.append(f'CARRIER: "{carrier}" is not known; right would be {" or ".join(CARRIERS)}, or nothing: {TWILIO}')
    if carrier == SIGNALWIRE:
        if not keys and not demo:
            wrong.append("SIGNING_KEY is missing: SignalWire signs its calls with it (Space settings, API)")
        return carrier, keys or (DEMO_TOKEN,), ()
    if any(ACCOUNT_SID.fullmatch(token) for token in tokens):
        wrong.append("TWILIO_AUTH_TOKEN: that is the account's id; right would be its auth token, which is kept secret")
    if not tokens and not demo:
        wrong.append("TWILIO_AUTH_TOKEN is missing: the account's auth token, which tells a call from a forged one")
    return carrier, tokens or (DEMO_TOKEN,), keys


def _secrets(environ: Mapping[str, str], name: str, wrong: list[str]) -> tuple[str, ...]:
    secrets = tuple(secret.strip() for secret in environ.get(name, "").split(",") if secret.strip())
    if len(secrets) > 2:
        wrong.append(f"{name}: at most two, separated by a comma, while one replaces the other")
    if any(set('"<>') & set(secret) for secret in secrets):
        wrong.append(f"{name}: right would be what the carrier shows and nothing else, without quotes or <>")
    return secrets


def _secret_key(environ: Mapping[str, str], demo: bool, wrong: list[str]) -> str:
    """A demo makes one up at each start, before its workers are forked, so that they share it."""
    key = environ.get("SECRET_KEY", "")
    if key and len(key) < SHORTEST_SECRET:
        wrong.append(f"SECRET_KEY: shorter than {SHORTEST_SECRET} characters; {RIGHT_KEY}")
    return key or (token_hex() if demo else "")


def _console_password(environ: Mapping[str, str], demo: bool, wrong: list[str]) -> str:
    """A password needs a SECRET_KEY: sessions are signed by one key on all machines, before and after a restart."""
    password = environ.get("CONSOLE_PASSWORD", "")
    if password and password in (environ.get("SECRET_KEY"), environ.get("TWILIO_AUTH_TOKEN")):
        wrong.append("CONSOLE_PASSWORD: another setting has the same value; right would be one of its own")
    if password and len(password) < SHORTEST_PASSWORD:
        wrong.append(f"CONSOLE_PASSWORD: shorter than {SHORTEST_PASSWORD} characters; right would be a long one")
    if password and not demo and not environ.get("SECRET_KEY", ""):
        wrong.append(f"SECRET_KEY is missing: where there is a CONSOLE_PASSWORD it signs sessions; {RIGHT_KEY}")
    return password


def _account_sid(environ: Mapping[str, str], wrong: list[str]) -> str:
    sid = environ.get("TWILIO_ACCOUNT_SID", "")
    if sid and not ACCOUNT_SID.fullmatch(sid):
        wrong.append("TWILIO_ACCOUNT_SID: right would be AC and 32 hexadecimal digits, as Twilio's console shows it")
    return sid


def _public_url(environ: Mapping[str, str], port: int, demo: bool, wrong: list[str]) -> str:
    if demo:
        return f"http://127.0.0.1:{port}"
    url = read_url(environ, "PUBLIC_URL", wrong)
    for path in (OWN_FALLBACK, "/voice/status", "/voice", "/audio", "/health", "/console", "/phone"):
        if url.endswith(path):
            wrong.append(f"PUBLIC_URL: right would be {url.removesuffix(path)}, without {path} at its end")
            break
    if not url:
        wrong.append(
            "PUBLIC_URL is missing: the address under which Twilio reaches this line, such as https://line.example.org"
        )
    return url


def _url_of_ours(environ: Mapping[str, str], name: str, public_url: str, path: str, wrong: list[str]) -> str:
    """An address that is the line's own where none is set; another one below PUBLIC_URL answers something else."""
    own = f"{public_url}{path}"
    url = read_url(environ, name, wrong) or own
    if public_url and url != own and f"{url}/".startswith(f"{public_url}/"):
        wrong.append(f"{name}: the line answers something else there; right would be {own}, or another host")
    return url


def _database_url(environ: Mapping[str, str], usual: str, wrong: list[str]) -> str:
    """As SQLAlchemy writes it. It is never repeated in a message: there may be a password in it."""
    given = environ.get("DATABASE_URL", "")
    kind, separator, rest = given.partition("://")
    if given and not (kind in DATABASES and separator and rest):
        wrong.append(
            "DATABASE_URL is not usable; right would be postgres://user:password@host/name, or sqlite:///FILE, "
            "or nothing: a file beside the helpline's folder"
        )
        return ""
    if rest.count("@") > 1 or "#" in rest:
        wrong.append("DATABASE_URL: in a password right would be %40 for @, %2F for /, %23 for #, %3A for :, %25 for %")
    return f"{DATABASES[kind]}://{rest}" if given else usual


def _line_number(environ: Mapping[str, str], demo: bool, wrong: list[str]) -> str:
    """LINE_NUMBER, if callers dial another number than desks see, such as a toll-free one; otherwise CALLER_ID."""
    name = "LINE_NUMBER" if environ.get("LINE_NUMBER", "") else "CALLER_ID"
    mistakes: list[str] = []
    number = read_number(environ, name, mistakes)
    wrong += [mistake for mistake in mistakes if mistake not in wrong]
    return number or (f"{DEMO_NUMBER}0" if demo and not mistakes else "")
