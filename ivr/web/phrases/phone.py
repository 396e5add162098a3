"""`/phone`: the telephone in the browser. Its page hands these words to its script, too."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    # the page
    "telephone": ("The telephone", "電話"),
    "phone_title": ("Call the line", "電話を かけてみる"),
    "phone_lead": (
        "This is the line as its callers meet it. Nobody is rung: you answer for the desks, too.",
        "電話をかけた人に聞こえるとおりの電話です。本当の窓口にはつながりません。窓口の役もこの画面でします。",
    ),
    "phone_lead_staff": (
        "This is what callers hear at this moment. Nobody is rung: you answer for the desks. Your call is not counted.",
        "電話をかけた人に今聞こえるとおりの電話です。本当の窓口にはつながりません。窓口の役もこの画面でします。この電話は数に入りません。",
    ),
    "phone_needs_scripts": (
        "This telephone needs JavaScript, which is switched off. Now and Menu tell what callers hear, too.",
        "この電話には JavaScript が必要です。聞こえる内容は「今」と「メニュー」でも読めます。",
    ),
    # the telephone
    "call": ("Call", "電話をかける"),
    "hang_up": ("Hang up", "電話を切る"),
    "mute": ("Mute", "音を消す"),
    "ahead": ("Hear it out", "最後まで進める"),
    "star": ("star", "米印"),
    "hash": ("hash", "シャープ"),
    "keypad": ("Keypad", "ダイヤルボタン"),
    "idle": ("Ready to call", "電話をかけられます"),
    "idle_press": ("Press the green button and listen.", "緑のボタンを押して、聞いてください。"),
    "idle_hint": (
        "0 – 9, * and # work on your keyboard, too. Escape hangs up.",
        "キーボードの 0〜9、*、# も使えます。Escキーで切れます。",
    ),
    "dialling": ("Calling", "呼び出し中"),
    "speaking": ("The line speaks", "案内中"),
    "waiting": ("Waiting for a key", "ボタンを待っています"),
    "ringing": ("A desk rings", "窓口を呼び出し中"),
    "talking": ("Connected", "窓口と通話中"),
    "whispering": ("The desk is asked for a key", "窓口のボタンを待っています"),
    "ended": ("The call is over", "電話は終わりました"),
    "uncuttable": ("This sentence can't be cut short", "この文は途中で止められません"),
    "silence": ("Say nothing", "何も押さない"),
    "seconds": ("s", "秒"),
    "tones": ("tones", "トーン音"),
    # how a call ends
    "by_caller": ("You hung up", "あなたが電話を切りました"),
    "by_hangup": ("The line said goodbye and hung up", "案内が終わり、電話が切れました"),
    "by_ran_out_of_verbs": ("The line had nothing more to say", "案内がなくなり、電話が切れました"),
    "by_reject": ("The line did not answer", "電話に出ませんでした"),
    "by_stock_message": ("The line broke down", "電話の案内に問題が起きました"),
    "by_telephone_error": ("The line broke down", "電話の案内に問題が起きました"),
    # the desk
    "desk_side": ("The desk's side", "窓口側"),
    "desk_idle": (
        "Silent. It rings here when you ask for a person.",
        "静かです。人につなぐボタンを押すと、ここで鳴ります。",
    ),
    "desk_rings": ("rings", "が鳴っています"),
    "desk_hears": ("The desk hears, before it is joined", "つながる前に窓口が聞く言葉"),
    "desk_talks": ("is connected with you", "とつながっています"),
    "answer": ("Answer", "出る"),
    "busy": ("Busy", "話し中"),
    "no_answer": ("No answer", "出ない"),
    "leave": ("Answer and hang up", "出てすぐ切る"),
    "desk_hang_up": ("Desk hangs up", "窓口が切る"),
    # the settings
    "desks": ("Desks by the line's clock", "この時刻の窓口"),
    "settings": ("When, and in which language", "時刻と言語"),
    "clock": ("The line's clock", "電話の時刻"),
    "now": ("Now", "今"),
    "is_most": ("most desks open", "多くの窓口が開いている"),
    "is_all": ("every desk open", "すべての窓口が開いている"),
    "is_some": ("open", "開いている"),
    "is_nobody": ("every desk closed", "すべての窓口が閉まっている"),
    "is_closing": ("a desk about to close", "もうすぐ窓口が閉まる"),
    "is_holiday": ("holiday", "休日"),
    "other_moment": ("Another moment", "ほかの時刻"),
    "set_clock": ("Set", "設定"),
    "clock_hint": ("During a call it can only be moved on.", "通話中は先にだけ進められます。"),
    "jump": ("Call in this language", "この言語で電話をかける"),
    "jump_go": ("Go", "かける"),
    "jump_any": ("Listen to the list", "一覧を聞く"),
    "open": ("open", "開いている"),
    "closed": ("closed", "閉まっている"),
    "patience": ("Silence waits for me", "押すまで待つ"),
    "shortcuts": ("The keyboard's keys dial", "キーボードでも押せる"),
    # what happened
    "transcript": ("What is said", "聞こえた言葉"),
    "transcript_empty": (
        "What you hear will stand here, in its own script.",
        "聞こえた言葉が、その言語の文字でここに出ます。",
    ),
    "you_called": ("You called", "電話をかけました"),
    "you_pressed": ("You pressed", "押しました:"),
    "said_nothing": ("You pressed nothing", "何も押しませんでした"),
    "desk_did": ("The desk:", "窓口:"),
    "clock_moved": ("The clock was set to", "時刻を変えました:"),
    "twiml": ("Underneath: TwiML", "しくみ: TwiML"),
    "twiml_hint": (
        "What the line told the telephone company to do, one document for each step. The newest is first.",
        "この電話のプログラムが電話会社に送った指示です。1つの手順が1つの文書です。新しいものが上です。",
    ),
    "twiml_empty": ("No document yet.", "まだ文書はありません。"),
    "problems": ("Rules that were broken", "破られた規則"),
    # why a call doesn't go on
    "stranger": ("Only the telephone's own page may do this.", "この電話の画面からだけ使えます。"),
    "stale": (
        "This call is too old, or was not made here. Please call again.",
        "この通話は古くなりました。もう一度かけてください。",
    ),
    "line_changed": (
        "The line has changed since the call began. Please call again.",
        "通話中に電話の内容が変わりました。もう一度かけてください。",
    ),
    "too_long": (
        "This call has become too long. Please call again.",
        "通話が長くなりすぎました。もう一度かけてください。",
    ),
    "out_of_turn": ("That is not possible at this moment.", "今はできません。"),
    "no_deed": ("The telephone doesn't know this.", "この操作はできません。"),
    "no_moment": ("That is no date and time between 2000 and 2099.", "2000年から2099年までの日時を入れてください。"),
    "no_line": ("The server doesn't answer. Is it still running?", "サーバーから返事がありません。動いていますか。"),
}
