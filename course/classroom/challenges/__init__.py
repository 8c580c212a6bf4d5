"""Answers that students argued for: gathered, decided on, and laid over the key.

`argued` gathers them by question with the vote of the class, `in_words` puts answers into words, `listed` is their table and
`at_desk` their screen. `deciding` writes a decision down, `accepted` is the table of all decisions in an instructor's pack, and
`alternatives` lays what was accepted over a key, for every type of question.
"""
