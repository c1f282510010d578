import pytest

from sayso.errors import DataError
from sayso.link.weigh_policies import ContestedStatus, Rule, built_in_policies, load_policy

OWN = """name: own
version: "2"
title: Ours (invented)
sources:
  - our handbook
numbers:
  value: preferred
  high: highest
preferred:
  - Health Ministry
  - Delta News
"""


def written(tmp_path, text):
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_built_in_policies_load_with_sources_and_different_digests():
    policies = [load_policy(name) for name in built_in_policies()]
    assert [policy.name for policy in policies] == ["conservative", "graded", "range"]
    assert all(policy.sources and policy.title for policy in policies)
    assert len({policy.digest for policy in policies}) == 3
    assert all(dict(policy.numbers).get("high", Rule.HIGHEST) is Rule.HIGHEST for policy in policies)
    assert load_policy("graded").contested_status is ContestedStatus.MINIMUM_ZERO


def test_conservative_counts_vague_words_by_its_table_and_others_by_the_pack():
    policy = load_policy("conservative")
    assert policy.lowest_of("Dozens", 24) == (12, "acled")
    assert policy.lowest_of("tens", 20) == (10, "acled")
    assert policy.lowest_of("hundreds", 200) == (100, "acled")
    assert policy.lowest_of("scores", 40) == (40, "pack")
    assert load_policy("range").lowest_of("dozens", 24) == (24, "pack")


def test_unknown_count_is_an_export_rule_with_a_name():
    policy = load_policy("conservative")
    assert policy.export_unknown(war_zone=True) == (10, "acled_unknown_count")
    assert policy.export_unknown(war_zone=False) == (3, "acled_unknown_count")
    assert load_policy("range").export_unknown(war_zone=True) is None


def test_own_policy_by_path(tmp_path):
    policy = load_policy(written(tmp_path, OWN))
    assert policy.label == "own 2"
    assert policy.preferred == ("Health Ministry", "Delta News")
    assert policy.fair_voices == 2


def test_digest_is_of_the_content_not_of_the_layout(tmp_path):
    first = load_policy(written(tmp_path, OWN)).digest
    assert load_policy(written(tmp_path, "# a comment\n" + OWN)).digest == first
    assert load_policy(written(tmp_path, OWN.replace("Delta", "Gamma"))).digest != first


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("name: own", "nom: own"), "own.yaml:1: name is missing"),
        (("numbers:", "colour: red\nnumbers:"), "own.yaml:6: colour is not known here"),
        (("  high: highest", "  mean: highest"), "own.yaml:8: numbers.mean is no number"),
        (("  high: highest", "  high: lowest"), "own.yaml:8: numbers.high cannot be given by 'lowest'"),
        (("value: preferred", "value: lowest"), "own.yaml:9: preferred and the rule"),
        (("preferred:\n", "contested_status: never\npreferred:\n"), "own.yaml:9: contested_status is 'never'"),
        (("preferred:\n", "fair_voices: 1\npreferred:\n"), "own.yaml:9: fair_voices is 1"),
        (("preferred:\n", "vague:\n  table: ours\npreferred:\n"), "own.yaml:10: vague.words and table differ"),
        (("preferred:\n", "vague:\n  table: ours\n  words:\n    dozens: many\npreferred:\n"), "needs a whole number, not 'many'"),
        (
            ("preferred:\n", "unknown_count:\n  name: ours\n  war_zone: 10\n  elsewhere: 3\n  sea: 1\npreferred:\n"),
            "own.yaml:13: unknown_count.sea is not known",
        ),
        (("sources:\n  - our handbook\n", ""), "sources is missing or empty"),
        (("numbers:\n  value: preferred\n  high: highest\n", ""), "numbers is missing or empty"),
    ],
)
def test_wrong_policies_name_file_line_and_fix(tmp_path, change, message):
    assert change[0] in OWN
    with pytest.raises(DataError) as caught:
        load_policy(written(tmp_path, OWN.replace(*change)))
    assert message in str(caught.value)


def test_unknown_name_lists_what_there_is():
    with pytest.raises(DataError, match="use one of conservative, graded, range"):
        load_policy("strict")
