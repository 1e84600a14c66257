"""Every task can be killed and handed out again: it names itself, is bounded, and is taken by ids."""

import inspect

import pytest

from hubportal.celery import app

app.loader.import_default_modules()
TASKS = [task for name, task in sorted(app.tasks.items()) if not name.startswith("celery.")]


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_task_is_safe_to_hand_out_twice(task):
    room = task.__module__.split(".")[0]
    assert task.name.startswith(f"{room}."), "the name says the room and outlives a move of the code"
    assert task.acks_late and task.reject_on_worker_lost
    assert task.soft_time_limit and task.time_limit and task.soft_time_limit < task.time_limit
    assert task.time_limit < app.conf.broker_transport_options["visibility_timeout"]


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_task_takes_ids_by_keyword(task):
    for parameter in inspect.signature(task.run).parameters.values():
        assert parameter.kind is parameter.KEYWORD_ONLY
        assert parameter.annotation in (int, str), "a message carries ids, never rows"


def test_there_are_tasks():
    assert {task.name for task in TASKS} >= {
        "reports.build_document",
        "reports.take_up",
    }


def test_beat_sends_only_tasks_that_exist():
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)
