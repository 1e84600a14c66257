"""Addresses of plans."""

from django.urls import path

from smdp.views import (
    comments,
    elsewhere,
    evaluations,
    files,
    guests,
    hub_questions,
    importing,
    joint,
    moving,
    needs,
    notes,
    plan_reminders,
    plans,
    printing,
    priorities,
    public,
    reviews,
    section_answers,
    section_links,
    sections,
    summaries,
    trust_evaluations,
    trust_plans,
    trust_priorities,
    trust_sections,
    versions,
)

app_name = "smdp"

plan_urls = [
    path("plans/", plans.PlanList.as_view(), name="plan-list"),
    path("plans/remind/", plan_reminders.PlanRemind.as_view(), name="plan-remind"),
    path("plans/remind/<uuid:batch>/", plan_reminders.PlanReminderBatch.as_view(), name="plan-reminders"),
    path("plans/export.<str:format>/", plans.PlanExport.as_view(), name="plan-export"),
    path("schools/<int:urn>/plan/begin/", plans.PlanBegin.as_view(), name="plan-begin"),
    path("plans/<uuid:pk>/", plans.PlanDetail.as_view(), name="plan-detail"),
    path("plans/<uuid:pk>/print/", printing.PlanPrint.as_view(), name="plan-print"),
    path("schools/<int:urn>/plan/print/", printing.PlanBlank.as_view(), name="plan-blank"),
    path("plans/<uuid:pk>/share/", plans.PlanShare.as_view(), name="plan-share"),
    path("plans/<uuid:pk>/adopt/", plans.PlanAdopt.as_view(), name="plan-adopt"),
    path("plans/<uuid:pk>/import/", importing.PlanImport.as_view(), name="plan-import"),
    path("plans/<uuid:pk>/import/place/", importing.PlanImportPlace.as_view(), name="plan-import-place"),
    path("plans/<uuid:pk>/together/", joint.PlanTogether.as_view(), name="plan-together"),
    path("plans/<uuid:pk>/apart/", joint.PlanApart.as_view(), name="plan-apart"),
    path("plans/joint/<uuid:pk>/", joint.JointAnswer.as_view(), name="joint-answer"),
    path("plans/joint/<uuid:pk>/withdraw/", joint.JointWithdraw.as_view(), name="joint-withdraw"),
    path("plans/<uuid:pk>/move/", moving.PlanMove.as_view(), name="plan-move"),
]
elsewhere_urls = [
    path("schools/<int:urn>/plan/elsewhere/", elsewhere.ElsewhereCreate.as_view(), name="elsewhere-create"),
    path("plans/elsewhere/<uuid:pk>/", elsewhere.ElsewhereDetail.as_view(), name="elsewhere-detail"),
    path("plans/elsewhere/<uuid:pk>/file/", elsewhere.ElsewhereDownload.as_view(), name="elsewhere-download"),
    path("plans/elsewhere/<uuid:pk>/edit/", elsewhere.ElsewhereEdit.as_view(), name="elsewhere-edit"),
    path("plans/elsewhere/<uuid:pk>/confirm/", elsewhere.ElsewhereConfirm.as_view(), name="elsewhere-confirm"),
    path("plans/elsewhere/<uuid:pk>/seen/", elsewhere.ElsewhereSeen.as_view(), name="elsewhere-seen"),
    path("plans/elsewhere/<uuid:pk>/review/", elsewhere.ElsewhereReview.as_view(), name="elsewhere-review"),
    path("plans/elsewhere/<uuid:pk>/again/", elsewhere.ElsewhereAgain.as_view(), name="elsewhere-again"),
    path("plans/elsewhere/<uuid:pk>/remove/", elsewhere.ElsewhereRemove.as_view(), name="elsewhere-remove"),
]
section_urls = [
    path("plans/<uuid:pk>/sections/<slug:key>/", sections.SectionEdit.as_view(), name="section-edit"),
    path("plans/<uuid:pk>/sections/<slug:key>/draft/", sections.SectionDraft.as_view(), name="section-draft"),
    path("plans/<uuid:pk>/sections/<slug:key>/history/", sections.SectionHistory.as_view(), name="section-history"),
    path("plans/<uuid:pk>/sections/<slug:key>/restore/", sections.SectionRestore.as_view(), name="section-restore"),
]
file_urls = [
    path("plans/<uuid:pk>/sections/<slug:key>/files/add/", files.FileAdd.as_view(), name="file-add"),
    path("plans/files/<uuid:pk>/", files.FileDownload.as_view(), name="file-download"),
    path("plans/files/<uuid:pk>/remove/", files.FileRemove.as_view(), name="file-remove"),
]
comment_urls = [
    path("plans/<uuid:pk>/sections/<slug:key>/comments/", comments.CommentList.as_view(), name="comment-list"),
    path(
        "plans/<uuid:pk>/sections/<slug:key>/comments/<uuid:comment>/",
        comments.CommentMark.as_view(),
        name="comment-mark",
    ),
]
guest_urls = [
    path("plans/<uuid:pk>/sections/<slug:key>/readers/", guests.GuestList.as_view(), name="guest-list"),
    path("plans/<uuid:pk>/sections/<slug:key>/readers/<uuid:guest>/end/", guests.GuestEnd.as_view(), name="guest-end"),
]
section_answer_urls = [
    path("plans/<uuid:pk>/sections/<slug:key>/ask/", section_answers.SectionAsk.as_view(), name="section-ask"),
    path("plans/answers/<uuid:pk>/", section_answers.AnswerDetail.as_view(), name="section-answer"),
    path("plans/answers/<uuid:pk>/end/", section_answers.AnswerEnd.as_view(), name="section-answer-end"),
    path("s/<str:token>/", section_links.SectionLinkOpen.as_view(), name="section-link-open"),
    path("s/<str:token>/code/", section_links.SectionLinkCode.as_view(), name="section-link-code"),
    path("s/<str:token>/write/", section_links.SectionLinkWrite.as_view(), name="section-link-write"),
    path("s/<str:token>/draft/", section_links.SectionLinkDraft.as_view(), name="section-link-draft"),
]
version_urls = [
    path("plans/<uuid:pk>/versions/compare/", versions.VersionCompare.as_view(), name="version-compare"),
    path("plans/<uuid:pk>/versions/<int:number>/", versions.VersionDetail.as_view(), name="version-detail"),
]
note_urls = [
    path(
        "plans/<uuid:pk>/versions/<int:number>/priorities/<int:row>/note/",
        notes.NoteCreate.as_view(),
        name="note-create",
    ),
    path("plans/<uuid:pk>/versions/<int:number>/check-in/", notes.CheckInCreate.as_view(), name="check-in-create"),
    path("plans/check-ins/<uuid:pk>/", notes.CheckInDetail.as_view(), name="check-in-detail"),
]
review_urls = [
    path("plans/<uuid:pk>/versions/<int:number>/review/", reviews.ReviewEdit.as_view(), name="review-edit"),
    path("plans/<uuid:pk>/versions/<int:number>/review/begin/", reviews.ReviewBegin.as_view(), name="review-begin"),
    path("plans/<uuid:pk>/versions/<int:number>/review/draft/", reviews.ReviewDraft.as_view(), name="review-draft"),
]
evaluation_urls = [
    path("schools/<int:urn>/self-evaluation/begin/", evaluations.EvaluationBegin.as_view(), name="evaluation-begin"),
    path("self-evaluations/<uuid:pk>/", evaluations.EvaluationDetail.as_view(), name="evaluation-detail"),
    path("self-evaluations/<uuid:pk>/write/", evaluations.EvaluationEdit.as_view(), name="evaluation-edit"),
    path("self-evaluations/<uuid:pk>/draft/", evaluations.EvaluationDraft.as_view(), name="evaluation-draft"),
    path("self-evaluations/<uuid:pk>/history/", evaluations.EvaluationHistory.as_view(), name="evaluation-history"),
    path("self-evaluations/<uuid:pk>/restore/", evaluations.EvaluationRestore.as_view(), name="evaluation-restore"),
    path("self-evaluations/<uuid:pk>/submit/", evaluations.EvaluationSubmit.as_view(), name="evaluation-submit"),
    path("self-evaluations/<uuid:pk>/years/", evaluations.EvaluationYears.as_view(), name="evaluation-years"),
    path(
        "self-evaluations/<uuid:pk>/versions/<int:number>/",
        evaluations.EvaluationVersion.as_view(),
        name="evaluation-version",
    ),
]
hub_question_urls = [
    path("plans/questions/", hub_questions.HubQuestionList.as_view(), name="hub-question-list"),
    path("plans/questions/add/", hub_questions.HubQuestionCreate.as_view(), name="hub-question-create"),
    path("plans/questions/<uuid:pk>/", hub_questions.HubQuestionEdit.as_view(), name="hub-question-edit"),
    path("plans/questions/<uuid:pk>/retire/", hub_questions.HubQuestionRetire.as_view(), name="hub-question-retire"),
    path("plans/questions/<uuid:pk>/answers/", hub_questions.HubQuestionAnswers.as_view(), name="hub-question-answers"),
]
priority_urls = [
    path("plans/<uuid:pk>/priorities/start/", priorities.PriorityStart.as_view(), name="priority-start"),
    path("plans/needs/priorities/", priorities.PriorityNeeds.as_view(), name="priority-needs"),
    path(
        "plans/needs/priorities/export.<str:format>/",
        priorities.PriorityNeedsExport.as_view(),
        name="priority-needs-export",
    ),
]
need_urls = [
    path("plans/needs/", needs.NeedList.as_view(), name="need-list"),
    path("plans/needs/export.<str:format>/", needs.NeedExport.as_view(), name="need-export"),
    path("plans/needs/<slug:code>/", needs.NeedDetail.as_view(), name="need-detail"),
    path("plans/needs/<slug:code>/export.<str:format>/", needs.NeedDetailExport.as_view(), name="need-detail-export"),
]
trust_evaluation_urls = [
    path(
        "trusts/<str:group_uid>/self-evaluation/",
        trust_evaluations.TrustEvaluationDetail.as_view(),
        name="trust-evaluation-detail",
    ),
    path(
        "trusts/<str:group_uid>/self-evaluation/basis/",
        trust_evaluations.TrustEvaluationEdit.as_view(),
        name="trust-evaluation-edit",
    ),
]
trust_plan_urls = [
    path("trusts/<str:group_uid>/plan/begin/", trust_plans.TrustPlanBegin.as_view(), name="trust-plan-begin"),
    path("trust-plans/<uuid:pk>/", trust_plans.TrustPlanDetail.as_view(), name="trust-plan-detail"),
    path("trust-plans/<uuid:pk>/share/", trust_plans.TrustPlanShare.as_view(), name="trust-plan-share"),
    path(
        "trust-plans/<uuid:pk>/versions/compare/",
        trust_plans.TrustVersionCompare.as_view(),
        name="trust-version-compare",
    ),
    path(
        "trust-plans/<uuid:pk>/versions/<int:number>/",
        trust_plans.TrustVersionDetail.as_view(),
        name="trust-version-detail",
    ),
    path(
        "trust-plans/<uuid:pk>/sections/<slug:key>/",
        trust_sections.TrustSectionEdit.as_view(),
        name="trust-section-edit",
    ),
    path(
        "trust-plans/<uuid:pk>/sections/<slug:key>/draft/",
        trust_sections.TrustSectionDraft.as_view(),
        name="trust-section-draft",
    ),
    path(
        "trust-plans/<uuid:pk>/sections/<slug:key>/history/",
        trust_sections.TrustSectionHistory.as_view(),
        name="trust-section-history",
    ),
    path(
        "trust-plans/<uuid:pk>/sections/<slug:key>/restore/",
        trust_sections.TrustSectionRestore.as_view(),
        name="trust-section-restore",
    ),
]
trust_priority_urls = [
    path(
        "trusts/<str:group_uid>/priorities/",
        trust_priorities.TrustPriorityList.as_view(),
        name="trust-priority-list",
    ),
    path(
        "trusts/<str:group_uid>/priorities/export.<str:format>/",
        trust_priorities.TrustPriorityExport.as_view(),
        name="trust-priority-export",
    ),
    path(
        "trusts/<str:group_uid>/priorities/lift/",
        trust_priorities.TrustPriorityLift.as_view(),
        name="trust-priority-lift",
    ),
]
summary_urls = [
    path("plans/<uuid:pk>/summary/", summaries.SummaryBegin.as_view(), name="summary-begin"),
    path("schools/<int:urn>/summary/", summaries.SummaryDetail.as_view(), name="summary-detail"),
    path("schools/<int:urn>/summary/edit/", summaries.SummaryEdit.as_view(), name="summary-edit"),
    path("schools/<int:urn>/summary/draft/", summaries.SummaryDraft.as_view(), name="summary-draft"),
    path("schools/<int:urn>/summary/history/", summaries.SummaryHistory.as_view(), name="summary-history"),
    path("schools/<int:urn>/summary/publish/", summaries.SummaryPublish.as_view(), name="summary-publish"),
    path("schools/<int:urn>/summary/withdraw/", summaries.SummaryWithdraw.as_view(), name="summary-withdraw"),
    path("schools/<int:urn>/summary/elsewhere/", summaries.SummaryElsewhere.as_view(), name="summary-elsewhere"),
    path(
        "schools/<int:urn>/summary/versions/<int:number>/",
        summaries.SummaryVersionDetail.as_view(),
        name="summary-version",
    ),
]
public_urls = [
    path("music-plan/<int:urn>/", public.SummaryPublic.as_view(), name="summary-public"),
    path("music-plan/<int:urn>/embed/", public.SummaryEmbed.as_view(), name="summary-embed"),
]

urlpatterns = [
    *plan_urls,
    *elsewhere_urls,
    *section_urls,
    *file_urls,
    *comment_urls,
    *guest_urls,
    *section_answer_urls,
    *version_urls,
    *note_urls,
    *review_urls,
    *priority_urls,
    *hub_question_urls,
    *evaluation_urls,
    *need_urls,
    *trust_evaluation_urls,
    *trust_plan_urls,
    *trust_priority_urls,
    *summary_urls,
    *public_urls,
]
