"""A small site of one page with a draft, for the tests of the kit (no app of the portal is needed)."""

import uuid

from django import forms
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template import engines
from django.urls import path
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hubportal.kit import drafts
from hubportal.kit.draft_views import DraftAutosaveView

PAGE = """{% load static %}<!DOCTYPE html><html lang="en-GB"><head><title>Notes</title>
<script src="{% static 'js/drafts.js' %}" defer></script></head><body><main><h1>Notes</h1>
<form method="post" action="/out/" data-sign-out>{% csrf_token %}<button>Sign out</button></form>
<form method="post" novalidate id="notes" {% include "kit/_draft_attributes.html" %}>{% csrf_token %}
{% include "kit/_draft_fields.html" %}{% include "kit/_draft_status.html" %}{% include "kit/_draft_conflicts.html" %}
{% for field in form %}<div class="govuk-form-group">{{ field.label_tag }} {{ field }}</div>
{% endfor %}<div data-rows="rows">{{ rows.management_form }}<div data-rows-list>
{% for row in rows %}<div class="govuk-form-group">{{ row }}</div>{% endfor %}</div></div>
<button name="draft_save" value="1">Save draft</button> <button>Share</button></form></main></body></html>"""

ASKING = """{% load kit static %}<!DOCTYPE html><html lang="en-GB"><head><title>Ask</title>
<script src="{% static 'js/drafts.js' %}" defer></script></head><body><main><h1>Ask</h1>
<form method="post" action="/out/" data-sign-out>{% csrf_token %}<button>Sign out</button></form>
{% if form.errors %}<div class="govuk-error-summary">A problem</div>{% endif %}
<form method="post" novalidate {% kept_form %}>{% csrf_token %}
{% include "kit/_kept_words.html" with door="/sign-in/" door_words="Sign in again" %}
{% for field in form %}<div class="govuk-form-group">{{ field.label_tag }} {{ field }}</div>{% endfor %}
<button>Send</button></form></main></body></html>"""

ASKED: list[tuple[str, str]] = []  # whose words came, and which

SHUT: set[str] = set()  # targets that nobody may write in


class NotesForm(forms.Form):
    title = forms.CharField(required=False, label="Title")
    text = forms.CharField(required=False, label="What was said", widget=forms.Textarea)
    how = forms.ChoiceField(required=False, choices=[("", "Choose"), ("visit", "A visit"), ("call", "A call")])
    agreed = forms.BooleanField(required=False)


class RowForm(forms.Form):
    what = forms.CharField(required=False, label="Action")


Rows = forms.formset_factory(RowForm, extra=0)


def parts_for(values: drafts.merge.Values) -> tuple[forms.Form, forms.BaseFormSet]:
    counted = {"rows-TOTAL_FORMS": "1", **values}
    return NotesForm(initial=drafts.initial_for(NotesForm(), values)), Rows(drafts.as_data(counted), prefix="rows")


@method_decorator(never_cache, name="dispatch")
class Notes(View):
    def get(self, request: HttpRequest, target: uuid.UUID) -> HttpResponse:
        draft = drafts.begin(kind="notes", target=target, by=request.user)
        form, rows = parts_for(draft.values)
        page = drafts.page(
            draft=draft, user=request.user, shape=drafts.shape_of(form, rows), url=f"{request.path}draft/"
        )
        get_token(request)
        return HttpResponse(
            engines["django"].from_string(PAGE).render({"form": form, "rows": rows, "draft_page": page}, request)
        )

    def post(self, request: HttpRequest, target: uuid.UUID) -> HttpResponse:
        draft = drafts.begin(kind="notes", target=target, by=request.user)
        shape = drafts.shape_of(NotesForm(), Rows(request.POST, prefix="rows"))
        drafts.take_post(draft=draft, post=request.POST, by=request.user, shape=shape)
        if drafts.only_saving(request.POST):
            return redirect(request.path)
        drafts.close(draft=draft, by=request.user)
        return redirect("/shared/")


class AskForm(forms.Form):
    words = forms.CharField(label="Your words", widget=forms.Textarea)
    when = forms.CharField(label="When")


@method_decorator(never_cache, name="dispatch")
class Ask(View):
    def get(self, request: HttpRequest, form: AskForm | None = None) -> HttpResponse:
        get_token(request)
        page = engines["django"].from_string(ASKING).render({"form": form or AskForm()}, request)
        return HttpResponse(page)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = AskForm(request.POST)
        if not form.is_valid():
            return self.get(request, form)
        ASKED.append((str(request.user), form.cleaned_data["words"]))
        return redirect("/shared/")


class NotesDraft(DraftAutosaveView):
    def get_draft(self):
        if self.kwargs["target"] == uuid.UUID(int=0):
            raise Http404
        return drafts.begin(kind="notes", target=self.kwargs["target"], by=self.request.user)

    def may_edit(self, draft):
        return str(draft.target) not in SHUT

    def get_shape(self, draft):
        return drafts.shape_of(NotesForm(), Rows(self.request.POST, prefix="rows"))


@login_not_required
def plain(request: HttpRequest) -> HttpResponse:
    out = " data-signed-out" if request.path == "/gone/" else ""
    script = "<script src='/static/js/drafts.js' defer></script>"
    return HttpResponse(
        f"<!DOCTYPE html><html lang='en'><head><title>x</title>{script}</head>"
        f"<body{out}><h1>{request.path}</h1></body></html>"
    )


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    return HttpResponse("<h1>No token</h1>", status=403)


@require_POST
def out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("/gone/")


urlpatterns = [
    path("sign-in/", plain, name="account_login"),
    path("gone/", plain),
    path("shared/", plain),
    path("out/", out),
    path("ask/", Ask.as_view()),
    path("notes/<uuid:target>/", Notes.as_view()),
    path("notes/<uuid:target>/draft/", NotesDraft.as_view()),
]


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponse("<h1>Not found</h1>", status=404)


handler404 = "tests.kit.draft_pages.not_found"
