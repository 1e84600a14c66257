"""School to school: who could help whom, and introducing two schools."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.views import View
from django.views.generic import TemplateView

from engagement.actions import introductions as actions
from engagement.forms.introductions import (
    MOST_FOUND,
    AnswerForm,
    AskForm,
    ChooseTwoForm,
    IntroductionForm,
    OutcomeForm,
    RecordForm,
    WithdrawForm,
)
from engagement.models import Introduction, IntroductionSide, IntroductionStep, NamedFor
from engagement.offering import criteria_titles
from engagement.permissions import (
    can_answer_introduction,
    can_introduce,
)
from engagement.school_to_school import words
from engagement.school_to_school.matching import helped_by, needs_of_schools
from engagement.school_to_school.needs import levels_of, schools_with_needs
from engagement.school_to_school.reading import other_of, sides_for_hub, state_for_school
from engagement.school_to_school.tables import (
    IntroductionFilters,
    IntroductionTable,
    MatchFilters,
    MatchTable,
    hub_asked,
)
from engagement.views.acting import ActsOnForm
from engagement.views.coverage import OfHubStaff
from hubportal.kit.tables import TableView
from schools.access import today
from schools.models import Hub, School
from schools.standing import standing_of

FOR_WRITERS = "Schools are introduced by the hub’s managers and officers."
NOT_YOURS = "This is answered by the school’s leaders and editors."


class ForStaff(OfHubStaff):
    refusal = "Which school could help which is for the hub’s own staff."


class MatchList(ForStaff, TableView):
    """The schools of one hub that need something, each with the schools nearby that could help."""

    template_name = "engagement/introductions/match_list.html"
    table_class, filters_class, noun = MatchTable, MatchFilters, "school"
    per_page = 10

    @cached_property
    def hub(self) -> Hub:
        return hub_asked(self.request)

    def get_queryset(self) -> QuerySet:
        return schools_with_needs(self.hub, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        context = super().get_context_data(**kwargs)
        only = context["filters"].form.cleaned_data.get("need") or ""
        schools = [row.record for row in context["table"].paginated_rows]
        context["table"].needs = needs_of_schools(self.hub, user, schools, only=only)
        may_introduce = context["table"].may_introduce = can_introduce(user, self.hub.pk)
        return {**context, "hub": self.hub, "may_introduce": may_introduce}


class MatchDetail(ForStaff, TemplateView):
    """One school: who could help it, and whom it could help."""

    template_name = "engagement/introductions/match_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        rows = School.objects.visible_to(user).schools().open().select_related("type")
        school = get_object_or_404(rows, urn=kwargs.pop("urn"))
        hub = standing_of(user, school).hub
        if hub is None:
            raise Http404
        levels = levels_of(hub, user, schools=[school.pk]).get(school.pk, [])
        return super().get_context_data(
            school=school,
            needs=needs_of_schools(hub, user, [school])[school.pk],
            helps=helped_by(hub, user, school, levels),
            may_introduce=can_introduce(user, hub.pk),
            **kwargs,
        )


class IntroductionList(ForStaff, TableView):
    """All introductions, those that still stand first."""

    template_name = "engagement/introductions/introduction_list.html"
    table_class, filters_class, noun = IntroductionTable, IntroductionFilters, "introduction"
    per_page = 25

    def get_queryset(self) -> QuerySet:
        return Introduction.objects.visible_to(self.request.user).with_schools().order_by("-made_at", "-pk")


class IntroductionChoose(ForStaff):
    """Choose any two schools of the hub, where nothing that is known has matched them. It is a search: nothing is
    kept."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        if not can_introduce(request.user):
            raise PermissionDenied(FOR_WRITERS)
        is_asked = "helper" in request.GET
        initial = {"helped": request.GET.get("helped", "")}
        form = ChooseTwoForm(request.GET if is_asked else None, initial=initial, find=self.find)
        if is_asked and form.is_valid():
            pair = [form.chosen("helped"), form.chosen("helper")]
            return redirect("engagement:introduction-create", *pair)
        status = 400 if is_asked else 200
        return render(request, "engagement/introductions/introduction_choose.html", {"form": form}, status=status)

    def find(self, words: str) -> list[School]:
        rows = School.objects.visible_to(self.request.user).writable_by(self.request.user).schools().open()
        return list(rows.matching(words).order_by("name_key", "urn")[: MOST_FOUND + 1])


class IntroductionCreate(ActsOnForm):
    """Write down that one school may help another. Neither is told yet. `?about=` says what has matched them: the code
    of a criterion, or "asked" for what a school has asked for in words; without it the person says why these two."""

    template_name = "engagement/introductions/introduction_create.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return
        seen = School.objects.visible_to(request.user).select_related("type")
        self.helped: School = get_object_or_404(seen, urn=kwargs["helped"])
        self.helper: School = get_object_or_404(seen, urn=kwargs["helper"])
        if not can_introduce(request.user):
            raise PermissionDenied(FOR_WRITERS)
        asked = request.GET.get("about", "")
        self.title = criteria_titles(request.user).get(asked, "")
        self.code = asked if self.title else ""
        self.is_match = bool(self.code) or asked == "asked"

    def get_form(self, data: Any = None) -> IntroductionForm:
        return IntroductionForm(data, initial={"about": self.title}, needs_reason=not self.is_match)

    def act(self, form: IntroductionForm) -> HttpResponse:
        made = actions.suggest(
            helped=self.helped, helper=self.helper, code=self.code, by=self.request.user, **form.cleaned_data
        )
        messages.success(self.request, "Written down. Neither school knows of it: ask one of them next.")
        return redirect(made)

    def more(self) -> dict[str, Any]:
        return {"helped": self.helped, "helper": self.helper}


class IntroductionPage(View):
    """A page about one introduction that the person sees; what changes it is for those who write for the hub."""

    changes = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return
        rows = Introduction.objects.visible_to(request.user).with_schools().select_related("hub", "made_by")
        self.introduction: Introduction = get_object_or_404(rows, uuid=kwargs["uuid"])
        self.may_write = can_introduce(request.user, self.introduction.hub_id)
        if self.changes and not self.may_write:
            raise PermissionDenied(FOR_WRITERS)


class IntroductionDetail(IntroductionPage, TemplateView):
    """Both sides, what each said, and every step."""

    template_name = "engagement/introductions/introduction_detail.html"
    changes = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, made = self.request.user, self.introduction
        steps = IntroductionStep.objects.visible_to(user).filter(introduction=made)
        return super().get_context_data(
            introduction=made,
            variant=words.VARIANTS[Introduction.State(made.state)],
            sides=sides_for_hub(made, user),
            steps=list(steps.select_related("by", "side__school")),
            may_write=self.may_write,
            **kwargs,
        )


class IntroductionOutcome(IntroductionPage, ActsOnForm):
    """What came of it; again, where more came of it."""

    template_name = "engagement/introductions/introduction_outcome.html"

    def get_form(self, data: Any = None) -> OutcomeForm:
        return OutcomeForm(data, initial={"on": today()})

    def act(self, form: OutcomeForm) -> HttpResponse:
        actions.record_outcome(introduction=self.introduction, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, "Recorded. It stands on the timelines of both schools.")
        return redirect(self.introduction)

    def more(self) -> dict[str, Any]:
        return {"introduction": self.introduction}


class IntroductionWithdraw(IntroductionPage, ActsOnForm):
    """Give it up before both have agreed."""

    template_name = "engagement/introductions/introduction_withdraw.html"

    def get_form(self, data: Any = None) -> WithdrawForm:
        return WithdrawForm(data)

    def act(self, form: WithdrawForm) -> HttpResponse:
        actions.withdraw(introduction=self.introduction, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, "Given up. It stays to read.")
        return redirect(self.introduction)

    def more(self) -> dict[str, Any]:
        return {"introduction": self.introduction}


# --- One side -------------------------------------------------------------------------------------------------------


class SidePage(ActsOnForm):
    """A page about what one school is asked."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return
        rows = IntroductionSide.objects.visible_to(request.user)
        rows = rows.select_related("introduction__hub", "school__type", "asked_by").defer("introduction__why")
        self.side: IntroductionSide = get_object_or_404(rows, uuid=kwargs["uuid"])
        self.check_may()

    def check_may(self) -> None:
        if not can_introduce(self.request.user, self.side.introduction.hub_id):
            raise PermissionDenied(FOR_WRITERS)

    def more(self) -> dict[str, Any]:
        side = self.side
        return {
            "side": side,
            "school": side.school,
            "introduction": side.introduction,
            "question": words.question(side.introduction, side),
        }


class IntroductionAsk(SidePage):
    """Ask one school, without a word of the other."""

    template_name = "engagement/introductions/introduction_ask.html"

    def get_form(self, data: Any = None) -> AskForm:
        return AskForm(data)

    def act(self, form: AskForm) -> HttpResponse:
        actions.ask(side=self.side, by=self.request.user, **form.cleaned_data)
        messages.success(
            self.request, f"Asked. It stands on the page of {self.side.school}; or record what they tell you."
        )
        return redirect(self.side.introduction)


class AnswersSide(SidePage):
    form_class = AnswerForm

    def get_form(self, data: Any = None) -> AnswerForm:
        side = self.side
        own_list = NamedFor.objects.visible_to(self.request.user).standing().filter(school=side.school_id)
        return self.form_class(data, own_list=list(own_list), is_helper=side.is_helper)


class IntroductionRecord(AnswersSide):
    """Write down what somebody at the school said, with who and when."""

    template_name = "engagement/introductions/introduction_record.html"
    form_class = RecordForm

    def act(self, form: AnswerForm) -> HttpResponse:
        made = actions.answer(side=self.side, said=form.said, by=self.request.user)
        named = " Both have agreed: each now sees the other." if made.is_named else ""
        messages.success(self.request, f"Recorded.{named}")
        return redirect(made)


class IntroductionAnswer(AnswersSide):
    """The school's own page of it: what it is asked, and the other school once both have agreed. The hub's staff are
    led to theirs."""

    template_name = "engagement/introductions/introduction_answer.html"

    def check_may(self) -> None:
        return

    @property
    def is_schools(self) -> bool:
        user = self.request.user
        return IntroductionSide.objects.visible_to(user).of_school_for(user).filter(pk=self.side.pk).exists()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_schools:
            return redirect(self.side.introduction)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_schools:
            raise PermissionDenied(NOT_YOURS)
        return super().post(request, *args, **kwargs)

    def act(self, form: AnswerForm) -> HttpResponse:
        made = actions.answer(side=self.side, said=form.said, by=self.request.user)
        messages.success(
            self.request, "Thank you. Both schools have agreed." if made.is_named else "Thank you. Your hub is told."
        )
        return redirect(self.side)

    def more(self) -> dict[str, Any]:
        return super().more() | {
            "may_answer": can_answer_introduction(self.request.user, self.side),
            "other": other_of(self.side),
            "state": state_for_school(self.side),
        }
