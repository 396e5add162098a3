"""Places of the call flow."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "place_languages": ("language list", "言語の一覧"),
    "place_person": ("a person (key 0)", "人と話す(0)"),
    "place_desk": ("desk {desk}", "窓口 {desk}"),
    "place_.transfer": ("on the way to a desk", "窓口へつなぐ"),
    "place_.endings": ("silence, errors, goodbye", "無言・エラー・終わり"),
}
