"""The page Desks."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "desks_lead": (
        "Close a desk for a day, or open it outside its hours. Callers meet it within seconds.",
        "窓口を一日閉めたり、時間外に開けたりできます。数秒で電話に反映されます。",
    ),
    "said": ("Written down. Callers meet it within seconds.", "設定しました。数秒で電話に反映されます。"),
    "taken_back": ("Taken back: the desk's hours hold again.", "取り消しました。ふだんの時間に戻りました。"),
    "what_staff_said": ("What staff said, the newest first", "スタッフの設定(新しい順)"),
    "closed_from": ("Closed from {since}", "{since} から閉める"),
    "open_from": ("Open from {since}", "{since} から開ける"),
    "to_moment": ("until {until}", "{until} まで"),
    "to_notice": ("until further notice", "別に知らせるまで"),
    "take_back": ("Take all of it back", "すべて取り消す"),
    "no_database": (
        "Desks can be closed and opened here only with a database: set DATABASE_URL (docs/counts.md).",
        "窓口を閉めたり開けたりするには、データベースが必要です。DATABASE_URL を設定してください(docs/counts.md)。",
    ),
    "database_down": (
        "The database doesn't answer, so this page may not know all that was said. The line goes on with what it read.",
        "データベースから返事がないので、最新の設定が分かりません。電話は最後に読んだ設定で続けています。",
    ),
    "not_written": (
        "Nothing was changed: the database doesn't answer. Please try again.",
        "変更できませんでした。データベースから返事がありません。もう一度試してください。",
    ),
    # the form
    "close_or_open": ("Close or open a desk", "窓口を閉める・開ける"),
    "desk": ("Desk", "窓口"),
    "state": ("What shall it be?", "どうしますか"),
    "state_close": ("Closed", "閉める"),
    "state_open": ("Open", "開ける"),
    "span": ("For how long?", "いつまで"),
    "span_day": ("All of a day", "一日"),
    "span_until": ("From now until", "今から次の時まで"),
    "span_notice": ("From now until further notice", "今から、別に知らせるまで"),
    "day_field": ("Day", "日"),
    "until_field": ("Until when", "いつまで"),
    "reason": ("Why? (for staff; callers are not told)", "理由(スタッフ用。電話では言いません)"),
    "choose": ("Please choose", "選んでください"),
    "reason_holiday": ("Holiday", "休日"),
    "reason_short-staffed": ("Too few people", "人が足りない"),
    "reason_emergency": ("Emergency", "緊急"),
    "reason_line-fault": ("Fault of the line", "電話の故障"),
    "reason_extra-hours": ("Extra hours", "時間延長"),
    "reason_other": ("Other", "その他"),
    "send": ("Write it down", "設定する"),
    "choose_desk": ("Please choose a desk.", "窓口を選んでください。"),
    "choose_state": ("Please choose closed or open.", "閉めるか開けるかを選んでください。"),
    "choose_span": ("Please choose for how long.", "いつまでかを選んでください。"),
    "choose_day": ("Please give a day, such as 2026-11-24.", "日を入れてください。例: 2026-11-24"),
    "choose_until": (
        "Please give a day and an hour, such as 2026-11-24 15:00.",
        "日と時刻を入れてください。例: 2026-11-24 15:00",
    ),
    "choose_reason": ("Please choose a reason.", "理由を選んでください。"),
    "is_over": ("That is over already.", "その時はもう過ぎています。"),
    # the calendar
    "calendar": ("Calendar", "カレンダー"),
    "previous": ("Previous month", "前の月"),
    "following": ("Next month", "次の月"),
    "this_month": ("This month", "今月"),
    "today": ("today", "今日"),
    "closed_day": ("closed", "休み"),
    "closure": ("closed every year", "毎年の休み"),
    "by_staff_mark": ("changed by staff", "スタッフの設定"),
    "calendar_hint": (
        "Hours and yearly closures stand in desks.yaml (docs/staff.md). Marked: changed by staff.",
        "ふだんの時間と年の休みは desks.yaml にあります(docs/staff.md)。印はスタッフの設定です。",
    ),
    # what if
    "what_if": ("What if it were ...?", "もし、この時なら"),
    "at_moment": ("At the moment", "時刻"),
    "at_wrong": (
        "That is no date and time between 2000 and 2099, such as 2026-11-24 15:00.",
        "2000年から2099年までの日時を入れてください。例: 2026-11-24 15:00",
    ),
    "desks_at": ("Desks on {when}", "{when} の窓口"),
    "order": ("In the caller's order", "案内の順"),
    "key": ("Key", "番号"),
    "relation": ("The caller's language there", "その言語"),
    "relation_direct": ("spoken at the desk", "窓口で話せます"),
    "relation_interpreter": ("with an interpreter", "通訳が入ります"),
    "relation_possible": ("possible", "できることがあります"),
    "relation_unlisted": ("not listed", "対応の表にありません"),
    "connects": ("Can be connected", "つなげる"),
    "no": ("no", "いいえ"),
    "would_hear": ("Behind key 0 the caller would hear", "0 を押すと聞こえること"),
}
