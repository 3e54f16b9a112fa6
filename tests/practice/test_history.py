"""What a trainee has done: durable, replayed to the same, and scheduled as py-fsrs does."""

from datetime import UTC, datetime, timedelta
from time import process_time

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.practice.players import at_random, call, moves, play
from walletdoc import journal
from walletdoc.chain import encode
from walletdoc.failure import Failure
from walletdoc.practice import history
from walletdoc.practice.desk import best, replay
from walletdoc.practice.history import Finished, History, add, card_of, moves_of, read, record, skills, text_of
from walletdoc.practice.schedule import AGAIN, EASY, GOOD, HARD, rating, reviewed
from walletdoc.practice.score import Score, known, missed, score

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def finished(id_="a-0", choose=best, **of) -> Finished:
    desk = play(call(**of), choose)
    return Finished(
        id_, desk.call.spec, hints=True, moves=moves(desk), score=score(desk), missed=missed(desk), known=known(desk)
    )


def test_what_was_written_is_read(tmp_path):
    kept = History()
    for at in range(3):
        kept = add(tmp_path, "me", finished(f"a-{at}", at_random(at), seed=at), NOW + timedelta(days=at))
    assert read(tmp_path, "me") == kept
    assert [past.at for past in kept.calls] == [f"2026-11-{day}T09:00:00+00:00" for day in (22, 23, 24)]
    assert read(tmp_path, "other") == History()
    assert history.trainees(tmp_path) == ("me",)


def test_a_call_is_written_once(tmp_path):
    add(tmp_path, "me", finished(), NOW)
    assert len(add(tmp_path, "me", finished(), NOW).calls) == 1


def test_a_call_can_be_worked_out_again_from_its_record():
    done = finished(choose=at_random(5), level=3, seed=5)
    kept = record(done, {}, NOW)
    flow, cause, level, seed = kept["call"]
    assert score(replay(call(flow, cause, level, seed), moves_of(kept["moves"]))) == done.score


def test_a_full_journal_is_followed_by_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(history, "_FULL", 1000)
    for at in range(4):
        add(tmp_path, "me", finished(f"a-{at}"), NOW)
    assert len(history.volumes(tmp_path, "me")) > 1
    assert len(read(tmp_path, "me").calls) == 4


def test_what_is_none_of_ours_is_refused(tmp_path):
    folder = history.folder(tmp_path, "me")
    with journal.create(folder, "0001", {"practice": 1}) as opened:
        opened.append({"something": "else"})
    with pytest.raises(Failure) as failure:
        read(tmp_path, "me")
    assert failure.value.code == 65


@pytest.mark.parametrize("name", ["", "a/b", "..", "x" * 65, "a b"])
def test_a_name_that_can_be_none_is_refused(name):
    with pytest.raises(Failure):
        history.named(name)


# --- the schedule


@pytest.mark.parametrize(
    ("total", "unsafe", "hints", "expected"),
    [
        (100, (), 0, EASY),
        (95, (), 1, GOOD),
        (85, (), 0, GOOD),
        (70, (), 0, HARD),
        (40, (), 0, AGAIN),
        (0, ("to",), 0, AGAIN),
    ],
)
def test_the_score_is_the_rating(total, unsafe, hints, expected):
    assert rating(Score((), hints, unsafe, 0, 0, total)) == expected


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 60 * 24 * 90)), min_size=1, max_size=12))
def test_the_schedule_is_that_of_fsrs(reviews):
    scheduler = fsrs.Scheduler(enable_fuzzing=False)
    theirs, ours, at = fsrs.Card(card_id=1, due=NOW), None, NOW
    for rated, minutes in reviews:
        at += timedelta(minutes=minutes)
        theirs, _ = scheduler.review_card(theirs, fsrs.Rating(rated), at)
        ours = card_of(text_of(reviewed(ours, rated, at, "some-cause")))
        assert (ours.state, ours.step, ours.due) == (
            int(theirs.state),
            theirs.step,
            theirs.due.isoformat(timespec="seconds"),
        )
        assert (ours.stability, ours.difficulty) == (theirs.stability, theirs.difficulty)


def test_the_answers_after_which_a_mistake_was_made_are_practised():
    bad = finished(choose=at_random(2), seed=2)
    assert bad.missed
    rated = skills(bad, {})
    assert {rated[f"edge:coupon-gone/{edge}"] for edge in bad.missed} == {AGAIN}
    cards = {skill: reviewed(None, each, NOW, "never-sent") for skill, each in rated.items()}
    good = finished("a-1", seed=2)
    again = skills(good, cards)
    assert {again[f"edge:coupon-gone/{edge}"] for edge in bad.missed if edge in good.known} <= {GOOD}
    assert not [skill for skill in skills(good, {}) if skill.startswith("edge:")]


# --- how long it takes


@pytest.mark.campaign
def test_a_hundred_thousand_calls_are_replayed_in_three_seconds(tmp_path, request):
    many = 100_000 if "campaign" in request.config.getoption("markexpr") else 4_000
    folder = history.folder(tmp_path, "me")
    folder.mkdir(parents=True)
    kept = record(finished(choose=at_random(5), level=3, seed=5), {}, NOW)
    count, volume = 0, 0
    while count < many:
        volume += 1
        line, crc = encode({"practice": 1, "trainee": "me"}, 0)
        lines, size = [line], len(line)
        while size < history._FULL and count < many:
            kept["id"] = f"a-{count}"
            line, crc = encode(kept, crc)
            lines.append(line)
            size += len(line)
            count += 1
        (folder / f"{volume:04}.jsonl").write_bytes(b"".join(lines))
    begun = process_time()
    assert len(read(tmp_path, "me").calls) == many
    assert process_time() - begun <= 3 * many / 100_000 + 0.2
