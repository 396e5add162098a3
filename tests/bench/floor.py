"""The floor: a webhook as Flask and twilio's library document it, which says nothing of what it was asked."""

from __future__ import annotations

from flask import Flask, Response, abort, request
from twilio.request_validator import RequestValidator

DOCUMENT = '<?xml version="1.0" encoding="UTF-8"?><Response><Say>Welcome.</Say><Hangup /></Response>'


def floor(token: str, public_url: str) -> Flask:
    """Reads the form, checks the signature, answers with a constant."""
    app = Flask("floor")
    validator = RequestValidator(token)

    @app.post("/voice")
    @app.post("/voice/<path:_place>")
    def answer(_place: str = "") -> Response:
        url = public_url + (request.full_path if request.query_string else request.path)
        if not validator.validate(url, request.form, request.headers.get("X-Twilio-Signature", "")):
            abort(403)
        return Response(DOCUMENT, mimetype="text/xml")

    @app.get("/health")
    def alive() -> str:
        return "ok\n"

    return app
