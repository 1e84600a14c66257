"""Autosave, conflict and saved states: one mechanism, for conversations and plans alike.

Call it as `drafts.save(...)`. The owning app scopes its row and checks the permission; a draft is only reached through
that row. `merge` decides (no database), `shape` translates between forms and stored values, `rows` is what the buttons
of a table do, `writing` is what changes rows, `copying` makes two of one, `page` is what templates and drafts.js are
told.
"""

from hubportal.kit.drafts.copying import copy
from hubportal.kit.drafts.page import ConflictPanel, DraftPage, conflict_panels, only_saving, page, take_post
from hubportal.kit.drafts.rows import pressed_row, with_row_pressed
from hubportal.kit.drafts.shape import Shape, as_data, initial_for, shape_of, values_from
from hubportal.kit.drafts.writing import (
    LONGEST_FIELD,
    Change,
    DraftClosed,
    OtherPerson,
    SaveResult,
    begin,
    clean,
    close,
    find,
    history,
    open_conflicts,
    others_now,
    resolve,
    restore,
    save,
    state_at,
)

__all__ = [
    "LONGEST_FIELD",
    "Change",
    "ConflictPanel",
    "DraftClosed",
    "DraftPage",
    "OtherPerson",
    "SaveResult",
    "Shape",
    "as_data",
    "begin",
    "clean",
    "close",
    "conflict_panels",
    "copy",
    "find",
    "history",
    "initial_for",
    "only_saving",
    "open_conflicts",
    "others_now",
    "page",
    "pressed_row",
    "resolve",
    "restore",
    "save",
    "shape_of",
    "state_at",
    "take_post",
    "values_from",
    "with_row_pressed",
]
