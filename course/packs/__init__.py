"""An instructor's own passages, sealed: spreadsheets outside the repository become questions that count.

`sheets` reads a spreadsheet and names what one has damaged, `words` holds the columns and what may stand in them, `passage` makes a passage of
three of them, `building` writes it in the form of data/, `checking` says what is in the way, `starting` makes the templates, `showing`
makes a pack playable, and `laying` puts it over the kit's own data.
"""
