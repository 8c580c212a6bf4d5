"""What can be wrong with a hand-in, each in one sentence, with the cure in another."""

from __future__ import annotations

from dataclasses import dataclass

ASK_AGAIN = "Ask the learner to press Hand in again and to send the new file."
NOTHING_GRADED = "Nothing of it was graded. Ask the learner to attach the file that ends in .jsonl, from the hand_in folder beside the notebook."
FROM_A_PACK = "It earns nothing. If it is a question of a pack, grade again with --keys and the folder of the pack; else it may come from another version of the kit."
NOT_OPENED = "It was not opened. Ask the learner for the file that the lesson wrote into its hand_in folder."

SENTENCES: dict[str, tuple[str, str]] = {
    # places and files
    "missing_place": ("there is no file or folder called {name}", "Check the path: it is the folder, the zip or the file with the hand-ins."),
    "no_handins": ("no hand-in was found here", "Hand-ins are called learner--lesson.jsonl. Check that this is the right folder."),
    "link": ("this is a link to somewhere else, and links are not followed", "Put the file itself into the folder."),
    "not_a_file": ("this is neither a file nor a folder but a device or a pipe", "Delete it, and put the hand-in itself here."),
    "unreadable": ("the file can't be read ({reason})", "Check that it is not open elsewhere and that you may read it."),
    "too_deep": ("the folders are nested more than {limit} deep here", "Move the hand-ins nearer to the top."),
    "too_many": ("there are more than {limit} files here", "Grade the class in smaller parts."),
    "too_big": ("the file is {size} MB, and a hand-in is never over {limit} MB", NOT_OPENED),
    "notebook": ("this is the notebook, not the hand-in", "Ask the learner for the file that ends in .jsonl, from the hand_in folder beside the notebook."),
    "other_file": ("this is not a hand-in", "Ask the learner for the file that ends in .jsonl, from the hand_in folder beside the notebook."),
    "bad_name": ("the file's name does not say who handed in what", "Rename it to learner--lesson.jsonl, for example learner-017--01_who_is_speaking.jsonl."),
    "everyones_name": ("this hand-in bears the name *, which means the whole class in marks.csv", "Nothing of it was graded. Find out who sent it, and rename it to learner--lesson.jsonl."),
    # zips
    "zip_broken": ("the zip can't be opened ({reason})", "Download or zip it again."),
    "zip_bomb": ("this entry of the zip unpacks to {ratio} times its size, which no hand-in does", NOT_OPENED),
    "zip_too_big": ("the zip says that it unpacks to {size} MB, and at this place none is over {limit} MB", "It was not opened. Ask for the hand-ins themselves, or zip those of one class only."),
    "zip_in_zip": ("this is a zip inside a zip inside a zip", "Unpack the outer one, and grade the folder."),
    "zip_locked": ("this entry of the zip is locked with a password", "Unpack the zip yourself, and grade the folder."),
    "traversal": ("the name of this entry would leave the folder, or is no name of a file", "It was not opened. Find out who made this zip, and ask the learner for the hand-in itself."),
    "long_name": ("the name of this entry of the zip has {length} characters, and no hand-in's has over {limit}", NOT_OPENED),
    # the file as a whole
    "empty": ("the file is empty", ASK_AGAIN),
    "not_text": ("the file is not UTF-8 text but {encoding}", "It was opened and saved in another program. " + ASK_AGAIN),
    "no_header": ("the first line is not the first line of a hand-in", "The file was changed, or is not from this kit. " + ASK_AGAIN),
    "future": ("it was written by a newer kit (hand-in version {version}; this one reads version {ours})", "Update the kit, and grade again."),
    "bad_version": ("its hand-in version is {version}, which is no version", "The file was changed by hand. " + ASK_AGAIN),
    "header_learner": ("the name of the file says {written}, its first line says {header}", "It counts for {learner}. Ask both if the file was copied or renamed."),
    "header_sender": ("{platform} says that {learner} sent it, and its first line says {header}", "It counts for {learner}. Ask both whose work it is; if {learner} sent it for somebody else, have that person hand it in."),
    "claims": ("it claims something that only grading can say ({claimed})", "The claim was passed over, and the answers were graded like any others. Ask the learner how it came there."),
    "header_lesson": ("the name of the file says lesson {lesson}, its first line says {header}", "It counts for {lesson}. Check that the file was not renamed."),
    "self_study_copy": ("it was handed in from a copy that holds the keys", "It counts. Ask the learner to work in the copy for the class from now on."),
    "count": ("its first line counts {promised} answers, and {found} are here", "The file was cut short or changed. " + ASK_AGAIN),
    "too_many_lines": ("the file has more than {limit} lines, and no lesson's hand-in has", "The lines up to there were read, and the rest was not. " + ASK_AGAIN),
    # single lines
    "torn": ("the last line was cut short", "Everything before it counts. " + ASK_AGAIN),
    "not_json": ("this line is not JSON ({reason})", "The other lines count. " + ASK_AGAIN),
    "bad_text": ("this line holds bytes that are not UTF-8 text", "The other lines count. " + ASK_AGAIN),
    "not_finite": ("this line holds {number}, which is no number an answer can have", "The other lines count. " + ASK_AGAIN),
    "nested": ("this line is nested more than {limit} deep, and no answer is", "The other lines count. " + ASK_AGAIN),
    "bad_response": ("this answer can't be read: {reason}", "The other answers count. " + ASK_AGAIN),
    "repeated": ("this answer stands here a second time", "It counts once. Nothing to do."),
    "same_id": ("two different answers bear the same id", "The later one counts. Ask the learner if that is the wrong one."),
    # the class
    "several_files": ("{count} files for the same lesson ({files})", "They were put together, and the newest answer to each question counts. Nothing to do unless one is somebody else's."),
    "unknown_lesson": ("there is no lesson called {lesson}", "The lessons are: {lessons}. Rename the file, or grade with the data it belongs to."),
    "unknown_learner": ("{learner} is not on the roster{nearest}{files}", "Add the learner to the roster, or rename the file. It was graded all the same, below the others."),
    "name_sender": ("{platform} says that {learner} sent it, and the name of the file says {written}, who is on the roster too", "It counts for {learner}. Ask both whose work it is; if {learner} sent it for somebody else, have that person hand it in."),
    "set_aside": ("this file bears the name of {written}, and {learner}, who sent it, sent one under the own name too ({other})", "The one under the own name counts, and this one does not. Ask both whose work it is."),
    "name_unsent": ("{platform} says that {sender} sent it, the name of the file says {written}, and {sender} is not the one whom the roster knows as {written}", "It was graded below the others, and counts for nobody on the roster. Ask {written} whose it is, or add {sender} to the roster."),
    "receipts_differ": ("another receipt of Blackboard's gives {username} another name ({names})", "None of them was believed, and the files of {username} count by the username or by their own names. Ask whose they are if a learner is missing."),
    "sender_unknown": ("{platform} says that {sender} sent it, and the roster has nobody of that name", "It counts for {learner}, whom the file names. Check that this is the same person; a roster from the platform would tell."),
    "other_name": ("the files of {count} bear names that are nobody's on the roster: {names}", "They count for the learners in brackets, who sent them, as {platform} says. Nothing to do."),
    "typed_in": ("this learner typed something into {platform} and attached no hand-in", NOTHING_GRADED),
    "no_attachment": ("this learner's attempt of {stamp} holds no file", NOTHING_GRADED),
    "same_file": ("this is the same file as {other}, byte for byte", "It counts once. Nothing to do."),
    "older_attempt": ("a newer attempt of the same lesson is here ({other}){lacks}", "The newer one counts, and this one does not. To have both count, put them into one folder as learner--lesson.jsonl, with (1) and (2) before the dot, and grade that."),
    "late": ("it came {late} after the deadline of {due}{also}", "It is the newest and counts in full; what lateness costs is for your school to say.{switch}"),
    "late_says_platform": ("{platform} marks {count} as late and does not say by how much: {learners}", "They count in full; what lateness costs is for your school to say."),
    "too_late": ("it came {late}, and one that came in time is here ({other})", "As --in-time-only says, the one in time counts, and this one does not. Grade without it, and the newest counts."),
    "time_not_known": ("nobody can say if {count} came in time: {learners}", "No platform has written a time into the names of these files; only Blackboard does. They count; look at the platform itself if it matters."),
    "due_for_nobody": ("a deadline is set for {learner}, who is not on the roster{nearest}", "It holds for nobody. Correct the line and grade again."),
    "due_for_no_lesson": ("a deadline is set for the lesson {lesson}, which there is not", "It holds for nothing. The lessons are: {lessons}. Correct the line and grade again."),
    "later_time": ("its newest answer says that it was given on {at}, and {limit}", "The time comes from the learner's own clock; it orders the learner's own answers and does nothing else. Ask about the clock if a deadline hangs on it."),
    "known_by_name": ("{name} is no id on the roster but a name on it", "It counts for {learner}, the only one of that name. Nothing to do unless it is somebody else's."),
    "sent_by_two": ("{sender} sent this file under the name of {learner}, and {kept} sent one too", "The file of {kept} counts, and this one does not. Ask both whose it is; then rename or delete the wrong one, and grade again."),
    "many_names": ("one sender, {sender}, sent files under the names of {names}", "Each counts for whom it names, for the roster does not say who {sender} is. Ask whose they are; a roster from the platform would tell."),
    "not_handed_in": ("{count} on the roster have handed in nothing for this lesson: {learners}", "Their cells are empty and count as nothing in the total. Remind them, or leave it so."),
    "copied": ("{count} answers are the very same entries, with the same ids, as in the file of {other}", "Both were graded. One file was copied from the other, or somebody once typed the other's id: ask both whose it is."),
    "two_ids": ("the same work is here under {other} too: {count} answers with the same ids", "Both were graded. If {odd} is a misspelling of {right}, which the learner has since corrected, delete the file under the wrong id and grade again. If they are two people, one file was copied: ask both whose it is."),
    "unknown_item": ("lesson {lesson} has no question called {item}", FROM_A_PACK),
    "unknown_items": ("lesson {lesson} has no question called {item}, and {count} learners answered it: {learners}", FROM_A_PACK),
    "kits_own_form": ("{count} answered {item}, the kit's own form of {slot}, and not the question of your pack: {learners}", "It was scored, and its key is public. Ask if they worked in the copy of the class; to count it otherwise write points into marks.csv."),
    "other_choice": ("this learner answered more than one form of {slot}", "The form answered first counts: {item}. Look at both if that is unfair."),
    "other_wording": ("the answer was given to another wording of the question", "It waits for you: compare the wordings, then write points, or wording and accept, into marks.csv."),
    "challenge_unreadable": ("this learner argues for an answer that does not fit the question", "It is not among the challenges. Ask the learner what was meant."),
    "challenge_other_wording": ("this learner argues about another wording of the question", "It is not among the challenges. Look at both wordings, and answer the learner yourself."),
    "challenge_without_key": ("this learner argues about a question that no key decides", "It is not among the challenges. Answer the learner yourself."),
    "malformed": ("the answer does not fit the question ({note})", "It earns nothing and was not counted as wrong. " + ASK_AGAIN),
    "marked_earlier_text": ("the answer was handed in anew since it was marked, and it is another text now", "The mark counts. Look at it again: the marking desk shows it as changed since marked. In a table, change the level, or write {code} into the column marked_text of its lines if the mark holds."),
    "unmarked": ("{count} for a person to mark: {learners}", "Open the marking desk, or have a table to fill in (sayswho marks table), or write the levels into marks.csv (learner,item,criterion,level,comment,marker); then grade again with --marks."),
}


@dataclass(frozen=True)
class Problem:
    """Something that could not be used, or should be looked at: where, what is wrong, and the cure."""

    what: str
    cure: str
    file: str = ""
    line: int = 0
    learner: str = ""
    lesson: str = ""
    item: str = ""
    kind: str = ""


def problem(kind: str, *, file: str = "", line: int = 0, learner: str = "", lesson: str = "", item: str = "", **values: object) -> Problem:
    """The sentence of this kind, with its blanks filled in; `learner`, `lesson` and `item` may stand in it too.

    >>> problem("empty", file="ann--01_voices.jsonl").what
    'the file is empty'
    """
    what, cure = SENTENCES[kind]
    blanks = {"learner": learner, "lesson": lesson, "item": item, **values}
    return Problem(what.format(**blanks), cure.format(**blanks), file, line, learner, lesson, item, kind)
