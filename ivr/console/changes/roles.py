"""Who changes something, and who may publish it: the one place where these pages ask for the person."""


def author() -> str:
    """Who asks, by the name that staff see."""
    return ""


def may_publish() -> bool:
    return True
