"""A problem written as a workbook is the same problem when it is read again."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from ektp_sched.domain import Problem
from ektp_sched.files import load_problem, save_problem_xlsx
from ektp_sched.texts.language import Language
from tests.strategies import tiny_problems

LANGUAGES: tuple[Language, ...] = ("id", "en")


@settings(max_examples=12)
@given(problem=tiny_problems(), language=st.sampled_from(LANGUAGES))
def test_a_random_problem_comes_back_as_it_was(problem: Problem, language: Language) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "problem.xlsx"
        save_problem_xlsx(problem, path, language)
        assert load_problem(path) == problem
