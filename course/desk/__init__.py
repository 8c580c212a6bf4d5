"""The marking desk: answers that wait for a person, their rubric, and a table of marks that is never lost.

`lines` reads and writes the table, `marked_text` says for which words a mark was given, `store` changes it one mark at a time,
`lock` keeps two desks off one file, `strays` reads marks that another program left there. `bank` holds reusable comments,
`norming` the round before. `assignment` says who marks what, `sheets` is the same for spreadsheets, `merging` puts the markers'
files together, `agreement` says how far they agree. `payload` is what the browser is told, `bundle` its scripts and looks, `view`
the widget, and `challenges` the widget for answers that students argue for.
"""
