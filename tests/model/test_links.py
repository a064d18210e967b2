import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tolltale.links import N_DISTANCES, N_OPTIONS, N_RANKS, NO_OPTION, place_spans, plan_choices


def test_a_cue_is_offered_the_sources_around_it_nearest_first() -> None:
    labels = ["SOURCE", "CUE", "CONTENT", "SOURCE", "CUE"]
    words = np.array([[0, 2], [2, 3], [3, 9], [12, 13], [30, 31]])
    choices = plan_choices("source", labels, words)
    assert choices.choosers.tolist() == [1, 4]
    assert choices.options[:, :3].tolist() == [[0, 3, NO_OPTION], [3, 0, NO_OPTION]]
    middle = N_DISTANCES // 2
    assert choices.distances[0, :2].tolist() == [middle - 1, middle + 4]  # next to it, and nine words on
    assert choices.ranks[1, :2].tolist() == [N_RANKS // 2 - 1, N_RANKS // 2 - 2]  # the first before, the second


def test_a_stance_on_its_cue_stands_at_no_distance() -> None:
    choices = plan_choices("holder", ["CUE", "DENY"], np.array([[4, 6], [5, 6]]))
    assert choices.distances[0, 0] == N_DISTANCES // 2
    assert choices.ranks[0, 0] == N_RANKS // 2


def test_a_content_picks_its_cue_though_the_link_points_the_other_way() -> None:
    choices = plan_choices("content", ["CUE", "CONTENT", "CONTENT"], np.array([[0, 1], [1, 5], [6, 9]]))
    assert choices.choosers.tolist() == [1, 2]
    assert set(choices.options[:, 0].tolist()) == {0}


drawn_spans = st.lists(
    st.tuples(st.sampled_from(["KILLED", "VICTIM", "CUE"]), st.integers(0, 300), st.integers(1, 9)), max_size=60
)


def _apart(drawn: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Spans in the order of the text; of two victims that overlap, the first."""
    kept: list[tuple[str, int, int]] = []
    reach = 0
    for label, start, length in sorted(drawn, key=lambda item: item[1]):
        if label != "VICTIM" or start >= reach:
            kept.append((label, start, length))
            reach = start + length if label == "VICTIM" else reach
    return kept


@given(drawn_spans)
def test_options_are_the_nearest_and_every_feature_is_in_range(drawn: list[tuple[str, int, int]]) -> None:
    drawn = _apart(drawn)
    words = np.array([[start, start + length] for _, start, length in drawn], dtype=np.int64).reshape(-1, 2)
    choices = plan_choices("counts", [label for label, _, _ in drawn], words)
    victims = [i for i, item in enumerate(drawn) if item[0] == "VICTIM"]
    assert choices.distances.min(initial=0) >= 0
    assert choices.distances.max(initial=0) < N_DISTANCES
    assert choices.ranks.min(initial=0) >= 0
    assert choices.ranks.max(initial=0) < N_RANKS
    for chooser, options in zip(choices.choosers, choices.options, strict=True):
        gaps = {v: max(words[v, 0] - words[chooser, 1] + 1, words[chooser, 0] - words[v, 1] + 1, 0) for v in victims}
        offered = [gaps[option] for option in options.tolist() if option != NO_OPTION]
        assert offered == sorted(gaps.values())[:N_OPTIONS]


@given(drawn_spans)
def test_a_rank_counts_the_options_between(drawn: list[tuple[str, int, int]]) -> None:
    drawn = _apart(drawn)
    words = np.array([[start, start + length] for _, start, length in drawn], dtype=np.int64).reshape(-1, 2)
    choices = plan_choices("counts", [label for label, _, _ in drawn], words)
    victims = [i for i, item in enumerate(drawn) if item[0] == "VICTIM"]
    most = N_RANKS // 2
    for chooser, options, ranks in zip(choices.choosers, choices.options, choices.ranks, strict=True):
        after = [v for v in victims if words[v, 0] >= words[chooser, 1]]
        before = [v for v in victims if words[v, 1] <= words[chooser, 0]][::-1]
        for option, rank in zip(options.tolist(), (ranks - most).tolist(), strict=True):
            if option != NO_OPTION:
                place = after.index(option) + 1 if option in after else 0
                place = -before.index(option) - 1 if option in before else place
                assert rank == max(-most, min(most, place))


def test_no_option_leads_to_a_place_that_is_none() -> None:
    places = place_spans(3, np.array([[1, 2], [4, 4]]))
    assert places[[0, NO_OPTION]].tolist() == [[3, 1, 2], [NO_OPTION] * 3]
