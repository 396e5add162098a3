from ivr.simulator import sign

from .line import URL, call

VECTOR = {
    "CallSid": "CA1234567890ABCDE",
    "Caller": "+14158675309",
    "Digits": "1234",
    "From": "+14158675309",
    "To": "+18005551212",
}


def test_the_published_vector_comes_out() -> None:
    """Twilio, "Validating requests": token 12345 gives this signature."""
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert sign("12345", url, VECTOR) == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


def test_the_order_of_the_parameters_does_not_matter() -> None:
    """Twilio: names are sorted before they are signed."""
    backwards = dict(reversed(VECTOR.items()))
    assert sign("12345", "https://x.example/", backwards) == sign("12345", "https://x.example/", VECTOR)


def test_a_fragment_is_not_signed() -> None:
    """Twilio: the full URL with query, without fragment."""
    assert sign("12345", "https://x.example/a#b", {}) == sign("12345", "https://x.example/a", {})


def test_every_webhook_carries_the_signature_of_what_was_posted() -> None:
    _, line = call("<Gather numDigits='1'/>", token="secret", from_="anonymous")
    asked = line.asked[0]
    assert asked.headers["HTTP_X_TWILIO_SIGNATURE"] == sign("secret", URL, asked.form)


def test_a_get_is_signed_with_its_query_and_no_parameters() -> None:
    """Twilio: on a GET the parameters are part of the URL, and nothing is appended to it."""
    _, line = call({"/voice": "<Redirect method='GET'>/next?a=1</Redirect>", "/next": ""}, token="s")
    asked = line.asked[1]
    assert asked.method == "GET"
    assert asked.query.startswith("a=1&CallSid=CA")
    signed = f"http://line.example/next?{asked.query}"
    assert asked.headers["HTTP_X_TWILIO_SIGNATURE"] == sign("s", signed, {})


def test_twilios_own_library_accepts_the_signature() -> None:
    from twilio.request_validator import RequestValidator

    _, line = call("", token="secret")
    asked = line.asked[0]
    signature = asked.headers["HTTP_X_TWILIO_SIGNATURE"]
    assert RequestValidator("secret").validate(URL, asked.form, signature)
