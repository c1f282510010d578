"""The page on weighing has every rule, policy, grade and rung, its policy loads, and its example runs."""

import re
import subprocess
import sys
from pathlib import Path

from sayso.link.weigh_grades import Corroboration, Grade
from sayso.link.weigh_policies import ContestedStatus, Rule, built_in_policies, load_policy
from sayso.link.weigh_rows import Category, Population, Standing

PAGE = (Path(__file__).parents[2] / "docs" / "weighing.md").read_text(encoding="utf-8")


def test_page_has_every_word_of_weighing():
    words = (*Rule, *Corroboration, *Grade, *Category, *Standing, *built_in_policies(), *(one for one in Population if one is not Population.OTHERS))
    assert [word for word in words if f"`{word}`" not in PAGE] == []
    assert all(word in PAGE for word in ContestedStatus)


def test_policy_of_the_page_loads(tmp_path):
    path = tmp_path / "ours.yaml"
    path.write_text(re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[1], encoding="utf-8")
    assert load_policy(path).label == "ours 1"


def test_example_of_the_page_runs():
    code = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)[1]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "people killed low 9 lowest range 1 1",
        "people killed best 9 most_told range 1 1",
        "people killed high 43 highest range 1 1",
    ]
