"""Steps as TwiML. Only this file knows the XML. Addresses are absolute, as every carrier takes them."""

from collections.abc import Callable
from functools import lru_cache

from twilio.twiml.voice_response import Dial as DialVerb
from twilio.twiml.voice_response import Gather as GatherVerb
from twilio.twiml.voice_response import VoiceResponse

from ivr.audio.sounds import Sounds
from ivr.content.speech import Voice
from ivr.flow.places import EventKind, Place
from ivr.flow.steps import Dial, Gather, Hangup, Play, Redirect, Steps
from ivr.numbers import split_extension
from ivr.webhooks.addresses import address

# More than all documents of a large helpline.
DOCUMENTS_KEPT = 8192

# Each w is half a second (Twilio, <Number> sendDigits), so that the extension is not lost in the first words.
WAIT_FOR_A_SWITCHBOARD = "ww"

EMPTY = str(VoiceResponse())

Render = Callable[[Steps], str]
Link = Callable[[Place, EventKind], str]


def renderer(public_url: str, audio_url: str, sounds: Sounds, link: Link = address) -> Render:
    """A function from steps to a document. Equal steps are rendered once: they contain nothing about the caller.

    `audio_url` is where sounds are fetched from, without a slash at its end. `link` gives the path below the public
    address at which a place is answered after an event.
    """

    return lru_cache(maxsize=DOCUMENTS_KEPT)(_Writer(public_url, audio_url, sounds, link).document)


def saying(text: str, voice: Voice) -> str:
    """A document that says a text twice, since people who pick up miss the beginning, and hangs up."""
    response = VoiceResponse()
    for _ in range(2):
        response.pause(length=1)
        response.say(text, language=voice.language, voice=voice.voice)
    response.hangup()
    return str(response)


class _Writer:
    def __init__(self, public_url: str, audio_url: str, sounds: Sounds, link: Link) -> None:
        self._public_url, self._audio_url, self._sounds, self._path = public_url, audio_url, sounds, link

    def document(self, steps: Steps) -> str:
        response = VoiceResponse()
        for step in steps:
            match step:
                case Play():
                    self._speak(response, (step,))
                case Gather():
                    response.append(self._gather(step))
                case Redirect():
                    response.redirect(self._link(step.place, step.event), method="POST")
                case Dial():
                    response.append(self._dial(step))
                case Hangup():
                    response.hangup()
        return str(response)

    def _link(self, place: Place, event: EventKind) -> str:
        return self._public_url + self._path(place, event)

    def _speak(self, parent: VoiceResponse | GatherVerb, plays: tuple[Play, ...]) -> None:
        """Each sentence is a Say of its own: a voice may refuse a long text in which it finds no full stop."""
        for spoken in self._sounds.spoken(plays):
            if isinstance(spoken, Play):
                voice = self._sounds.voice(spoken)
                for sentence in self._sounds.sentences(spoken):
                    parent.say(sentence, language=voice.language, voice=voice.voice)
            else:
                parent.play(f"{self._audio_url}/{spoken.file}")

    def _gather(self, step: Gather) -> GatherVerb:
        gather = GatherVerb(
            input="dtmf",
            action=self._link(step.place, step.event),
            method="POST",
            num_digits=step.digits,
            finish_on_key="",
            timeout=step.wait,
        )
        self._speak(gather, step.plays)
        return gather

    def _dial(self, step: Dial) -> DialVerb:
        dial = DialVerb(
            action=self._link(step.place, "dialled"),
            method="POST",
            timeout=step.ring,
            time_limit=step.time_limit,
            caller_id=step.caller_id,
            answer_on_bridge=True,
        )
        number, extension = split_extension(step.number)
        whisper, digits = self._link(step.place, "whisper"), WAIT_FOR_A_SWITCHBOARD + extension if extension else None
        dial.number(number, url=whisper, method="POST", send_digits=digits)
        return dial
