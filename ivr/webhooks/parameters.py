"""The parameters of a webhook, read once from its body."""

from collections.abc import Iterator, Mapping
from urllib.parse import unquote_to_bytes

from flask import Request

FORM = "application/x-www-form-urlencoded"
# Twilio sends about thirty; sorting many thousands, even unsigned, would take as long as a hundred webhooks.
MOST = 500


class Parameters(Mapping[str, str]):
    """The first value of each name; `getall`, which twilio's validator uses, gives all of them.

    `request.form` says the same and takes three times as long (docs/performance.md).
    """

    def __init__(self, values: Mapping[str, list[str]]) -> None:
        self.getall = values.__getitem__
        self._values = values

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
        values = self._values.get(name)
        return values[0] if values else default

    def signed(self) -> str:
        """As they stand in what Twilio signs, after the URL ("Validating requests"): in order, each value once."""
        return "".join(
            [
                name + (values[0] if len(values) == 1 else name.join(sorted(set(values))))
                for name, values in sorted(self._values.items())
            ]
        )

    def __getitem__(self, name: str) -> str:
        return self._values[name][0]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def parameters(request: Request) -> Parameters | None:
    """Of a form, those without a value too. Raises RequestEntityTooLarge as Flask does.

    None for another body, or one of more than MOST: Twilio posts forms, and would sign nothing of it. Broken UTF-8,
    which Twilio does not send, is U+FFFD.
    """
    body = _body(request).decode(errors="replace")
    if request.environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() != FORM:
        return None
    if body.count("&") >= MOST:
        return None
    values: dict[str, list[str]] = {}
    for pair in filter(None, body.split("&")):
        name, _, value = pair.partition("=")
        if "%" in value or "+" in value:
            value = _unquoted(value)
        if "%" in name or "+" in name:
            name = _unquoted(name)
        if name in values:
            values[name].append(value)
        else:
            values[name] = [value]
    return Parameters(values)


def _unquoted(text: str) -> str:
    """As `unquote_plus`, which looks at each part of the text before it does this."""
    return unquote_to_bytes(text.replace("+", " ")).decode(errors="replace")


def _body(request: Request) -> bytes:
    """The body, read at once if its length is known, as from Twilio; else by Flask, which counts as it reads."""
    length, limit = request.content_length, request.max_content_length
    if length is None or limit is None or length > limit:
        return request.get_data(cache=False)
    body: bytes = request.environ["wsgi.input"].read(length)
    return body
