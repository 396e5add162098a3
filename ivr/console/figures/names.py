"""Periods, tables and rows by name, and the sentence that says it all, in a page's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from babel.dates import format_skeleton

from ivr.content.model import Helpline
from ivr.content.pages import DESK
from ivr.database.periods import Period
from ivr.database.reports import Report, Table
from ivr.web.dates import weekdays_in
from ivr.web.language_names import language_name, name_in
from ivr.web.place_titles import place_titles
from ivr.web.words import words_in


@dataclass(frozen=True)
class Names:
    """For the pages of a helpline in the language `page`."""

    helpline: Helpline
    page: str

    @property
    def words(self) -> Mapping[str, str]:
        return words_in(self.page)

    def period(self, period: Period) -> str:
        if period.kind == "month":
            return self._month(period.first)
        year = period.first.year
        return self.words["period_" + period.kind].format(year=year, next=year + 1)

    def row(self, table: Table, name: str) -> str:
        """A name in a table, which may be markup; what the content no longer has, as it was counted."""
        match table:
            case "calls":
                return self._time(name)
            case "hours":
                return f"{name}:00"
            case "languages":
                return language_name(self.helpline, self.page, name)
            case "desks":
                desk, _, result = name.partition("/")
                return self.words["figures_desk"].format(
                    desk=desk.upper(), result=self.words.get("outcomes_" + result, result)
                )
            case "menus" | "ends":
                return self._place(name)
            case "prompts":
                return name
            case "opening":
                return self.words["opening_" + name]
            case "errors":
                return self.words.get("errors_" + name, name)
        return self.words.get("outcomes_" + name, name)

    def cells(self, table: Table, name: str) -> tuple[str, str]:
        """What a file says of a row: its table and its name, without markup."""
        row = self.row(table, name)
        return self.words["table_" + table], row.striptags() if hasattr(row, "striptags") else row

    def sentence(self, period: Period, found: Mapping[Table, Report]) -> str:
        """How the line was used, in words; only what stands in the tables."""
        calls, languages = found["calls"].total, found["languages"].rows
        put_through = sum(row.amount for row in found["desks"].rows if row.name.endswith("/answered"))
        if not calls:
            return self.words["figures_no_calls"].format(period=self.period(period))
        parts = ["calls"]
        if languages and not self.helpline.only_language:
            parts = ["languages" if len(languages) > 1 else "one_language"]
        if found["desks"].rows:
            parts.append("put_through" if put_through else "none_put_through")
        most = (name_in(self.page, languages[0].name) or languages[0].name) if languages else ""
        said = "".join(self.words["figures_said_" + part] for part in [*parts, "end"])
        return said.format(
            period=self.period(period), calls=calls, languages=len(languages), most=most, answered=put_through
        )

    def _month(self, day: date) -> str:
        return format_skeleton("yMMMM", day, locale=self.page)

    def _time(self, name: str) -> str:
        """A month, a day, or several: 2026-11, 2026-11-03, 2026-11-02/2026-11-08."""
        begin, _, end = name.partition("/")
        if begin.count("-") == 1:
            return self._month(date.fromisoformat(begin + "-01"))
        first = date.fromisoformat(begin)
        month, weekday = format_skeleton("MMM", first, locale=self.page), weekdays_in(self.page)[first.weekday()]
        word = self.words["figures_days" if end else "figures_day"]
        return word.format(month=month, first=first.day, last=int(end[-2:]) if end else first.day, weekday=weekday)

    def _place(self, name: str) -> str:
        gone = self.words["place_desk"].format(desk=name.removeprefix(DESK)) if name.startswith(DESK) else name
        return place_titles(self.helpline, self.page).get(name, gone)
