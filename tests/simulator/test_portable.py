"""portable=True: nothing that a compatible carrier might not know."""

import pytest

from ivr.simulator import TelephoneError

from .line import DESK, call, wav

HOST = "http://line.example"


@pytest.mark.parametrize(
    "verbs",
    [
        "<Pause/>",
        f"<Gather action='{HOST}/got'><Pause/></Gather>",
        "<Gather action='/got'/>",
        "<Gather action='got'/>",
        "<Gather input='dtmf' hints='a'/>",
        "<Play>/a.wav</Play>",
        "<Play digits='1'/>",
        "<Redirect>/next</Redirect>",
        "<Redirect>next</Redirect>",
        "<Say voice='Polly.Joanna'>a<break/></Say>",
        f"<Dial action='/done'>{DESK}</Dial>",
        f"<Dial sequential='true'>{DESK}</Dial>",
        f"<Dial ringTone='jp'>{DESK}</Dial>",
        f"<Dial><Number url='/w'>{DESK}</Number></Dial>",
        f"<Dial><Number machineDetection='Enable'>{DESK}</Number></Dial>",
        "<Record transcribe='true'/>",
    ],
)
def test_what_not_every_carrier_knows_is_refused_only_there(verbs: str) -> None:
    """The portable set: Say, Play, Gather, Dial + Number, Redirect, Record, Reject, Hangup."""
    with pytest.raises(TelephoneError, match="compatible carrier") as caught:
        call(verbs, portable=True)
    assert caught.value.problem.code == 0, "no rule of Twilio's"
    call({"/voice": verbs, "/a.wav": wav(), "/next": "", "/got": ""})


@pytest.mark.parametrize(
    "verbs",
    [
        "<Say language='ja-JP'>はい</Say>",
        f"<Play>{HOST}/a.wav</Play>",
        f"<Gather numDigits='1' timeout='4' finishOnKey='' action='{HOST}/got' method='POST'/>",
        (
            f"<Dial answerOnBridge='true' timeout='20' timeLimit='60' action='{HOST}/done'>"
            f"<Number url='{HOST}/w'>{DESK}</Number></Dial>"
        ),
        f"<Redirect>{HOST}/next</Redirect>",
        "<Record/>",
        "<Reject/>",
        "<Hangup/>",
    ],
)
def test_the_portable_set_is_taken_with_absolute_addresses(verbs: str) -> None:
    pages = {"/voice": verbs, "/a.wav": wav(), "/next": ""}
    assert call(pages, portable=True)[0].problems == []
