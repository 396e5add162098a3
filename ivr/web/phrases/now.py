"""The page Now, and what it has in common with the page Desks."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "now_lead": ("This is what callers meet this minute.", "今、電話をかけた人に聞こえる内容です。"),
    "line_time": ("The line's time", "この電話の時刻"),
    # desks
    "desks_now": ("Desks", "窓口"),
    "is_open_now": ("open", "開いています"),
    "is_closed_now": ("closed", "閉まっています"),
    "opens_at": ("Opens {when}", "次に開くのは {when}"),
    "opens_unknown": ("Closed until further notice", "次に開く時は決まっていません"),
    "by_staff_until": ("Said by staff, until {when}", "スタッフの設定: {when} まで"),
    "by_staff": ("Said by staff, until further notice", "スタッフの設定: 別に知らせるまで"),
    "no_number": (
        "No number is set: callers are told of it, nobody is connected",
        "電話番号がないので、つなげません。案内だけです",
    ),
    "status_tell": ("Callers are told of it, nobody is connected", "案内だけで、つなぎません"),
    "status_silent": ("Callers are not told of it", "案内もしません"),
    # what is wrong
    "health": ("Is all well?", "問題はありませんか"),
    "database": ("Database", "データベース"),
    "database_reachable": ("Answers. The line counts, and follows what staff say of the desks.", "つながっています。"),
    "database_unreachable": (
        "Doesn't answer. Calls go on, counts wait, and the desks stay as they were last read.",
        "返事がありません。電話は続けて使えます。数は後で書きます。窓口は最後に読んだ設定のままです。",
    ),
    "database_none": (
        "None is set (DATABASE_URL): nothing is counted, and desks can't be closed from here.",
        "設定がありません(DATABASE_URL)。数を数えず、ここから窓口を閉めることもできません。",
    ),
    "confirmed": ("Content", "内容の確認"),
    "confirmed_on": ("Last confirmed on {day}", "最後に確認した日: {day}"),
    "confirmed_never": (
        "Nobody has confirmed yet that what the line says is still true.",
        "内容が正しいかどうか、まだだれも確認していません。",
    ),
    "failures": ("Has to be mended before the public may call", "公開する前に直すこと"),
    "warnings": ("Worth knowing", "知っておくこと"),
    "no_findings": ("Nothing is known that stands in the way.", "見つかった問題はありません。"),
    "check_hint": (
        "From ivr check --live, which also proves every call before each release. It speaks English.",
        "ivr check --live の一部です(英語)。公開の前には、すべての通話も調べます。",
    ),
    # languages
    "languages": ("Languages", "言語"),
    "languages_ready": ("{ready} of {all} languages are offered.", "{all}の言語のうち{ready}が使えます。"),
    "code": ("Code", "番号"),
    "language": ("Language", "言語"),
    "offered": ("Offered", "案内"),
    "yes": ("yes", "はい"),
    "no_text": ("no: it has no text", "なし: 文章がありません"),
    "no_voice": (
        "no: {count} clips are missing, and Twilio has no voice",
        "なし: 音声が{count}個足りず、Twilioの声もありません",
    ),
    "voice": ("Voice", "声"),
    "clips_all": ("clips", "音声ファイル"),
    "clips_some": ("{count} lines by Twilio's voice", "{count}個をTwilioの声で"),
    "text": ("Text", "文章"),
    "status_draft": ("draft", "下書き"),
    "status_reviewed": ("reviewed", "確認ずみ"),
    "zero_now": ("Key 0 now offers", "今 0 で案内する窓口"),
    "nobody": ("nobody", "なし"),
    # what is heard
    "hear": ("What callers hear now", "今 聞こえること"),
    "hear_in": ("Callers of", "電話をかける人の言語"),
    "show": ("Show", "表示"),
    "first_words": ("The line answers", "電話に出た時"),
    "after_choice": ("After the choice of {name}", "{name} を選んだ後"),
    "behind_zero": ("Key 0: a person", "0: 人と話す"),
    "by_twilio": ("spoken by Twilio's voice", "Twilioの声"),
    "play": ("Play", "聞く"),
}
