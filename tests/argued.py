"""A small class that argues against the key, for the tests of challenges and of what is accepted."""

from __future__ import annotations

from tests.hand_ins import answer, hand_in, small_catalogue

HOSTILE = {
    "ann": '<script>document.title="ran"</script><img src=x onerror=document.title="ran"> [x](javascript:alert(1)) **b**',
    "cy": "\u202egnp.exe " + "W" * 1_000_000,
    "di": '=HYPERLINK("http://example.org")',
}
JUDGED = {"f1": {"voice": "author", "kind": "judgement"}, "f3": {"voice": "author", "kind": "judgement"}}
RECORD = {"f1": {"voice": "author", "kind": "fact"}, "f3": {"voice": "author", "kind": "judgement"}}


def argued_class(folder, words=None):
    """A class of four: three call f1 a judgement, two of them argue for it; one of four counts 4 clauses and argues for that."""
    words = {"ann": "A fence is never just built.", "cy": "Built stands for well built.", "di": "The by-line is a clause, too."} | (words or {})
    catalogue = small_catalogue(folder)
    for learner, label, count in (("ann", JUDGED, "3"), ("bo", RECORD, "3"), ("cy", JUDGED, "3"), ("di", JUDGED, "4")):
        responses = [answer(catalogue, "fence-label", label, kind="submitted"), answer(catalogue, "fence-count", count, minute=1)]
        if learner in ("ann", "cy"):
            responses.append(answer(catalogue, "fence-label", label, minute=2, kind="challenge", reason=words[learner]))
            responses.append(answer(catalogue, "fence-label", RECORD, minute=3, kind="submitted"))
        if learner == "di":
            responses.append(answer(catalogue, "fence-count", count, minute=2, kind="challenge", reason=words[learner]))
        hand_in(folder / "h", learner, *responses)
    return {"handins": folder / "h", "data": folder / "data"}
