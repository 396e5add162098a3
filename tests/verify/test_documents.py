"""Documents that differ in their plays alone are looked at as one, and a play that is wrong is still found."""

from __future__ import annotations

from ivr.audio.sounds import Sound, Sounds
from ivr.flow.places import Event, Place
from ivr.flow.steps import Hangup, Play
from ivr.verify.documents import MANY, Documents
from ivr.verify.walk import Answer, Reply
from tests.cast import loaded

VOICED = "th"  # by the carrier


def said(*prompts: str, language: str = "en") -> Answer:
    steps = (*(Play(language, prompt) for prompt in prompts), Hangup())
    return Answer(Place("main", language), Event(), (), Reply(steps))


def looked_at(documents: Documents, monkeypatch) -> list[Answer]:
    found, objection = [], Documents._objection
    monkeypatch.setattr(Documents, "_objection", lambda *given: found.append(given[1]) or objection(*given))
    return found


def test_an_address_that_no_carrier_takes_is_told_of_each_document_with_that_clip(monkeypatch):
    file = Sound.file.fget
    monkeypatch.setattr(Sound, "file", property(lambda clip: file(clip).replace("goodbye", "good bye")))
    documents = Documents(loaded())
    told = [list(documents.objections(said(*prompts))) for prompts in (["silence"], ["goodbye"], ["invalid"])]
    assert [bool(found) for found in told] == [False, True, False]
    assert "needs an address in ASCII without spaces" in told[1][0][1]


def test_a_text_that_no_carrier_takes_is_told_of_each_document_with_it(monkeypatch):
    sentences = Sounds.sentences
    monkeypatch.setattr(
        Sounds, "sentences", lambda *given: ("",) if "goodbye" in given[1].prompt else sentences(*given)
    )
    documents = Documents(loaded())
    found = [list(documents.objections(said(prompt, language=VOICED))) for prompt in ("silence", "goodbye", "invalid")]
    assert [[message for _, message in each] for each in found] == [
        [],
        ["the document would be refused: <Say> has nothing to say"],
        [],
    ]


def test_documents_that_differ_in_their_plays_alone_are_looked_at_as_one(monkeypatch):
    documents = Documents(loaded())
    found = looked_at(documents, monkeypatch)
    spoken = [said("silence"), said("invalid"), said("invalid", language=VOICED), said("invalid", "goodbye")]
    assert [list(documents.objections(answer)) for answer in spoken] == [[], [], [], []]
    assert found == [spoken[0].reply.steps, spoken[3].reply.steps]
    assert documents.count == len(spoken)


def test_a_document_of_many_plays_is_looked_at_as_a_whole(monkeypatch):
    documents = Documents(loaded())
    found = looked_at(documents, monkeypatch)
    for prompt in ("silence", "invalid"):
        assert list(documents.objections(said(*[prompt] * (MANY + 1)))) == []
    assert len(found) == 2


def test_a_document_with_a_long_text_is_looked_at_as_a_whole(monkeypatch):
    monkeypatch.setattr("ivr.verify.documents.LONG", 60)
    documents = Documents(loaded())
    found = looked_at(documents, monkeypatch)
    long = [text.prompt for text in loaded().helpline.clip_texts["en"].values() if len(text.text) > 60][:2]
    for prompt in long:
        assert list(documents.objections(said(prompt))) == []
    assert len(found) == len(long) == 2
