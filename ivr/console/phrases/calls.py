"""The page about calls."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "calls_lead": ("We count steps, never people.", "集計は回数のみ。個人は記録しません。"),
    "calls_rounded": (
        "Every figure is rounded to the nearest five, totals too: 0 may mean one or two, and parts need not add up.",
        "数字はすべて、合計も含めて5の倍数に丸めています。1と2は0になり、内訳の和は合計と一致しないことがあります。",
    ),
    "calls_month": ("Month", "月"),
    "calls_show": ("Show", "表示"),
    "calls_csv": ("The whole month as CSV", "この月のすべてをCSVで保存"),
    "calls_table_csv": ("CSV", "CSV"),
    "calls_hidden": (
        "This month is not over. Hidden: each day until it has ended, and topics and prompts until the month has.",
        "この月はまだ終わっていません。非表示: 終わっていない日の数字と、月が終わるまでの話題・音声案内。",
    ),
    "calls_none": (
        "This line does not count: it has no database. DATABASE_URL names one (docs/counts.md).",
        "データベースがないため、数えていません。DATABASE_URLで指定します(docs/counts.md)。",
    ),
    "calls_problem": (
        "The database does not answer. Calls go on, and what they add is kept until it is back.",
        "データベースから返事がありません。電話は続けて使えます。数は、戻るまで電話のサーバーにためられます。",
    ),
    "calls_total": ("calls in this month", "件(この月の通話)"),
    "calls_empty": ("No figures: fewer than three, or none.", "表示する数字はありません(2回以下です)。"),
    "calls_amount": ("Number", "回数"),
    "calls_undivided": ("not divided", "内訳なし"),
    "calls_day": ("{day} {weekday}", "{day}日({weekday})"),
    "table_days": ("By day", "日ごと"),
    "table_hours": ("By hour", "時間ごと"),
    "table_languages": ("By language", "言語ごと"),
    "table_outcomes": ("How calls ended", "通話の終わりかた"),
    "table_menus": ("Topics, and where callers leave", "話題と、電話を切った場所"),
    "table_prompts": ("Prompts that were heard", "流れた音声案内"),
    "table_errors": ("Errors", "エラー"),
    "hint_days": ("Calls.", "通話の数です。"),
    "hint_hours": ("Calls, by the hour in which they began.", "通話の数を、始まった時間ごとに示します。"),
    "hint_languages": (
        "How often each was chosen, in and outside the opening hours of all desks.",
        "選ばれた回数です。内訳は、どこかの窓口が開いている時間と、すべて閉まっている時間です。",
    ),
    "hint_outcomes": ("Calls to desks are shown by desk.", "窓口への電話は、窓口ごとに示します。"),
    "hint_menus": (
        "How often each place was entered. From there callers went on, or the call ended there.",
        "その場所に入った回数です。内訳は、先へ進んだ回数と、そこで通話が終わった回数です。",
    ),
    "hint_prompts": (
        "Only prompts that give facts. A key may have cut them short.",
        "内容を伝える案内だけです。途中でボタンが押された場合も含みます。",
    ),
    "hint_errors": ("Details are in the server's log.", "くわしくはサーバーのログにあります。"),
    "column_days": ("Day", "日"),
    "column_hours": ("Hour", "時間"),
    "column_languages": ("Language", "言語"),
    "column_outcomes": ("End", "終わりかた"),
    "column_menus": ("Place", "場所"),
    "column_prompts": ("Prompt", "音声案内"),
    "column_errors": ("Error", "エラー"),
    "division_inside": ("in opening hours", "開いている時間"),
    "division_outside": ("outside", "閉まっている時間"),
    "division_went on": ("went on", "先へ進んだ"),
    "division_ended": ("ended here", "ここで終わった"),
    "outcomes_answer": ("heard an answer to its end", "答えを最後まで聞いた"),
    "outcomes_farewell": ("the line gave up (silence or wrong keys)", "無言やまちがったボタンで終わった"),
    "outcomes_nobody-open": ("asked for a person, no desk open", "人を希望したが、窓口が閉まっていた"),
    "outcomes_answered": ("connected to a desk", "窓口につながった"),
    "outcomes_busy": ("the desk was busy", "窓口が話し中だった"),
    "outcomes_no-answer": ("the desk did not answer", "窓口が出なかった"),
    "outcomes_failed": ("the desk could not be reached", "窓口につなげなかった"),
    "outcomes_closed": ("the desk had just closed", "窓口がちょうど閉まった"),
    "outcomes_given-up": ("hung up while it rang", "呼び出し中に切った"),
    "errors_ours": ("ours: callers heard an apology", "こちらのエラー(おわびが流れた)"),
    "errors_fallback": ("Twilio could not use an answer of the line", "Twilioがこの電話の返事を使えなかった"),
}
