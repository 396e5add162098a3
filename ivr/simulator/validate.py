"""Holds a document against the grammar: names, nesting, attributes, values and text."""

from urllib.parse import quote

from ivr.simulator.grammar import ADDRESS, E164, ELEMENTS, MARKS, SCHEMA, Attribute
from ivr.simulator.markup import Element
from ivr.simulator.voices import objection

VERBS = frozenset(ELEMENTS) - {"Number"}
MAX_NUMBERS = 10  # Twilio, <Number>: up to ten in a <Dial>
MAX_SAID = 4500  # Twilio, 13521: of the URL-encoded text; Polly takes 3000 bytes, Google 5000


def check(root: Element, *, portable: bool, allowed: frozenset[str] = VERBS) -> None:
    """Raises Refused at the first thing that Twilio, or a compatible carrier, would not take.

    `allowed` are the verbs that this leg of the call runs.
    """
    if root.name != "Response":
        raise root.refuse(12102, f"the root element is <{root.name}>: it must be <Response>")
    if root.attributes:
        raise root.refuse(SCHEMA, "<Response> has no attributes")
    _refuse_stray_text(root)
    for place, verb in enumerate(root.children):
        if verb.name == "Reject" and place > 0:
            # Twilio, <Reject>: as the first verb it keeps the call from being answered; later it is
            # too late.
            raise verb.refuse(SCHEMA, "<Reject> must be the first verb")
        if verb.name in VERBS - allowed:
            # Twilio, <Number>: the document at `url` is for Play, Say, Gather and Hangup; 13201
            # names Dial.
            raise verb.refuse(13201, f"<{verb.name}> can't run on the called side, before the legs are joined")
        _check_element(verb, root, VERBS, SCHEMA, portable)


def _check_element(element: Element, parent: Element, allowed: frozenset[str], code: int, portable: bool) -> None:
    if element.name not in allowed:
        raise element.refuse(code, _misplaced(element.name, parent.name))
    if element.name in MARKS:
        _check_mark(element, portable)
        return
    grammar = ELEMENTS[element.name]
    if portable and not grammar.portable:
        raise element.refuse(0, f"<{element.name}> is not known to every compatible carrier")
    for name, value in element.attributes.items():
        _check_attribute(element, grammar.attributes.get(name), name, value, portable)
    if not grammar.text:
        _refuse_stray_text(element)
    for child in element.children:
        _check_element(child, element, grammar.children, grammar.nesting_code, portable)
    _check_whole(element, portable)


def _misplaced(name: str, parent: str) -> str:
    if name == "Sms":
        return "<Sms> is deprecated: messages are sent by the REST API, not by a document"
    if name in ELEMENTS or name in MARKS:
        return f"<{name}> can't be inside <{parent}>"
    near = [known for known in ELEMENTS if known.lower() == name.lower()]
    hint = f": names are case-sensitive, write <{near[0]}>" if near else ""
    return f"<{name}> is not a verb that this telephone knows{hint}"


def _check_mark(element: Element, portable: bool) -> None:
    if portable:
        raise element.refuse(0, f"<{element.name}> in <Say> is not known to every compatible carrier")
    for child in element.children:
        _check_element(child, element, MARKS, SCHEMA, portable)


def _check_attribute(element: Element, rule: Attribute | None, name: str, value: str, portable: bool) -> None:
    if rule is None:
        raise element.refuse(SCHEMA, f"<{element.name}> has no attribute {name!r}")
    if portable and not rule.portable:
        raise element.refuse(0, f"the attribute {name!r} of <{element.name}> is not known to every compatible carrier")
    if not rule.fits(value):
        raise element.refuse(rule.code, f"{name}={value!r} of <{element.name}>: must be {rule.wanted}")
    if rule.address:
        _check_address(element, value, portable)


def _refuse_stray_text(element: Element) -> None:
    if stray := element.text.strip():
        raise element.refuse(SCHEMA, f"text between the verbs of <{element.name}>: {stray[:40]!r}")


def _check_whole(element: Element, portable: bool) -> None:
    """The rules that look at more than one attribute, or at the text."""
    text = element.text.strip()
    match element.name:
        case "Say":
            _check_say(element)
        case "Play" if "digits" not in element.attributes:
            _check_address(element, text, portable)
        case "Redirect":
            _check_address(element, text, portable)
        case "Number":
            _check_number(element, text)
        case "Dial":
            _check_dial(element, text)


def _check_say(element: Element) -> None:
    if not element.spoken.strip():
        raise element.refuse(13520, "<Say> has nothing to say")
    if len(quote(element.spoken)) > MAX_SAID:
        raise element.refuse(13521, f"<Say> has a text of more than {MAX_SAID} characters once it is URL-encoded")
    if why := objection(element.attributes.get("language", "en-US"), element.attributes.get("voice", "")):
        raise element.refuse(13511, f"<Say>: {why}")


def _check_address(element: Element, address: str, portable: bool) -> None:
    if ADDRESS.fullmatch(address) is None:
        raise element.refuse(11100, f"<{element.name}> needs an address in ASCII without spaces, not {address!r}")
    scheme, colon, _ = address.partition("://")
    if colon and scheme not in ("http", "https"):
        raise element.refuse(11100, f"<{element.name}>: {address} is neither http nor https")
    if portable and not colon:
        raise element.refuse(0, f"<{element.name}>: {address} is relative; not every compatible carrier resolves it")


def _check_number(element: Element, text: str) -> None:
    if E164.fullmatch(text) is None:
        raise element.refuse(13223, f"<{element.name}> needs a number in E.164, such as +999312345678, not {text!r}")


def _check_dial(element: Element, text: str) -> None:
    if text and element.children:
        raise element.refuse(13215, "<Dial> holds a number as text or <Number>s, not both")
    if not element.children:
        _check_number(element, text)
    if len(element.children) > MAX_NUMBERS:
        raise element.refuse(13215, f"<Dial> rings at most {MAX_NUMBERS} numbers")
