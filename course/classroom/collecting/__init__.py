"""From what a platform hands out to the attempts that count: whose each file is, when it came, and what became of it.

In this order: `platforms` reads the names that Canvas, Moodle and Blackboard give to files, `senders` holds them against the
roster, `found` is one file as a line of collected.csv and `collected` all of them, `claims` compares what a file says of itself,
`together` decides which attempts count, `deadlines` tells which came late, `absences` what to hear about the class as a whole.
"""
