"""Places of the call flow, days of the week."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "day_monday": ("Mon", "月"),
    "day_tuesday": ("Tue", "火"),
    "day_wednesday": ("Wed", "水"),
    "day_thursday": ("Thu", "木"),
    "day_friday": ("Fri", "金"),
    "day_saturday": ("Sat", "土"),
    "day_sunday": ("Sun", "日"),
    "place_languages": ("language list", "言語の一覧"),
    "place_person": ("a person (key 0)", "人と話す(0)"),
    "place_desk": ("desk {desk}", "窓口 {desk}"),
    "place_.transfer": ("on the way to a desk", "窓口へつなぐ"),
    "place_.endings": ("silence, errors, goodbye", "無言・エラー・終わり"),
}
