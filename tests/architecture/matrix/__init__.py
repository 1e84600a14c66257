"""Who gets what at which address: the whole of it, as data, a module for each noun; `table` says how to read a line."""

from tests.architecture.matrix import conversations, people, portal, reports, schools, sharing, work

ROWS = [*portal.ROWS, *schools.ROWS, *people.ROWS, *conversations.ROWS, *sharing.ROWS, *work.ROWS, *reports.ROWS]
