"""A page whose form an action takes, or refuses with a reason that the page shows beside what was typed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from engagement.views.actions import add_problems


class ActsOnForm(View):
    """A form whose answers an action takes or refuses."""

    http_method_names = ["get", "head", "post"]
    template_name = ""

    def get_form(self, data: Any = None) -> Any:
        raise NotImplementedError

    def act(self, form: Any) -> HttpResponse:
        """Do it, and say where to go. Raises ValidationError."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(self.get_form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.show(form, status=400)
        try:
            return self.act(form)
        except ValidationError as problem:
            add_problems(form, problem)
            return self.show(form, status=400)

    def more(self) -> dict[str, Any]:
        """What the page shows beside the form."""
        return {}

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        return render(self.request, self.template_name, {"form": form, **self.more()}, status=status)
