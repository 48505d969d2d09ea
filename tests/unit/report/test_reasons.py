from ektp_sched.desk.explain.values import Reason, Tag
from ektp_sched.report.visit_words import reasons_in_words


def a_reason(tag: Tag, sentence: str) -> Reason:
    return Reason(code="time", tag=tag, beside="plan", pupils=1, sentence=sentence, details={})


def test_each_reason_says_how_sure_it_is() -> None:
    found = {"S1": (a_reason("proven", "A."), a_reason("likely", "B.")), "S2": ()}
    assert reasons_in_words(found, "en") == {"S1": ["Proven: A.", "Likely: B."], "S2": []}
    assert reasons_in_words(found, "id")["S1"] == ["Terbukti: A.", "Kemungkinan: B."]
