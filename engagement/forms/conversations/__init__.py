"""The forms in which a conversation is written. `book.Book` holds all of one conversation's forms, for a page or
for logging."""

from engagement.forms.conversations.book import Book, Chapter
from engagement.forms.conversations.of_meetings import of_meeting, people_of_meeting
from engagement.forms.conversations.values import first_values, half_as_values, values_of

__all__ = ["Book", "Chapter", "first_values", "half_as_values", "of_meeting", "people_of_meeting", "values_of"]
