"""The page with the call flow."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "menu_lead": (
        "What callers of a language hear in each place, and where each key leads. Choose a place in the picture.",
        "それぞれの場所で聞こえる言葉と、ボタンの行き先です。図の中の場所を選ぶと、くわしく出ます。",
    ),
    "menu_language": ("Language of the call", "電話の言語"),
    "menu_show": ("Show", "表示"),
    "menu_not_offered": (
        "Callers are not offered this language yet: some of it has no sound. So it would be.",
        "この言語はまだ使えません(音声がそろっていません)。そろうと、このようになります。",
    ),
    "menu_picture": ("The call flow", "電話の流れ"),
    "menu_not_reached": ("Where no call comes to", "行けない場所"),
    "menu_everywhere": ("In every menu:", "どのメニューでも:"),
    "menu_person": ("a person", "人と話す"),
    "menu_first": ("the first menu", "最初のメニュー"),
    "menu_back": ("back; from the first menu the languages", "前へ戻る(最初のメニューからは言語の一覧)"),
    "menu_again": ("all of it again", "もう一度聞く"),
    "menu_places": ("Place by place", "場所ごとの内容"),
    "menu_keys": ("Keys", "ボタン"),
    "menu_offers": ("Also said aloud:", "ほかに案内されるボタン:"),
    "menu_short": ("When the menu is repeated", "メニューをくり返すとき"),
    "state_off": ("not offered now", "今は案内しません"),
    "state_again": ("drawn above", "上の図にあります"),
    "state_silent": ("silent", "音がありません"),
    "state_unreachable": ("no key leads here", "行き方がありません"),
    "part_welcome": ("First words", "最初の言葉"),
    "part_items": ("Each language in its own voice", "それぞれの言語の声で"),
    "part_unready": ("After the code of a language that is not ready", "準備中の言語の番号が押されたとき"),
    "part_chosen": ("Right after the language was chosen", "言語を選んだすぐあと"),
    "part_says": ("Says", "流れる言葉"),
    "part_while_open": ("While it is open", "開いているとき"),
    "part_while_closed": ("While it is closed", "閉まっているとき"),
    "part_nobody_open": ("While no desk is open", "どの窓口も閉まっているとき"),
    "part_nobody_ever": ("Where nobody can ever be connected", "つなげる窓口がまったくないとき"),
    "part_before_ringing": ("Before the desk rings (the sentence to say, twice)", "窓口を呼び出す前(言う言葉を2回)"),
    "part_desk_hears": ("What the desk hears", "窓口に聞こえる言葉"),
    "part_just_closed": ("If the desk has just closed", "窓口がちょうど閉まったとき"),
    "part_not_reached": ("Busy, no answer, failed", "話し中・出ない・つながらない"),
    "part_no_other_desk": ("If no other desk is left", "ほかに窓口がないとき"),
    "part_after_talk": ("After the conversation", "話が終わったあと"),
    "part_wrong_key": ("After a wrong key", "まちがったボタンのとき"),
    "part_no_key": ("If no key is pressed", "何も押されないとき"),
    "part_gives_up": ("After three rounds without a key", "3回押されなかったとき"),
    "part_our_error": ("After an error of the line", "こちらのエラーのとき"),
    "part_second_error": ("After a second one", "2回目のエラーのとき"),
}
