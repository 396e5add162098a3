"""Pages and their files by gzip, to browsers that take it: a page of half a megabyte becomes a tenth of that."""

import gzip

from flask import Request, Response

KINDS = {"text/html", "text/css", "text/javascript", "application/json", "image/svg+xml", "text/csv"}
LEAST_BYTES = 1000
PARTS = (206, 304)  # of what is there, or nothing at all
LEVEL = 5  # a page takes some milliseconds


def compress(request: Request, response: Response) -> None:
    """Whole answers only. Not for webhooks, which are small, nor for sounds, which are fetched in ranges."""
    if response.mimetype not in KINDS or response.status_code in PARTS or response.content_encoding:
        return
    response.vary.add("Accept-Encoding")
    response.direct_passthrough = False
    content = response.get_data()
    if len(content) < LEAST_BYTES or request.accept_encodings["gzip"] <= 0:
        return
    response.set_data(gzip.compress(content, LEVEL, mtime=0))
    response.content_encoding = "gzip"
    response.headers.pop("Accept-Ranges", None)
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(tag, weak=True)  # the same page, and not the same bytes
