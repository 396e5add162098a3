"""The frame around all pages, and the sign-in."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "skip": ("Skip to the page", "本文へ移動"),
    "ui_language": ("Language of this page", "この画面の言語"),
    "pages": ("Pages", "ページ"),
    "nav_now": ("Now", "今"),
    "nav_calls": ("Calls", "通話の数"),
    "nav_menu": ("Menu", "メニュー"),
    "nav_prompts": ("Prompts", "音声案内"),
    "nav_desks": ("Desks", "窓口"),
    "nav_telephone": ("Telephone", "電話"),
    "nav_cards": ("Cards", "カード"),
    "sign_out": ("Sign out", "サインアウト"),
    "sign_in": ("Sign in", "サインイン"),
    "password": ("Password", "パスワード"),
    "sign_in_lead": (
        "The pages behind this one are for the staff of the line.",
        "ここから先は、この電話のスタッフのページです。",
    ),
    "sign_in_wrong": ("That is not the password.", "パスワードがちがいます。"),
    "sign_in_slow": (
        "Too many wrong passwords. Please wait {seconds} seconds and try again.",
        "パスワードのまちがいが続きました。{seconds}秒待ってから、もう一度入れてください。",
    ),
    "signed_out": (
        "Nothing was changed: you are not signed in, or were away for too long.",
        "変更していません。サインインしていないか、長い間 操作がありませんでした。",
    ),
    "no_page": ("There is no page at this address.", "このアドレスにページはありません。"),
    "stale_form": (
        "This page was open for too long. Please go back, load it again and send it once more.",
        "画面が古くなりました。前に戻り、画面を読み込みなおしてから、もう一度送ってください。",
    ),
}
