"""`/console`: what the line says this minute, who answers, and what stands in the way."""

from __future__ import annotations

from flask import Blueprint, render_template

from .shown import Shown


def add_now(pages: Blueprint, shown: Shown) -> None:
    @pages.get("/")
    def now() -> str:
        return render_template("console/now.html")
