"""The address that undoes what a message says was done."""

from django import template
from django.contrib.messages.storage.base import Message

from hubportal.kit.undo import MARK

register = template.Library()


@register.filter
def undo_address(message: Message) -> str:
    tags = message.extra_tags or ""
    return tags.removeprefix(MARK) if tags.startswith(MARK) else ""
